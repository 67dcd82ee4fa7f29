// SPDX-License-Identifier: MIT
//
// The vectorised activations and losses against the library's own formulas, run with a 64-bit mantissa.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "differences/dense/lane_block.hpp"
#include "gradproof/checks/compiled_network.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

using Long = long double;

// The rounding that the error bars grant an activation or a loss (rounding.cpp).
constexpr double granted = 6 * 0x1p-53;

// A block of numbers from `low` to `high`, dense near 0, the same on every machine.
Block numbers(Eigen::Index rows, double low, double high) {
    Block block(block_lanes, rows);
    const auto count = static_cast<double>(block.size() - 1);
    for (Eigen::Index n = 0; n < block.size(); ++n) {
        const double x = low + (high - low) * static_cast<double>(n) / count;
        block.data()[n] = n % 3 == 0 ? x * std::exp2(-static_cast<double>(n % 40)) : x;
    }
    return block;
}

constexpr double reaches[] = {1, 30, 600, 1200};  // the last beyond the exponential's range

void vectorised_values_are_the_formulas(const AnyActivation& activation) {
    for (const double reach : reaches) {
        // e^z overflows on the right alone.
        const bool overflows = name_of(activation) == Exponential::name && reach > 700;
        const Block z = numbers(64, -reach, overflows ? 700 : reach);
        Block a = z;
        activate_block(activation, a, z.cols());
        const Matrix<Long> exact = activate(activation, Matrix<Long>(z.transpose().cast<Long>()));
        double worst = 0;
        for (Eigen::Index lane = 0; lane < block_lanes; ++lane)
            for (Eigen::Index r = 0; r < z.cols(); ++r) {
                const Long expected = exact(r, lane);
                // Numbers below the smallest normal double keep fewer digits.
                const Long size = std::max(std::abs(expected), Long(std::numeric_limits<double>::min()) * 0x1p53L);
                worst = std::max(worst, static_cast<double>(std::abs(Long(a(lane, r)) - expected) / size));
            }
        // A softmax is a quotient of sums of exponentials of differences, each rounded.
        const double allowed = name_of(activation) == Softmax::name
                                   ? granted * (2 + reach) + static_cast<double>(z.cols()) * 0x1p-53
                                   : granted;
        BOOST_TEST(worst <= allowed, fmt::format("|z| <= {}: off by {:.2g}, granted {:.2g}", reach, worst, allowed));
    }
}

void not_a_number_stays_one(const AnyActivation& activation) {
    Block z = numbers(2, -1, 1);
    z(3, 1) = std::numeric_limits<double>::quiet_NaN();
    const double formula = activate(activation, Matrix<double>(z.row(3).transpose()))(1, 0);
    activate_block(activation, z, 2);
    BOOST_TEST(std::isnan(z(3, 1)) == std::isnan(formula));
    BOOST_TEST(std::isfinite(z(4, 1)));
}

void vectorised_losses_are_the_formulas(const AnyActivation& activation, const AnyLoss& loss) {
    const bool is_vector = !is_elementwise(activation);
    const Eigen::Index rows = is_vector ? 5 : 1;
    for (const double reach : {1.0, 20.0}) {
        const Block z = numbers(rows, -reach, reach);
        Vector<double> y = Vector<double>::Zero(rows);
        y(rows - 1) = 1;
        Block moved = z;
        BlockRow losses;
        losses_of_block(activation, loss, moved, rows, y.data(), losses);
        Network<Long> network{.layers = {{Matrix<Long>(), Vector<Long>(), activation}}, .loss = loss};
        Cache<Long> cache{.Z = {z.transpose().cast<Long>()}, .A = {}};
        cache.A.push_back(activate(activation, cache.Z[0]));
        const Matrix<Long> Y = y.cast<Long>().replicate(1, block_lanes);
        const Matrix<Long> exact = example_losses(network, cache, Y);
        // A prediction that was rounded is off by `granted` of itself, which a loss with 1 - a or log a sees.
        const bool canonical = is_canonical_pair(activation, loss);
        for (Eigen::Index lane = 0; lane < block_lanes; ++lane) {
            const Long terms = std::abs(exact(0, lane)) + cache.Z[0].col(lane).cwiseAbs().sum() +
                               (canonical ? Long(0) : cache.A[0].col(lane).cwiseAbs2().sum() + 1);
            const Long steepness = canonical ? 1 : std::exp(cache.Z[0].col(lane).cwiseAbs().maxCoeff());
            BOOST_TEST(static_cast<double>(std::abs(Long(losses(lane)) - exact(0, lane))) <=
                       static_cast<double>(2 * static_cast<double>(rows) * granted * terms * steepness));
        }
    }
}

}  // namespace

void add_lane_cases() {
    std::apply(
        [](auto... g) {
            for (const AnyActivation& activation : {AnyActivation(g)...}) {
                const auto path = fmt::format("speed/vectorised/{}/", name_of(activation));
                add_case(path + "is_the_formula", [activation] { vectorised_values_are_the_formulas(activation); });
                add_case(path + "not_a_number_stays_one", [activation] { not_a_number_stays_one(activation); });
                std::apply(
                    [&](auto... l) {
                        for (const AnyLoss& loss : {AnyLoss(l)...})
                            if (pair_makes_sense(activation, loss))
                                add_case(path + std::string(name_of(loss)) + "_is_the_formula",
                                         [activation, loss] { vectorised_losses_are_the_formulas(activation, loss); });
                    },
                    Losses{});
            }
        },
        Activations{});
}

}  // namespace gradproof::checks
