// SPDX-License-Identifier: MIT
#include "gradproof/checks/network_differences.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "gradproof/checks/dual.hpp"
#include "gradproof/checks/network_probe.hpp"
#include "gradproof/checks/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// What is moved: row j of Z[l] or of A[l].
enum class Moved { pre_activation, activation };
struct Row {
    Moved what;
    std::size_t l;
    Eigen::Index j;
};

// One entry of W moves Z by h A_prev(k, i) in example i; `direction` (1 × m) is what h multiplies, `length` the
// distance, in units of the moved row, over which the losses are taken to be smooth.
template <class S>
struct Motion {
    Row row;
    Matrix<S> direction;
    Matrix<S> length;
};

// The derivative of each example's loss along a motion.
struct ExampleEstimates {
    std::vector<Estimate> of;
};

// Central differences with three steps reach a relative truncation near (step/4)^6 and amplify rounding by 8 / step:
// for double both are near 1e-13, for a 64-bit mantissa near 1e-16.
template <class S>
constexpr S first_step = S(0x1p-6);
template <>
constexpr long double first_step<long double> = 0x1p-8L;

constexpr int halvings = 3;
constexpr int most_shrinkings = 8;  // by 16 each: steps down to 2^-38 of the length

template <class S>
Matrix<S> losses_at(const RowProbe<S>& probe, const Row& row, const Matrix<S>& change,
                    std::vector<Crossing>* crossings) {
    return row.what == Moved::pre_activation ? probe.losses_with_Z(row.l, row.j, change, crossings)
                                             : probe.losses_with_A(row.l, row.j, change, crossings);
}

// Losses on both sides at the three steps, and where each side lies relative to the kinks.
template <class S>
struct Stencil {
    std::array<std::array<Matrix<S>, halvings>, 2> losses;  // [0] above, [1] below
    std::array<std::vector<Crossing>, 2> crossings;         // the worst of the three steps
};

template <class S>
Stencil<S> evaluate(const RowProbe<S>& probe, const Motion<S>& motion, S step) {
    Stencil<S> stencil;
    std::vector<Crossing> crossings;
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t k = 0; k < halvings; ++k) {
            const S factor = std::ldexp(side == 0 ? S(1) : S(-1), -static_cast<int>(k));
            const Matrix<S> change = motion.direction * (step * factor);
            stencil.losses[side][k] = losses_at(probe, motion.row, change, &crossings);
            auto& worst = stencil.crossings[side];
            if (k == 0) {
                worst = crossings;
                continue;
            }
            for (std::size_t i = 0; i < worst.size(); ++i) {
                if (worst[i] == Crossing::crossed || crossings[i] == Crossing::crossed)
                    worst[i] = Crossing::crossed;
                else if (crossings[i] == Crossing::off_kink)
                    worst[i] = Crossing::off_kink;
            }
        }
    }
    return stencil;
}

// Three slopes with steps h, h/2, h/4, extrapolated. `factor` is 4 for central slopes (error h², h⁴, ...) and 2 for
// one-sided ones (h, h², ...). The bar is the distance to the coarser entry of the last round but one, plus rounding.
template <class S>
std::pair<S, S> extrapolate(const std::array<S, halvings>& slopes, S factor, S rounding_of_first) {
    const S coarse = slopes[1] + (slopes[1] - slopes[0]) / (factor - S(1));
    const S fine = slopes[2] + (slopes[2] - slopes[1]) / (factor - S(1));
    const S squared = factor * factor;
    const S value = fine + (fine - coarse) / (squared - S(1));
    const S amplification = S(4) * (factor + S(1)) / (factor - S(1)) * (squared + S(1)) / (squared - S(1));
    return {value, std::abs(value - coarse) + amplification * rounding_of_first};
}

template <class S>
constexpr Method method_of = std::same_as<S, double> ? Method::central_difference : Method::extended_difference;

template <class S>
Estimate central(const Stencil<S>& stencil, Eigen::Index i, S step, S rounding) {
    std::array<S, halvings> slopes;
    for (std::size_t k = 0; k < halvings; ++k)
        slopes[k] =
            (stencil.losses[0][k](0, i) - stencil.losses[1][k](0, i)) / std::ldexp(S(2) * step, -static_cast<int>(k));
    const auto [value, bar] = extrapolate(slopes, S(4), rounding / step);
    return smooth_estimate(static_cast<double>(value), static_cast<double>(bar), std::abs(static_cast<double>(value)),
                           method_of<S>);
}

