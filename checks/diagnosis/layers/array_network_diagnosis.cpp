// SPDX-License-Identifier: MIT
#include "diagnosis/layers/array_network_diagnosis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/search/pattern.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// Formulas written otherwise round otherwise, by this share of the largest entry; a mistake is off by more.
constexpr double same_share = 1e-9;

bool are_the_same(const Array<double>& a, const Array<double>& b) {
    if (a.shape() != b.shape() || !a.values().allFinite() || !b.values().allFinite()) return false;
    if (a.size() == 0) return true;
    const double largest = std::max(a.values().cwiseAbs().maxCoeff(), b.values().cwiseAbs().maxCoeff());
    return (a.values() - b.values()).cwiseAbs().maxCoeff() <= same_share * largest;
}

const Array<double>& derivative_in(const ArrayGradients& gradients, const NetworkGradient& of) {
    return of.of_X ? gradients.values.front() : gradients.own[of.step][of.input];
}

// A mistake made at one step: what that step passes on instead of lib's derivatives.
struct Planted {
    std::size_t step;
    std::string_view slug;
    std::string_view explanation;
    std::string line;
    std::string note;
    std::function<Arrays<double>(const Array<double>& flowing, const Array<double>& d)> pull_back;
};

std::vector<Planted> mistakes_of(const ArrayNetwork& network, std::size_t s) {
    std::vector<Planted> all;
    if (const auto* const layer = std::get_if<AnyLayer>(&network.steps[s])) {
        for (const LayerMistake& mistake : layer_mistakes(*layer))
            all.push_back({s, mistake.slug, mistake.explanation, std::string(mistake.line), note_of(*layer),
                           [&network, s, layer, mistake](const Array<double>& flowing, const Array<double>& d) {
                               return mistake.derivatives({*layer, inputs_of(network, s, flowing), {d}});
                           }});
        return all;
    }
    const Mistake& left_out = mistake_named("missing-activation-derivative");
    all.push_back({s, left_out.slug, left_out.explanation, "dz = da", std::string(left_out.note),
                   [](const Array<double>&, const Array<double>& d) { return Arrays<double>{d}; }});
    return all;
}

class WayBack {
  public:
    explicit WayBack(const ArrayNetworkSubmission& submission)
        : s_(submission), cache_(forward(s_.network, s_.X)), right_(backward(s_.network, cache_, s_.Y)) {}

    const ArrayGradients& right() const { return right_; }

    // From the loss backwards: the mistake that gives most of the wrong derivatives, until all are explained.
    std::vector<LayerFinding> explain(const std::vector<std::size_t>& wrong) const {
        if (wrong.empty()) return {};
        if (const auto factor = common_factor(wrong)) return {of_factor(*factor, wrong)};
        std::vector<LayerFinding> findings;
        std::vector<std::size_t> left = wrong;
        // What the steps above have made wrong comes down as it is.
        ArrayGradients so_far = right_;
        while (!left.empty()) {
            std::optional<Planted> best;
            std::vector<std::size_t> explained;
            ArrayGradients with_best;
            for (std::size_t step = s_.network.steps.size(); step-- > 0;)
                for (const Planted& planted : mistakes_of(s_.network, step)) {
                    const std::optional<ArrayGradients> gradients = with(planted, so_far);
                    if (!gradients) continue;
                    std::vector<std::size_t> by_this;
                    for (const std::size_t n : left)
                        if (are_the_same(derivative_in(*gradients, s_.gradients[n]), s_.gradients[n].values))
                            by_this.push_back(n);
                    // The first of the wrong ones has to be explained, or it stands above the mistake.
                    if (by_this.size() > explained.size() && by_this.front() == left.front()) {
                        best = planted;
                        explained = std::move(by_this);
                        with_best = *gradients;
                    }
                }
            if (!best) {
                findings.push_back(unknown(left.front()));
                return findings;
            }
            findings.push_back(
                {.tensors = names(explained),
                 .slug = std::string(best->slug),
                 .explanation = fmt::format("In step {}, {}: {}", best->step + 1,
                                            gradproof::name_of(s_.network.steps[best->step]), best->explanation),
                 .line = best->line,
                 .note = best->note,
                 .same_numbers = {}});
            so_far = with_best;
            std::erase_if(left, [&](std::size_t n) { return std::ranges::find(explained, n) != explained.end(); });
        }
        return findings;
    }

  private:
    // The whole backward pass with the mistake in its step; none where it cannot be made.
    std::optional<ArrayGradients> with(const Planted& planted, const ArrayGradients& from) const {
        ArrayGradients gradients = from;
        for (std::size_t s = planted.step + 1; s-- > 0;) {
            const Array<double>& d = gradients.values[s + 1];
            if (d.shape() != cache_.values[s + 1].shape()) return std::nullopt;  // joined with the loss
            Arrays<double> d_inputs =
                s == planted.step ? planted.pull_back(cache_.values[s], d) : pull_back(s_.network, s, cache_, d);
            const auto* const layer = std::get_if<AnyLayer>(&s_.network.steps[s]);
            gradients.values[s] = d_inputs[layer ? flowing_input(*layer) : 0];
            if (layer) gradients.own[s] = std::move(d_inputs);
        }
        return gradients;
    }

