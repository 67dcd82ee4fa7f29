// SPDX-License-Identifier: MIT
#include "diagnosis/search/step_judge.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "diagnosis/rounding.hpp"

namespace gradproof::diagnosis {

StepJudge::StepJudge(const Question& question, const std::vector<Mistake>& catalogue)
    : q_(question), catalogue_(catalogue) {
    right_ = right_gradients(q_.network, q_.cache, q_.Y, given({Step::dA, 0}));
    rounding_ = roundings_of(q_.network, q_.cache, q_.Y, right_, q_.unit_roundoff).gradients;
}

Situation StepJudge::situation(const Gradients<double>& before, std::size_t l) const {
    return {q_.network, q_.cache, q_.Y, before, l, q_.scale};
}

Tensor StepJudge::right_value_at(Place place, const Gradients<double>& before) const {
    return right_value(place.step, situation(before, place.l));
}

// Rounding of a step's right formula on these inputs, beyond what the inputs brought along.
Tensor StepJudge::local_rounding(Place place, const Gradients<double>& before) const {
    const double u = q_.unit_roundoff;
    const Situation s = situation(before, place.l);
    switch (place.step) {
        case Step::dA_output:
            return rounding_.dA[place.l];
        case Step::dW:
            return s.dZ().cwiseAbs() * s.A_prev().cwiseAbs().transpose() * ((s.m() + 2) * u / s.m()) +
                   s.W().cwiseAbs() * (4 * u * q_.network.lambda / s.m());
        case Step::db:
            return s.dZ().cwiseAbs().rowwise().sum() * ((s.m() + 2) * u / s.m());
        case Step::dA:
            return s.W_next().cwiseAbs().transpose() * s.dZ_next().cwiseAbs() *
                   (static_cast<double>(s.W_next().rows() + 1) * u);
        case Step::dZ_output:
        case Step::dZ:
            return s.dA().cwiseAbs() * (8 * u);
    }
    return {};
}

double StepJudge::right_magnitude(Place place) const {
    const Tensor right = tensor_of(right_, place.step, place.l);
    return right.allFinite() ? right.cwiseAbs().maxCoeff() : 0.0;
}

Tensor StepJudge::rounding_at(Place place, const Gradients<double>& before) const {
    const Tensor rounding = tensor_of(rounding_, place.step, place.l) + local_rounding(place, before);
    return rounding.unaryExpr([](double x) { return std::isfinite(x) ? x : 0.0; });
}

Prediction StepJudge::prediction(Place place, Tensor value, Tensor direction, const Gradients<double>& before) const {
    return {yours(place), std::move(value), std::move(direction), rounding_at(place, before), right_magnitude(place)};
}

std::optional<Fit> StepJudge::fit_to(const std::vector<Prediction>& predictions,
                                     const std::vector<double>& excluded) const {
    return fit(predictions, excluded, static_cast<double>(q_.Y.cols()), q_.unit_roundoff);
}

bool StepJudge::agrees(const Tensor& yours, const Tensor& right, Place place, const Gradients<double>& before) const {
    if (!right.allFinite() || !yours.allFinite()) return false;
    const double magnitude = right_magnitude(place);
    const double growth = magnitude > 0 ? std::max(1.0, right.cwiseAbs().maxCoeff() / magnitude) : 1.0;
    return ((yours - right).array().abs() <= 4 * growth * rounding_at(place, before).array()).all();
}

bool StepJudge::is_right(Place place, const Gradients<double>& before) const {
    if (agrees(yours(place), right_value_at(place, before), place, before)) return true;
    const Situation s = situation(before, place.l);
    return place.step == Step::dZ_output && s.is_canonical() && given({Step::dA_output, place.l}) &&
           agrees(yours(place), pull_back(s.activation(), s.Z(), s.dA()), place, before);
}

std::vector<Hypothesis> StepJudge::hypotheses_at(Place place, const Gradients<double>& before) const {
    std::vector<Hypothesis> hypotheses;
    const Situation s = situation(before, place.l);
    for (const Mistake& mistake : catalogue_)
        for (const Variant& variant : mistake.variants) {
            if (std::ranges::find(variant.steps, place.step) == variant.steps.end()) continue;
            for (Attempt& attempt : variant.attempts(place.step, s))
                hypotheses.push_back({&mistake, &variant, place, std::move(attempt)});
        }
    return hypotheses;
}

std::vector<Branch> StepJudge::explained(const Branch& branch, Place place) const {
    std::vector<Branch> out;
    for (const Hypothesis& h : hypotheses_at(place, branch.so_far)) {
        const auto found =
            fit_to({prediction(place, h.attempt.value, h.attempt.direction, branch.so_far)}, h.attempt.excluded);
        if (!found) continue;
        out.push_back(branch);
        out.back().findings.push_back(h.found(*found));
        set_tensor(out.back().so_far, place.step, place.l, yours(place));
    }
    return out;
}

Branch StepJudge::with_unknown(Branch branch, Place place) const {
    const Tensor right = right_value_at(place, branch.so_far);
    const Tensor rounding = 4 * rounding_at(place, branch.so_far);
    const bool turned = is_transposed(place.step, q_.layout);
    branch.findings.push_back(
        {.place = place,
         .pattern = turned ? pattern_of(yours(place).transpose(), right.transpose(), rounding.transpose())
                           : pattern_of(yours(place), right, rounding)});
    set_tensor(branch.so_far, place.step, place.l, yours(place));
    return branch;
}

std::vector<Branch> StepJudge::judged(Branch branch, Place place) const {
    if (branch.lost) {
        branch.not_judged.push_back(tensor_name(place.step, place.l));
        set_tensor(branch.so_far, place.step, place.l, yours(place));
        return {std::move(branch)};
    }
    if (is_right(place, branch.so_far)) {
        set_tensor(branch.so_far, place.step, place.l, yours(place));
        return {std::move(branch)};
    }
    auto branches = explained(branch, place);
    if (branches.empty()) branches.push_back(with_unknown(std::move(branch), place));
    return branches;
}

}  // namespace gradproof::diagnosis
