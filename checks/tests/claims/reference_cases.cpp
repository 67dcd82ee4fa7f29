// SPDX-License-Identifier: MIT
//
// Every formula against the reference values of its note, which come from outside: a gradient check cannot see a value
// and a derivative that are wrong alike. The formulas run with 50 digits, and once more as double.
#include <fmt/format.h>

#include <algorithm>
#include <boost/multiprecision/mpfr.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "gradproof/checks/compiled_network.hpp"
#include "notes/reader/note.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

using Real =
    boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<50, boost::multiprecision::allocate_stack>,
                                  boost::multiprecision::et_off>;

constexpr std::size_t fewest_digits = 20;

const notes::Table& reference_table(const notes::Note& note) {
    for (const notes::Table& table : note.tables)
        if (table.heading == "Reference values") return table;
    throw std::runtime_error(note.path.string() + ": has no table under '## Reference values'");
}

std::size_t digits_in(const std::string& text) {
    const std::string mantissa = text.substr(0, text.find_first_of("eE"));
    return static_cast<std::size_t>(
        std::count_if(mantissa.begin(), mantissa.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// "(1, 2, 3)" or a single number.
std::vector<std::string> components(std::string text) {
    if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t comma = std::min(text.find(',', start), text.size());
        const auto first = text.find_first_not_of(' ', start);
        parts.push_back(text.substr(first, comma - first));
        start = comma + 1;
    }
    return parts;
}

// The value written in a note against what the formula gives; `terms` is the size of what a double formula may round.
void compare(const std::string& where, const std::string& written, const Real& computed, double as_double,
             double terms) {
    const Real reference(written);
    // The last digit written may be rounded; a short number such as 0.5 is exact.
    const Real unit = digits_in(written) >= fewest_digits ? Real(abs(reference) * Real("1e-19")) : Real(0);
    BOOST_TEST((abs(computed - reference) <= unit + Real("1e-45") * (1 + abs(reference))),
               where << ": the formula gives " << computed.str(35) << ", the note says " << written);
    const double nearest = static_cast<double>(reference);
    BOOST_TEST(std::abs(as_double - nearest) <= 16 * 0x1p-53 * std::max(std::abs(nearest), terms),
               where << ": as double " << as_double << ", the note says " << written);
}

template <class G>
void check_activation(const G& g) {
    const notes::Note note = notes::read_note(fmt::format("derivations/activations/{}.md", g.name));
    const notes::Table& table = reference_table(note);
    BOOST_TEST(table.rows.size() >= 4U);
    for (const notes::Row& row : table.rows) {
        const std::string where = fmt::format("{}:{}", note.path.string(), row.line);
        if constexpr (ElementwiseActivation<G>) {
            const std::string z = row.cells.at(0).text;
            const double z_double = std::stod(z);
            compare(where, row.cells.at(1).text, g.value(Real(z)), g.value(z_double), 0);
            compare(where, row.cells.at(2).text, g.derivative(Real(z)), g.derivative(z_double), 1);
        } else {
            const auto z = components(row.cells.at(0).text);
            const auto written = components(row.cells.at(1).text);
            const auto n = static_cast<Eigen::Index>(z.size());
            BOOST_REQUIRE(written.size() == z.size());
            Vector<Real> pre(n);
            Vector<double> pre_double(n);
            for (Eigen::Index k = 0; k < n; ++k) {
                pre(k) = Real(z[static_cast<std::size_t>(k)]);
                pre_double(k) = static_cast<double>(pre(k));
            }
            const Vector<Real> values = g.value(pre);
            const Vector<double> values_double = g.value(pre_double);
            for (Eigen::Index k = 0; k < n; ++k)
                compare(where, written[static_cast<std::size_t>(k)], values(k), values_double(k), 0);
        }
    }
}

template <class L>
void check_loss(const L& loss) {
    const notes::Note note = notes::read_note(fmt::format("derivations/losses/{}.md", loss.name));
    const notes::Table& table = reference_table(note);
    BOOST_TEST(table.rows.size() >= 4U);
    for (const notes::Row& row : table.rows) {
        const std::string where = fmt::format("{}:{}", note.path.string(), row.line);
        const Real a(row.cells.at(0).text);
        const Real y(row.cells.at(1).text);
        const double a_double = static_cast<double>(a);
        const double y_double = static_cast<double>(y);
        const double terms = 1 + std::abs(a_double) + std::abs(y_double);
        compare(where, row.cells.at(2).text, loss.value(a, y), loss.value(a_double, y_double), terms);
        compare(where, row.cells.at(3).text, loss.derivative(a, y), loss.derivative(a_double, y_double),
                terms / a_double);
    }
}

BOOST_AUTO_TEST_SUITE(reference_values)

// A wrong digit in the table must be seen.
BOOST_AUTO_TEST_CASE(a_wrong_digit_is_seen, *boost::unit_test::label("negative")) {
    const Real computed = Sigmoid{}.value(Real(1));
    const std::string right = computed.str(25);
    std::string wrong = right;
    wrong[12] = wrong[12] == '5' ? '6' : '5';
    BOOST_TEST((abs(computed - Real(wrong)) > abs(computed) * Real("1e-19")));
    BOOST_TEST((abs(computed - Real(right)) <= abs(computed) * Real("1e-19")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_reference_cases() {
    std::apply(
        [](const auto&... g) {
            (add_case(fmt::format("activations/{}/reference_values", g.name), [g] { check_activation(g); }), ...);
        },
        Activations{});
    std::apply(
        [](const auto&... loss) {
            (add_case(fmt::format("losses/{}/reference_values", loss.name), [loss] { check_loss(loss); }), ...);
        },
        Losses{});
}

}  // namespace gradproof::checks