    // One factor on every derivative, all of them wrong.
    std::optional<double> common_factor(const std::vector<std::size_t>& wrong) const {
        if (wrong.size() != s_.gradients.size()) return std::nullopt;
        std::optional<double> factor;
        for (const NetworkGradient& one : s_.gradients) {
            const Vector<double>& right = derivative_in(right_, one).values();
            const double own = one.values.values().dot(right) / right.squaredNorm();
            if (!std::isfinite(own)) return std::nullopt;
            if (!factor) factor = own;
            if ((one.values.values() - *factor * right).norm() > same_share * one.values.values().norm())
                return std::nullopt;
        }
        return factor;
    }

    LayerFinding of_factor(double factor, const std::vector<std::size_t>& wrong) const {
        const auto N = static_cast<double>(s_.X.dim(0));
        const bool is_sum = std::abs(factor - N) <= same_share * N;
        return {.tensors = names(wrong),
                .slug = "constant-factor",
                .explanation = fmt::format("Every derivative is {:.6g} times the right one{}.", factor,
                                           is_sum ? ": they are right for the sum of the losses, J times N" : ""),
                .line = {},
                .note = "derivations/network.md (dW)",
                .same_numbers = {}};
    }

    LayerFinding unknown(std::size_t n) const {
        const NetworkGradient& one = s_.gradients[n];
        const Array<double>& right = derivative_in(right_, one);
        const Eigen::Index rows = std::max<Eigen::Index>(right.shape().empty() ? 1 : right.dim(0), 1);
        const auto as_rows = [&](const Array<double>& array) -> Eigen::MatrixXd {
            return array.values().reshaped<Eigen::RowMajor>(rows, array.size() / rows);
        };
        const Eigen::MatrixXd expected = as_rows(right);
        const Eigen::MatrixXd rounding =
            Eigen::MatrixXd::Constant(expected.rows(), expected.cols(), same_share * expected.cwiseAbs().maxCoeff());
        return {.tensors = names({n}),
                .slug = "unknown-mistake",
                .explanation = fmt::format(
                    "The first wrong one on the way back, of {}: {}.",
                    one.of_X ? std::string("X")
                             : fmt::format("step {}, {}", one.step + 1, gradproof::name_of(s_.network.steps[one.step])),
                    pattern_of(as_rows(one.values), expected, rounding).text),
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
    ArrayCache cache_;
    ArrayGradients right_;
};

std::vector<checks::EntryVerdict> judged(const ArrayNetworkSubmission& s, const NetworkGradient& one) {
    ArrayNetwork network = s.network;
    Array<double> X = s.X;
    Array<double>& moved = one.of_X ? X : network.own[one.step][one.input];
    const Eigen::VectorXd at = moved.values();
    const auto J = [&](const Eigen::VectorXd& values) -> Eigen::VectorXd {
        moved.values() = values;
        return Eigen::VectorXd::Constant(1, cost(network, forward(network, X), s.Y));
    };
    return checks::judge_jacobian(J, one.values.values().transpose(), at);
}

std::vector<Eigen::Index> index_of(Eigen::Index place, const Shape& shape) {
    std::vector<Eigen::Index> index(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0; place /= shape[axis]) index[axis] = place % shape[axis];
    return index;
}

}  // namespace

LayerDiagnosis diagnose_network(const ArrayNetworkSubmission& s) {
    const ArrayCache cache = forward(s.network, s.X);
    std::vector<std::string> steps{fmt::format("X {}", fmt::join(s.X.shape(), "x"))};
    for (std::size_t step = 0; step < s.network.steps.size(); ++step)
        steps.push_back(fmt::format("{} {}", gradproof::name_of(s.network.steps[step]),
                                    fmt::join(cache.values[step + 1].shape(), "x")));
    LayerDiagnosis diagnosis{.file = s.file,
                             .number = fmt::format("J = 1/N sum over examples of the {} loss = {:.9g}",
                                                   gradproof::name_of(s.network.loss), cost(s.network, cache, s.Y)),
                             .shapes = fmt::format("{}", fmt::join(steps, ", ")),
                             .tensors = {},
                             .wrong_outputs = {},
                             .findings = {},
                             .warnings = {},
                             .remarks = s.remarks};
    std::vector<std::size_t> wrong;
    for (std::size_t n = 0; n < s.gradients.size(); ++n) {
        const NetworkGradient& one = s.gradients[n];
        LayerTensor tensor{.verdict = checks::tensor_of(one.name, 1, one.values.size(), judged(s, one)),
                           .worst_at = {}};
        if (!tensor.verdict.worst.empty())
            tensor.worst_at = index_of(tensor.verdict.worst.front().column, one.values.shape());
        if (tensor.verdict.outcome() == Outcome::refuted) wrong.push_back(n);
        diagnosis.tensors.push_back(std::move(tensor));
    }
    diagnosis.findings = WayBack(s).explain(wrong);
    return diagnosis;
}

}  // namespace gradproof::diagnosis
