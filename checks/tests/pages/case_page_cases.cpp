// SPDX-License-Identifier: MIT
//
// The page of all activations and losses: it is as the code and the notes have it, each case is on it, a doctored page
// or plot is noticed, and the guide's table names pairs that go together.
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "diagnosis/submissions/cost_words.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/losses/hinge.hpp"
#include "gradproof/losses/huber.hpp"
#include "notes/reader/note.hpp"
#include "pages/cases/case_page.hpp"
#include "pages/cases/case_plots.hpp"
#include "spelling/framework_names.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::cases {
namespace {

namespace fs = std::filesystem;

const fs::path derivations = fs::path(GRADPROOF_SOURCE_DIR) / "derivations";
const fs::path page = "which_activation_which_loss.md";

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A copy of the notes that may be spoilt, up to date at first.
class Copy {
  public:
    explicit Copy(const std::string& name)
        : folder_(fs::temp_directory_path() / ("gradproof_" + name + std::to_string(::getpid()))) {
        fs::copy(derivations, folder_, fs::copy_options::recursive);
        write_case_files(folder_);
    }
    ~Copy() { fs::remove_all(folder_); }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    const fs::path& folder() const { return folder_; }
    void replace(const fs::path& file, const std::string& old, const std::string& other) const {
        std::string text = text_of(folder_ / file);
        const auto at = text.find(old);
        BOOST_REQUIRE(at != std::string::npos);
        std::ofstream(folder_ / file, std::ios::binary) << text.replace(at, old.size(), other);
    }

