// SPDX-License-Identifier: MIT
#include "differences/network/kinked_examples.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

using S = ExtendedDual;
using Real = long double;

// With up to so many places each combination of left and right is evaluated.
constexpr std::size_t most_places = 5;

// Values of a polynomial at more places than these say little of it in between.
constexpr std::size_t most_intervals = 16;

// The columns of a motion: three that do not choose one slope for all units, then one a choice.
constexpr Eigen::Index to_the_right = 0;
constexpr Eigen::Index to_the_left = 1;
constexpr Eigen::Index largest_slopes = 2;
constexpr Eigen::Index first_choice = 3;

std::size_t intervals_for(std::size_t places) {
    return std::min(places + places % 2, most_intervals);
}

// The slope beside the kink, so near that it is the one at the kink to the last digit of a double.
Real slope_beside(const AnyActivation& activation, double at, Real side) {
    const Real distance = std::ldexp(std::max(Real(1), std::abs(Real(at))), -60);
    return activate(activation, Matrix<S>(Matrix<S>::Constant(1, 1, S(Real(at) + side * distance, Real(1)))))(0, 0)
        .derivative;
}

bool lies_exactly_on(const RowProbe<double>& probe, std::size_t l, Eigen::Index unit, Eigen::Index i, double kink) {
    if (probe.cache.Z[l](unit, i) != kink) return false;
    Real z = probe.network->layer(l).dense.b(unit);
    const Matrix<double>& A = probe.A(l - 1);
    for (Eigen::Index k = 0; k < A.rows(); ++k) z += Real(probe.network->layer(l).dense.W(unit, k)) * Real(A(k, i));
    return z == Real(kink);
}

bool reaches_through(const Matrix<double>& W, Eigen::Index k, const std::vector<bool>& reaching) {
    for (std::size_t r = 0; r < reaching.size(); ++r)
        if (reaching[r] && W(static_cast<Eigen::Index>(r), k) != 0) return true;
    return false;
}

// What a motion of A(k) adds to that of Z = W A + b.
void add_product(const Matrix<double>& W, Eigen::Index k, const S& motion, Matrix<S>& Z, Eigen::Index column) {
    if (motion.magnitude == 0) return;
    for (Eigen::Index r = 0; r < W.rows(); ++r) {
        Z(r, column).derivative += Real(W(r, k)) * motion.derivative;
        Z(r, column).magnitude += Real(std::abs(W(r, k))) * motion.magnitude;
    }
}

KinkSlopes slopes_from(const Matrix<S>& losses, bool others_are_possible) {
    KinkSlopes slopes{.below = static_cast<double>(-losses(to_the_left).derivative),
                      .above = static_cast<double>(losses(to_the_right).derivative),
                      .conventions = {},
                      .magnitude = static_cast<double>(losses(largest_slopes).magnitude)};
    slopes.scale = std::max(std::abs(slopes.below), std::abs(slopes.above));
    for (Eigen::Index column = first_choice; column < losses.cols(); ++column) {
        slopes.conventions.push_back(static_cast<double>(losses(column).derivative));
        slopes.scale = std::max(slopes.scale, std::abs(slopes.conventions.back()));
    }
    // No choice gives more than the magnitude, with either sign.
    if (others_are_possible) slopes.leeway = 2 * slopes.magnitude;
    return slopes;
}

}  // namespace

bool KinkSlopes::shows(double rounding) const {
    double least = std::min(below, above);
    double most = std::max(below, above);
    for (const double value : conventions) {
        least = std::min(least, value);
        most = std::max(most, value);
    }
    return most - least > rounding * magnitude;
}

void ConventionSums::add(const KinkSlopes& slopes, double factor, double value) {
    excess.resize(slopes.conventions.size());
    for (std::size_t n = 0; n < excess.size(); ++n) excess[n] += factor * slopes.conventions[n] - value;
    leeway += std::abs(factor) * slopes.leeway;
}

KinkedExamples::KinkedExamples(const RowProbe<double>& probe, std::size_t first) : probe_(probe), first_(first) {
    if (!probe.has_kinks_from(first)) return;
    const Network<double>& network = *probe.network;
    for (Eigen::Index i = 0; i < probe.Y.cols(); ++i) {
        Example example{.i = i, .units = {}, .reaching = {}, .rounding_decides = false};
        example.units.resize(network.depth() + 1);
        for (std::size_t l = first; l <= network.depth(); ++l) find_units(l, i, example);
        if (std::all_of(example.units.begin(), example.units.end(), [](const auto& units) { return units.empty(); }))
            continue;
        examples_.push_back(std::move(example));
    }
    if (examples_.empty()) return;
    rounding_ = rounding_of_backward(network) + rounding_of_sum(static_cast<double>(probe.Y.cols()));
    by_place_ = places_.size() <= most_places;
    choices_ = by_place_ ? std::size_t{1} << places_.size() : intervals_for(places_.size()) + 1;
    activations_.loss = network.loss;
    for (const auto& layer : network.layers) activations_.layers.push_back({{}, layer.activation});
    dual_.emplace(activations_, Cache<S>(), Matrix<S>(), std::vector<Matrix<S>>());
    for (Example& example : examples_) example.reaching = reaching_units(example);
}

