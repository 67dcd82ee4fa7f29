// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_diagnosis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/search/pattern.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// Formulas written otherwise round otherwise, by this share of the largest entry; a mistake is off by more.
constexpr double agreement = 1e-9;

bool agree(const Array<double>& a, const Array<double>& b) {
    if (a.shape() != b.shape() || !a.values().allFinite() || !b.values().allFinite()) return false;
    if (a.size() == 0) return true;
    const double largest = std::max(a.values().cwiseAbs().maxCoeff(), b.values().cwiseAbs().maxCoeff());
    return (a.values() - b.values()).cwiseAbs().maxCoeff() <= agreement * largest;
}

// The first axis against the others.
Eigen::MatrixXd as_rows(const Array<double>& array) {
    const Eigen::Index rows = array.shape().empty() ? 1 : array.dim(0);
    return array.values().reshaped<Eigen::RowMajor>(rows, array.size() / std::max<Eigen::Index>(rows, 1));
}

class Search {
  public:
    explicit Search(const LayerSubmission& submission) : s_(submission), right_(submission.point.pulled_back()) {
        for (const LayerMistake& mistake : layer_mistakes(s_.point.layer))
            mistakes_.push_back({mistake, mistake.derivatives(s_.point)});
    }

    // Explains the wrong inputs: the mistake that gives most of them first.
    std::vector<LayerFinding> explain(std::vector<std::size_t> wrong) const {
        std::vector<LayerFinding> findings;
        while (!wrong.empty()) {
            const Made* best = nullptr;
            std::vector<std::size_t> explained;
            for (const Made& made : mistakes_) {
                std::vector<std::size_t> by_this;
                for (const std::size_t n : wrong)
                    if (!agree(made.derivatives[n], right_[n]) && agree(made.derivatives[n], *s_.gradients[n]))
                        by_this.push_back(n);
                if (by_this.size() > explained.size()) {
                    best = &made;
                    explained = by_this;
                }
            }
            if (!best) break;
            findings.push_back({.tensors = names(explained),
                                .slug = std::string(best->mistake.slug),
                                .explanation = std::string(best->mistake.explanation),
                                .line = std::string(best->mistake.line),
                                .note = note_of(s_.point.layer),
                                .same_numbers = same_as(*best, explained)});
            std::erase_if(wrong, [&](std::size_t n) { return std::ranges::find(explained, n) != explained.end(); });
        }
        for (const std::size_t n : wrong) {
            const Eigen::MatrixXd right = as_rows(right_[n]);
            const Eigen::MatrixXd rounding =
                Eigen::MatrixXd::Constant(right.rows(), right.cols(), agreement * right.cwiseAbs().maxCoeff());
            findings.push_back({.tensors = names({n}),
                                .slug = "unknown-mistake",
                                .explanation = pattern_of(as_rows(*s_.gradients[n]), right, rounding).text + ".",
                                .line = {},
                                .note = note_of(s_.point.layer),
                                .same_numbers = {}});
        }
        return findings;
    }

    // Mistakes that change none of the derivatives that were given.
    std::vector<std::string> not_shown() const {
        std::vector<std::string> texts;
        for (const Made& made : mistakes_) {
            bool shows = false;
            for (std::size_t n = 0; n < right_.size(); ++n)
                shows = shows || (s_.gradients[n] && !agree(made.derivatives[n], right_[n]));
            if (!shows) texts.push_back(fmt::format("{} ({})", made.mistake.slug, made.mistake.hidden_when));
        }
        return texts;
    }

  private:
    struct Made {
        LayerMistake mistake;
        Arrays<double> derivatives;
    };

    // Other mistakes whose numbers these inputs cannot tell from `made`.
    std::vector<std::string> same_as(const Made& made, const std::vector<std::size_t>& inputs) const {
        std::vector<std::string> slugs;
        for (const Made& other : mistakes_)
            if (&other != &made && std::ranges::all_of(inputs, [&](std::size_t n) {
                    return agree(other.derivatives[n], made.derivatives[n]);
                }))
                slugs.emplace_back(other.mistake.slug);
        return slugs;
    }

