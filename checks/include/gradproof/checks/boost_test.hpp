// SPDX-License-Identifier: MIT
//
// Verdicts in Boost.Test: BOOST_TEST(is_confirmed(verdict)) prints the whole verdict when it fails.
#pragma once

#include <boost/test/test_tools.hpp>
#include <vector>

#include "gradproof/checks/network_check.hpp"

namespace gradproof::checks {

/// Passes if the verdict is confirmed; undecided does not pass.
inline boost::test_tools::predicate_result is_confirmed(const std::vector<TensorVerdict>& tensors) {
    boost::test_tools::predicate_result result(outcome_of(tensors) == Outcome::confirmed);
    if (!result) result.message() << name_of(outcome_of(tensors)) << "\n" << describe(tensors);
    return result;
}
inline boost::test_tools::predicate_result is_confirmed(const TensorVerdict& tensor) {
    return is_confirmed(std::vector{tensor});
}
inline boost::test_tools::predicate_result is_confirmed(const NetworkVerdict& network) {
    return is_confirmed(network.tensors);
}
inline boost::test_tools::predicate_result is_confirmed(const Verdict& verdict) {
    boost::test_tools::predicate_result result(verdict.outcome == Outcome::confirmed);
    if (!result) result.message() << describe(verdict);
    return result;
}

/// Passes if the verdict is refuted: for a gradient that is wrong on purpose.
inline boost::test_tools::predicate_result is_refuted(const std::vector<TensorVerdict>& tensors) {
    boost::test_tools::predicate_result result(outcome_of(tensors) == Outcome::refuted);
    if (!result) result.message() << name_of(outcome_of(tensors)) << "\n" << describe(tensors);
    return result;
}
inline boost::test_tools::predicate_result is_refuted(const TensorVerdict& tensor) {
    return is_refuted(std::vector{tensor});
}
inline boost::test_tools::predicate_result is_refuted(const NetworkVerdict& network) {
    return is_refuted(network.tensors);
}

}  // namespace gradproof::checks
