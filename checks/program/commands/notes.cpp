// SPDX-License-Identifier: MIT
#include "program/commands/notes.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>

#include "differences/coloured.hpp"
#include "notes/check.hpp"
#include "notes/cross_checks.hpp"
#include "notes/distance.hpp"
#include "notes/engines/engines.hpp"
#include "notes/reader/links.hpp"
#include "notes/status_table.hpp"
#include "pages/cases/case_page.hpp"
#include "pages/pictures/pictures.hpp"
#include "program/command_line.hpp"

namespace gradproof::program {
namespace {

namespace fs = std::filesystem;
using notes::Status;

struct NotesOptions {
    std::vector<fs::path> files;                        ///< all of derivations if there are none
    bool fast = false;                                  ///< with the 50-digit engine alone
    std::filesystem::path derivations = "derivations";  ///< the folder that is checked if no file is given
    std::vector<notes::NamedEngine> engines;            ///< besides the 50-digit one: exact, certified
    notes::DistanceBound distance;                      ///< how the distance of code from its formula is bounded
    bool verbose = false;                               ///< whether to list every claim with its evidence
    bool write_table = false;                           ///< whether to write what follows from notes and code anew
    Colour colour = Colour::automatic;
};

struct Line {
    std::string note;
    std::size_t claims = 0;
    std::size_t exact = 0;
    std::size_t certified = 0;
    std::size_t sampled = 0;
    std::size_t failing = 0;
    std::size_t tied = 0;
    double ulps = 0;  // the worst of the code that is tied, in double
    std::size_t prose = 0;

