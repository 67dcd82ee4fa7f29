// SPDX-License-Identifier: MIT
//
// The whole answer to a submission: a verdict on every tensor from differences of the forward pass, and for what is
// wrong the first wrong step and the name of the mistake.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diagnosis/cache_check.hpp"
#include "diagnosis/search/explanation.hpp"
#include "diagnosis/submission.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "gradproof/checks/network_check.hpp"

namespace gradproof::diagnosis {

/// The verdict on one tensor of the user's, in the user's own layout and scale.
struct TensorResult {
    std::string name;
    checks::Outcome outcome = checks::Outcome::undecided;
    double digits = 0;     ///< that agree in the worst entry
    Eigen::Index row = 0;  ///< of the worst entry, counted from 0
    Eigen::Index column = 0;
    double yours = 0;
    double numerical = 0;
    double error_bar = 0;
    double lower = 0;    ///< the one-sided derivatives, between which `numerical` is the one nearest to yours; the same
    double upper = 0;    ///< away from kinks
    double visible = 0;  ///< an error above this in any entry would have been seen
    double largest = 0;  ///< magnitude of the largest numerical entry
    std::size_t entries = 0;
    std::size_t wrong = 0;     ///< entries that are refuted
    std::size_t at_kinks = 0;  ///< entries at a kink that are confirmed
    std::size_t not_exercised = 0;
    std::size_t not_checked = 0;  ///< entries that a stopped check did not come to; nothing above speaks of them
    std::string remark{};         ///< why it is undecided, or what to know about a confirmed one
};

/// One layer of a network as it was read.
struct LayerRead {
    Eigen::Index units;
    AnyActivation activation;
    bool is_function_only = false;  ///< applied to what the layer before it gives, without weights
};

struct Diagnosis {
    std::string file;
    Eigen::Index features = 0;
    std::vector<LayerRead> layers{};                 ///< from the first, which is layer 1
    bool is_canonical = false;                       ///< the output's activation and the loss
    double scale = 1;                                ///< of the file's gradients to those of the course's cost
    std::string weights{};                           ///< of the examples, as NumPy; empty if they have none
    std::map<std::string, std::string> names{};      ///< what the file calls dW1 or W1, where it is another name
    Layout layout{};                                 ///< of the file
    bool mean_in_dZ = false;                         ///< its dZ and dA carry the 1/m
    checks::CostFormula J{};                         ///< the cost whose gradients were asked for
    std::optional<StatedCost> cost{};                ///< where the file states one
    std::optional<checks::CostFormula> right_for{};  ///< another cost, whose gradients all of these are
    std::string right_for_word{};                    ///< what people call it: --loss mse
    std::vector<TensorResult> tensors;
    std::vector<CacheFault> cache;
    std::size_t cache_checked = 0;
    /// Equally good explanations of the wrong tensors, the simplest first; empty if nothing is wrong.
    std::vector<Explanation> explanations;
    std::vector<std::string> warnings;  ///< what this point cannot show
    std::vector<std::string> remarks;   ///< what was found out about the file

    /// The worst of the tensors; undecided where there are none.
    checks::Outcome gradients() const;
    /// The verdict on the whole file: refuted too where a tensor of the forward pass or the stated cost is wrong.
    checks::Outcome outcome() const;
    /// Whether the check was stopped before it came to every entry.
    bool stopped() const;
};

/// Verdicts and explanations. The estimates depend on the network, X and Y alone, so that many submissions of one point
/// can share them.
Diagnosis diagnose(const Submission& submission, const checks::NetworkEstimates& estimates);

/// The same with estimates made for it.
Diagnosis diagnose(const Submission& submission, const checks::DifferenceOptions& options = {});

/// The estimates that a submission needs: dZ and dA only if it has any, whatever the options say of them.
checks::NetworkEstimates estimates_for(const Submission& submission, checks::DifferenceOptions options = {});

/// What happened, with slug and place: "missing-mean at dW2".
std::string describe(const Finding& finding);
/// The same with the file's name for the tensor.
std::string describe(const Finding& finding, const Diagnosis& diagnosis);

}  // namespace gradproof::diagnosis
