// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "claims/claim.hpp"
#include "claims/points.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/layer.hpp"
#include "gradproof/dense.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "gradproof/prelu.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t layer_seed = 7;
constexpr Eigen::Index units_before = 3;
constexpr Eigen::Index units = 4;
constexpr Eigen::Index examples = 5;

template <Layer F>
Evidence pull_back_by_differences(const F& layer, const Matrix<double>& input, Eigen::Index rows_of_output) {
    CourseRandom random(layer_seed);
    const Matrix<double> d_output = random.randn(rows_of_output, input.cols());
    Evidence evidence;
    for (const TensorVerdict& verdict : check_layer(layer, input, d_output)) absorb(evidence.verdict, verdict);
    return evidence;
}

Dense<double> dense_layer() {
    CourseRandom random(layer_seed + 1);
    return {.W = random.randn(units, units_before), .b = random.randn(units, 1)};
}

}  // namespace

std::vector<Claim> layer_claims() {
    std::vector<Claim> claims;
    const auto add = [&claims](std::string_view name, std::function<Evidence()> check,
                               std::string_view note = "derivations/network.md") {
        claims.push_back(
            {.path = fmt::format("layers/{}/pull_back_by_differences", name),
             .statement = "what is pulled back is the derivative in the input and in each parameter, by differences",
             .note = std::string(note),
             .check = std::move(check)});
    };
    add(Dense<double>::name, [] {
        CourseRandom random(layer_seed + 2);
        return pull_back_by_differences(dense_layer(), random.randn(units_before, examples), units);
    });
    add(
        Prelu<double>::name,
        [] {
            const Matrix<double> Z = output_points(AnyLoss(SquaredError{}).facts()).Z;
            // A slope of each kind: a small one, none, one to the other side, and one that is no kink.
            return pull_back_by_differences(Prelu<double>{.slope = Eigen::Vector4d(0.25, 0, -0.5, 1)}, Z, Z.rows());
        },
        "derivations/layers/prelu.md");
    for (const AnyActivation& g : all_activations()) {
        // Who sees only what a layer gives cannot tell a value that does not move from one that is about to jump.
        if (std::ranges::any_of(g.facts().kinks, &Kink::value_jumps)) continue;
        add(name_of(g), [g] {
            const Matrix<double> Z = output_points(AnyLoss(SquaredError{}).facts()).Z;
            return pull_back_by_differences(g, Z, Z.rows());
        });
    }
    return claims;
}

}  // namespace gradproof::checks