  private:
    fs::path folder_;
};

bool has(const std::vector<std::string>& messages, const std::string& part) {
    return std::ranges::any_of(messages, [&](const auto& one) { return one.find(part) != std::string::npos; });
}

// The target of the first link of a cell: "#squared-error".
std::string anchor_in(const std::string& cell) {
    static const std::regex link(R"re(\]\((#[^)]*)\))re");
    std::smatch match;
    return std::regex_search(cell, match, link) ? match[1].str() : "";
}

template <class Any>
const Any* case_at(const std::string& anchor, const std::vector<Any>& all, const fs::path& folder) {
    for (const Any& one : all) {
        const auto note = notes::read_note(derivations / folder / (std::string(one.facts().slug) + ".md"));
        std::string title = "#" + note.headings.front().text;
        std::ranges::transform(title, title.begin(),
                               [](unsigned char c) { return c == ' ' ? '-' : static_cast<char>(std::tolower(c)); });
        if (title == anchor) return &one;
    }
    return nullptr;
}

// What is wrong with the table of outputs and losses.
std::vector<std::string> mistakes_of_guide(const std::string& text) {
    const notes::Note note = notes::scan_note(text, page);
    const auto table = std::ranges::find(note.tables, "At the output", &notes::Table::heading);
    if (table == note.tables.end() || table->rows.size() < 5) return {"there is no table"};
    std::vector<std::string> mistakes;
    for (const notes::Row& row : table->rows) {
        const AnyActivation* g = case_at(anchor_in(row.cells.at(1).text), all_activations(), "activations");
        const AnyLoss* loss = case_at(anchor_in(row.cells.at(2).text), all_losses(), "losses");
        const std::string where = "line " + std::to_string(row.line) + ": ";
        if (!g || !loss)
            mistakes.push_back(where + "names no case of the library");
        else if (!are_compatible(*g, *loss))
            mistakes.push_back(where + name_of(*loss) + " does not accept the values of " + name_of(*g));
        else if (row.cells.at(3).text != (is_canonical_pair(*g, *loss) ? "yes" : "no"))
            mistakes.push_back(where + "whether the pair is canonical");
    }
    return mistakes;
}

// Of the library itself: that one is meant then.
bool is_name_of_another(const FrameworkName& name, const auto& all) {
    return std::ranges::any_of(all, [&](const auto& one) {
        return one.facts().slug != name.slug && plain_word(one.facts().slug) == plain_word(name.name);
    });
}

BOOST_AUTO_TEST_SUITE(pages)
BOOST_AUTO_TEST_SUITE(which_activation_which_loss)

BOOST_AUTO_TEST_CASE(page_and_plots_are_up_to_date) {
    const auto messages = outdated_case_files(derivations);
    for (const auto& message : messages) BOOST_ERROR(message);
    BOOST_TEST(messages.empty());
}

BOOST_AUTO_TEST_CASE(each_case_has_its_row_its_section_and_its_plot) {
    const std::string text = text_of(derivations / page);
    const auto check = [&](std::string_view folder, std::string_view slug) {
        const std::string name(slug);
        const std::string note = std::string(folder) + "/" + name + ".md";
        const std::string title = notes::read_note(derivations / note).headings.front().text;
        BOOST_TEST(text.find("\n| [" + title + "](#") != std::string::npos, name << " has no row");
        BOOST_TEST(text.find("\n### " + title + "\n") != std::string::npos, name << " has no section");
        BOOST_TEST(text.find("](plots/" + name + ".svg)") != std::string::npos, name << " has no plot");
        BOOST_TEST(text.find("[The note](" + note + ")") != std::string::npos, name << " has no link to its note");
        const std::size_t size = text_of(derivations / "plots" / (name + ".svg")).size();
        BOOST_TEST((0 < size && size < 8000), name << " has a plot of " << size << " bytes");
    };
    for (const AnyActivation& g : all_activations()) check("activations", g.facts().slug);
    for (const AnyLoss& loss : all_losses()) check("losses", loss.facts().slug);
}

BOOST_AUTO_TEST_CASE(what_is_doctored_is_noticed) {
    const Copy copy("doctored");
    BOOST_TEST(outdated_case_files(copy.folder()).empty());
    copy.replace(page, "| [ReLU](#relu) | from 0 up | 0 |", "| [ReLU](#relu) | from 0 up | – |");
    BOOST_TEST(has(outdated_case_files(copy.folder()), "which_activation_which_loss.md is not up to date"));
    copy.replace("plots/tanh.svg", " d=\"M", " d=\"M1 1 ");
    fs::remove(copy.folder() / "plots/hinge.svg");
    std::ofstream(copy.folder() / "plots/heaviside.svg") << "<svg/>";
    const auto messages = outdated_case_files(copy.folder());
    BOOST_TEST(messages.size() == 4U);
    BOOST_TEST(has(messages, "plots/tanh.svg is not up to date"));
    BOOST_TEST(has(messages, "plots/hinge.svg is not up to date"));
    BOOST_TEST(has(messages, "plots/heaviside.svg is made by nothing"));
    BOOST_TEST(write_case_files(copy.folder()).size() == 3U);
    BOOST_TEST(outdated_case_files(copy.folder()).size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_the_note_says_is_on_the_page) {
    const Copy copy("changed_note");
    copy.replace("activations/cube.md", "z^3 \\tag{value}", "z^5 \\tag{value}");
    BOOST_TEST(outdated_case_files(copy.folder()).size() == 1U);
    copy.replace("activations/cube.md", "Good for ", "Bad for ");
    BOOST_CHECK_EXCEPTION(case_files(copy.folder()), std::runtime_error, [](const std::runtime_error& error) {
        return has({error.what()}, "cube.md: a paragraph that starts with \"Good for\"");
    });
}

BOOST_AUTO_TEST_CASE(guide_names_pairs_that_go_together) {
    const std::string text = text_of(derivations / page);
    const auto mistakes = mistakes_of_guide(text);
    for (const auto& mistake : mistakes) BOOST_ERROR(mistake);
    BOOST_TEST(mistakes.empty());

    const auto with = [&](const std::string& old, const std::string& other) {
        std::string doctored = text;
        const auto at = doctored.find(old);
        BOOST_REQUIRE(at != std::string::npos);
        return mistakes_of_guide(doctored.replace(at, old.size(), other));
    };
    BOOST_TEST(has(with("| [Sigmoid](#sigmoid) | [Binary cross-entropy]", "| [ReLU](#relu) | [Binary cross-entropy]"),
                   "binary_cross_entropy does not accept the values of relu"));
    BOOST_TEST(has(with("[Huber loss](#huber-loss) | no |", "[Huber loss](#huber-loss) | yes |"), "canonical"));
    BOOST_TEST(has(with("(#tweedie-loss)", "(#tweedie)"), "names no case"));
}

// An output that the loss is meant for, or one that it accepts.
AnyActivation output_for(const AnyLoss& loss) {
    if (!loss.facts().canonical.empty()) return loss.facts().canonical.front();
    const AnyActivation identity = activation_named("identity");
    if (are_compatible(identity, loss)) return identity;
    return *std::ranges::find_if(all_activations(), [&](const AnyActivation& g) { return are_compatible(g, loss); });
}

// What check takes for a loss must be the loss on whose row the name stands.
BOOST_AUTO_TEST_CASE(names_of_frameworks_are_understood) {
    for (const AnyActivation& g : all_activations())
        for (const FrameworkName& one : framework_names(g.facts().slug))
            if (one.name.find('(') == std::string_view::npos && !is_name_of_another(one, all_activations()))
                BOOST_TEST(activation_named(one.name).facts().slug == g.facts().slug);
    std::size_t looked_at = 0;
    for (const AnyLoss& loss : all_losses())
        for (const FrameworkName& one : framework_names(loss.facts().slug)) {
            if (one.name.find('(') != std::string_view::npos || is_name_of_another(one, all_losses())) continue;
            const AnyActivation output = output_for(loss);
            const auto cost = diagnosis::cost_named(one.name, output);
            BOOST_TEST(cost.loss.facts().slug == loss.facts().slug, one.name << " is read as " << name_of(cost.loss));
            BOOST_TEST(cost.factors.back().number == one.factor, one.name);
            // A mean over the classes would be another cost.
            if (loss.facts().labels == Labels::distribution) BOOST_TEST(cost.factors.size() == 1U, one.name);
            ++looked_at;
        }
    BOOST_TEST(looked_at > 15U);
    // With the activation outside.
    BOOST_TEST(name_of(diagnosis::cost_named("BCEWithLogitsLoss", activation_named("sigmoid")).loss) ==
               "binary_cross_entropy");
    BOOST_TEST(name_of(diagnosis::cost_named("PoissonNLLLoss", activation_named("exp")).loss) ==
               "poisson_negative_log_likelihood");
}

double y_at(const Curve& curve, double x) {
    for (const auto& piece : curve.pieces)
        for (const Point& point : piece)
            if (std::abs(point.x - x) < 1e-6) return point.y;
    return std::nan("");
}

BOOST_AUTO_TEST_CASE(plot_shows_the_functions_of_the_library) {
    const CurvePlot relu = plot_of(Relu{}, "ReLU");
    BOOST_REQUIRE(relu.curves.size() == 3U);
    BOOST_TEST(y_at(relu.curves[0], 2) == 2);
    BOOST_TEST(y_at(relu.curves[1], 2) == 1);
    BOOST_TEST(y_at(relu.curves[1], -2) == 0);
    BOOST_TEST(y_at(relu.curves[2], 2) == 0);
    // The slope jumps at 0: nothing joins 0 and 1 there.
    BOOST_TEST(relu.curves[1].pieces.size() == 2U);
    BOOST_TEST(relu.marks.size() == 2U);

    const CurvePlot softmax = plot_of(Softmax{}, "Softmax");
    BOOST_TEST(std::abs(y_at(softmax.curves[0], 0) - 1.0 / 3) < 1e-15);
    BOOST_TEST(std::abs(y_at(softmax.curves[1], 0) - 2.0 / 9) < 1e-15);

    const CurvePlot hinge = plot_of(Hinge{}, "Hinge");
    BOOST_TEST(hinge.curves.size() == 4U);
    BOOST_TEST(y_at(hinge.curves[0], -2) == 0);  // the label -1
    BOOST_TEST(y_at(hinge.curves[2], -2) == 3);  // the label 1
    BOOST_TEST(hinge.marks.size() == 4U);
    BOOST_TEST(plot_of(Huber{}, "Huber").marks.empty());
}

BOOST_AUTO_TEST_CASE(drawing_keeps_bends_and_leaves_out_what_is_not_finite) {
    CurvePlot plot{.title = "a < b", .x_label = "z", .curves = {}, .marks = {}, .ring_name = ""};
    plot.curves = {{"f", 0, 0, {{{-4, 0}, {-2, 0}, {0, 0}, {2, 2}, {4, 4}}}}};
    const std::string straight = svg_file(plot);
    BOOST_TEST(straight.find("<title>a &lt; b</title>") != std::string::npos);
    static const std::regex corner(R"re(class="c0 d0" d="M[0-9.]+ [0-9.]+ [0-9.]+ [0-9.]+ [0-9.]+ [0-9.]+"/>)re");
    BOOST_TEST(std::regex_search(straight, corner), straight);
    plot.curves[0].pieces[0][1].y = std::nan("");
    const std::string broken = svg_file(plot);
    BOOST_TEST(broken.find("nan") == std::string::npos);
    BOOST_TEST(broken != straight);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::cases
