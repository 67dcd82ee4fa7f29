// SPDX-License-Identifier: MIT
#include "diagnosis/layers/array_network_diagnosis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

#include "diagnosis/layers/array_agreement.hpp"
#include "diagnosis/layers/array_network_mistakes.hpp"
#include "diagnosis/search/pattern.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// Draws of signs for the size of what a derivative is a sum of.
constexpr int draws_of_signs = 4;

// The size of what each entry of a derivative is a sum of: what it comes to if the terms have other signs.
Array<double> size_of_terms(const ArrayNetworkSubmission& s, const ArrayCache& cache, const ArrayGradients& right,
                            const NetworkGradient& one) {
    Array<double> sizes(right_derivative(s, right, one).shape());
    if (one.step == s.network.steps.size()) return sizes;
    checks::CourseRandom random(1);
    for (int draw = 0; draw < draws_of_signs; ++draw) {
        Array<double> d = right.values[one.step + 1];
        for (double& number : d.values()) number *= random.rand() < 0.5 ? -1 : 1;
        const Arrays<double> terms = pull_back(s.network, one.step, cache, d);
        const auto* const layer = std::get_if<AnyLayer>(&s.network.steps[one.step]);
        const Array<double>& of_this = terms[one.input ? *one.input : layer ? flowing_input(*layer) : 0];
        const double factor = one.input ? 1 : s.factor_of_values;
        sizes.values() = sizes.values().cwiseMax(factor * of_this.values().cwiseAbs());
    }
    return sizes;
}

class NetworkSearch {
  public:
    NetworkSearch(const ArrayNetworkSubmission& submission, const ArrayCache& cache, const ArrayGradients& right,
                  const std::vector<double>& scales)
        : s_(submission), right_(right), scales_(scales), mistakes_(network_mistakes(submission, cache)) {}

    // From the loss backwards: the mistake that gives most of the wrong derivatives, until all are explained.
    std::vector<LayerFinding> explain(const std::vector<std::size_t>& wrong) const {
        if (wrong.empty()) return {};
        if (const auto factor = common_factor()) return {of_factor(*factor, wrong)};
        std::vector<LayerFinding> findings;
        std::vector<std::size_t> left = wrong;
        // What the steps above have made wrong comes down as it is.
        ArrayGradients so_far = right_;
        while (!left.empty()) {
            std::vector<const NetworkMistake*> best;
            std::vector<std::size_t> explained;
            ArrayGradients with_best;
            for (const NetworkMistake& mistake : mistakes_) {
                ArrayGradients gradients = mistake.gradients(so_far);
                std::vector<std::size_t> by_this;
                for (const std::size_t n : left)
                    if (agrees(n, gradients) && !agrees(n, so_far)) by_this.push_back(n);
                // The first of the wrong ones has to be explained, or it stands above the mistake.
                if (by_this.empty() || by_this.front() != left.front() || by_this.size() < explained.size()) continue;
                if (by_this == explained) {
                    best.push_back(&mistake);
                } else if (by_this.size() > explained.size()) {
                    best = {&mistake};
                    explained = std::move(by_this);
                    with_best = std::move(gradients);
                }
            }
            if (best.empty()) {
                findings.push_back(unknown(left.front(), so_far));
                break;
            }
            findings.push_back(
                {.tensors = names(explained),
                 .slug = std::string(best.front()->slug),
                 .explanation = best.front()->where.empty()
                                    ? std::string(best.front()->explanation)
                                    : fmt::format("In {}: {}", best.front()->where, best.front()->explanation),
                 .line = best.front()->line,
                 .note = best.front()->note,
                 .same_numbers = {}});
            for (std::size_t n = 1; n < best.size(); ++n) findings.back().same_numbers.push_back(name_of(*best[n]));
            so_far = std::move(with_best);
            std::erase_if(left, [&](std::size_t n) { return std::ranges::find(explained, n) != explained.end(); });
        }
        return findings;
    }

  private:
    bool agrees(std::size_t n, const ArrayGradients& gradients) const {
        const NetworkGradient& one = s_.gradients[n];
        return agree(right_derivative(s_, gradients, one), one.values, scales_[n], agreement_of(one.is_float32));
    }

    // One factor on every derivative. Those that cancel to 0 say nothing of it.
    std::optional<double> common_factor() const {
        std::optional<double> factor;
        for (std::size_t n = 0; n < s_.gradients.size(); ++n) {
            const NetworkGradient& one = s_.gradients[n];
            const double share = agreement_of(one.is_float32);
            const Array<double> right = right_derivative(s_, right_, one);
            if (largest_of(right) <= share * scales_[n]) {
                if (!agrees(n, right_)) return std::nullopt;
                continue;
            }
            const double own = one.values.values().dot(right.values()) / right.values().squaredNorm();
            if (!std::isfinite(own) || own == 0) return std::nullopt;
            if (!factor) factor = own;
            Array<double> times = right;
            times.values() *= *factor;
            if (!agree(times, one.values, 0, share)) return std::nullopt;
        }
        return factor && std::abs(*factor - 1) > agreement_of(true) ? factor : std::nullopt;
    }