    std::vector<std::string> names(const std::vector<std::size_t>& inputs) const {
        std::vector<std::string> names;
        for (const std::size_t n : inputs) names.push_back(s_.gradient_names[n]);
        return names;
    }

    const LayerSubmission& s_;
    Arrays<double> right_;
    std::vector<Made> mistakes_;
};

std::string number_text(const LayerSubmission& s) {
    std::vector<std::string> terms;
    for (std::size_t n = 0; n < s.upstream_names.size(); ++n)
        terms.push_back(fmt::format("{} * {}", s.upstream_names[n], s.output_names[n]));
    return fmt::format("sum({}), {} = {}({})", fmt::join(terms, " + "), fmt::join(s.output_names, ", "),
                       name_of(s.point.layer), fmt::join(s.input_names, ", "));
}

// Where number `place` of an array of lib's shape stands in the axes of the file.
std::vector<Eigen::Index> index_in_file(Eigen::Index place, const Shape& shape, const AxisOrder& axes) {
    std::vector<Eigen::Index> index(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0; place /= shape[axis])
        index[axes.empty() ? axis : axes[axis]] = place % shape[axis];
    return index;
}

// In the axes of the file.
std::string shapes_text(const LayerSubmission& s) {
    std::vector<std::string> texts;
    for (std::size_t n = 0; n < s.point.inputs.size(); ++n) {
        const Shape& shape = s.point.inputs[n].shape();
        Shape in_file = shape;
        for (std::size_t axis = 0; axis < s.axes[n].size(); ++axis) in_file[s.axes[n][axis]] = shape[axis];
        texts.push_back(fmt::format("{} {}", s.input_names[n], fmt::join(in_file, "x")));
    }
    return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

std::string note_of(const AnyLayer& layer) {
    return fmt::format("derivations/layers/{}.md", layer.facts().slug);
}

Outcome LayerDiagnosis::outcome() const {
    std::vector<checks::TensorVerdict> verdicts;
    for (const LayerTensor& tensor : tensors) verdicts.push_back(tensor.verdict);
    return wrong_outputs.empty() ? checks::outcome_of(verdicts) : Outcome::refuted;
}

LayerDiagnosis diagnose_layer(const LayerSubmission& s) {
    LayerDiagnosis diagnosis{.file = s.file,
                             .number = number_text(s),
                             .shapes = shapes_text(s),
                             .tensors = {},
                             .wrong_outputs = {},
                             .findings = {},
                             .warnings = {},
                             .remarks = s.remarks};
    const Arrays<double> outputs = s.point.layer.forward(s.point.inputs);
    for (std::size_t n = 0; n < outputs.size(); ++n)
        if (s.outputs[n] && !agree(*s.outputs[n], outputs[n])) diagnosis.wrong_outputs.push_back(s.output_names[n]);
    std::vector<std::size_t> wrong;
    for (std::size_t n = 0; n < s.gradients.size(); ++n) {
        if (!s.gradients[n] || s.point.layer.facts().inputs[n].kind != InputKind::variable) continue;
        LayerTensor tensor{.verdict = checks::tensor_of(s.gradient_names[n], 1, s.gradients[n]->size(),
                                                        checks::judge_input(s.point, n, *s.gradients[n])),
                           .worst_at = {}};
        if (!tensor.verdict.worst.empty())
            tensor.worst_at = index_in_file(tensor.verdict.worst.front().column, s.gradients[n]->shape(), s.axes[n]);
        diagnosis.tensors.push_back(std::move(tensor));
        if (diagnosis.tensors.back().verdict.outcome() == Outcome::refuted) wrong.push_back(n);
    }
    const Search search(s);
    diagnosis.findings = search.explain(wrong);
    if (wrong.empty()) diagnosis.warnings = search.not_shown();
    return diagnosis;
}

}  // namespace gradproof::diagnosis
