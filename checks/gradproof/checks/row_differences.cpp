// SPDX-License-Identifier: MIT
#include "gradproof/checks/row_differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "gradproof/checks/kink_hull.hpp"
#include "gradproof/checks/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr std::size_t steps_a_side = 3;  // h, h/2, h/4
constexpr int most_shrinkings = 8;       // of the step by 16 each, where kinks are near

// Extrapolated central differences are off by about step⁶/5e4 and by 8 roundings / step: in double both are near 1e-14
// of the loss for 2^-6, with a 64-bit mantissa near 1e-17 for 2^-8. With kinks a longer step would meet more of them.
template <class S>
S first_step_for(bool with_kinks) {
    const int exponent = with_kinks ? -10 : (std::same_as<S, double> ? -6 : -8);
    return std::ldexp(S(1), exponent);
}

template <class S>
struct Stencil {
    std::array<std::array<Matrix<S>, steps_a_side>, 2> losses;  // [0] above, [1] below
    std::array<std::vector<Crossing>, 2> crossings;             // the worst of the three steps
};

Crossing worse(Crossing a, Crossing b) {
    if (a == Crossing::crossed || b == Crossing::crossed) return Crossing::crossed;
    return a == Crossing::off_kink || b == Crossing::off_kink ? Crossing::off_kink : Crossing::none;
}

template <class S>
Stencil<S> evaluate(const RowProbe<S>& probe, const Row& row, const Matrix<S>& direction, S step) {
    Stencil<S> stencil;
    std::vector<Crossing> crossings;
    for (std::size_t side = 0; side < 2; ++side) {
        auto& worst = stencil.crossings[side];
        worst.assign(static_cast<std::size_t>(direction.cols()), Crossing::none);
        for (std::size_t k = 0; k < steps_a_side; ++k) {
            const S signed_step = std::ldexp(side == 0 ? step : -step, -static_cast<int>(k));
            stencil.losses[side][k] = losses_at(probe, row, Matrix<S>(direction * signed_step), &crossings);
            std::transform(worst.begin(), worst.end(), crossings.begin(), worst.begin(), worse);
        }
    }
    return stencil;
}

// Slopes with steps h, h/2, h/4 extrapolated to step 0; `factor` is 4 for central slopes (error h², h⁴, ...) and 2 for
// one-sided ones (h, h², ...). The bar is the distance to the coarser entry of the last round but one, plus rounding.
template <class S>
Estimate extrapolate(const std::array<S, steps_a_side>& slopes, S factor, S rounding_of_first) {
    const S coarse = slopes[1] + (slopes[1] - slopes[0]) / (factor - S(1));
    const S fine = slopes[2] + (slopes[2] - slopes[1]) / (factor - S(1));
    const S squared = factor * factor;
    const S value = fine + (fine - coarse) / (squared - S(1));
    const S amplification = S(4) * (factor + S(1)) / (factor - S(1)) * (squared + S(1)) / (squared - S(1));
    const S bar = std::abs(value - coarse) + amplification * rounding_of_first;
    return smooth_estimate(static_cast<double>(value), static_cast<double>(bar), static_cast<double>(std::abs(value)));
}

// What is known of one example at one step.
template <class S>
struct Example {
    const Stencil<S>& stencil;
    Eigen::Index i;
    S step;
    S rounding;
    S unmoved;

    Estimate central() const {
        std::array<S, steps_a_side> slopes;
        for (std::size_t k = 0; k < steps_a_side; ++k)
            slopes[k] = (stencil.losses[0][k](0, i) - stencil.losses[1][k](0, i)) /
                        std::ldexp(S(2) * step, -static_cast<int>(k));
        Estimate estimate = extrapolate(slopes, S(4), rounding / step);
        if (!std::same_as<S, double>) estimate.method = Method::extended_difference;
        return estimate;
    }

    Estimate one_sided(std::size_t side) const {
        std::array<S, steps_a_side> slopes;
        for (std::size_t k = 0; k < steps_a_side; ++k)
            slopes[k] =
                (stencil.losses[side][k](0, i) - unmoved) / std::ldexp(side == 0 ? step : -step, -static_cast<int>(k));
        Estimate estimate = extrapolate(slopes, S(2), S(2) * rounding / step);
        estimate.method = std::same_as<S, double> ? Method::one_sided_difference : Method::extended_difference;
        return estimate;
    }

    Estimate between_the_sides() const {
        const Estimate above = one_sided(0);
        const Estimate below = one_sided(1);
        Estimate kink = above;
        kink.lower = std::min(above.value, below.value);
        kink.upper = std::max(above.value, below.value);
        kink.value = (kink.lower + kink.upper) / 2;
        kink.error_bar = std::max(above.error_bar, below.error_bar);
        kink.scale = std::max(above.scale, below.scale);
        return kink;
    }

    // The estimate, if the kinks allow one with this step.
    std::optional<Estimate> estimate() const {
        const Crossing above = stencil.crossings[0][static_cast<std::size_t>(i)];
        const Crossing below = stencil.crossings[1][static_cast<std::size_t>(i)];
        if (above == Crossing::none && below == Crossing::none) return central();
        if (above == Crossing::off_kink || below == Crossing::off_kink) {
            if (above == Crossing::crossed || below == Crossing::crossed) return std::nullopt;
            return between_the_sides();
        }
        if (above == Crossing::none) return one_sided(0);
        if (below == Crossing::none) return one_sided(1);
        return std::nullopt;
    }
};