    LayerFinding of_factor(double factor, const std::vector<std::size_t>& wrong) const {
        const auto N = static_cast<double>(s_.Y.dim(0));
        const auto is = [factor](double value) { return std::abs(factor - value) <= agreement_of(true) * value; };
        const char* const meaning = is(N)       ? ": they are right for the sum of the losses, J times N"
                                    : is(1 / N) ? ": the mean over the examples is taken twice"
                                                : "";
        return {.tensors = names(wrong),
                .slug = "constant-factor",
                .explanation = fmt::format("Every derivative is {:.6g} times the right one{}.", factor, meaning),
                .line = {},
                .note = "derivations/network.md (dW)",
                .same_numbers = {}};
    }

    LayerFinding unknown(std::size_t n, const ArrayGradients& so_far) const {
        const NetworkGradient& one = s_.gradients[n];
        const Eigen::MatrixXd expected = as_rows(right_derivative(s_, so_far, one));
        const double rounding = agreement_of(one.is_float32) * expected.cwiseAbs().maxCoeff();
        const std::string where =
            one.step == s_.words.size() ? "the output" : fmt::format("step {}, {}", one.step + 1, s_.words[one.step]);
        return {
            .tensors = names({n}),
            .slug = "unknown-mistake",
            .explanation = fmt::format("The first wrong one on the way back, at {}: {}.", where,
                                       pattern_of(as_rows(one.values), expected,
                                                  Eigen::MatrixXd::Constant(expected.rows(), expected.cols(), rounding))
                                           .text),
            .line = {},
            .note = "derivations/network.md (dA)",
            .same_numbers = {}};
    }

    std::vector<std::string> names(const std::vector<std::size_t>& gradients) const {
        std::vector<std::string> names;
        for (const std::size_t n : gradients) names.push_back(s_.gradients[n].name);
        return names;
    }

    const ArrayNetworkSubmission& s_;
    const ArrayGradients& right_;
    const std::vector<double>& scales_;  // of each derivative, the size of what it is made of
    std::vector<NetworkMistake> mistakes_;
};

// J along one of the arrays, less its terms that do not move.
class CostOfArray {
  public:
    CostOfArray(const ArrayNetworkSubmission& s, const ArrayCache& cache, const NetworkGradient& one)
        : s_(s),
          one_(one),
          value_(cache.values[one.step]),
          own_(one.step < s.network.own.size() ? s.network.own[one.step] : Arrays<double>()),
          factor_(one.input ? 1 : s.factor_of_values),
          decay_(one.input && is_weight(std::get<AnyLayer>(s.network.steps[one.step]).facts().inputs[*one.input])
                     ? s.network.lambda / static_cast<double>(s.Y.dim(0))
                     : 0) {
        // The longest sums on the way, and as many roundings in each formula as a few functions have.
        for (std::size_t step = one.step; step < cache.values.size(); ++step)
            roundings_ += static_cast<double>(cache.values[step].size()) + roundings_of_a_formula;
    }

    const Eigen::VectorXd& point() const { return array(value_, own_).values(); }

    double at(const Eigen::VectorXd& point) const {
        Array<double> value = value_;
        Arrays<double> own = own_;
        Array<double>& moved = array(value, own);
        const double squares = (point - moved.values()).dot(point + moved.values());
        moved.values() = point;
        return factor_ * loss_from(s_.network, one_.step, value, own, s_.Y) + decay_ / 2 * squares;
    }

    // How far a derivative that is a sum of terms of this size may be rounded.
    double rounding_of(double size) const { return roundings_ * std::numeric_limits<double>::epsilon() * size; }

    // The derivative in entry `k` by dual numbers. Precondition: no kink is there.
    checks::Estimate dual_estimate(Eigen::Index k) const {
        using Number = checks::Dual<double>;
        Array<Number> value = cast<Number>(value_);
        Arrays<Number> own;
        for (const Array<double>& one : own_) own.push_back(cast<Number>(one));
        array(value, own).values()(k).derivative = 1;
        array(value, own).values()(k).magnitude = 1;
        const Number loss = loss_from(s_.network, one_.step, value, own, s_.Y);
        const double of_decay = decay_ * point()(k);
        const double magnitude = factor_ * loss.magnitude + std::abs(of_decay);
        return checks::smooth_estimate(factor_ * loss.derivative + of_decay, rounding_of(magnitude), magnitude,
                                       checks::Method::dual_number);
    }

  private:
    static constexpr double roundings_of_a_formula = 16;

