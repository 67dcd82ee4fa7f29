// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {

/// The gates in lib's order: forget, update, candidate, output.
inline constexpr std::string_view lstm_gates = "fico";

/// Where the weights of a gate stand among the inputs; the bias is behind them.
inline std::size_t weights_of_gate(const AnyLayer& layer, std::size_t gate) {
    return (layer.is<LstmCell>() ? 3 : 2) + 2 * gate;
}

/// Whose derivatives were given for the weights or bias `n`, as a place in lstm_gates; none if they are no gate's.
inline std::optional<std::size_t> gate_given(const AnyLayer& layer, const Arrays<double>& right, std::size_t n,
                                             const Array<double>& given) {
    const std::size_t first = weights_of_gate(layer, 0);
    if (n < first) return {};
    for (std::size_t gate = 0; gate < lstm_gates.size(); ++gate) {
        const Array<double>& of_gate = right[weights_of_gate(layer, gate) + (n - first) % 2];
        if (of_gate.shape() == given.shape() &&
            (of_gate.values() - given.values()).cwiseAbs().maxCoeff() <= 1e-9 * of_gate.values().cwiseAbs().maxCoeff())
            return gate;
    }
    return {};
}

/// What is known of an order in which the blocks of the gates lie.
inline std::string_view who_has_order(std::string_view gates) {
    struct Known {
        std::string_view gates, who;
    };
    for (const auto& [order, who] : {Known{"ifco", ", as PyTorch has them"}, Known{"ifoc", ", as CS231n has them"},
                                     Known{"fcio", ", as Deep Learning from Scratch has them"}})
        if (order == gates) return who;
    return "";
}

inline LayerMistake gate_order_exchanged() {
    return {.slug = "gate-order-exchanged",
            .layers = {case_id<LstmCell>(), case_id<Lstm>()},
            .explanation =
                "The derivatives of the gates stand in each other's place. Where one matrix holds the weights of all "
                "gates, books and programs differ in the order of its blocks, and it has to be cut in the order in "
                "which it was put together.",
            .line = "dWf, dWi, dWc, dWo = np.split(dW, 4)  # in another order",
            .hidden_when = "the gates have the same derivatives",
            .derivatives =
                [](const checks::LayerPoint& point) {
                    const Arrays<double> right = point.pulled_back();
                    Arrays<double> derivatives = right;
                    const std::array<std::size_t, 4> order{1, 0, 3, 2};  // i, f, o, c
                    for (std::size_t gate = 0; gate < order.size(); ++gate)
                        for (std::size_t kind = 0; kind < 2; ++kind)
                            derivatives[weights_of_gate(point.layer, gate) + kind] =
                                right[weights_of_gate(point.layer, order[gate]) + kind];
                    return derivatives;
                },
            .also_gives =
                [](const checks::LayerPoint& point, std::size_t n, const Array<double>& given) {
                    return gate_given(point.layer, point.pulled_back(), n, given).has_value();
                },
            .what_is_there =
                [](const checks::LayerPoint& point, const std::vector<std::optional<Array<double>>>& given) {
                    const Arrays<double> right = point.pulled_back();
                    std::string gates;
                    for (std::size_t place = 0; place < lstm_gates.size(); ++place) {
                        std::optional<std::size_t> gate;
                        for (std::size_t kind = 0; kind < 2 && !gate; ++kind) {
                            const std::size_t n = weights_of_gate(point.layer, place) + kind;
                            if (given[n]) gate = gate_given(point.layer, right, n, *given[n]);
                        }
                        gates += gate ? lstm_gates[*gate] : '?';
                    }
                    return fmt::format("In the places of f, i, c, o are those of {}{}.", fmt::join(gates, ", "),
                                       who_has_order(gates));
                }};
}

}  // namespace gradproof::diagnosis
