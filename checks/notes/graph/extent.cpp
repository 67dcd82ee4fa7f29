// SPDX-License-Identifier: MIT
#include "notes/graph/extent.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace gradproof::notes {
namespace {

constexpr double bits_per_digit = 3.33;

// 0, 1 and -1 take no room however often they are multiplied.
double bits_of(const std::string& digits) {
    const double value = std::strtod(digits.c_str(), nullptr);
    return std::fabs(value) == 1 || value == 0 ? 0 : bits_per_digit * static_cast<double>(digits.size());
}

}  // namespace

const Extent& Extents::of(NodeId node) {
    while (known_.size() <= static_cast<std::size_t>(node))  // children come before their parents
        known_.push_back(compute(graph_[static_cast<NodeId>(known_.size())]));
    return known_[static_cast<std::size_t>(node)];
}

void Extents::shrink(std::size_t size) {
    if (known_.size() > size) known_.resize(size);
}

Extent Extents::compute(const GraphNode& node) const {
    Extent extent;
    bool numbers = true;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Extent& one = child(node, i);
        extent.depth = std::max(extent.depth, one.depth + 1);
        extent.degree = std::max(extent.degree, one.degree);
        extent.bits = std::max(extent.bits, one.bits);
        numbers = numbers && one.value.has_value();
    }
    const auto left = [&]() -> const Extent& { return child(node, 0); };
    const auto right = [&]() -> const Extent& { return child(node, 1); };
    switch (node.operation) {
        case Operation::number:
            extent.value = std::strtod(node.text.c_str(), nullptr);
            extent.bits = bits_of(node.text);
            break;
        case Operation::constant:
            extent.value = node.text == "pi" ? std::numbers::pi : std::numbers::e;
            extent.degree = 1;
            break;
        case Operation::alias:
            extent.value = left().value;
            break;
        case Operation::negate:
            if (numbers) extent.value = -*left().value;
            break;
        case Operation::add:
            if (numbers) {
                extent.value = 0;
                for (std::size_t i = 0; i < node.children.size(); ++i) *extent.value += *child(node, i).value;
            }
            break;
        case Operation::subtract:
            if (numbers) extent.value = *left().value - *right().value;
            break;
        case Operation::multiply:
            extent.degree = extent.bits = 0;
            if (numbers) extent.value = 1;
            for (std::size_t i = 0; i < node.children.size(); ++i) {
                extent.degree += child(node, i).degree;
                extent.bits += child(node, i).bits;
                if (numbers) *extent.value *= *child(node, i).value;
            }
            break;
        case Operation::divide:
            extent.degree = left().degree + right().degree;
            extent.bits = left().bits + right().bits;
            if (numbers) extent.value = *left().value / *right().value;
            break;
        case Operation::power:
            if (right().value) {
                extent.degree = left().degree * std::fabs(*right().value);
                extent.bits = left().bits * std::fabs(*right().value);
            } else {
                extent.degree = 1;
            }
            if (numbers) extent.value = std::pow(*left().value, *right().value);
            break;
        case Operation::derivative:
            extent.degree = left().degree;
            break;
        case Operation::maximum:
        case Operation::minimum:
        case Operation::cases:
            break;
        case Operation::variable:
        case Operation::elementary:
        case Operation::opaque:
        case Operation::compare:
        case Operation::all:
        case Operation::any:
        case Operation::otherwise:
            extent.degree = 1;
            extent.bits = 0;
            break;
    }
    return extent;
}

}  // namespace gradproof::notes
