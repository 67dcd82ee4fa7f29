// SPDX-License-Identifier: MIT
//
// Derivatives, and why there is none.
#include <fmt/format.h>

#include <algorithm>

#include "notes/graph/expand.hpp"
#include "notes/reader/latex.hpp"

namespace gradproof::notes {

NodeId Expander::derivative_of(NodeId top, NodeId by) {
    if (!graph_.depends(top, by)) return graph_.number(0);
    return combine(Operation::derivative, {top, by});
}

Entries Expander::derivative(const Tree& tree, const Frame& frame) {
    const Entries top = expand(tree.children[0], frame);
    std::vector<Entries> by;
    for (std::size_t i = 1; i < tree.children.size(); ++i) by.push_back(expand(tree.children[i], frame));
    // A single entry may well be untouched (p_i by z_j in a diagonal map): the whole symbols must depend.
    const auto whole = [&](const Tree& part) {
        return expand(part.kind == Kind::entry || part.kind == Kind::column ? part.children[0] : part, frame).nodes;
    };
    const auto tops = whole(tree.children[0]);
    for (std::size_t i = 1; i < tree.children.size(); ++i) {
        const auto bys = whole(tree.children[i]);
        const bool depends = std::any_of(tops.begin(), tops.end(), [&](NodeId t) {
            return std::any_of(bys.begin(), bys.end(), [&](NodeId b) { return graph_.depends(t, b); });
        });
        if (!depends && !zero_is_claimed_) fail(tree, why_independent(tree.children[0], tree.children[i], tops, bys));
    }
    Entries result;
    if (by.size() == 1 && by[0].nodes.size() > 1) {
        const bool jacobian = top.nodes.size() > 1;
        result.rows = jacobian ? top.rows : by[0].rows;
        result.columns = jacobian ? by[0].rows : by[0].columns;
        for (const NodeId t : top.nodes)
            for (const NodeId b : by[0].nodes) result.nodes.push_back(derivative_of(t, b));
        return result;
    }
    result = top;
    for (auto& node : result.nodes)
        for (const auto& one : by) node = derivative_of(node, one.nodes.front());
    return result;
}

std::string Expander::why_independent(const Tree& top, const Tree& by, const std::vector<NodeId>& tops,
                                      const std::vector<NodeId>& bys) const {
    const auto above = latex_of(top, symbols_);
    const auto below = latex_of(by, symbols_);
    const bool reversed = std::any_of(bys.begin(), bys.end(), [&](NodeId b) {
        return std::any_of(tops.begin(), tops.end(), [&](NodeId t) { return graph_.depends(b, t); });
    });
    if (reversed)
        return fmt::format(
            "{0} does not depend on {1}: it is the other way round, {1} is computed from {0}. If the inverse function "
            "is "
            "meant, define it and differentiate that",
            above, below);
    return fmt::format("{} does not depend on {}; if that is the claim, write = 0", above, below);
}

}  // namespace gradproof::notes
