// SPDX-License-Identifier: MIT
//
// A claim as a question: all its instances, its conditions, the domains that it narrows.
#include <fmt/format.h>

#include <algorithm>

#include "notes/graph/expand.hpp"

namespace gradproof::notes {
namespace {

bool holds(Relation relation, int left, int right) {
    switch (relation) {
        case Relation::equal:
            return left == right;
        case Relation::not_equal:
            return left != right;
        case Relation::less:
            return left < right;
        case Relation::less_equal:
            return left <= right;
        case Relation::greater:
            return left > right;
        default:
            return left >= right;
    }
}

bool is_membership(const Tree& condition) {
    return condition.text.starts_with("in");
}

}  // namespace

bool Expander::indices_meet(const std::vector<Tree>& conditions, const std::map<std::string, int>& indices) const {
    Frame frame;
    frame.indices = indices;
    return std::all_of(conditions.begin(), conditions.end(), [&](const Tree& condition) {
        if (condition.children[0].kind != Kind::index || is_membership(condition)) return true;
        return holds(condition.relation, index_value(condition.children[0], frame),
                     index_value(condition.children[1], frame));
    });
}

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

Domain Expander::domain_behind(const Tree& condition) const {
    Domain domain;
    std::vector<std::string> digits;
    for (std::size_t i = 1; i < condition.children.size(); ++i) {
        const Tree& member = condition.children[i];
        const bool negative = member.kind == Kind::negate && member.children[0].kind == Kind::number;
        if (member.kind != Kind::number && !negative) fail(member, "the values behind \\in are written in digits");
        digits.push_back(negative ? "-" + member.children[0].text : member.text);
    }
    if (condition.text == "in {}") {
        domain.kind = Domain::Kind::finite;
        domain.members = digits;
    } else {
        domain.lower = digits[0];
        domain.upper = digits[1];
        domain.closed_below = condition.text[3] == '[';
        domain.closed_above = condition.text[4] == ']';
    }
    return domain;
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
    for (const auto& condition : claim.conditions) {
        if (is_membership(condition)) {
            question.narrowed.emplace_back(condition.children[0].symbol, domain_behind(condition));
        } else if (condition.children[0].kind != Kind::index) {
            Condition one;
            one.relation = condition.relation;
            one.left = entries(condition.children[0]).nodes.front();
            one.right = entries(condition.children[1]).nodes.front();
            question.conditions.push_back(one);
        }
    }
    if (claim.relation == Relation::approximately) set_margins(claim, question, file);
    return question;
}

}  // namespace gradproof::notes
