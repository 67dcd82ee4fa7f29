// SPDX-License-Identifier: MIT
#include "pages/cases/svg.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "pages/report/plot.hpp"

namespace gradproof::cases {
namespace {

constexpr double letters = 13;
constexpr double least_letters = 12;  // as they are seen, in pixels

// The colours of the report and of the book. A picture brings its own paper, since a page may be dark while the system
// is light.
constexpr std::string_view style =
    "svg{--p:#fdfdfb;--i:#1d2126;--q:#5a626d;--r:#dcdfe4;--c0:#0b57a4;--c1:#b4500a;--c2:#7a1fa2;--n0:#dbe8f6;--n1:#"
    "f8e3d2;"
    "--n2:#f0e2f6}"
    "@media(prefers-color-scheme:dark){svg{--p:#14171b;--i:#e4e6e9;--q:#a3abb6;--r:#343a42;--c0:#86bdf5;--c1:#ffab6b;"
    "--c2:#d7a3f2;--n0:#1d3350;--n1:#4a2e18;--n2:#3c2547}}"
    "rect{fill:var(--p)}path{fill:none;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}"
    ".g{stroke:var(--r);stroke-width:1}.z{stroke:var(--q);stroke-width:1}.t{fill:var(--q)}text{fill:var(--i)}"
    ".c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.d1{stroke-dasharray:8 5}.d2{stroke-dasharray:.1 5}"
    ".m0{fill:var(--c0)}.m1{fill:var(--c1)}.m2{fill:var(--c2)}.n0{fill:var(--n0)}.n1{fill:var(--n1)}.n2{fill:var(--n2)}"
    ".box{fill:var(--r)}.bar{stroke-width:1.6}.ring{fill:none;stroke:var(--i);stroke-width:1.6}";

// Where the picture is drawn so narrow that its letters would be too small, they are larger.
std::string growing_letters(double width) {
    std::string rules;
    double before = letters;
    for (const double size : {15.0, 17.5, 21.0}) {
        rules += fmt::format("@media(max-width:{:.0f}px){{svg{{font-size:{:g}px}}}}",
                             std::floor(width * least_letters / before), size);
        before = size;
    }
    return rules;
}

}  // namespace

std::string beginning_of_svg(std::string_view title, double width, double height) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
        "font-family=\"system-ui,Segoe UI,Helvetica,Arial,sans-serif\">\n<title>{2}</title>\n"
        "<style>svg{{font-size:{3}px}}{4}{5}</style>\n<rect width=\"{0}\" height=\"{1}\" rx=\"6\"/>\n",
        width, height, report::escaped(std::string(title)), letters, growing_letters(width), style);
}

}  // namespace gradproof::cases
