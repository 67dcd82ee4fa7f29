// SPDX-License-Identifier: MIT
#include "pages/cases/case_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>
#include <set>
#include <stdexcept>

#include "diagnosis/submissions/cost_words.hpp"
#include "notes/status_table.hpp"
#include "pages/cases/case_note.hpp"
#include "pages/cases/case_plots.hpp"
#include "pages/cases/case_words.hpp"

namespace gradproof::cases {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view page_name = "which_activation_which_loss.md";

// GitHub's anchor of a title.
std::string anchor(std::string_view title) {
    std::string text;
    for (const char c : title)
        if (c == ' ')
            text += '-';
        else if (c == '-' || c == '_' || std::isalnum(static_cast<unsigned char>(c)))
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

struct Case {
    std::string_view slug;
    CaseNote note;
};

std::string link_to(const Case& one) {
    return fmt::format("[{}](#{})", one.note.title, anchor(one.note.title));
}

// Title, plot, formula, use and what else there is to say.
std::string section(const Case& one, std::string_view folder, std::string_view plotted, const std::string& facts,
                    const std::string& elsewhere) {
    std::string text = fmt::format("### {}\n\n![{}: {}](plots/{}.svg)\n\n$`{}`$", one.note.title, one.note.title,
                                   plotted, one.slug, one.note.formula);
    for (const std::string& definition : one.note.definitions)
        text += fmt::format("{} $`{}`$", &definition == &one.note.definitions.front() ? ", with" : " and", definition);
    return text + fmt::format("\n\n{}{}\n\n{}[The note]({}/{}.md).\n\n", one.note.good_for, facts, elsewhere, folder,
                              one.slug);
}

struct Cases {
    std::vector<Case> activations;
    std::vector<Case> losses;
};

Cases read_cases(const fs::path& derivations) {
    Cases cases;
    std::set<std::string> anchors;
    const auto read = [&](std::string_view folder, std::string_view slug) {
        const fs::path path = derivations / folder / (std::string(slug) + ".md");
        Case one{slug, read_case_note(path)};
        if (!anchors.insert(anchor(one.note.title)).second)
            throw std::runtime_error(path.string() + ": another case has the same title");
        return one;
    };
    for (const AnyActivation& g : all_activations()) cases.activations.push_back(read("activations", g.facts().slug));
    for (const AnyLoss& loss : all_losses()) cases.losses.push_back(read("losses", loss.facts().slug));
    return cases;
}

std::string activations_block(const Cases& cases) {
    std::string table = "| activation | values | kinks | canonical loss |\n|---|---|---|---|\n";
    std::string sections;
    for (std::size_t k = 0; k < cases.activations.size(); ++k) {
        const AnyActivation& g = all_activations()[k];
        const ActivationFacts& facts = g.facts();
        const Case& one = cases.activations[k];
        std::vector<std::string> canonical;
        for (std::size_t n = 0; n < cases.losses.size(); ++n)
            if (is_canonical_pair(g, all_losses()[n])) canonical.push_back(link_to(cases.losses[n]));
        table += fmt::format("| {} | {} | {} | {} |\n", link_to(one), values_of(g), kinks_in_words(g),
                             canonical.empty() ? "–" : fmt::format("{}", fmt::join(canonical, ", ")));
        sections += section(
            one, "activations",
            facts.is_elementwise ? "g, g' and g''" : "the first value and its slope as the first pre-activation moves",
            parameters_in_words(facts.parameters) + slopes_at_kinks(facts.kinks), called_elsewhere(facts.slug, {}));
    }
    return table + "\n" + sections;
}

std::string losses_block(const Cases& cases) {
    std::string table = "| loss | prediction | label | kinks | canonical activation |\n|---|---|---|---|---|\n";
    std::string sections;
    for (std::size_t k = 0; k < cases.losses.size(); ++k) {
        const AnyLoss& loss = all_losses()[k];
        const LossFacts& facts = loss.facts();
        const Case& one = cases.losses[k];
        std::vector<std::string> canonical;
        for (std::size_t n = 0; n < cases.activations.size(); ++n)
            if (is_canonical_pair(all_activations()[n], loss)) canonical.push_back(link_to(cases.activations[n]));
        table +=
            fmt::format("| {} | {} | {} | {} | {} |\n", link_to(one), predictions_of(facts), labels_of(facts),
                        kinks_in_words(loss), canonical.empty() ? "–" : fmt::format("{}", fmt::join(canonical, ", ")));
        sections += section(
            one, "losses",
            facts.is_elementwise
                ? fmt::format("the loss and its derivative for the labels {}", joined(numbers(shown_labels(facts))))
                : "the loss and its slope as the first prediction moves, if the first label is 0 and if it is 1",
            parameters_in_words(facts.parameters), called_elsewhere(facts.slug, diagnosis::cost_words_of(loss)));
    }
    return table + "\n" + sections;
}

std::string trimmed_end(std::string text) {
    while (text.ends_with("\n\n")) text.pop_back();
    return text;
}

}  // namespace

std::vector<DerivedFile> case_files(const fs::path& derivations) {
    const Cases cases = read_cases(derivations);
    std::string page = text_of_file(derivations / page_name);
    page = notes::with_table(page, trimmed_end(activations_block(cases)), "activations");
    page = notes::with_table(page, trimmed_end(losses_block(cases)), "losses");
    std::vector<DerivedFile> files{{page_name, std::move(page)}};
    const auto plot = [&](const Case& one, const auto& drawn) {
        files.push_back(
            {fs::path("plots") / (std::string(one.slug) + ".svg"), svg_file(plot_of(drawn, one.note.title))});
    };
    for (std::size_t k = 0; k < cases.activations.size(); ++k) plot(cases.activations[k], all_activations()[k]);
    for (std::size_t k = 0; k < cases.losses.size(); ++k) plot(cases.losses[k], all_losses()[k]);
    return files;
}

std::vector<std::string> outdated_case_files(const fs::path& derivations) {
    return outdated_files(case_files(derivations), derivations, "plots");
}

std::vector<fs::path> write_case_files(const fs::path& derivations) {
    return write_files(case_files(derivations), derivations);
}

}  // namespace gradproof::cases
