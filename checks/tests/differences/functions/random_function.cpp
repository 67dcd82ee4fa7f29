// SPDX-License-Identifier: MIT
#include "tests/differences/functions/random_function.hpp"

namespace gradproof::checks {
namespace {

using Operation = RandomFunction::Operation;

// std's distributions differ between standard libraries.
double uniform(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

Operation one_of(std::mt19937_64& random, Operation first, int count) {
    return static_cast<Operation>(static_cast<int>(first) + static_cast<int>(uniform(random) * count));
}

std::size_t append(std::mt19937_64& random, int depth, RandomFunction& f) {
    constexpr double share_of_leaves = 0.15;
    constexpr double share_of_variables = 0.7;
    RandomFunction::Node node{};
    if (depth == 0 || uniform(random) < share_of_leaves) {
        const bool is_variable = uniform(random) < share_of_variables;
        const double sign = uniform(random) < 0.5 ? -1 : 1;
        const double size = std::pow(10.0, 2 * uniform(random) - 1);
        node = {.operation = is_variable ? Operation::variable : Operation::constant, .value = sign * size};
    } else if (uniform(random) < 0.5) {
        node.operation = one_of(random, Operation::add, 4);
        node.left = append(random, depth - 1, f);
        node.right = append(random, depth - 1, f);
    } else {
        node.operation = one_of(random, Operation::exp, 7);
        node.left = append(random, depth - 1, f);
    }
    f.nodes.push_back(node);
    return f.nodes.size() - 1;
}

}  // namespace

RandomFunction random_function(std::mt19937_64& random, int depth) {
    RandomFunction f;
    append(random, depth, f);
    return f;
}

}  // namespace gradproof::checks
