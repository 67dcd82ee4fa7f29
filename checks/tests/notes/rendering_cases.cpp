// SPDX-License-Identifier: MIT
//
// What others make of the notes: KaTeX renders every formula, and cmark-gfm finds the same fences as our scanner.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <fstream>
#include <regex>

#include "notes/reader/links.hpp"
#include "tests/notes/families.hpp"
#include "tests/notes/in_memory.hpp"

namespace gradproof::notes {
namespace {

struct Output {
    std::string text;
    int status = -1;
};

Output output_of(const std::string& command) {
    Output output;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (!pipe) return output;
    std::array<char, 4096> buffer{};
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe))
        output.text.append(buffer.data(), count);
    output.status = ::pclose(pipe);
    return output;
}

Output render(const std::vector<const Note*>& notes) {
    const auto file = std::filesystem::temp_directory_path() / fmt::format("gradproof_formulas_{}", ::getpid());
    {
        std::ofstream records(file);
        for (const Note* note : notes) {
            for (const auto& fence : note->fences)
                records << note->path.string() << ':' << fence.line
                        << "\x1f"
                           "display\x1f"
                        << fence.text << '\x1e';
            for (const auto& formula : note->inline_math)
                records << note->path.string() << ':' << formula.where.line << "\x1finline\x1f" << formula.text
                        << '\x1e';
        }
    }
    const auto script = source_root() / "checks/tests/notes/render.js";
    auto output = output_of(fmt::format("NODE_PATH=/usr/share/nodejs node '{}' '{}'", script.string(), file.string()));
    std::filesystem::remove(file);
    return output;
}

std::vector<int> fence_lines_of_cmark(const std::filesystem::path& path) {
    static const std::regex block(R"re(<code_block sourcepos="([0-9]+):[^"]*" info="math")re");
    const auto output = output_of(fmt::format("cmark-gfm -e table --to xml --sourcepos '{}'", path.string()));
    BOOST_TEST(output.status == 0, "cmark-gfm failed, is the package installed? " << output.text.substr(0, 200));
    std::vector<int> lines;
    for (std::sregex_iterator it(output.text.begin(), output.text.end(), block), end; it != end; ++it)
        lines.push_back(std::stoi((*it)[1]));
    return lines;
}

namespace rendering_suite {
BOOST_AUTO_TEST_SUITE(notes)

BOOST_AUTO_TEST_CASE(render) {
    const auto derivations = source_root() / "derivations";
    Library library;
    std::vector<const Note*> notes;
    std::size_t formulas = 0;
    for (const auto& path : notes_below(derivations)) {
        notes.push_back(&library.read(path).note);
        formulas += notes.back()->fences.size();
    }
    BOOST_TEST(formulas > 0U);
    const auto output = gradproof::notes::render(notes);
    BOOST_TEST(output.status == 0, output.text);
    BOOST_TEST_MESSAGE(output.text);
}

BOOST_AUTO_TEST_CASE(markdown) {
    const auto derivations = source_root() / "derivations";
    std::size_t fences = 0;
    for (const auto& path : notes_below(derivations)) {
        std::vector<int> ours;
        for (const auto& fence : read_note(path).fences) ours.push_back(fence.line - 1);
        const auto theirs = fence_lines_of_cmark(path);
        BOOST_TEST((ours == theirs), path.string() << ": cmark-gfm finds other fences");
        fences += ours.size();
    }
    BOOST_TEST(fences > 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(notes_reader)
BOOST_AUTO_TEST_SUITE(rendering)

BOOST_AUTO_TEST_CASE(katex_refuses_a_broken_formula) {
    const Note note = scan_note("```math\n\\frac{1}{\n```\n", "n.md");
    const auto output = render({&note});
    BOOST_TEST(output.status != 0);
    BOOST_TEST(output.text.find("n.md:2: ") != std::string::npos, output.text);
}

BOOST_AUTO_TEST_CASE(katex_renders_what_the_reader_accepts) {
    const Note note = scan_note(
        note_with(
            {R"(\lVert W \rVert^2 = \mathrm{tr}(W^{\top} W), \qquad \det(I_K) = 1, \quad \mathrm{erf}(0) = 0)",
             R"(\begin{aligned} z &= z \\ &= \begin{cases} z & z > 0 \\ z & \text{otherwise} \end{cases} \end{aligned} \tag{x})",
             R"(\frac{d}{dz} \left[ z \right] = 1 \qquad z \in (0, 1], \; z \neq \frac{1}{2})",
             R"(\max_k u_k \ge \min(u_1, u_2) \text{ for } z > 0)"}),
        "n.md");
    const auto output = render({&note});
    BOOST_TEST(output.status == 0, output.text);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace rendering_suite

}  // namespace
}  // namespace gradproof::notes