// How far each example's row may move with the losses still smooth: 1 in units of a pre-activation; for A[L] the
// distance to the edge of what the loss accepts, if that is nearer.
template <class S>
Matrix<S> length_of(const RowProbe<S>& probe, const Row& row) {
    Matrix<S> length = Matrix<S>::Ones(1, probe.Y.cols());
    if (row.of == Row::Of::pre_activation || row.l < probe.network->depth()) return length;
    const Interval domain = std::visit([](const auto& loss) { return loss.prediction_domain; }, probe.network->loss);
    for (Eigen::Index i = 0; i < length.cols(); ++i) {
        const S a = probe.cache.A[row.l](row.j, i);
        if (std::isfinite(domain.lower)) length(0, i) = std::min(length(0, i), a - S(domain.lower));
        if (std::isfinite(domain.upper)) length(0, i) = std::min(length(0, i), S(domain.upper) - a);
        length(0, i) = std::max(length(0, i), S(0));
    }
    return length;
}

Estimate divided(Estimate estimate, double by) {
    for (double* part : {&estimate.value, &estimate.error_bar, &estimate.scale, &estimate.lower, &estimate.upper})
        *part /= by;
    return estimate;
}

}  // namespace

template <Scalar S>
RowDifferences<S>::RowDifferences(const RowProbe<S>& probe_, Row::Of of_, std::size_t l_)
    : probe(probe_), of(of_), l(l_), first_step(S(0)) {
    const std::size_t start = of == Row::Of::pre_activation ? l : l + 1;
    bool with_kinks = false;
    for (std::size_t behind = start; behind <= probe.network->depth(); ++behind)
        with_kinks = with_kinks || !probe.kinks[behind].empty();
    first_step = first_step_for<S>(with_kinks);
    rounding = rounding_of_losses(probe, start);
    unmoved = losses_at(probe, {of, l, 0}, Matrix<S>(Matrix<S>::Zero(1, probe.Y.cols())));
}

template <Scalar S>
RowDifferences<S> RowDifferences<S>::restricted_to(const std::vector<Eigen::Index>& examples) const {
    RowDifferences few(*this);
    few.probe = probe.restricted_to(examples);
    few.rounding = Matrix<S>(rounding(Eigen::all, examples));
    few.unmoved = Matrix<S>(unmoved(Eigen::all, examples));
    return few;
}

template <Scalar S>
std::vector<Estimate> RowDifferences<S>::along(Eigen::Index j, const Matrix<S>& direction) const {
    const Row row{of, l, j};
    std::vector<Estimate> estimates(static_cast<std::size_t>(direction.cols()));
    const Matrix<S> length = length_of(probe, row);
    // The examples share one step, in units of the length of each, such that the one that moves farthest moves by
    // first_step. An example at the edge of the domain has no room to move at all.
    const Matrix<S> motion = direction.cwiseProduct(length);
    S farthest = S(0);
    std::vector<Eigen::Index> left;
    for (Eigen::Index i = 0; i < direction.cols(); ++i) {
        if (direction(0, i) == S(0)) continue;
        if (length(0, i) > S(0)) {
            farthest = std::max(farthest, std::abs(direction(0, i)));
            left.push_back(i);
        } else {
            estimates[static_cast<std::size_t>(i)].error_bar = std::numeric_limits<double>::infinity();
        }
    }
    if (left.empty()) return estimates;
    const bool all = left.size() == estimates.size();
    S step = first_step / farthest;
    for (int shrinking = 0; shrinking <= most_shrinkings && !left.empty(); ++shrinking, step /= S(16)) {
        const bool whole = shrinking == 0 && all;
        const Stencil<S> stencil =
            whole ? evaluate(probe, row, motion, step)
                  : evaluate(probe.restricted_to(left), row, Matrix<S>(motion(Eigen::all, left)), step);
        std::vector<Eigen::Index> still_left;
        for (std::size_t n = 0; n < left.size(); ++n) {
            const Eigen::Index i = left[n];
            const Example<S> example{stencil, static_cast<Eigen::Index>(n), step, rounding(0, i), unmoved(0, i)};
            if (const auto estimate = example.estimate()) {
                estimates[static_cast<std::size_t>(i)] = *estimate;
            } else {
                still_left.push_back(i);
            }
        }
        left = std::move(still_left);
    }
    for (const Eigen::Index i : left)
        estimates[static_cast<std::size_t>(i)].error_bar = std::numeric_limits<double>::infinity();
    // Far shorter than the first step, since only the kinks that a unit lies on are provided for.
    widen_at_kinks(probe, row, motion, rounding, std::ldexp(first_step / farthest, -8), estimates);
    for (std::size_t i = 0; i < estimates.size(); ++i)
        if (const S own = length(0, static_cast<Eigen::Index>(i)); own > S(0) && own != S(1))
            estimates[i] = divided(estimates[i], static_cast<double>(own));
    return estimates;
}

template struct RowDifferences<double>;
template struct RowDifferences<long double>;

}  // namespace gradproof::checks