    Line& operator+=(const Line& other) {
        claims += other.claims;
        exact += other.exact;
        certified += other.certified;
        sampled += other.sampled;
        failing += other.failing;
        tied += other.tied;
        ulps = std::max(ulps, other.ulps);
        prose += other.prose;
        return *this;
    }
};

// The folder "derivations" that a note lies in: only there its name says what code belongs to it.
std::optional<fs::path> derivations_of(const fs::path& note) {
    for (auto folder = fs::absolute(note).lexically_normal().parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
        if (folder.filename() == "derivations") return fs::proximate(folder);
    return std::nullopt;
}

class Run {
  public:
    explicit Run(const NotesOptions& options) : options_(options), colour_(wants_colour(options.colour)) {}

    void read(const fs::path& path) {
        try {
            documents_.push_back(&library_.read(path));
            paths_.push_back(path);
        } catch (const notes::NoteError& error) {
            fmt::print("{}\n\n", error.what());
            status_ = bad_input;
        }
    }

    void check() {
        reports_ = notes::check(documents_, library_.symbols(), options_.engines);
        for (std::size_t n = 0; n < reports_.size(); ++n) show(paths_[n], reports_[n]);
    }

    int finish() const {
        std::size_t width = 5;
        for (const auto& line : lines_) width = std::max(width, line.note.size());
        fmt::print("{:<{}}  {:>6} {:>6} {:>9} {:>7} {:>7} {:>5} {:>8} {:>5}\n", "note", width, "claims", "exact",
                   "certified", "sampled", "failing", "tied", "ulps", "prose");
        Line total{.note = "total"};
        const auto print = [&](const Line& line) {
            auto failing = fmt::format("{:>7}", line.failing);
            if (line.failing > 0) failing = coloured(checks::Outcome::refuted, failing, colour_);
            const auto ulps = line.tied > 0 ? fmt::format("{:.3g}", line.ulps) : "";
            fmt::print("{:<{}}  {:>6} {:>6} {:>9} {:>7} {} {:>5} {:>8} {:>5}\n", line.note, width, line.claims,
                       line.exact, line.certified, line.sampled, failing, line.tied, ulps, line.prose);
        };
        for (const auto& line : lines_) {
            print(line);
            total += line;
        }
        if (lines_.size() > 1) print(total);
        for (const auto& line : prose_) fmt::print("{}\n", line);
        if (total.tied > 0)
            fmt::print(
                "ulps: how far the tied code is off in double at worst, in units of the last place; many where terms "
                "cancel,\nand of no function more than its own roundings explain\n");
        if (options_.engines.empty())
            fmt::print("exact and certified: not built, every claim is sampled with 50 digits\n");
        return status_;
    }

    void write_table(const fs::path& folder) const {
        const auto readme = folder / "README.md";
        std::string text;
        {
            std::ifstream file(readme, std::ios::binary);
            text.assign(std::istreambuf_iterator<char>(file), {});
        }
        const auto replaced = notes::with_table(text, notes::status_table(reports_, folder));
        if (replaced == text) return;
        std::ofstream file(readme, std::ios::binary);
        if (!(file << replaced).flush()) throw std::runtime_error("cannot write " + readme.string());
        fmt::print("wrote the table of {}\n", readme.string());
    }

  private:
    const NotesOptions& options_;
    bool colour_;
    notes::Library library_;
    std::vector<const notes::Document*> documents_;
    std::vector<fs::path> paths_;  // as they were named
    std::vector<Line> lines_;
    std::vector<notes::NoteReport> reports_;
    std::vector<std::string> prose_;
    int status_ = all_confirmed;

    void fail() {
        if (status_ == all_confirmed) status_ = something_refuted;
    }

    void show(const fs::path& path, const notes::NoteReport& report) {
        const notes::Document& document = *report.document;
        for (const auto& error : document.errors) {
            fmt::print("{}\n\n", error.what());
            status_ = bad_input;
        }
        Line line;
        line.note = path.generic_string();
        line.exact = report.count(Status::exact);
        line.certified = report.count(Status::certified);
        line.sampled = report.count(Status::sampled);
        line.claims = report.results.size();
        line.prose = document.not_checked;
        for (const auto& result : report.results) {
            if (result.green()) {
                if (options_.verbose) fmt::print("{}\n", notes::evidence_of(document, result));
                continue;
            }
            ++line.failing;
            fmt::print("{}\n", notes::failure_of(document, result));
            fail();
        }
        cross_check(path, line);
        for (const auto& fence : document.note.fences)
            if (fence.not_checked)
                prose_.push_back(
                    fmt::format("{}:{}: prose: {}", path.generic_string(), fence.line, *fence.not_checked));
        lines_.push_back(std::move(line));
    }

    void cross_check(const fs::path& path, Line& line) {
        const auto derivations = derivations_of(path);
        if (!derivations) return;
        const auto name = fs::proximate(path, *derivations).replace_extension().generic_string();
        for (const auto& one : notes::compare_with_code(library_, *derivations, name, options_.distance)) {
            if (one.note != name) continue;
            if (one.holds) {
                ++line.tied;
                line.ulps = std::max(line.ulps, one.worst_ulps);
            } else {
                fmt::print("{}\n\n", one.message);
                fail();
            }
        }
    }
};

int run_notes(const NotesOptions& options) {
    std::vector<fs::path> paths = options.files;
    if (options.write_table && !paths.empty()) {
        fmt::print(stderr, "gradproof: the table is of all notes: name none to write it\n");
        return bad_input;
    }
    if (paths.empty()) {
        if (!fs::is_directory(options.derivations)) {
            fmt::print(stderr, "gradproof: there is no folder {} here: name the notes to check\n",
                       options.derivations.string());
            return bad_input;
        }
        paths = notes::notes_below(options.derivations);
    }
    // First, since the page is a note too.
    if (options.write_table) {
        for (const auto& path : cases::write_case_files(options.derivations)) fmt::print("wrote {}\n", path.string());
        for (const auto& path : write_files(pictures::picture_files(options.derivations), options.derivations))
            fmt::print("wrote {}\n", path.string());
    }
    Run run(options);
    for (const auto& path : paths) run.read(path);
    run.check();
    // Which claims are proved, only the engines know.
    if (options.write_table && !options.engines.empty()) run.write_table(options.derivations);
    return run.finish();
}

}  // namespace

void add_notes(CLI::App& app, int& status) {
    const auto options = std::make_shared<NotesOptions>();
    auto* command = app.add_subcommand("notes", "verify every formula of the notes");
    command->footer(
        "The table counts the claims of each note by how they were decided: exact, proved by algebra; certified,\n"
        "proved with enclosures of real numbers; sampled, tried at points with 50 digits. Tied is what was compared\n"
        "with the code, prose what no engine reads, each with its reason.\n\n" +
        app.get_footer());
    command->add_option("files", options->files, "the notes to read; all of derivations if left out");
    command->add_flag("--fast", options->fast, "with the 50-digit engine alone, as on every save");
    command->add_flag("-v,--verbose", options->verbose, "list every claim, how it was decided and what that took");
    command->add_flag(
        "--write-table", options->write_table,
        "write anew what follows from notes and code: the table of derivations/README.md, the page of all\n"
        "activations and losses and its plots, and the pictures");
    add_colour(*command, options->colour);
    command->callback([options, &status] {
        if (!options->fast) {
            options->engines = proof::engines();
            options->distance = proof::distance_bound();
        }
        status = run_notes(*options);
    });
}

}  // namespace gradproof::program