template <class S>
Estimate one_sided(const Stencil<S>& stencil, std::size_t side, Eigen::Index i, S step, S rounding, S unmoved) {
    std::array<S, halvings> slopes;
    for (std::size_t k = 0; k < halvings; ++k)
        slopes[k] =
            (stencil.losses[side][k](0, i) - unmoved) / std::ldexp(side == 0 ? step : -step, -static_cast<int>(k));
    const auto [value, bar] = extrapolate(slopes, S(2), S(2) * rounding / step);
    return smooth_estimate(static_cast<double>(value), static_cast<double>(bar), std::abs(static_cast<double>(value)),
                           std::same_as<S, double> ? Method::one_sided_difference : Method::extended_difference);
}

Estimate between(const Estimate& a, const Estimate& b) {
    Estimate kink = a.value < b.value ? a : b;
    kink.upper = std::max(a.value, b.value);
    kink.value = 0.5 * (kink.lower + kink.upper);
    kink.error_bar = std::max(a.error_bar, b.error_bar);
    kink.scale = std::max(a.scale, b.scale);
    return kink;
}

// One example's estimate, if its kinks allow one with this step.
template <class S>
std::optional<Estimate> estimate_example(const Stencil<S>& stencil, Eigen::Index i, S step, S rounding, S unmoved) {
    const Crossing above = stencil.crossings[0][static_cast<std::size_t>(i)];
    const Crossing below = stencil.crossings[1][static_cast<std::size_t>(i)];
    if (above == Crossing::none && below == Crossing::none) return central(stencil, i, step, rounding);
    const bool on_kink = above == Crossing::off_kink || below == Crossing::off_kink;
    if (on_kink) {
        if (above == Crossing::crossed || below == Crossing::crossed) return std::nullopt;
        return between(one_sided(stencil, 0, i, step, rounding, unmoved),
                       one_sided(stencil, 1, i, step, rounding, unmoved));
    }
    if (above == Crossing::none) return one_sided(stencil, 0, i, step, rounding, unmoved);
    if (below == Crossing::none) return one_sided(stencil, 1, i, step, rounding, unmoved);
    return std::nullopt;
}

// The probe with what it needs for every motion that starts at the same layer.
template <class S>
struct Start {
    const RowProbe<S>& probe;
    Matrix<S> rounding;  // of each loss
    Matrix<S> unmoved;   // losses of the unchanged pass, evaluated the same way
};

template <class S>
Start<S> start_at(const RowProbe<S>& probe, const Row& row) {
    const std::size_t l = row.what == Moved::pre_activation ? row.l : row.l + 1;
    const Matrix<S> no_change = Matrix<S>::Zero(1, probe.Y.cols());
    return {probe, rounding_of_losses(probe, l), losses_at(probe, {row.what, row.l, 0}, no_change, nullptr)};
}

template <class S>
ExampleEstimates differentiate(const Start<S>& start, const Motion<S>& motion) {
    const Eigen::Index m = motion.direction.cols();
    ExampleEstimates estimates{.of = std::vector<Estimate>(static_cast<std::size_t>(m))};
    // One step for all examples, so that the example that moves farthest moves by first_step of its length.
    const S farthest = motion.direction.cwiseAbs().cwiseQuotient(motion.length).maxCoeff();
    if (farthest == S(0)) return estimates;
    if (!(farthest < std::numeric_limits<S>::infinity())) {
        for (Estimate& estimate : estimates.of) estimate.error_bar = infinity;
        return estimates;
    }
    S step = first_step<S> / farthest;
    std::vector<Eigen::Index> left;
    const Stencil<S> stencil = evaluate(start.probe, motion, step);
    for (Eigen::Index i = 0; i < m; ++i) {
        if (const auto estimate = estimate_example(stencil, i, step, start.rounding(0, i), start.unmoved(0, i))) {
            estimates.of[static_cast<std::size_t>(i)] = *estimate;
        } else {
            left.push_back(i);
        }
    }
    for (int shrinking = 0; shrinking < most_shrinkings && !left.empty(); ++shrinking) {
        step /= S(16);
        const RowProbe<S> few = start.probe.restricted_to(left);
        const Motion<S> motion_of_few{motion.row, motion.direction(Eigen::all, left), motion.length(Eigen::all, left)};
        const auto count = static_cast<Eigen::Index>(left.size());
        const Stencil<S> closer = evaluate(few, motion_of_few, step);
        std::vector<Eigen::Index> still_left;
        for (Eigen::Index n = 0; n < count; ++n) {
            const Eigen::Index i = left[static_cast<std::size_t>(n)];
            if (const auto estimate = estimate_example(closer, n, step, start.rounding(0, i), start.unmoved(0, i))) {
                estimates.of[static_cast<std::size_t>(i)] = *estimate;
            } else {
                still_left.push_back(i);
            }
        }
        left = std::move(still_left);
    }
    for (const Eigen::Index i : left) estimates.of[static_cast<std::size_t>(i)].error_bar = infinity;
    return estimates;
}

