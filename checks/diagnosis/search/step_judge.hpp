// SPDX-License-Identifier: MIT
//
// One step of a backward pass judged on the user's own inputs: right, a mistake of the catalogue, or unknown.
#pragma once

#include <vector>

#include "diagnosis/search/branch.hpp"

namespace gradproof::diagnosis {

class StepJudge {
  public:
    StepJudge(const Question& question, const std::vector<Mistake>& catalogue);

    std::size_t L() const { return q_.network.depth(); }
    const Question& question() const { return q_; }
    const Gradients<double>& right() const { return right_; }
    Tensor yours(Place place) const { return tensor_of(q_.yours, place.step, place.l); }
    bool given(Place place) const { return yours(place).size() > 0; }
    Situation situation(const Gradients<double>& before, std::size_t l) const;
    Tensor right_value_at(Place place, const Gradients<double>& before) const;

    /// Whether the user's tensor is the right one for what it was computed from. Strictly entry by entry.
    bool agrees(const Tensor& yours, const Tensor& right, Place place, const Gradients<double>& before) const;

    /// Whether the user's tensor at this place is right for what came before it. dZ[L] may come either way: as A - Y
    /// where the pairing is canonical, or from the user's dA[L].
    bool is_right(Place place, const Gradients<double>& before) const;

    /// All formulas of the catalogue that apply at this place.
    std::vector<Hypothesis> hypotheses_at(Place place, const Gradients<double>& before) const;

    Prediction prediction(Place place, Tensor value, Tensor direction, const Gradients<double>& before) const;
    std::optional<Fit> fit_to(const std::vector<Prediction>& predictions, const std::vector<double>& excluded) const;

    /// Branches that explain a wrong tensor at its own place; empty if nothing in the catalogue does.
    std::vector<Branch> explained(const Branch& branch, Place place) const;

    /// The branch with the tensor left unknown.
    Branch with_unknown(Branch branch, Place place) const;

    /// Judges a given tensor: right, a mistake, or unknown; not at all where the branch has lost its inputs.
    std::vector<Branch> judged(Branch branch, Place place) const;

  private:
    double right_magnitude(Place place) const;
    Tensor local_rounding(Place place, const Gradients<double>& before) const;
    Tensor rounding_at(Place place, const Gradients<double>& before) const;

    const Question& q_;
    const std::vector<Mistake>& catalogue_;
    Gradients<double> right_;
    Gradients<double> rounding_;
};

}  // namespace gradproof::diagnosis
