// SPDX-License-Identifier: MIT
#include "explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "fit.hpp"
#include "rounding.hpp"

namespace gradproof::mistakes {
namespace {

// More branches than this hold only worse explanations of the same numbers.
constexpr std::size_t most_branches = 48;
// Two mistakes within one layer, neither of whose tensors was given, are searched up to this many multiplications for
// one matrix product; above, the search would take longer than anybody waits.
constexpr double largest_product_for_pairs = 2e6;

// One way the user's pass may have gone so far.
struct Branch {
    std::vector<Finding> findings;
    Gradients<double> so_far;
    std::vector<std::string> not_judged;
    bool lost = false;  // dZ of the layer before is not known any more
};

// One mistake made in several layers counts once; with a θ of its own in each layer it is as many.
std::size_t distinct(const std::vector<Finding>& findings) {
    std::set<std::pair<std::string_view, std::string>> mistakes;
    for (const Finding& finding : findings)
        if (finding.mistake)
            mistakes.emplace(finding.mistake->slug,
                             finding.parameter ? fmt::format("{:.6g}", *finding.parameter) : std::string());
    return mistakes.size();
}

double cost_of(const std::vector<Finding>& findings) {
    double cost = static_cast<double>(distinct(findings));
    for (const Finding& finding : findings) {
        cost += 0.01;
        if (!finding.mistake) cost += finding.pattern.kind == Kind::single_entries ? 1.5 : 100;
        if (finding.parameter) cost += 0.1;
    }
    return cost;
}

// A wrong formula at one place, ready to be tried.
struct Hypothesis {
    const Mistake* mistake;
    const Variant* variant;
    Place place;
    Attempt attempt;

    Finding found(const Fit& fit) const {
        return {.place = place,
                .mistake = mistake,
                .numpy = variant->numpy,
                .detail = attempt.detail,
                .parameter = fit.parameter,
                .residual = fit.residual};
    }
};

// What a hypothesis makes of dZ[l], which nobody gave.
struct Latent {
    std::vector<Hypothesis> hypotheses;
    Tensor dA;
    Tensor dZ;
    Tensor direction;  // of dZ
    std::vector<double> excluded;
};

class Search {
  public:
    Search(const Question& question, const std::vector<Mistake>& catalogue)
        : q_(question), catalogue_(catalogue), L_(question.network.depth()) {
        right_ = right_gradients(q_.network, q_.cache, q_.Y, given(Step::dA, 0));
        rounding_ = roundings_of(q_.network, q_.cache, q_.Y, right_, q_.unit_roundoff).gradients;
    }

    std::vector<Explanation> run() {
        std::vector<Branch> branches{{.findings = {}, .so_far = empty_gradients(L_), .not_judged = {}}};
        for (std::size_t l = L_; l >= 1; --l) {
            std::vector<Branch> next;
            for (Branch& branch : branches)
                for (Branch& grown : grow(std::move(branch), l)) next.push_back(std::move(grown));
            branches = best_of(std::move(next));
        }
        if (given(Step::dA, 0)) {
            std::vector<Branch> next;
            for (Branch& branch : branches)
                for (Branch& grown : judged(std::move(branch), {Step::dA, 0})) next.push_back(std::move(grown));
            branches = best_of(std::move(next));
        }
        return finished(std::move(branches));
    }

  private:
    Place dA_at(std::size_t l) const { return {l == L_ ? Step::dA_output : Step::dA, l}; }
    Place dZ_at(std::size_t l) const { return {l == L_ ? Step::dZ_output : Step::dZ, l}; }
    bool given(Step step, std::size_t l) const { return tensor_of(q_.yours, step, l).size() > 0; }

    Situation situation(const Gradients<double>& before, std::size_t l) const {
        return {q_.network, q_.cache, q_.Y, before, l};
    }

