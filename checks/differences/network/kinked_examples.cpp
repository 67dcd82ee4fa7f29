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

// What the slopes beside a kink of the loss may differ by because they are taken beside it.
constexpr Real beside = 1e-12L;

// The columns of a motion: three that do not choose one slope for all units, one with the declared slopes, then one a
// choice.
constexpr Eigen::Index to_the_right = 0;
constexpr Eigen::Index to_the_left = 1;
constexpr Eigen::Index largest_slopes = 2;
constexpr Eigen::Index as_declared = 3;
constexpr Eigen::Index first_choice = 4;

std::size_t intervals_for(std::size_t places) {
    return std::min(places + places % 2, most_intervals);
}

Matrix<S> one_entry(const S& number) {
    return Matrix<S>::Constant(1, 1, number);
}

// A point that moves, so near the kink that the slope is the one at the kink to the last digit of a double.
Matrix<S> moving_beside(double at, Real side) {
    const Real distance = std::ldexp(std::max(Real(1), std::abs(Real(at))), -60);
    return one_entry(S(Real(at) + side * distance, Real(1)));
}

Real slope_beside(const AnyActivation& activation, double at, Real side) {
    return activate(activation, moving_beside(at, side))(0, 0).derivative;
}

Real slope_beside(const AnyLoss& loss, double at, double y, Real side) {
    return example_losses(loss, moving_beside(at, side), one_entry(S(Real(y))))(0, 0).derivative;
}

// The slope declared for the kink; a seam has none, and no need of one.
Real declared_slope(const std::vector<Kink>& kinks, double at, Real otherwise) {
    const auto found = std::ranges::find(kinks, at, &Kink::at);
    return found == kinks.end() ? otherwise : Real(found->derivative_taken);
}

Real exact_pre_activation(const RowProbe<double>& probe, std::size_t l, Eigen::Index unit, Eigen::Index i) {
    Real z = probe.network->layer(l).dense.b(unit);
    const Matrix<double>& A = probe.A(l - 1);
    for (Eigen::Index k = 0; k < A.rows(); ++k) z += Real(probe.network->layer(l).dense.W(unit, k)) * Real(A(k, i));
    return z;
}

bool lies_exactly_on(const RowProbe<double>& probe, std::size_t l, Eigen::Index unit, Eigen::Index i, double kink) {
    return probe.cache.Z[l](unit, i) == kink && exact_pre_activation(probe, l, unit, i) == Real(kink);
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
        example.units.resize(network.depth() + 2);
        for (std::size_t l = first; l <= network.depth(); ++l) find_units(l, i, example);
        find_predictions(i, example);
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
    const Real left = slope_beside(activation, at, -1);
    const Real right = slope_beside(activation, at, 1);
    places_.push_back({.l = l,
                       .at = at,
                       .left = left,
                       .right = right,
                       .with_0 = left,
                       .with_1 = right,
                       .declared = declared_slope(activation.facts().kinks, at, left),
                       .value_jumps = value_jumps});
    return places_.size() - 1;
}

