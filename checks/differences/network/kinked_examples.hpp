// SPDX-License-Identifier: MIT
//
// The examples in which units lie exactly on a kink, or predictions on a kink of the loss, which is one layer more; and
// how their losses answer to a motion: the derivatives from the left and from the right, and what backpropagation gives
// for each choice of slopes at the kinks. Found without a step, as dual numbers do it: a unit on a kink passes a motion
// on by one of its two slopes. derivations/kinks.md
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "differences/network/network_probe.hpp"
#include "gradproof/checks/kink_conventions.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

using ExtendedDual = Dual<long double>;

/// Of one example's loss when one row moves by 1.
struct KinkSlopes {
    double below = 0;                 ///< the derivative from the left
    double above = 0;                 ///< and from the right
    std::vector<double> conventions;  ///< what backpropagation gives: for each of the choices of KinkedExamples, and
                                      ///< last with the declared slopes
    double leeway = 0;                ///< by how much other choices, a unit at a time, may give less or more than these
    double magnitude = 0;             ///< sum of the absolute values of the terms, at most
    double scale = 0;                 ///< the largest of the derivatives and conventions

    /// Whether one of the derivatives or conventions differs from another by more than `rounding` times the magnitude.
    bool shows(double rounding) const;
};

/// Beside a sum of estimates: by how much each choice exceeds it.
struct ConventionSums {
    std::vector<double> excess;
    double leeway = 0;

    /// An example whose estimate has this value, where the entry moves the row by `factor`.
    void add(const KinkSlopes& slopes, double factor, double value);
};

class KinkedExamples {
  public:
    KinkedExamples(const KinkedExamples&) = delete;
    KinkedExamples& operator=(const KinkedExamples&) = delete;

    /// Looks for units on a kink in Z[first] and behind; behind the last layer there are only predictions. The probe
    /// must outlive this.
    KinkedExamples(const RowProbe<double>& probe, std::size_t first);

    bool empty() const { return examples_.empty(); }
    std::size_t count() const { return examples_.size(); }

    /// Which of the kinked examples i is, if it is one.
    std::optional<std::size_t> number_of(Eigen::Index i) const;

    /// Whether a motion of the row, of Z[first] or A[first - 1], reaches a unit of example i that lies on a kink.
    bool reaches(const Row& row, Eigen::Index i) const;

    /// Without bounds, an infinite magnitude, where the value jumps at one of the example's kinks: the cost has no
    /// derivative there. Precondition: reaches(row, i).
    KinkSlopes slopes(const Row& row, Eigen::Index i) const;

    /// Gives a sum of estimates, of which each was multiplied by `unit`, its conventions; where these and the sides
    /// differ by no more than rounding there is no kink to be seen, and the estimate is a smooth one.
    void settle(Estimate& estimate, const ConventionSums& sums, double unit = 1) const;

  private:
    // A kink of a layer's activation, with the slopes of both sides, those that the conventions 0 and 1 take and the
    // declared one. Layer L + 1 is the loss, whose kinks lie at another point for each label: there, equal slopes make
    // them one.
    struct Place {
        std::size_t l;
        double at;
        long double left;
        long double right;
        long double with_0;
        long double with_1;
        long double declared;
        bool value_jumps;
    };
    struct UnitOnKink {
        Eigen::Index unit;
        std::size_t place;
    };
    struct Example {
        Eigen::Index i;
        std::vector<std::vector<UnitOnKink>> units;  // indexed by layer
        std::vector<bool> reaching;                  // the units of Z[first] whose motion reaches one of them
        bool rounding_decides;                       // a unit lies on its kink only as far as rounding allows to tell
    };

    KinkConventions conventions(const ConventionSums& sums, double unit, double value) const;
    std::size_t place_of(std::size_t l, double at);
    bool has_jump(const Example& example) const;
    std::size_t place_of_loss(double at, double y);
    void find_units(std::size_t l, Eigen::Index i, Example& example);
    void find_predictions(Eigen::Index i, Example& example);
    bool is_prediction_exactly(Eigen::Index unit, Eigen::Index i, double at) const;
    std::vector<bool> reaching_units(const Example& example) const;
    long double slope_of(const UnitOnKink& on_kink, Eigen::Index column, long double motion) const;
    void pass_on(const UnitOnKink& on_kink, Eigen::Index column, const ExtendedDual& motion, ExtendedDual& to) const;
    Matrix<ExtendedDual> losses(const Example& example, Matrix<ExtendedDual> A) const;
    KinkSlopes slopes_from(const Matrix<ExtendedDual>& losses, const Example& example) const;

    const RowProbe<double>& probe_;
    std::size_t first_;
    Network<ExtendedDual> activations_;  // without weights
    std::optional<RowProbe<ExtendedDual>> dual_;
    std::vector<Place> places_;
    std::vector<Example> examples_;
    bool by_place_ = true;     // the choices are left or right at each place, else one c for all
    std::size_t choices_ = 0;  // that are evaluated
    double rounding_ = 0;      // of a sum over the examples, relative to that of the terms' absolute values
};

/// The estimate of an entry that moves the row by `factor` in an example with units on a kink: the sides are those of
/// `slopes`, the bar holds those of `differences` too, if they saw the kink. Without conventions, which are summed
/// apart.
Estimate estimate_at_kink(const std::optional<Estimate>& differences, const KinkSlopes& slopes, double factor,
                          double rounding_of_backward);

}  // namespace gradproof::checks