// The estimate of a mean over the examples from those of the examples.
Estimate mean_of(const ExampleEstimates& examples) {
    Estimate mean = smooth_estimate(0, 0, 0);
    for (const Estimate& example : examples.of) {
        mean.value += example.value;
        mean.error_bar += example.error_bar;
        mean.scale += example.scale;
        mean.lower += example.lower;
        mean.upper += example.upper;
        mean.method = std::max(mean.method, example.method);
    }
    const auto m = static_cast<double>(examples.of.size());
    mean.value /= m;
    mean.scale /= m;
    mean.lower /= m;
    mean.upper /= m;
    // Summing m numbers rounds m - 1 times, each time by at most half an ulp of the sum of their magnitudes.
    mean.error_bar = mean.error_bar / m + m * 0x1p-53 * mean.scale;
    return mean;
}

// The regularisation's part of dW, λ/(2m) ((w + h)² - (w - h)²) / 2h: of a square a central difference is exact for any
// step, so it is taken as large as w, where rounding is least.
Estimate with_regularisation(Estimate estimate, double w, double lambda, double m) {
    if (lambda == 0) return estimate;
    const double h = std::max(std::abs(w), 0x1p-10);
    const double slope = lambda / (2 * m) * ((w + h) * (w + h) - (w - h) * (w - h)) / (2 * h);
    estimate.value += slope;
    estimate.lower += slope;
    estimate.upper += slope;
    estimate.scale += std::abs(slope);
    estimate.error_bar += 8 * 0x1p-53 * lambda / (2 * m) * (4 * h * h) / (2 * h);
    return estimate;
}

template <class S>
Network<S> cast(const Network<double>& network) {
    Network<S> other{.layers = {}, .loss = network.loss, .lambda = S(network.lambda)};
    for (const auto& layer : network.layers)
        other.layers.push_back({layer.W.cast<S>(), layer.b.cast<S>(), layer.activation});
    return other;
}

// How far a row may move and the losses still be smooth: 1 in units of a pre-activation; for A[L] the distance to the
// edge of what the loss accepts, if that is nearer.
template <class S>
Matrix<S> length_of(const RowProbe<S>& probe, const Row& row) {
    Matrix<S> length = Matrix<S>::Ones(1, probe.Y.cols());
    if (row.what == Moved::pre_activation || row.l < probe.network->depth()) return length;
    const Interval domain = std::visit([](const auto& loss) { return loss.prediction_domain; }, probe.network->loss);
    for (Eigen::Index i = 0; i < length.cols(); ++i) {
        const S a = probe.cache.A[row.l](row.j, i);
        if (std::isfinite(domain.lower)) length(0, i) = std::min(length(0, i), a - S(domain.lower));
        if (std::isfinite(domain.upper)) length(0, i) = std::min(length(0, i), S(domain.upper) - a);
        length(0, i) = std::max(length(0, i), S(0));
    }
    return length;
}

using ExtendedDual = Dual<long double>;

// Everything that is shared by the entries of one network; the slower scalars are set up when first needed.
class Differentiator {
  public:
    Differentiator(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                   const DifferenceOptions& options)
        : network_(network), X_(X), Y_(Y), options_(options), probe_(network, X, Y) {}

    const RowProbe<double>& probe() const { return probe_; }

    // Examples' derivatives along `direction`; entries that differences in double leave too wide go on to the next
    // method.
    template <class Combine>
    Estimate estimate(const Start<double>& start, const Row& row, const Matrix<double>& direction,
                      const Combine& combine) {
        const Estimate first = combine(differentiate(start, motion(probe_, row, direction)));
        return options_.last_resorts && !is_narrow(first, options_.required_digits)
                   ? last_resorts(first, row, direction, combine)
                   : first;
    }

    template <class Combine>
    Estimate last_resorts(const Estimate& first, const Row& row, const Matrix<double>& direction,
                          const Combine& combine) {
        set_up_extended();
        const Matrix<long double> direction_extended = direction.cast<long double>();
        const Estimate second =
            combine(differentiate(start_at(*extended_probe_, row), motion(*extended_probe_, row, direction_extended)));
        if (is_narrow(second, options_.required_digits)) return second;
        // A dual number follows the branch taken, which at a kink is one of two derivatives, not the interval.
        if (second.lower < second.upper || !std::isfinite(first.value)) return second;
        return combine(by_dual_numbers(row, direction_extended));
    }

  private:
    template <class S>
    static Motion<S> motion(const RowProbe<S>& probe, const Row& row, const Matrix<S>& direction) {
        return {row, direction, length_of(probe, row)};
    }

    void set_up_extended() {
        if (extended_probe_) return;
        extended_network_ = cast<long double>(network_);
        extended_probe_.emplace(*extended_network_, X_.cast<long double>(), Y_.cast<long double>());
        dual_network_ = cast<ExtendedDual>(network_);
        dual_probe_.emplace(*dual_network_, X_.cast<ExtendedDual>(), Y_.cast<ExtendedDual>());
    }

