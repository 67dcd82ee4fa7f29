// SPDX-License-Identifier: MIT
//
// The verdict on a whole tensor (a gradient, a Jacobian, dW1): every entry judged, the worst ones kept.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// Estimates of every entry of a tensor, in columns.
struct TensorEstimate {
    std::string name;
    Eigen::Index rows = 0;
    Eigen::Index columns = 0;
    std::vector<Estimate> entries;

    TensorEstimate() = default;
    TensorEstimate(std::string name_, Eigen::Index rows_, Eigen::Index columns_);
    Estimate& operator()(Eigen::Index row, Eigen::Index column);
    const Estimate& operator()(Eigen::Index row, Eigen::Index column) const;
};

struct EntryVerdict {
    Eigen::Index row = 0;
    Eigen::Index column = 0;
    Verdict verdict;
};

struct TensorVerdict {
    std::string name;
    Eigen::Index rows = 0;
    Eigen::Index columns = 0;
    std::size_t confirmed = 0;
    std::size_t undecided = 0;
    std::size_t refuted = 0;
    std::size_t not_exercised = 0;      ///< among the confirmed: zeros that nothing here moves
    std::size_t subgradients = 0;       ///< among the confirmed: at a kink, a subgradient or what a convention gives
    std::size_t zeros_within_bar = 0;   ///< among the confirmed: 0 within the bar, of whose digits nothing is said
    std::size_t by_fallback = 0;        ///< decided by extended differences or dual numbers
    double least_digits = 17;           ///< of the entries that were exercised
    double widest_bar = 0;              ///< largest error bar relative to its entry's reference magnitude
    std::vector<EntryVerdict> worst{};  ///< at most `most_worst`, worst first; all refuted ones come before others

    std::size_t checked() const { return confirmed + undecided + refuted; }
    /// Refuted if an entry is, else undecided if an entry is, else confirmed. A tensor without entries is undecided.
    Outcome outcome() const;
};

inline constexpr std::size_t most_worst = 10;

/// Judges every entry of `analytic` against its estimate. Throws std::invalid_argument naming both shapes if they
/// differ.
TensorVerdict judge_tensor(const Eigen::Ref<const Eigen::MatrixXd>& analytic, const TensorEstimate& estimate,
                           int required_digits = default_required_digits);

/// The verdict on a tensor whose entries, all or some of them, have been judged.
TensorVerdict tensor_of(std::string name, Eigen::Index rows, Eigen::Index columns,
                        const std::vector<EntryVerdict>& entries);

/// Adds what `other` counted and its worst entries to `verdict`, as if both were one tensor.
void absorb(TensorVerdict& verdict, const TensorVerdict& other);

/// Outcome over several tensors; undecided for none.
Outcome outcome_of(const std::vector<TensorVerdict>& tensors);

/// An aligned table, one line a tensor, worst first, and below it the worst entries of those that are not confirmed.
std::string describe(const std::vector<TensorVerdict>& tensors);
std::string describe(const TensorVerdict& tensor);

}  // namespace gradproof::checks
