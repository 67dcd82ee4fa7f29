// SPDX-License-Identifier: MIT
//
// Every entry of a claimed Jacobian, judged by differences: of all inputs or some, watched, stopped, and with many
// points in one call where the function takes them.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <stop_token>
#include <vector>

#include "gradproof/checks/gradient.hpp"
#include "gradproof/checks/parallel.hpp"

namespace gradproof::checks {

/// A function at many points, one in each column, to its values there, a column each.
using StackedField = std::function<Eigen::MatrixXd(const Eigen::MatrixXd& points)>;

struct JacobianOptions {
    int required_digits = default_required_digits;
    std::vector<Eigen::Index> inputs{};  ///< whose derivatives are checked; all if empty
    /// How far a right claim may have been rounded, for each input; nothing beyond double precision if empty.
    Eigen::VectorXd rounding{};
    /// For each input the size of what its derivatives are sums of, where that is more than they come to: an entry that
    /// cancels is judged by it. The derivatives themselves if empty.
    Eigen::VectorXd scale{};
    StackedField stacked{};  ///< the function again, or empty: then it is called at one point after the other
    Progress progress{};     ///< told how many inputs are done
    std::stop_token stop{};  ///< asks to return what is known so far; the rest is Remark::not_checked
};

/// The verdicts on all entries of the claimed inputs' columns, column after column. Throws as check_jacobian().
std::vector<EntryVerdict> judge_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian,
                                         const Eigen::VectorXd& x, const JacobianOptions& options = {});

}  // namespace gradproof::checks