    ExampleEstimates by_dual_numbers(const Row& row, const Matrix<long double>& direction) const {
        const Matrix<ExtendedDual> change =
            direction.unaryExpr([](long double along) { return ExtendedDual(0, along); });
        const Matrix<ExtendedDual> losses = losses_at(*dual_probe_, row, change, nullptr);
        ExampleEstimates estimates{.of = std::vector<Estimate>(static_cast<std::size_t>(losses.cols()))};
        for (Eigen::Index i = 0; i < losses.cols(); ++i) {
            const auto value = static_cast<double>(losses(0, i).derivative);
            // Carried with a 64-bit mantissa: up to a cancellation by 2^10, rounding stays below an ulp of a double.
            estimates.of[static_cast<std::size_t>(i)] =
                smooth_estimate(value, 0x1p-52 * std::abs(value), std::abs(value), Method::dual_number);
        }
        return estimates;
    }

    const Network<double>& network_;
    const Matrix<double>& X_;
    const Matrix<double>& Y_;
    DifferenceOptions options_;
    RowProbe<double> probe_;
    std::optional<Network<long double>> extended_network_;
    std::optional<RowProbe<long double>> extended_probe_;
    std::optional<Network<ExtendedDual>> dual_network_;
    std::optional<RowProbe<ExtendedDual>> dual_probe_;
};

// Each example on its own, as a row of dZ or dA.
void differentiate_row(Differentiator& differentiator, const Start<double>& start, const Row& row,
                       TensorEstimate& tensor, const DifferenceOptions& options) {
    const Eigen::Index m = tensor.columns;
    const Matrix<double> ones = Matrix<double>::Ones(1, m);
    const ExampleEstimates examples = differentiate(start, {row, ones, length_of(differentiator.probe(), row)});
    for (Eigen::Index i = 0; i < m; ++i) {
        Estimate& estimate = tensor(row.j, i);
        estimate = examples.of[static_cast<std::size_t>(i)];
        if (!options.last_resorts || is_narrow(estimate, options.required_digits)) continue;
        Matrix<double> only_i = Matrix<double>::Zero(1, m);
        only_i(0, i) = 1;
        estimate = differentiator.last_resorts(
            estimate, row, only_i, [i](const ExampleEstimates& all) { return all.of[static_cast<std::size_t>(i)]; });
    }
}

}  // namespace

NetworkEstimates differentiate_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                       const DifferenceOptions& options) {
    Differentiator differentiator(network, X, Y, options);
    const auto& probe = differentiator.probe();
    const std::size_t L = network.depth();
    const Eigen::Index m = X.cols();
    const Matrix<double> ones = Matrix<double>::Ones(1, m);
    NetworkEstimates estimates{.dW = {{}}, .db = {{}}, .dZ = {{}}, .dA = {}};
    for (std::size_t l = 1; l <= L; ++l) {
        const Matrix<double>& W = network.layer(l).W;
        TensorEstimate dW(fmt::format("dW{}", l), W.rows(), W.cols());
        TensorEstimate db(fmt::format("db{}", l), W.rows(), 1);
        TensorEstimate dZ(fmt::format("dZ{}", l), W.rows(), options.activations ? m : 0);
        const Start<double> start = start_at(probe, {Moved::pre_activation, l, 0});
        for (Eigen::Index j = 0; j < W.rows(); ++j) {
            const Row row{Moved::pre_activation, l, j};
            for (Eigen::Index k = 0; k < W.cols(); ++k)
                dW(j, k) =
                    with_regularisation(differentiator.estimate(start, row, probe.cache.A[l - 1].row(k), mean_of),
                                        W(j, k), network.lambda, static_cast<double>(m));
            db(j, 0) = differentiator.estimate(start, row, ones, mean_of);
            if (options.activations) differentiate_row(differentiator, start, row, dZ, options);
        }
        estimates.dW.push_back(std::move(dW));
        estimates.db.push_back(std::move(db));
        estimates.dZ.push_back(std::move(dZ));
    }
    for (std::size_t l = 0; l <= L; ++l) {
        const Eigen::Index n = probe.cache.A[l].rows();
        TensorEstimate dA(fmt::format("dA{}", l), n, options.activations ? m : 0);
        if (options.activations) {
            const Start<double> start = start_at(probe, {Moved::activation, l, 0});
            for (Eigen::Index j = 0; j < n; ++j)
                differentiate_row(differentiator, start, {Moved::activation, l, j}, dA, options);
        }
        estimates.dA.push_back(std::move(dA));
    }
    return estimates;
}

}  // namespace gradproof::checks
