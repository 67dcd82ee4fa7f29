// SPDX-License-Identifier: MIT
#include "diagnosis/search/layer_search.hpp"

#include <algorithm>
#include <utility>

#include "diagnosis/line_template.hpp"

namespace gradproof::diagnosis {
namespace {

// Two mistakes within one layer, neither of whose tensors was given, are searched up to this many multiplications for
// one matrix product; above, the search would take longer than anybody waits.
constexpr double largest_product_for_pairs = 2e6;

}  // namespace

LayerSearch::LayerSearch(const StepJudge& judge, std::size_t l)
    : judge_(judge),
      l_(l),
      dA_{l == judge.L() ? Step::dA_output : Step::dA, l},
      dZ_{l == judge.L() ? Step::dZ_output : Step::dZ, l},
      dA_is_latent_(!judge.given(dA_)) {}

std::vector<Branch> LayerSearch::grow(Branch branch) const {
    const bool dZ_given = judge_.given(dZ_);
    if (branch.lost && dA_is_latent_ && !dZ_given) {
        for (const Step step : {Step::dW, Step::db})
            if (given(step)) branch.not_judged.push_back(tensor_name(step, l_));
        return {std::move(branch)};
    }
    std::vector<Branch> branches;
    if (!dA_is_latent_) {
        branches = judge_.judged(std::move(branch), dA_);
        for (Branch& b : branches) b.lost = false;
    } else {
        // What was lost is guessed to be right: only hypotheses about dA itself will look at it.
        branch.so_far.dA[l_] = branch.lost ? judge_.right().dA[l_] : judge_.right_value_at(dA_, branch.so_far);
        branches.push_back(std::move(branch));
    }
    return grown_from(std::move(branches), [&](Branch b) {
        return dZ_given ? grow_from_given_dZ(std::move(b)) : grow_from_latent_dZ(std::move(b));
    });
}

std::vector<Branch> LayerSearch::judged_leaves(Branch branch, bool allow_unknown) const {
    std::vector<Branch> branches{std::move(branch)};
    for (const Step step : {Step::dW, Step::db}) {
        const Place place{step, l_};
        branches = grown_from(std::move(branches), [&](Branch b) {
            if (!judge_.given(place)) {
                set_tensor(b.so_far, step, l_, judge_.right_value_at(place, b.so_far));
                return std::vector{std::move(b)};
            }
            auto judged = judge_.judged(std::move(b), place);
            if (!allow_unknown)
                std::erase_if(judged, [&](const Branch& j) {
                    return !j.findings.empty() && !j.findings.back().mistake && j.findings.back().place == place;
                });
            return judged;
        });
    }
    return branches;
}

std::vector<Branch> LayerSearch::grow_from_given_dZ(Branch branch) const {
    std::vector<Branch> branches;
    if (branch.lost) {
        branches = judge_.judged(std::move(branch), dZ_);
        branches.front().lost = false;
    } else if (judge_.is_right(dZ_, branch.so_far)) {
        branch.so_far.dZ[l_] = judge_.yours(dZ_);
        branches.push_back(std::move(branch));
    } else {
        branches = judge_.explained(branch, dZ_);
        if (dA_is_latent_) {
            for (const Latent& latent : latents(branch, true, false)) {
                const auto found = judge_.fit_to({judge_.prediction(dZ_, latent.dZ, latent.direction, branch.so_far)},
                                                 latent.excluded);
                if (!found) continue;
                branches.push_back(branch);
                take(branches.back(), latent, *found);
                branches.back().so_far.dZ[l_] = judge_.yours(dZ_);
            }
        }
        if (branches.empty()) branches.push_back(judge_.with_unknown(std::move(branch), dZ_));
    }
    return grown_from(std::move(branches), [&](Branch b) { return judged_leaves(std::move(b), true); });
}

std::vector<Latent> LayerSearch::latents(const Branch& branch, bool of_dA, bool of_dZ) const {
    const Question& q = judge_.question();
    const AnyActivation& activation = q.network.layer(l_).activation;
    const Tensor& Z = q.cache.Z[l_];
    std::vector<Latent> out;
    const auto add = [&](Hypothesis hypothesis, const Tensor& dA, const Tensor& dZ, const Tensor& direction) {
        if (!dZ.allFinite() || !direction.allFinite()) return;
        const auto excluded = hypothesis.attempt.excluded;
        out.push_back({{std::move(hypothesis)}, dA, dZ, direction, excluded});
    };
    if (of_dA) {
        for (const Hypothesis& h : judge_.hypotheses_at(dA_, branch.so_far)) {
            const Tensor& direction = h.attempt.direction;
            add(h, h.attempt.value, pull_back(activation, Z, h.attempt.value),
                direction.size() > 0 ? pull_back(activation, Z, direction) : Tensor());
        }
    }
    if (of_dZ)
        for (const Hypothesis& h : judge_.hypotheses_at(dZ_, branch.so_far))
            add(h, branch.so_far.dA[l_], h.attempt.value, h.attempt.direction);
    return out;
}

void LayerSearch::take(Branch& branch, const Latent& latent, const Fit& found) const {
    for (const Hypothesis& h : latent.hypotheses) branch.findings.push_back(h.found(found));
    branch.so_far.dA[l_] = latent.dA;
    branch.so_far.dZ[l_] = found.parameter ? Tensor(latent.dZ + *found.parameter * latent.direction) : latent.dZ;
}

std::optional<Fit> LayerSearch::leaves_fit(const Latent& latent, const Branch& branch,
                                           const std::vector<Step>& leaves) const {
    const Question& q = judge_.question();
    Gradients<double> with = branch.so_far;
    with.dZ[l_] = latent.dZ;
    std::vector<Prediction> predictions;
    for (const Step step : leaves) {
        const Place place{step, l_};
        if (!judge_.given(place)) continue;
        Tensor direction;
        if (latent.direction.size() > 0)
            direction = step == Step::db
                            ? Tensor(bias_gradient(latent.direction))
                            : weight_gradient(latent.direction, q.cache.A[l_ - 1], q.network.layer(l_).dense.W, 0.0);
        predictions.push_back(judge_.prediction(place, judge_.right_value_at(place, with), std::move(direction), with));
        // Without θ one tensor can refuse alone.
        if (latent.direction.size() == 0 && !judge_.fit_to({predictions.back()}, {})) return std::nullopt;
    }
    if (predictions.empty()) return std::nullopt;
    return judge_.fit_to(predictions, latent.excluded);
}

std::vector<Fit> LayerSearch::fits_for_one_leaf(const Latent& latent, const Branch& branch) const {
    if (latent.direction.size() == 0) return {{.parameter = {}, .residual = 0}};
    std::vector<Fit> fits;
    for (const Step step : {Step::db, Step::dW})
        if (const auto found = leaves_fit(latent, branch, {step})) fits.push_back(*found);
    return fits;
}

std::vector<Branch> LayerSearch::explained_by_latents(const Branch& branch) const {
    std::vector<Branch> out;
    for (const Latent& latent : latents(branch, dA_is_latent_, true)) {
        // db first: it is cheap, and most hypotheses fail there.
        const auto found = leaves_fit(latent, branch, {Step::db, Step::dW});
        if (!found) continue;
        Branch grown = branch;
        take(grown, latent, *found);
        for (const Step step : {Step::dW, Step::db})
            set_tensor(grown.so_far, step, l_,
                       given(step) ? judge_.yours({step, l_}) : judge_.right_value_at({step, l_}, grown.so_far));
        out.push_back(std::move(grown));
    }
    return out;
}

std::vector<Branch> LayerSearch::grow_from_latent_dZ(Branch branch) const {
    branch.so_far.dZ[l_] = judge_.right_value_at(dZ_, branch.so_far);
    const auto before = static_cast<std::ptrdiff_t>(branch.findings.size());
    std::vector<Branch> as_if_right = judged_leaves(branch, true);
    if (as_if_right.size() == 1 && std::ssize(as_if_right.front().findings) == before) return as_if_right;

    std::vector<Branch> out = explained_by_latents(branch);
    for (const Branch& b : as_if_right)
        if (std::all_of(b.findings.begin() + before, b.findings.end(),
                        [](const Finding& f) { return f.mistake || f.pattern.kind == Kind::single_entries; }))
            out.push_back(b);
    if (out.empty() && pairs_are_affordable()) out = pairs(branch);
    if (!out.empty()) return out;
    // Neither dZ nor what comes from it is explained: if one of dW and db is right, so was dZ.
    const auto leaves = int{given(Step::dW)} + int{given(Step::db)};
    for (Branch& b : as_if_right)
        b.lost = std::count_if(b.findings.begin() + before, b.findings.end(),
                               [](const Finding& f) { return !f.mistake; }) == leaves;
    return as_if_right;
}

bool LayerSearch::pairs_are_affordable() const {
    const Question& q = judge_.question();
    return static_cast<double>(q.network.layer(l_).dense.W.size()) * static_cast<double>(q.Y.cols()) <=
           largest_product_for_pairs;
}

std::vector<Latent> LayerSearch::latents_with_dA_for_dZ(const Branch& branch) const {
    if (l_ == judge_.L() || !dA_is_latent_) return {};
    Branch swapped = branch;
    swapped.so_far.dZ[l_ + 1] = branch.so_far.dA[l_ + 1];
    const Tensor from_dA = judge_.right_value_at(dA_, swapped.so_far);
    const std::vector<Hypothesis> alone = judge_.hypotheses_at(dA_, branch.so_far);
    const auto swap = std::ranges::find_if(
        alone, [&](const Hypothesis& h) { return h.attempt.direction.size() == 0 && h.attempt.value == from_dA; });
    if (swap == alone.end()) return {};
    std::vector<Latent> out = latents(swapped, true, false);
    for (Latent& latent : out) {
        Hypothesis& other = latent.hypotheses.front();
        if (other.attempt.line.empty()) other.attempt.line = other.variant->numpy;
        replace_word(other.attempt.line, "dZ{n}", "dA{n}");
        latent.hypotheses.insert(latent.hypotheses.begin(), *swap);
    }
    return out;
}

std::vector<Branch> LayerSearch::pairs(const Branch& branch) const {
    std::vector<Branch> out;
    const auto add_with_leaves = [&](Branch grown, const Latent& latent, const Fit& found) {
        take(grown, latent, found);
        for (Branch& b : judged_leaves(std::move(grown), false)) out.push_back(std::move(b));
    };
    for (const Latent& latent : latents_with_dA_for_dZ(branch))
        if (const auto found = leaves_fit(latent, branch, {Step::db, Step::dW}))
            add_with_leaves(branch, latent, *found);
    for (const Latent& latent : latents(branch, dA_is_latent_, true)) {
        for (const Fit& found : fits_for_one_leaf(latent, branch)) add_with_leaves(branch, latent, found);
        if (!dA_is_latent_ || latent.hypotheses.front().place != dA_ || latent.direction.size() > 0) continue;
        Branch with_dA = branch;
        with_dA.so_far.dA[l_] = latent.dA;
        for (Latent& second : latents(with_dA, false, true)) {
            second.hypotheses.insert(second.hypotheses.begin(), latent.hypotheses.front());
            if (const auto found = leaves_fit(second, with_dA, {Step::db, Step::dW}))
                add_with_leaves(with_dA, second, *found);
        }
    }
    return best_of(std::move(out));
}

}  // namespace gradproof::diagnosis
