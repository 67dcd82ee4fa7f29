// SPDX-License-Identifier: MIT
//
// A smooth function of one variable put together at random from arithmetic and elementary functions, to be evaluated in
// any scalar.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "gradproof/checks/dual.hpp"
#include "tests/differences/least_squares/dual_functions.hpp"

namespace gradproof::checks {

struct RandomFunction {
    enum class Operation { variable, constant, add, subtract, multiply, divide, exp, log, sin, cos, tanh, atan, sqrt };
    struct Node {
        Operation operation;
        double value = 0;      // of a constant
        std::size_t left = 0;  // operands stand before the node
        std::size_t right = 0;
    };
    std::vector<Node> nodes;  // the last is the function

    template <class S>
    S operator()(const S& x) const {
        using std::atan, std::cos, std::exp, std::log, std::sin, std::sqrt, std::tanh;
        std::vector<S> values;
        values.reserve(nodes.size());
        for (const Node& node : nodes) {
            const auto left = [&]() -> const S& { return values[node.left]; };
            const auto right = [&]() -> const S& { return values[node.right]; };
            switch (node.operation) {
                case Operation::variable:
                    values.push_back(x);
                    break;
                case Operation::constant:
                    values.push_back(S(node.value));
                    break;
                case Operation::add:
                    values.push_back(left() + right());
                    break;
                case Operation::subtract:
                    values.push_back(left() - right());
                    break;
                case Operation::multiply:
                    values.push_back(left() * right());
                    break;
                case Operation::divide:
                    values.push_back(left() / right());
                    break;
                case Operation::exp:
                    values.push_back(exp(left()));
                    break;
                case Operation::log:
                    values.push_back(log(left()));
                    break;
                case Operation::sin:
                    values.push_back(sin(left()));
                    break;
                case Operation::cos:
                    values.push_back(cos(left()));
                    break;
                case Operation::tanh:
                    values.push_back(tanh(left()));
                    break;
                case Operation::atan:
                    values.push_back(atan(left()));
                    break;
                case Operation::sqrt:
                    values.push_back(sqrt(left()));
                    break;
            }
        }
        return values.back();
    }
};

/// At most 2^depth leaves. Constants are between 1/10 and 10 in size.
RandomFunction random_function(std::mt19937_64& random, int depth);

}  // namespace gradproof::checks
