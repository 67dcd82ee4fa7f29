// SPDX-License-Identifier: MIT
//
// The search within one layer. dA and dZ may not be in the file: then a mistake in them is seen only by what it makes
// of dW and db, and is preferred to two mistakes there.
#pragma once

#include <vector>

#include "diagnosis/search/step_judge.hpp"

namespace gradproof::diagnosis {

class LayerSearch {
  public:
    LayerSearch(const StepJudge& judge, std::size_t l);

    /// All ways the branch may have gone through dA, dZ, dW and db of the layer.
    std::vector<Branch> grow(Branch branch) const;

  private:
    bool given(Step step) const { return judge_.given({step, l_}); }
    /// dW and db, given dZ. `allow_unknown` false: no branch where the catalogue has no answer.
    std::vector<Branch> judged_leaves(Branch branch, bool allow_unknown) const;
    std::vector<Branch> grow_from_given_dZ(Branch branch) const;
    std::vector<Branch> grow_from_latent_dZ(Branch branch) const;

    /// All wrong dZ by one mistake in dA or dZ.
    std::vector<Latent> latents(const Branch& branch, bool of_dA, bool of_dZ) const;
    void take(Branch& branch, const Latent& latent, const Fit& found) const;
    /// The fit of dW and db, or one of them, as they follow from a wrong dZ.
    std::optional<Fit> leaves_fit(const Latent& latent, const Branch& branch, const std::vector<Step>& leaves) const;
    /// What a latent's θ may be when dW or db is wrong once more: what the other one says. Without θ, one fit.
    std::vector<Fit> fits_for_one_leaf(const Latent& latent, const Branch& branch) const;
    std::vector<Branch> explained_by_latents(const Branch& branch) const;
    bool pairs_are_affordable() const;
    /// Another mistake in dA, made with dA of the layer above where its dZ belongs.
    std::vector<Latent> latents_with_dA_for_dZ(const Branch& branch) const;
    /// Two mistakes: a wrong dZ and a wrong dW or db on top of it, or one in dA and one in dZ.
    std::vector<Branch> pairs(const Branch& branch) const;

    const StepJudge& judge_;
    std::size_t l_;
    Place dA_;
    Place dZ_;
    bool dA_is_latent_;
};

}  // namespace gradproof::diagnosis
