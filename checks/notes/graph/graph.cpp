// SPDX-License-Identifier: MIT
#include "notes/graph/graph.hpp"

#include <algorithm>
#include <functional>

namespace gradproof::notes {
namespace {

std::size_t hash_of(const GraphNode& node) {
    std::size_t hash = std::hash<std::string>{}(node.text);
    const auto mix = [&hash](auto value) {
        hash ^= static_cast<std::size_t>(value) + 0x9e3779b97f4a7c15U + (hash << 6U) + (hash >> 2U);
    };
    mix(node.operation);
    mix(node.relation);
    mix(node.symbol);
    mix(node.row);
    mix(node.column);
    mix(node.interior);
    for (const int order : node.orders) mix(order);
    for (const NodeId child : node.children) mix(child);
    return hash;
}

}  // namespace

NodeId Graph::add(GraphNode node) {
    const auto hash = hash_of(node);
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto it = first; it != last; ++it)
        if ((*this)[it->second] == node) return it->second;
    const auto id = static_cast<NodeId>(nodes_.size());
    by_hash_.emplace(hash, id);
    nodes_.push_back(std::move(node));
    return id;
}

void Graph::shrink(std::size_t size) {
    while (nodes_.size() > size) {
        const auto id = static_cast<NodeId>(nodes_.size()) - 1;
        const auto [first, last] = by_hash_.equal_range(hash_of(nodes_.back()));
        by_hash_.erase(std::find_if(first, last, [id](const auto& item) { return item.second == id; }));
        nodes_.pop_back();
    }
}

bool Graph::depends(NodeId from, NodeId to) const {
    std::vector<bool> seen(static_cast<std::size_t>(from) + 1);
    std::vector<NodeId> open{from};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id == to) return true;
        if (id < to || seen[static_cast<std::size_t>(id)]) continue;  // children come before their parents
        seen[static_cast<std::size_t>(id)] = true;
        open.insert(open.end(), (*this)[id].children.begin(), (*this)[id].children.end());
    }
    return false;
}

NodeId Graph::number(std::string digits) {
    GraphNode node;
    node.operation = Operation::number;
    node.text = std::move(digits);
    return add(std::move(node));
}

NodeId Graph::number(int value) {
    return number(std::to_string(value));
}

}  // namespace gradproof::notes
