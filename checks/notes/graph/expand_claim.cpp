// SPDX-License-Identifier: MIT
//
// A claim as a question: all its instances, under its conditions.
#include <fmt/format.h>

#include <algorithm>

#include "notes/graph/expand.hpp"

namespace gradproof::notes {

void Expander::add_instances(const Claim& claim, const std::map<std::string, int>& indices, Question& question) {
    const Entries left = entries(claim.left, indices);
    const Entries right = entries(claim.right, indices);
    std::string label;
    for (const auto& [index, value] : indices)
        label += fmt::format("{}{} = {}", label.empty() ? "" : ", ", index, value);
    const Entries& larger = left.nodes.size() > 1 ? left : right;
    for (std::size_t i = 0; i < larger.nodes.size(); ++i) {
        Instance instance;
        instance.left = left.nodes[left.nodes.size() > 1 ? i : 0];
        instance.right = right.nodes[right.nodes.size() > 1 ? i : 0];
        instance.label = label;
        instance.indices.assign(indices.begin(), indices.end());
        instance.entry = i;
        if (larger.nodes.size() > 1) {
            const auto r = static_cast<int>(i) / larger.columns + 1;
            const auto c = static_cast<int>(i) % larger.columns + 1;
            instance.label += fmt::format("{}entry ({}, {})", label.empty() ? "" : ", ", r, c);
        }
        question.instances.push_back(std::move(instance));
    }
}

Question Expander::question(const Claim& claim, const std::filesystem::path& file) {
    file_ = file;
    steps_ = 0;
    depth_ = 0;
    size_before_ = graph_.size();
    const auto is_zero = [](const Tree& tree) { return tree.kind == Kind::number && tree.text == "0"; };
    const auto is_slope = [](const Tree& tree) { return tree.kind == Kind::derivative || tree.primes > 0; };
    zero_is_claimed_ = claim.relation == Relation::equal && ((is_zero(claim.right) && is_slope(claim.left)) ||
                                                             (is_zero(claim.left) && is_slope(claim.right)));
    Question question;
    question.relation = claim.relation;
    for (const auto& [name, value] : sizes_) question.sizes.emplace_back(name, value);
    std::vector<std::pair<std::string, int>> ranges;
    for (const auto& [index, dimension] : claim.free_indices)
        ranges.emplace_back(index, size_of(dimension, claim.left));
    std::map<std::string, int> indices;
    for (const auto& [index, last] : ranges) indices[index] = 1;
    for (;;) {
        if (indices_meet(claim.conditions, indices)) add_instances(claim, indices, question);
        auto at = ranges.rbegin();
        for (; at != ranges.rend(); ++at) {
            if (++indices[at->first] <= at->second) break;
            indices[at->first] = 1;
        }
        if (at == ranges.rend()) break;
    }
    if (question.instances.empty()) fail(claim.left, "no value of the indices meets the condition");
    for (const auto& condition : claim.conditions) add_condition(condition, question);
    if (claim.relation == Relation::approximately) set_margins(claim, question, file);
    return question;
}

}  // namespace gradproof::notes