std::size_t KinkedExamples::place_of(std::size_t l, double at) {
    const auto found = std::find_if(places_.begin(), places_.end(),
                                    [&](const Place& place) { return place.l == l && place.at == at; });
    if (found != places_.end()) return static_cast<std::size_t>(found - places_.begin());
    const auto& activation = probe_.network->layer(l).activation;
    const bool value_jumps = std::ranges::any_of(activation.facts().kinks,
                                                 [at](const Kink& kink) { return kink.at == at && kink.value_jumps; });
    places_.push_back({l, at, slope_beside(activation, at, -1), slope_beside(activation, at, 1), value_jumps});
    return places_.size() - 1;
}

bool KinkedExamples::has_jump(const Example& example) const {
    for (const std::vector<UnitOnKink>& units : example.units)
        for (const UnitOnKink& on_kink : units)
            if (places_[on_kink.place].value_jumps) return true;
    return false;
}

void KinkedExamples::find_units(std::size_t l, Eigen::Index i, Example& example) {
    for (const double at : probe_.kinks[l])
        for (Eigen::Index unit = 0; unit < probe_.cache.Z[l].rows(); ++unit) {
            if (!(std::abs(probe_.cache.Z[l](unit, i) - at) <= probe_.margins[l](unit, i))) continue;
            example.units[l].push_back({unit, place_of(l, at)});
            example.rounding_decides = example.rounding_decides || !lies_exactly_on(probe_, l, unit, i, at);
        }
}

// A unit that lies on a kink is reached by its own motion, any other through a weight that is not 0, if it passes its
// motion on.
std::vector<bool> KinkedExamples::reaching_units(const Example& example) const {
    const Network<double>& network = *probe_.network;
    std::vector<bool> behind;
    for (std::size_t l = network.depth(); l >= first_; --l) {
        const Matrix<double>& Z = probe_.cache.Z[l];
        std::vector<bool> here(static_cast<std::size_t>(Z.rows()), false);
        if (l < network.depth()) {
            Matrix<S> moved(Z.rows(), 1);
            for (Eigen::Index unit = 0; unit < Z.rows(); ++unit) {
                moved(unit, 0) = S(Real(Z(unit, example.i)), Real(1));
                here[static_cast<std::size_t>(unit)] = reaches_through(network.layer(l + 1).dense.W, unit, behind);
            }
            if (!is_elementwise(network.layer(l).activation)) {
                here.assign(here.size(), std::find(here.begin(), here.end(), true) != here.end());
            } else {
                const Matrix<S> A = dual_->activation_of(l, moved);
                for (std::size_t unit = 0; unit < here.size(); ++unit)
                    here[unit] = here[unit] && A(static_cast<Eigen::Index>(unit), 0).derivative != 0;
            }
        }
        for (const UnitOnKink& on_kink : example.units[l]) here[static_cast<std::size_t>(on_kink.unit)] = true;
        behind = std::move(here);
    }
    return behind;
}

std::optional<std::size_t> KinkedExamples::number_of(Eigen::Index i) const {
    const auto found = std::lower_bound(examples_.begin(), examples_.end(), i,
                                        [](const Example& example, Eigen::Index at) { return example.i < at; });
    if (found == examples_.end() || found->i != i) return std::nullopt;
    return static_cast<std::size_t>(found - examples_.begin());
}

bool KinkedExamples::reaches(const Row& row, Eigen::Index i) const {
    const auto number = number_of(i);
    if (!number) return false;
    const std::vector<bool>& reaching = examples_[*number].reaching;
    if (row.of == Row::Of::pre_activation) return reaching[static_cast<std::size_t>(row.j)];
    return reaches_through(probe_.network->layer(first_).dense.W, row.j, reaching);
}

Real KinkedExamples::slope_of(const UnitOnKink& on_kink, Eigen::Index column, Real motion) const {
    const Place& place = places_[on_kink.place];
    switch (column) {
        case to_the_right:
        case to_the_left:
            return motion > 0 ? place.right : place.left;
        case largest_slopes:
            return std::max(std::abs(place.left), std::abs(place.right));
        default:
            break;
    }
    const auto choice = static_cast<std::size_t>(column - first_choice);
    if (by_place_) return (choice >> on_kink.place & 1) != 0 ? place.right : place.left;
    const Real c = Real(choice) / Real(choices_ - 1);
    return (1 - c) * place.left + c * place.right;
}