    // Rounding of a step's right formula on these inputs, beyond what the inputs brought along.
    Tensor local_rounding(Place place, const Gradients<double>& before) const {
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

    double right_magnitude(Place place) const {
        const Tensor right = tensor_of(right_, place.step, place.l);
        return right.allFinite() ? right.cwiseAbs().maxCoeff() : 0.0;
    }

    Tensor rounding_at(Place place, const Gradients<double>& before) const {
        Tensor rounding = tensor_of(rounding_, place.step, place.l);
        if (!before.dZ.empty()) rounding += local_rounding(place, before);
        return rounding.unaryExpr([](double x) { return std::isfinite(x) ? x : 0.0; });
    }

    Prediction prediction(Place place, Tensor yours, Tensor value, Tensor direction,
                          const Gradients<double>& before) const {
        return {std::move(yours), std::move(value), std::move(direction), rounding_at(place, before),
                right_magnitude(place)};
    }

    // Whether the user's tensor is the right one for what it was computed from. Strictly entry by entry.
    bool agrees(const Tensor& yours, const Tensor& right, Place place, const Gradients<double>& before) const {
        if (!right.allFinite() || !yours.allFinite()) return false;
        const double magnitude = right_magnitude(place);
        const double growth = magnitude > 0 ? std::max(1.0, right.cwiseAbs().maxCoeff() / magnitude) : 1.0;
        return ((yours - right).array().abs() <= 4 * growth * rounding_at(place, before).array()).all();
    }

    std::vector<Hypothesis> hypotheses_at(Place place, const Gradients<double>& before) const {
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

    // Branches that explain a wrong tensor at its own place; empty if nothing in the catalogue does.
    std::vector<Branch> explained(const Branch& branch, Place place, const Tensor& yours) const {
        std::vector<Branch> out;
        for (const Hypothesis& h : hypotheses_at(place, branch.so_far)) {
            const auto found = fit({prediction(place, yours, h.attempt.value, h.attempt.direction, branch.so_far)},
                                   h.attempt.excluded, static_cast<double>(q_.Y.cols()), q_.unit_roundoff);
            if (!found) continue;
            out.push_back(branch);
            out.back().findings.push_back(h.found(*found));
            set_tensor(out.back().so_far, place.step, place.l, yours);
        }
        return out;
    }

    Branch with_unknown(Branch branch, Place place, const Tensor& yours, const Tensor& right) const {
        branch.findings.push_back(
            {.place = place, .pattern = pattern_of(yours, right, 4 * rounding_at(place, branch.so_far))});
        set_tensor(branch.so_far, place.step, place.l, yours);
        return branch;
    }

    // Judges a given tensor whose inputs are known: right, a mistake, or unknown.
    std::vector<Branch> judged(Branch branch, Place place) const {
        const Tensor yours = tensor_of(q_.yours, place.step, place.l);
        if (branch.lost) {
            branch.not_judged.push_back(tensor_name(place.step, place.l));
            set_tensor(branch.so_far, place.step, place.l, yours);
            return {std::move(branch)};
        }
        const Tensor right = right_value(place.step, situation(branch.so_far, place.l));
        if (agrees(yours, right, place, branch.so_far)) {
            set_tensor(branch.so_far, place.step, place.l, yours);
            return {std::move(branch)};
        }
        auto branches = explained(branch, place, yours);
        if (branches.empty()) branches.push_back(with_unknown(std::move(branch), place, yours, right));
        return branches;
    }

    // dW and db, given their dZ in so_far. `allow_unknown` false: no branch where the catalogue has no answer.
    std::vector<Branch> judged_leaves(Branch branch, std::size_t l, bool allow_unknown) const {
        std::vector<Branch> branches{std::move(branch)};
        for (const Step step : {Step::dW, Step::db}) {
            std::vector<Branch> next;
            for (Branch& b : branches) {
                if (!given(step, l)) {
                    set_tensor(b.so_far, step, l, right_value(step, situation(b.so_far, l)));
                    next.push_back(std::move(b));
                    continue;
                }
                for (Branch& grown : judged(std::move(b), {step, l})) {
                    const bool unknown = !grown.findings.empty() && !grown.findings.back().mistake &&
                                         grown.findings.back().place == Place{step, l};
                    if (allow_unknown || !unknown) next.push_back(std::move(grown));
                }
            }
            branches = std::move(next);
        }
        return branches;
    }

    std::vector<Branch> grow(Branch branch, std::size_t l) const {
        const Place dA = dA_at(l);
        const Place dZ = dZ_at(l);
        const bool dA_given = given(dA.step, l);
        if (branch.lost && !dA_given && !given(dZ.step, l)) return {still_lost(std::move(branch), l)};
        std::vector<Branch> branches;
        if (dA_given) {
            branches = judged(std::move(branch), dA);
            for (Branch& b : branches) b.lost = false;
        } else {
            if (!branch.lost) branch.so_far.dA[l] = right_value(dA.step, situation(branch.so_far, l));
            branches.push_back(std::move(branch));
        }
        std::vector<Branch> out;
        for (Branch& b : branches) {
            auto grown = given(dZ.step, l) ? grow_from_given_dZ(std::move(b), l, !dA_given)
                                           : grow_from_latent_dZ(std::move(b), l, !dA_given);
            std::move(grown.begin(), grown.end(), std::back_inserter(out));
        }
        return out;
    }

    Branch still_lost(Branch branch, std::size_t l) const {
        for (const Step step : {Step::dW, Step::db})
            if (given(step, l)) branch.not_judged.push_back(tensor_name(step, l));
        return branch;
    }

    std::vector<Branch> grow_from_given_dZ(Branch branch, std::size_t l, bool dA_is_latent) const {
        const Place place = dZ_at(l);
        const Tensor& yours = q_.yours.dZ[l];
        std::vector<Branch> branches;
        const Tensor right = branch.lost ? Tensor() : right_value(place.step, situation(branch.so_far, l));
        if (branch.lost) {
            branches = judged(std::move(branch), place);
            branches.front().lost = false;
        } else if (agrees(yours, right, place, branch.so_far)) {
            branch.so_far.dZ[l] = yours;
            branches.push_back(std::move(branch));
        } else {
            branches = explained(branch, place, yours);
            if (dA_is_latent) {
                for (const Latent& latent : latents(branch, l, true, false)) {
                    const auto found = fit({prediction(place, yours, latent.dZ, latent.direction, branch.so_far)},
                                           latent.excluded, static_cast<double>(q_.Y.cols()), q_.unit_roundoff);
                    if (!found) continue;
                    branches.push_back(branch);
                    take(branches.back(), latent, *found, l);
                    branches.back().so_far.dZ[l] = yours;
                }
            }
            if (branches.empty()) branches.push_back(with_unknown(std::move(branch), place, yours, right));
        }
        std::vector<Branch> out;
        for (Branch& b : branches)
            for (Branch& grown : judged_leaves(std::move(b), l, true)) out.push_back(std::move(grown));
        return out;
    }

    void take(Branch& branch, const Latent& latent, const Fit& found, std::size_t l) const {
        for (const Hypothesis& h : latent.hypotheses) {
            branch.findings.push_back(h.found(found));
            if (h.attempt.direction.size() == 0) branch.findings.back().parameter.reset();
        }
        branch.so_far.dA[l] = latent.dA;
        branch.so_far.dZ[l] = found.parameter ? Tensor(latent.dZ + *found.parameter * latent.direction) : latent.dZ;
    }

    // All wrong dZ[l] by one mistake in dA[l] or dZ[l].
    std::vector<Latent> latents(const Branch& branch, std::size_t l, bool of_dA, bool of_dZ) const {
        std::vector<Latent> out;
        const Place dA = dA_at(l);
        const Place dZ = dZ_at(l);
        if (of_dA) {
            for (Hypothesis& h : hypotheses_at(dA, branch.so_far)) {
                Latent latent{
                    .hypotheses = {}, .dA = h.attempt.value, .dZ = {}, .direction = {}, .excluded = h.attempt.excluded};
                const auto& activation = q_.network.layer(l).activation;
                latent.dZ = pull_back(activation, q_.cache.Z[l], latent.dA);
                if (h.attempt.direction.size() > 0)
                    latent.direction = pull_back(activation, q_.cache.Z[l], h.attempt.direction);
                latent.hypotheses.push_back(std::move(h));
                out.push_back(std::move(latent));
            }
        }
        if (of_dZ) {
            for (Hypothesis& h : hypotheses_at(dZ, branch.so_far)) {
                Latent latent{.hypotheses = {},
                              .dA = branch.so_far.dA[l],
                              .dZ = h.attempt.value,
                              .direction = h.attempt.direction,
                              .excluded = h.attempt.excluded};
                latent.hypotheses.push_back(std::move(h));
                out.push_back(std::move(latent));
            }
        }
        std::erase_if(out,
                      [](const Latent& latent) { return !latent.dZ.allFinite() || !latent.direction.allFinite(); });
        return out;
    }

    // What a latent's θ may be when dW[l] or db[l] is wrong once more: what the other one says. Without θ, one fit.
    std::vector<Fit> fits_for_one_leaf(const Latent& latent, std::size_t l, const Branch& branch) const {
        if (latent.direction.size() == 0) return {{.parameter = {}, .residual = 0}};
        std::vector<Fit> fits;
        for (const Step step : {Step::db, Step::dW})
            if (const auto found = leaves_fit(latent, l, branch, {step})) fits.push_back(*found);
        return fits;
    }

    // The fit of dW[l] and db[l], or one of them, as they follow from a wrong dZ[l].
    std::optional<Fit> leaves_fit(const Latent& latent, std::size_t l, const Branch& branch,
                                  const std::vector<Step>& leaves = {Step::db, Step::dW}) const {
        Gradients<double> with = branch.so_far;
        with.dZ[l] = latent.dZ;
        std::vector<Prediction> predictions;
        // db first: it is cheap, and most hypotheses fail there.
        for (const Step step : leaves) {
            if (!given(step, l)) continue;
            Tensor direction;
            if (latent.direction.size() > 0)
                direction = step == Step::db
                                ? Tensor(bias_gradient(latent.direction))
                                : weight_gradient(latent.direction, q_.cache.A[l - 1], q_.network.layer(l).W, 0.0);
            predictions.push_back(prediction({step, l}, tensor_of(q_.yours, step, l),
                                             right_value(step, situation(with, l)), std::move(direction), with));
            // Without θ one tensor can refuse alone.
            if (latent.direction.size() == 0 &&
                !fit({predictions.back()}, {}, static_cast<double>(q_.Y.cols()), q_.unit_roundoff))
                return std::nullopt;
        }
        if (predictions.empty()) return std::nullopt;
        return fit(predictions, latent.excluded, static_cast<double>(q_.Y.cols()), q_.unit_roundoff);
    }

    std::vector<Branch> grow_from_latent_dZ(Branch branch, std::size_t l, bool dA_is_latent) const {
        branch.so_far.dZ[l] = right_value(dZ_at(l).step, situation(branch.so_far, l));
        const std::size_t before = branch.findings.size();
        std::vector<Branch> as_if_right = judged_leaves(branch, l, true);
        if (as_if_right.size() == 1 && as_if_right.front().findings.size() == before) return as_if_right;

        std::vector<Branch> out;
        for (const Latent& latent : latents(branch, l, dA_is_latent, true)) {
            const auto found = leaves_fit(latent, l, branch);
            if (!found) continue;
            Branch grown = branch;
            take(grown, latent, *found, l);
            for (const Step step : {Step::dW, Step::db})
                set_tensor(
                    grown.so_far, step, l,
                    given(step, l) ? tensor_of(q_.yours, step, l) : right_value(step, situation(grown.so_far, l)));
            out.push_back(std::move(grown));
        }
        const auto is_known = [&](const Branch& b) {
            return std::all_of(b.findings.begin() + static_cast<std::ptrdiff_t>(before), b.findings.end(),
                               [](const Finding& f) { return f.mistake || f.pattern.kind == Kind::single_entries; });
        };
        for (const Branch& b : as_if_right)
            if (is_known(b)) out.push_back(b);
        if (out.empty() && pairs_are_affordable(l)) out = pairs(branch, l, dA_is_latent);
        if (!out.empty()) return out;
        // Neither dZ nor what comes from it is explained: if one of dW and db is right, so was dZ.
        for (Branch& b : as_if_right) {
            const auto unknowns = std::count_if(b.findings.begin() + static_cast<std::ptrdiff_t>(before),
                                                b.findings.end(), [](const Finding& f) { return !f.mistake; });
            const auto leaves = int{given(Step::dW, l)} + int{given(Step::db, l)};
            b.lost = unknowns == leaves;
        }
        return as_if_right;
    }

    bool pairs_are_affordable(std::size_t l) const {
        const Tensor& W = q_.network.layer(l).W;
        return static_cast<double>(W.size()) * static_cast<double>(q_.Y.cols()) <= largest_product_for_pairs;
    }

    // Two mistakes in one layer: a wrong dZ and a wrong dW or db on top of it, or one in dA and one in dZ.
    std::vector<Branch> pairs(const Branch& branch, std::size_t l, bool dA_is_latent) const {
        std::vector<Branch> out;
        for (const Latent& latent : latents(branch, l, dA_is_latent, true)) {
            for (const Fit& found : fits_for_one_leaf(latent, l, branch)) {
                Branch grown = branch;
                take(grown, latent, found, l);
                for (Branch& b : judged_leaves(std::move(grown), l, false)) out.push_back(std::move(b));
            }
            if (!dA_is_latent || latent.hypotheses.front().place != dA_at(l) || latent.direction.size() > 0) continue;
            Branch with_dA = branch;
            with_dA.so_far.dA[l] = latent.dA;
            for (Latent& second : latents(with_dA, l, false, true)) {
                second.hypotheses.insert(second.hypotheses.begin(), latent.hypotheses.front());
                const auto found = leaves_fit(second, l, with_dA);
                if (!found) continue;
                Branch grown = with_dA;
                take(grown, second, *found, l);
                for (Branch& b : judged_leaves(std::move(grown), l, false)) out.push_back(std::move(b));
            }
        }
        return best_of(std::move(out));
    }

    static std::vector<Branch> best_of(std::vector<Branch> branches) {
        std::ranges::stable_sort(branches, {}, [](const Branch& b) { return cost_of(b.findings); });
        if (branches.size() > most_branches) branches.resize(most_branches);
        return branches;
    }

    std::vector<Explanation> finished(std::vector<Branch> branches) const {
        branches = best_of(std::move(branches));
        std::vector<Explanation> out;
        std::set<std::set<std::string_view>> seen;
        for (Branch& branch : branches) {
            Explanation explanation{
                .findings = std::move(branch.findings), .consequences = {}, .not_judged = std::move(branch.not_judged)};
            if (!out.empty() && (explanation.unknowns() != out.front().unknowns() ||
                                 explanation.distinct_mistakes() != out.front().distinct_mistakes()))
                continue;
            std::set<std::string_view> slugs;
            for (const Finding& f : explanation.findings) slugs.insert(f.mistake ? f.mistake->slug : f.pattern.slug());
            if (!seen.insert(slugs).second) continue;
            add_consequences(explanation);
            out.push_back(std::move(explanation));
        }
        drop_fitted_where_fixed_fits(out);
        return out;
    }

    // A formula with a free θ says less than one without, so it is not worth naming next to one, unless θ is a number
    // that people type (a forgotten 1/2).
    void drop_fitted_where_fixed_fits(std::vector<Explanation>& explanations) const {
        const auto is_fitted = [](const Finding& f) { return f.parameter.has_value(); };
        const auto is_typed = [](const Finding& f) {
            if (!f.parameter) return true;
            const double larger = std::max(std::abs(*f.parameter), 1 / std::abs(*f.parameter));
            return larger < 4.5 && std::abs(larger - std::round(larger)) < 1e-9;
        };
        std::size_t fewest = std::numeric_limits<std::size_t>::max();
        for (const Explanation& e : explanations)
            if (std::ranges::none_of(e.findings, is_fitted)) fewest = std::min(fewest, e.findings.size());
        std::erase_if(explanations, [&](const Explanation& e) {
            return !std::ranges::all_of(e.findings, is_typed) && e.findings.size() >= fewest;
        });
    }

    void add_consequences(Explanation& explanation) const {
        for (const Place place : backward_order(L_)) {
            const Tensor yours = tensor_of(q_.yours, place.step, place.l);
            if (yours.size() == 0) continue;
            const std::string name = tensor_name(place.step, place.l);
            const auto is_here = [&](const Finding& f) { return f.place == place; };
            if (std::ranges::any_of(explanation.findings, is_here) ||
                std::ranges::find(explanation.not_judged, name) != explanation.not_judged.end())
                continue;
            if (!agrees(yours, tensor_of(right_, place.step, place.l), place, right_))
                explanation.consequences.push_back(name);
        }
    }

    const Question& q_;
    const std::vector<Mistake>& catalogue_;
    std::size_t L_;
    Gradients<double> right_;
    Gradients<double> rounding_;
};

}  // namespace

std::size_t Explanation::distinct_mistakes() const {
    return distinct(findings);
}

std::size_t Explanation::unknowns() const {
    return static_cast<std::size_t>(std::ranges::count_if(findings, [](const Finding& f) { return !f.mistake; }));
}

std::vector<Explanation> explain(const Question& question, const std::vector<Mistake>& catalogue) {
    return Search(question, catalogue).run();
}

}  // namespace gradproof::mistakes