    template <class A>
    A& array(A& value, std::vector<std::remove_const_t<A>>& own) const {
        return one_.input ? own[*one_.input] : value;
    }
    const Array<double>& array(const Array<double>& value, const Arrays<double>& own) const {
        return one_.input ? own[*one_.input] : value;
    }

    const ArrayNetworkSubmission& s_;
    const NetworkGradient& one_;
    Array<double> value_;
    Arrays<double> own_;
    double factor_;
    double decay_;
    double roundings_ = 0;
};

// By differences; where their bar is too wide, by dual numbers, which lie within it.
std::vector<checks::EntryVerdict> judged(const ArrayNetworkSubmission& s, const ArrayCache& cache,
                                         const NetworkGradient& one, const Array<double>& sizes) {
    const CostOfArray cost(s, cache, one);
    checks::JacobianOptions options = options_for(one.values, one.is_float32);
    options.scale = sizes.values();
    // What cancels is rounded by as much as the largest of what it is made of.
    const Eigen::VectorXd rounding =
        Eigen::VectorXd::Constant(cost.point().size(), cost.rounding_of(largest_of(sizes)));
    options.rounding = options.rounding.size() > 0 ? (options.rounding + rounding).eval() : rounding;
    const auto J = [&](const Eigen::VectorXd& point) { return Eigen::VectorXd::Constant(1, cost.at(point)).eval(); };
    std::vector<checks::EntryVerdict> verdicts =
        checks::judge_jacobian(J, one.values.values().transpose(), cost.point(), options);
    for (checks::EntryVerdict& entry : verdicts) {
        checks::Verdict& verdict = entry.verdict;
        const bool is_too_wide =
            verdict.remark == checks::Remark::bar_too_wide || verdict.remark == checks::Remark::below_resolution;
        if (!is_too_wide || verdict.estimate.is_at_kink()) continue;
        checks::Estimate exact = cost.dual_estimate(entry.column);
        if (!(std::abs(exact.value - verdict.estimate.value) <= exact.error_bar + verdict.estimate.error_bar)) continue;
        exact.rounding = verdict.estimate.rounding;
        verdict = checks::judge(verdict.analytic, exact, options.required_digits);
    }
    return verdicts;
}

std::string number_text(const ArrayNetworkSubmission& s, double J) {
    checks::CostFormula formula = checks::cost_formula(s.network.loss);
    formula.factor *= s.scaling.factor;
    formula.m = s.Y.dim(0);
    if (s.scaling.lambda != 0) formula.l2 = checks::L2Formula{s.scaling.lambda, name_of(s.scaling.l2)};
    return fmt::format("{}; J = {:.9g}", checks::describe(formula), J);
}

}  // namespace

Array<double> right_derivative(const ArrayNetworkSubmission& s, const ArrayGradients& gradients,
                               const NetworkGradient& of) {
    if (of.input) return gradients.own[of.step][*of.input];
    Array<double> derivative = gradients.values[of.step];
    derivative.values() *= s.factor_of_values;
    return derivative;
}

LayerDiagnosis diagnose_network(const ArrayNetworkSubmission& s) {
    const ArrayCache cache = forward(s.network, s.X);
    const ArrayGradients right = backward(s.network, cache, s.Y);
    const double J = cost(s.network, cache, s.Y);
    std::vector<std::string> shapes;
    for (std::size_t n = 0; n < s.shapes.size(); ++n)
        shapes.push_back(fmt::format("{} {}", n == 0 ? "X" : s.words[n - 1], fmt::join(s.shapes[n], "x")));
    LayerDiagnosis diagnosis{.file = s.file,
                             .number = number_text(s, J),
                             .shapes = fmt::format("{}", fmt::join(shapes, ", ")),
                             .tensors = {},
                             .wrong_outputs = {},
                             .findings = {},
                             .warnings = {},
                             .remarks = s.remarks};
    if (s.cost && std::abs(*s.cost - J) > agreement_of(true) * std::abs(J))
        diagnosis.wrong_outputs.emplace_back("cost");
    std::vector<std::size_t> wrong;
    std::vector<double> scales;
    for (std::size_t n = 0; n < s.gradients.size(); ++n) {
        const NetworkGradient& one = s.gradients[n];
        const Array<double> sizes = size_of_terms(s, cache, right, one);
        scales.push_back(largest_of(sizes));
        LayerTensor tensor{.verdict = checks::tensor_of(one.name, 1, one.values.size(), judged(s, cache, one, sizes)),
                           .worst_at = {}};
        if (!tensor.verdict.worst.empty())
            tensor.worst_at = index_in_file(tensor.verdict.worst.front().column, one.shape, one.axes);
        if (tensor.verdict.outcome() == Outcome::refuted) wrong.push_back(n);
        diagnosis.tensors.push_back(std::move(tensor));
    }
    diagnosis.findings = NetworkSearch(s, cache, right, scales).explain(wrong);
    return diagnosis;
}

}  // namespace gradproof::diagnosis
