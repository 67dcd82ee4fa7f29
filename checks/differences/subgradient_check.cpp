// SPDX-License-Identifier: MIT
#include "differences/subgradient_check.hpp"

#include <cmath>

#include "differences/derivative_search.hpp"

namespace gradproof::checks {
namespace {

// With more kinks than this only neighbours are taken in pairs.
constexpr std::size_t most_in_all_pairs = 6;

std::vector<Eigen::Index> inputs_at_kinks(const TensorEstimate& estimates, Eigen::Index row) {
    std::vector<Eigen::Index> inputs;
    for (Eigen::Index input = 0; input < estimates.columns; ++input)
        if (estimates(row, input).is_at_kink()) inputs.push_back(input);
    return inputs;
}

// Moves of the inputs at kinks, each in units of its own size.
std::vector<Eigen::VectorXd> directions(const std::vector<Eigen::Index>& inputs, const Eigen::VectorXd& claimed,
                                        const Eigen::VectorXd& x) {
    const auto unit = [&x](Eigen::Index input) { return x(input) == 0 ? 1.0 : std::abs(x(input)); };
    std::vector<Eigen::VectorXd> all;
    Eigen::VectorXd together = Eigen::VectorXd::Zero(x.size());
    Eigen::VectorXd as_claimed = Eigen::VectorXd::Zero(x.size());
    for (const Eigen::Index input : inputs) {
        together(input) = unit(input);
        as_claimed(input) = claimed(input) * unit(input) * unit(input);
    }
    all.push_back(together);
    if (const double size = as_claimed.cwiseAbs().maxCoeff(); std::isfinite(size) && size > 0)
        all.push_back(as_claimed * (together.maxCoeff() / size));
    for (std::size_t a = 0; a < inputs.size(); ++a)
        for (std::size_t b = a + 1; b < (inputs.size() <= most_in_all_pairs ? inputs.size() : a + 2); ++b) {
            if (b == inputs.size()) break;
            for (const double sign : {1.0, -1.0}) {
                Eigen::VectorXd pair = Eigen::VectorXd::Zero(x.size());
                pair(inputs[a]) = unit(inputs[a]);
                pair(inputs[b]) = sign * unit(inputs[b]);
                all.push_back(pair);
            }
        }
    return all;
}

// Whether the inputs move the function along `direction` as if each moved it alone, to either side. Then nothing ties
// their kinks together, and what each allows, all do together: one may open upwards and another downwards, and the
// slopes along the direction lie nearer to each other than the sums of theirs.
bool is_additive(const VectorField& f, const Eigen::VectorXd& direction, const Eigen::VectorXd& x, double at_x,
                 Eigen::Index row) {
    constexpr double step = 0x1p-10;
    constexpr double share_of_rounding = 0x1p-30;
    for (const double t : {step, -step}) {
        double rest = f(x + t * direction)(row) - at_x;
        double size = std::abs(rest);
        for (Eigen::Index input = 0; input < x.size(); ++input) {
            if (direction(input) == 0) continue;
            Eigen::VectorXd moved = x;
            moved(input) += t * direction(input);
            const double alone = f(moved)(row) - at_x;
            rest -= alone;
            size += std::abs(alone);
        }
        if (!(std::abs(rest) <= share_of_rounding * size)) return false;
    }
    return true;
}

bool contradicts(const VectorField& f, const Eigen::VectorXd& direction, const Eigen::VectorXd& x,
                 const Eigen::VectorXd& at_x, Eigen::Index row, const Eigen::MatrixXd& jacobian,
                 const TensorEstimate& estimates) {
    const Curve along = [&](double t) { return f(x + t * direction); };
    SampledLine line(along, 0, at_x);
    const Estimate estimate = derivative_along(line, row);
    double bar = estimate.error_bar;
    for (Eigen::Index input = 0; input < x.size(); ++input)
        if (direction(input) != 0) bar += std::abs(direction(input)) * estimates(row, input).error_bar;
    const double claimed = jacobian.row(row).dot(direction);
    const bool is_outside = claimed < estimate.lower() - bar || claimed > estimate.upper() + bar;
    return is_outside && !is_additive(f, direction, x, at_x(row), row);
}

}  // namespace

std::vector<Eigen::Index> rows_without_subgradient(const VectorField& f, const Eigen::MatrixXd& jacobian,
                                                   const Eigen::VectorXd& x, const Eigen::VectorXd& at_x,
                                                   const TensorEstimate& estimates) {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index row = 0; row < jacobian.rows(); ++row) {
        const std::vector<Eigen::Index> inputs = inputs_at_kinks(estimates, row);
        if (inputs.size() < 2) continue;
        for (const Eigen::VectorXd& direction : directions(inputs, jacobian.row(row), x))
            if (contradicts(f, direction, x, at_x, row, jacobian, estimates)) {
                rows.push_back(row);
                break;
            }
    }
    return rows;
}

}  // namespace gradproof::checks