std::size_t KinkedExamples::place_of_loss(double at, double y) {
    const AnyLoss& loss = probe_.network->loss;
    const std::size_t l = probe_.network->depth() + 1;
    const Real left = slope_beside(loss, at, y, -1);
    const Real right = slope_beside(loss, at, y, 1);
    const auto found = std::ranges::find_if(places_, [&](const Place& place) {
        return place.l == l && std::abs(place.left - left) <= beside * std::abs(left) &&
               std::abs(place.right - right) <= beside * std::abs(right);
    });
    if (found != places_.end()) return static_cast<std::size_t>(found - places_.begin());
    const bool is_flatter_to_the_right = std::abs(right) < std::abs(left);
    places_.push_back({.l = l,
                       .at = at,
                       .left = left,
                       .right = right,
                       .with_0 = is_flatter_to_the_right ? right : left,
                       .with_1 = is_flatter_to_the_right ? left : right,
                       .declared = declared_slope(loss.kinks(y), at, left),
                       .value_jumps = false});
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

void KinkedExamples::find_predictions(Eigen::Index i, Example& example) {
    const std::size_t L = probe_.network->depth();
    if (probe_.kinks_of_loss.empty()) return;
    for (Eigen::Index unit = 0; unit < probe_.Y.rows(); ++unit) {
        const double y = probe_.Y(unit, i);
        for (const double at : probe_.kinks_of_loss.at(y)) {
            if (!(std::abs(probe_.cache.A[L](unit, i) - at) <= margin_of_prediction(at))) continue;
            example.units[L + 1].push_back({unit, place_of_loss(at, y)});
            example.rounding_decides = example.rounding_decides || !is_prediction_exactly(unit, i, at);
        }
    }
}

// Whether the prediction is this number before it is rounded.
bool KinkedExamples::is_prediction_exactly(Eigen::Index unit, Eigen::Index i, double at) const {
    const std::size_t L = probe_.network->depth();
    const AnyActivation& activation = probe_.network->layer(L).activation;
    if (probe_.cache.A[L](unit, i) != at || !is_elementwise(activation)) return false;
    return activate(activation, one_entry(S(exact_pre_activation(probe_, L, unit, i))))(0, 0).value == Real(at);
}

// A unit that lies on a kink is reached by its own motion, any other through a weight that is not 0, if it passes its
// motion on.
std::vector<bool> KinkedExamples::reaching_units(const Example& example) const {
    const Network<double>& network = *probe_.network;
    std::vector<bool> behind(static_cast<std::size_t>(probe_.Y.rows()), false);  // first the predictions
    for (const UnitOnKink& on_kink : example.units[network.depth() + 1])
        behind[static_cast<std::size_t>(on_kink.unit)] = true;
    for (std::size_t l = network.depth(); l >= first_; --l) {
        const Matrix<double>& Z = probe_.cache.Z[l];
        std::vector<bool> here(static_cast<std::size_t>(Z.rows()), false);
        Matrix<S> moved(Z.rows(), 1);
        for (Eigen::Index unit = 0; unit < Z.rows(); ++unit) {
            moved(unit, 0) = S(Real(Z(unit, example.i)), Real(1));
            here[static_cast<std::size_t>(unit)] = l == network.depth()
                                                       ? behind[static_cast<std::size_t>(unit)]
                                                       : reaches_through(network.layer(l + 1).dense.W, unit, behind);
        }
        if (!is_elementwise(network.layer(l).activation)) {
            here.assign(here.size(), std::find(here.begin(), here.end(), true) != here.end());
        } else {
            const Matrix<S> A = dual_->activation_of(l, moved);
            for (std::size_t unit = 0; unit < here.size(); ++unit)
                here[unit] = here[unit] && A(static_cast<Eigen::Index>(unit), 0).derivative != 0;
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
    if (row.of == Row::Of::pre_activation || first_ > probe_.network->depth())
        return reaching[static_cast<std::size_t>(row.j)];
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
        case as_declared:
            return place.declared;
        default:
            break;
    }
    const auto choice = static_cast<std::size_t>(column - first_choice);
    if (by_place_) return (choice >> on_kink.place & 1) != 0 ? place.with_1 : place.with_0;
    const Real c = Real(choice) / Real(choices_ - 1);
    return (1 - c) * place.with_0 + c * place.with_1;
}

void KinkedExamples::pass_on(const UnitOnKink& on_kink, Eigen::Index column, const S& motion, S& to) const {
    const Real slope = slope_of(on_kink, column, motion.derivative);
    to.derivative += slope * motion.derivative;
    to.magnitude += std::abs(slope) * motion.magnitude;
}

// The losses of the predictions A, each with the motion of one column. A prediction on a kink rests for the loss, and
// what its motion does to the loss is added.
Matrix<S> KinkedExamples::losses(const Example& example, Matrix<S> A) const {
    const std::vector<UnitOnKink>& on_kinks = example.units[probe_.network->depth() + 1];
    const Matrix<S> moving = A;
    for (const UnitOnKink& on_kink : on_kinks)
        for (S& a : A.row(on_kink.unit)) a = S(a.value);
    const Matrix<Real> Y = probe_.Y.col(example.i).cast<Real>().replicate(1, A.cols());
    Matrix<S> losses = example_losses(probe_.network->loss, A, Matrix<S>(Y.cast<S>()));
    for (const UnitOnKink& on_kink : on_kinks)
        for (Eigen::Index column = 0; column < losses.cols(); ++column)
            pass_on(on_kink, column, moving(on_kink.unit, column), losses(0, column));
    return losses;
}

KinkSlopes KinkedExamples::slopes_from(const Matrix<S>& losses, const Example& example) const {
    KinkSlopes slopes{.below = static_cast<double>(-losses(to_the_left).derivative),
                      .above = static_cast<double>(losses(to_the_right).derivative),
                      .conventions = {},
                      .magnitude = static_cast<double>(losses(largest_slopes).magnitude)};
    slopes.scale = std::max(std::abs(slopes.below), std::abs(slopes.above));
    const auto add = [&](Eigen::Index column) {
        slopes.conventions.push_back(static_cast<double>(losses(column).derivative));
        slopes.scale = std::max(slopes.scale, std::abs(slopes.conventions.back()));
    };
    for (Eigen::Index column = first_choice; column < losses.cols(); ++column) add(column);
    add(as_declared);
    // No choice gives more than the magnitude, with either sign.
    if (example.rounding_decides || !by_place_) slopes.leeway = 2 * slopes.magnitude;
    return slopes;
}

KinkSlopes KinkedExamples::slopes(const Row& row, Eigen::Index i) const {
    const Network<double>& network = *probe_.network;
    const Example& example = examples_[*number_of(i)];
    if (has_jump(example))
        return {.conventions = std::vector<double>(choices_, 0), .magnitude = std::numeric_limits<double>::infinity()};
    const Eigen::Index columns = first_choice + static_cast<Eigen::Index>(choices_);
    const bool moves_predictions = first_ > network.depth();
    const auto unmoved = [&](const Matrix<double>& layer) {
        Matrix<S> numbers(layer.rows(), columns);
        for (Eigen::Index unit = 0; unit < layer.rows(); ++unit) numbers.row(unit).setConstant(S(Real(layer(unit, i))));
        return numbers;
    };
    Matrix<S> Z = unmoved(moves_predictions ? probe_.cache.A[network.depth()] : probe_.cache.Z[first_]);
    for (Eigen::Index column = 0; column < columns; ++column) {
        const S motion(Real(0), column == to_the_left ? Real(-1) : Real(1));
        if (row.of == Row::Of::pre_activation || moves_predictions) {
            Z(row.j, column) += motion;
        } else {
            add_product(network.layer(first_).dense.W, row.j, motion, Z, column);
        }
    }
    if (moves_predictions) return slopes_from(losses(example, std::move(Z)), example);
    for (std::size_t l = first_;; ++l) {
        Matrix<S> A = dual_->activation_of(l, Z);
        for (const UnitOnKink& on_kink : example.units[l])
            for (Eigen::Index column = 0; column < columns; ++column) {
                S& a = A(on_kink.unit, column);
                a = S(a.value);
                pass_on(on_kink, column, Z(on_kink.unit, column), a);
            }
        if (l == network.depth()) {
            // A loss with kinks is taken from the predictions, as it has no stable form.
            if (!example.units[l + 1].empty()) return slopes_from(losses(example, std::move(A)), example);
            const Matrix<Real> Y = probe_.Y.col(i).cast<Real>().replicate(1, columns);
            return slopes_from(example_losses(activations_, Cache<S>{.Z = {std::move(Z)}, .A = {std::move(A)}},
                                              Matrix<S>(Y.cast<S>())),
                               example);
        }
        Z = unmoved(probe_.cache.Z[l + 1]);
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
    const double declared = value + unit * sums.excess.back();
    KinkConventions conventions{.values = {},
                                .declared = declared,
                                .lower = value + unit * (*least - sums.leeway),
                                .upper = value + unit * (*most + sums.leeway),
                                .is_interpolated = places_.size() <= most_intervals};
    if (!by_place_) {
        for (std::size_t choice = 0; choice < choices_; ++choice)
            conventions.values.push_back(value + unit * sums.excess[choice]);
        return conventions;
    }
    // Linear in the slope at each place: the value at c is the mean of the choices, each place on the right with weight
    // c and on the left with weight 1 - c.
    const std::size_t intervals = intervals_for(places_.size());
    for (std::size_t n = 0; n <= intervals; ++n) {
        const double c = static_cast<double>(n) / static_cast<double>(intervals);
        double mean = 0;
        for (std::size_t choice = 0; choice < choices_; ++choice) {
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