KinkSlopes KinkedExamples::slopes(const Row& row, Eigen::Index i) const {
    const Network<double>& network = *probe_.network;
    const Example& example = examples_[*number_of(i)];
    if (has_jump(example))
        return {.conventions = std::vector<double>(choices_, 0), .magnitude = std::numeric_limits<double>::infinity()};
    const Eigen::Index columns = first_choice + static_cast<Eigen::Index>(choices_);
    const auto unmoved = [&](std::size_t l) {
        Matrix<S> Z(probe_.cache.Z[l].rows(), columns);
        for (Eigen::Index unit = 0; unit < Z.rows(); ++unit)
            Z.row(unit).setConstant(S(Real(probe_.cache.Z[l](unit, i))));
        return Z;
    };
    Matrix<S> Z = unmoved(first_);
    for (Eigen::Index column = 0; column < columns; ++column) {
        const S motion(Real(0), column == to_the_left ? Real(-1) : Real(1));
        if (row.of == Row::Of::pre_activation) {
            Z(row.j, column) += motion;
        } else {
            add_product(network.layer(first_).dense.W, row.j, motion, Z, column);
        }
    }
    for (std::size_t l = first_;; ++l) {
        Matrix<S> A = dual_->activation_of(l, Z);
        for (const UnitOnKink& on_kink : example.units[l])
            for (Eigen::Index column = 0; column < columns; ++column) {
                const S& z = Z(on_kink.unit, column);
                const Real slope = slope_of(on_kink, column, z.derivative);
                A(on_kink.unit, column) =
                    S(A(on_kink.unit, column).value, slope * z.derivative, std::abs(slope) * z.magnitude);
            }
        if (l == network.depth()) {
            const Matrix<Real> Y = probe_.Y.col(i).cast<Real>().replicate(1, columns);
            return slopes_from(example_losses(activations_, Cache<S>{.Z = {std::move(Z)}, .A = {std::move(A)}},
                                              Matrix<S>(Y.cast<S>())),
                               example.rounding_decides || !by_place_);
        }
        Z = unmoved(l + 1);
        for (Eigen::Index column = 0; column < columns; ++column)
            for (Eigen::Index k = 0; k < A.rows(); ++k)
                add_product(network.layer(l + 1).dense.W, k, A(k, column), Z, column);
    }
}

void KinkedExamples::settle(Estimate& estimate, const ConventionSums& sums, double unit) const {
    if (sums.excess.empty()) return;
    KinkConventions all = conventions(sums, unit, estimate.value);
    const auto [least, most] = std::minmax({estimate.from_below, estimate.from_above, all.lower, all.upper});
    const double spread = std::max(most - estimate.value, estimate.value - least);
    if (spread <= rounding_ * estimate.scale) {
        estimate.from_below = estimate.from_above = estimate.value;
        estimate.error_bar += spread;
    } else {
        estimate.conventions = std::make_shared<const KinkConventions>(std::move(all));
    }
}

KinkConventions KinkedExamples::conventions(const ConventionSums& sums, double unit, double value) const {
    const auto [least, most] = std::minmax_element(sums.excess.begin(), sums.excess.end());
    KinkConventions conventions{.values = {},
                                .lower = value + unit * (*least - sums.leeway),
                                .upper = value + unit * (*most + sums.leeway),
                                .is_interpolated = places_.size() <= most_intervals};
    if (!by_place_) {
        for (const double excess : sums.excess) conventions.values.push_back(value + unit * excess);
        return conventions;
    }
    // Linear in the slope at each place: the value at c is the mean of the choices, each place on the right with weight
    // c and on the left with weight 1 - c.
    const std::size_t intervals = intervals_for(places_.size());
    for (std::size_t n = 0; n <= intervals; ++n) {
        const double c = static_cast<double>(n) / static_cast<double>(intervals);
        double mean = 0;
        for (std::size_t choice = 0; choice < sums.excess.size(); ++choice) {
            const int on_the_right = std::popcount(choice);
            const int on_the_left = static_cast<int>(places_.size()) - on_the_right;
            mean += sums.excess[choice] * std::pow(c, on_the_right) * std::pow(1 - c, on_the_left);
        }
        conventions.values.push_back(value + unit * mean);
    }
    return conventions;
}

Estimate estimate_at_kink(const std::optional<Estimate>& differences, const KinkSlopes& slopes, double factor,
                          double rounding_of_backward) {
    const double below = factor * (factor < 0 ? slopes.above : slopes.below);
    const double above = factor * (factor < 0 ? slopes.below : slopes.above);
    const double rounding = rounding_of_backward * std::abs(factor) * slopes.magnitude;
    const double scale = std::abs(factor) * slopes.scale;
    Estimate estimate = smooth_estimate((below + above) / 2, rounding, scale, Method::dual_number);
    estimate.from_below = below;
    estimate.from_above = above;
    if (differences && differences->is_at_kink()) {
        for (const double least : {differences->error_bar, std::abs(differences->from_below - below),
                                   std::abs(differences->from_above - above)})
            estimate.error_bar = std::max(estimate.error_bar, least);
        estimate.scale = std::max(scale, differences->scale);
        estimate.method = differences->method;
    }
    return estimate;
}

}  // namespace gradproof::checks
