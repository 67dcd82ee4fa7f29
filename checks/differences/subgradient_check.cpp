// SPDX-License-Identifier: MIT
#include "differences/subgradient_check.hpp"

#include <algorithm>
#include <array>
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

double own_size(const Eigen::VectorXd& x, Eigen::Index input) {
    return x(input) == 0 ? 1.0 : std::abs(x(input));
}

// Moves of the inputs at kinks, each in units of its own size.
std::vector<Eigen::VectorXd> directions(const std::vector<Eigen::Index>& inputs, const Eigen::VectorXd& claimed,
                                        const Eigen::VectorXd& x) {
    std::vector<Eigen::VectorXd> all;
    Eigen::VectorXd together = Eigen::VectorXd::Zero(x.size());
    Eigen::VectorXd as_claimed = Eigen::VectorXd::Zero(x.size());
    for (const Eigen::Index input : inputs) {
        together(input) = own_size(x, input);
        as_claimed(input) = claimed(input) * own_size(x, input) * own_size(x, input);
    }
    all.push_back(together);
    if (const double size = as_claimed.cwiseAbs().maxCoeff(); std::isfinite(size) && size > 0)
        all.push_back(as_claimed * (together.maxCoeff() / size));
    for (std::size_t a = 0; a < inputs.size(); ++a)
        for (std::size_t b = a + 1; b < (inputs.size() <= most_in_all_pairs ? inputs.size() : a + 2); ++b) {
            if (b == inputs.size()) break;
            for (const double sign : {1.0, -1.0}) {
                Eigen::VectorXd pair = Eigen::VectorXd::Zero(x.size());
                pair(inputs[a]) = own_size(x, inputs[a]);
                pair(inputs[b]) = sign * own_size(x, inputs[b]);
                all.push_back(pair);
            }
        }
    return all;
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
    return claimed < estimate.lower() - bar || claimed > estimate.upper() + bar;
}

bool is_contradicted(const std::vector<Eigen::Index>& inputs, const VectorField& f, const Eigen::VectorXd& x,
                     const Eigen::VectorXd& at_x, Eigen::Index row, const Eigen::MatrixXd& jacobian,
                     const TensorEstimate& estimates) {
    return inputs.size() > 1 &&
           std::ranges::any_of(directions(inputs, jacobian.row(row), x), [&](const Eigen::VectorXd& direction) {
               return contradicts(f, direction, x, at_x, row, jacobian, estimates);
           });
}

// The inputs in groups. Those of different groups move the function together as if each moved it alone: nothing ties
// their kinks, and what each group allows, all do together. Where one of them opens upwards and another downwards, the
// slopes along a direction that moves both would say otherwise.
std::vector<std::vector<Eigen::Index>> tied_groups(const std::vector<Eigen::Index>& inputs, const VectorField& f,
                                                   const Eigen::VectorXd& x, double at_x, Eigen::Index row) {
    constexpr double step = 0x1p-10;
    constexpr double share_of_rounding = 0x1p-30;
    constexpr std::size_t most_in_pairs = 128;
    if (inputs.size() > most_in_pairs) return {inputs};
    Eigen::VectorXd moved = x;
    const auto move = [&](Eigen::Index input, double sign) {
        moved(input) = x(input) + sign * step * own_size(x, input);
    };
    const auto change = [&] { return f(moved)(row) - at_x; };
    constexpr std::array<double, 2> signs{1, -1};
    std::vector<std::array<double, 2>> alone;
    for (const Eigen::Index input : inputs) {
        alone.emplace_back();
        for (std::size_t side = 0; side < 2; ++side) {
            move(input, signs[side]);
            alone.back()[side] = change();
        }
        moved(input) = x(input);
    }
    const auto are_tied = [&](std::size_t a, std::size_t b) {
        bool tied = false;
        for (std::size_t side_a = 0; side_a < 2; ++side_a)
            for (std::size_t side_b = 0; side_b < 2; ++side_b) {
                move(inputs[a], signs[side_a]);
                move(inputs[b], signs[side_b]);
                const double together = change();
                const double apart = alone[a][side_a] + alone[b][side_b];
                const double size = std::abs(together) + std::abs(alone[a][side_a]) + std::abs(alone[b][side_b]);
                tied = tied || !(std::abs(together - apart) <= share_of_rounding * size);
            }
        moved(inputs[a]) = x(inputs[a]);
        moved(inputs[b]) = x(inputs[b]);
        return tied;
    };
    std::vector<std::vector<Eigen::Index>> groups;
    std::vector<bool> is_in_group(inputs.size());
    for (std::size_t first = 0; first < inputs.size(); ++first) {
        if (is_in_group[first]) continue;
        std::vector<std::size_t> members{first};
        is_in_group[first] = true;
        for (std::size_t member = 0; member < members.size(); ++member)
            for (std::size_t other = first + 1; other < inputs.size(); ++other)
                if (!is_in_group[other] && are_tied(members[member], other)) {
                    is_in_group[other] = true;
                    members.push_back(other);
                }
        std::ranges::sort(members);
        groups.emplace_back();
        for (const std::size_t member : members) groups.back().push_back(inputs[member]);
    }
    return groups;
}

}  // namespace

std::vector<Eigen::Index> rows_without_subgradient(const VectorField& f, const Eigen::MatrixXd& jacobian,
                                                   const Eigen::VectorXd& x, const Eigen::VectorXd& at_x,
                                                   const TensorEstimate& estimates) {
    std::vector<Eigen::Index> rows;
    for (Eigen::Index row = 0; row < jacobian.rows(); ++row) {
        const auto is_contradicted_by = [&](const std::vector<Eigen::Index>& inputs) {
            return is_contradicted(inputs, f, x, at_x, row, jacobian, estimates);
        };
        const std::vector<Eigen::Index> inputs = inputs_at_kinks(estimates, row);
        if (is_contradicted_by(inputs) &&
            std::ranges::any_of(tied_groups(inputs, f, x, at_x(row), row), is_contradicted_by))
            rows.push_back(row);
    }
    return rows;
}

}  // namespace gradproof::checks
