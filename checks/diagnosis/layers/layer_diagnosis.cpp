// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_diagnosis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "diagnosis/layers/array_agreement.hpp"
#include "diagnosis/search/pattern.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

class Search {
  public:
    explicit Search(const LayerSubmission& submission) : s_(submission), right_(submission.point.pulled_back()) {
        for (const LayerMistake& mistake : layer_mistakes(s_.point.layer))
            mistakes_.push_back({mistake, mistake.derivatives(s_.point)});
        // Derivatives that cancel to 0 leave rounding; with a term left out they have the size of the others.
        for (std::size_t n = 0; n < right_.size(); ++n) {
            scales_.push_back(largest_of(right_[n]));
            for (const Made& made : mistakes_) scales_[n] = std::max(scales_[n], largest_of(made.derivatives[n]));
        }
    }

    // Explains the wrong inputs: the mistake that gives most of them first, of those the one that gives most of the
    // others as well. Undecided ones are explained if a mistake gives them.
    std::vector<LayerFinding> explain(std::vector<std::size_t> wrong, const std::vector<std::size_t>& undecided) const {
        wrong.insert(wrong.end(), undecided.begin(), undecided.end());
        std::ranges::sort(wrong);
        std::vector<LayerFinding> findings;
        while (!wrong.empty()) {
            std::vector<const Made*> best;
            std::pair<std::size_t, std::size_t> most{1, 0};
            for (const Made& made : mistakes_) {
                const std::pair found{explained_by(made, wrong).size(), given_by(made)};
                if (found < most) continue;
                if (found > most) best.clear();
                most = found;
                best.push_back(&made);
            }
            if (best.empty()) break;
            const std::vector<std::size_t> explained = explained_by(*best.front(), wrong);
            findings.push_back({.tensors = names(explained),
                                .slug = std::string(best.front()->mistake.slug),
                                .explanation = explanation_of(best.front()->mistake),
                                .line = std::string(best.front()->mistake.line),
                                .note = note_of(s_.point.layer),
                                .same_numbers = {}});
            for (std::size_t n = 1; n < best.size(); ++n)
                if (explained_by(*best[n], wrong) == explained)
                    findings.back().same_numbers.emplace_back(best[n]->mistake.slug);
            std::erase_if(wrong, [&](std::size_t n) { return std::ranges::find(explained, n) != explained.end(); });
        }
        for (const std::size_t n : wrong) {
            if (std::ranges::find(undecided, n) != undecided.end()) continue;
            const Eigen::MatrixXd right = as_rows(right_[n]);
            const Eigen::MatrixXd rounding =
                Eigen::MatrixXd::Constant(right.rows(), right.cols(), share(n) * right.cwiseAbs().maxCoeff());
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
                shows = shows || (s_.gradients[n] && !agree(made.derivatives[n], right_[n], scales_[n], share(n)));
            if (!shows) texts.push_back(fmt::format("{} ({})", made.mistake.slug, made.mistake.hidden_when));
        }
        return texts;
    }

  private:
    struct Made {
        LayerMistake mistake;
        Arrays<double> derivatives;
    };

    double share(std::size_t n) const { return agreement_of(s_.float32_gradients.contains(n)); }
    bool gives(const Made& made, std::size_t n) const {
        const Array<double>& given = *s_.gradients[n];
        return agree(made.derivatives[n], given, scales_[n], share(n)) ||
               (made.mistake.also_gives && made.mistake.also_gives(s_.point, n, given));
    }
    std::vector<std::size_t> explained_by(const Made& made, const std::vector<std::size_t>& wrong) const {
        std::vector<std::size_t> explained;
        for (const std::size_t n : wrong)
            if (!agree(*s_.gradients[n], right_[n], scales_[n], share(n)) && gives(made, n)) explained.push_back(n);
        return explained;
    }
    std::size_t given_by(const Made& made) const {
        std::size_t count = 0;
        for (std::size_t n = 0; n < right_.size(); ++n)
            if (s_.gradients[n] && agree(made.derivatives[n], *s_.gradients[n], scales_[n], share(n))) ++count;
        return count;
    }

    std::string explanation_of(const LayerMistake& mistake) const {
        std::string text(mistake.explanation);
        if (mistake.what_is_there) text += " " + mistake.what_is_there(s_.point, s_.gradients);
        return text;
    }

    std::vector<std::string> names(const std::vector<std::size_t>& inputs) const {
        std::vector<std::string> names;
        for (const std::size_t n : inputs) names.push_back(s_.gradient_names[n]);
        return names;
    }

    const LayerSubmission& s_;
    Arrays<double> right_;
    std::vector<Made> mistakes_;
    std::vector<double> scales_;  // of each input's derivatives
};

std::string number_text(const LayerSubmission& s) {
    std::vector<std::string> terms;
    for (std::size_t n = 0; n < s.upstream_names.size(); ++n)
        terms.push_back(fmt::format("{} * {}", s.upstream_names[n], s.output_names[n]));
    return fmt::format("sum({}), {} = {}({})", fmt::join(terms, " + "), fmt::join(s.output_names, ", "),
                       name_of(s.point.layer), fmt::join(s.input_names, ", "));
}

std::string shapes_text(const LayerSubmission& s) {
    std::vector<std::string> texts;
    for (std::size_t n = 0; n < s.input_names.size(); ++n)
        texts.push_back(fmt::format("{} {}", s.input_names[n], fmt::join(s.input_shapes[n], "x")));
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
        if (s.outputs[n] && !agree(*s.outputs[n], outputs[n], 0, agreement_of(s.float32_outputs.contains(n))))
            diagnosis.wrong_outputs.push_back(s.output_names[n]);
    std::vector<std::size_t> wrong;
    std::vector<std::size_t> undecided;
    for (std::size_t n = 0; n < s.gradients.size(); ++n) {
        if (!s.gradients[n] || s.point.layer.facts().inputs[n].kind != InputKind::variable) continue;
        LayerTensor tensor{.verdict = checks::tensor_of(
                               s.gradient_names[n], 1, s.gradients[n]->size(),
                               checks::judge_input(s.point, n, *s.gradients[n],
                                                   options_for(*s.gradients[n], s.float32_gradients.contains(n)))),
                           .worst_at = {}};
        if (!tensor.verdict.worst.empty())
            tensor.worst_at = index_in_file(tensor.verdict.worst.front().column, s.gradient_shapes[n], s.axes[n]);
        if (tensor.verdict.outcome() == Outcome::refuted) wrong.push_back(n);
        if (tensor.verdict.outcome() == Outcome::undecided) undecided.push_back(n);
        diagnosis.tensors.push_back(std::move(tensor));
    }
    const Search search(s);
    diagnosis.findings = search.explain(wrong, undecided);
    if (diagnosis.findings.empty()) diagnosis.warnings = search.not_shown();
    return diagnosis;
}

}  // namespace gradproof::diagnosis
