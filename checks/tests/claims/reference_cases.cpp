// SPDX-License-Identifier: MIT
//
// Every formula against the reference values of its note, which come from outside: a gradient check cannot see a value
// and a derivative that are wrong alike. The formulas run with 50 digits, and once more as double.
#include <fmt/format.h>

#include <algorithm>
#include <boost/multiprecision/eigen.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/network.hpp"
#include "notes/engines/real.hpp"
#include "notes/reader/note.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

using notes::Real;

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

void check_activation(const AnyActivation& g) {
    const auto precise = g.on<Real>();
    const auto in_double = g.on<double>();
    const notes::Note note = notes::read_note(fmt::format("derivations/activations/{}.md", name_of(g)));
    const notes::Table& table = reference_table(note);
    BOOST_TEST(table.rows.size() >= 4U);
    for (const notes::Row& row : table.rows) {
        const std::string where = fmt::format("{}:{}", note.path.string(), row.line);
        if (is_elementwise(g)) {
            const std::string z = row.cells.at(0).text;
            const double z_double = std::stod(z);
            compare(where, row.cells.at(1).text, precise.value(Real(z)), in_double.value(z_double), 0);
            compare(where, row.cells.at(2).text, precise.derivative(Real(z)), in_double.derivative(z_double), 1);
        } else {
            const auto z = components(row.cells.at(0).text);
            const auto written = components(row.cells.at(1).text);
            const auto n = static_cast<Eigen::Index>(z.size());
            BOOST_REQUIRE(written.size() == z.size());
            Matrix<Real> pre(n, 1);
            Matrix<double> pre_double(n, 1);
            for (Eigen::Index k = 0; k < n; ++k) {
                pre(k, 0) = Real(z[static_cast<std::size_t>(k)]);
                pre_double(k, 0) = static_cast<double>(pre(k, 0));
            }
            const Matrix<Real> values = precise.activate(pre);
            const Matrix<double> values_double = in_double.activate(pre_double);
            for (Eigen::Index k = 0; k < n; ++k)
                compare(where, written[static_cast<std::size_t>(k)], values(k, 0), values_double(k, 0), 0);
        }
    }
}

Matrix<Real> column_of(const std::string& text) {
    const std::vector<std::string> parts = components(text);
    Matrix<Real> column(static_cast<Eigen::Index>(parts.size()), 1);
    for (std::size_t k = 0; k < parts.size(); ++k) column(static_cast<Eigen::Index>(k), 0) = Real(parts[k]);
    return column;
}

// The value and the gradient of a loss of a whole column, in which labels are terms.
void compare_columns(const std::string& where, const AnyLoss& loss, const notes::Row& row) {
    const Matrix<Real> a = column_of(row.cells.at(0).text);
    const Matrix<Real> y = column_of(row.cells.at(1).text);
    const Matrix<double> a_double = a.cast<double>();
    const Matrix<double> y_double = y.cast<double>();
    const double terms = 1 + a_double.cwiseAbs().maxCoeff() + y_double.cwiseAbs().maxCoeff();
    compare(where, row.cells.at(2).text, example_losses(loss, a, y)(0, 0),
            example_losses(loss, a_double, y_double)(0, 0), terms);
    const std::vector<std::string> written = components(row.cells.at(3).text);
    const Matrix<Real> gradient = loss_derivative(loss, a, y);
    const Matrix<double> gradient_double = loss_derivative(loss, a_double, y_double);
    BOOST_REQUIRE(static_cast<Eigen::Index>(written.size()) == gradient.rows());
    for (Eigen::Index k = 0; k < gradient.rows(); ++k)
        compare(where, written[static_cast<std::size_t>(k)], gradient(k, 0), gradient_double(k, 0),
                std::max(gradient_double.cwiseAbs().maxCoeff(), y_double.cwiseAbs().maxCoeff()));
}

void check_loss(const AnyLoss& loss) {
    const auto precise = loss.on<Real>();
    const auto in_double = loss.on<double>();
    const notes::Note note = notes::read_note(fmt::format("derivations/losses/{}.md", name_of(loss)));
    const notes::Table& table = reference_table(note);
    BOOST_TEST(table.rows.size() >= 4U);
    for (const notes::Row& row : table.rows) {
        const std::string where = fmt::format("{}:{}", note.path.string(), row.line);
        if (!is_elementwise(loss)) {
            compare_columns(where, loss, row);
            continue;
        }
        const Real a(row.cells.at(0).text);
        const Real y(row.cells.at(1).text);
        const double a_double = static_cast<double>(a);
        const double y_double = static_cast<double>(y);
        const double terms = 1 + std::abs(a_double) + std::abs(y_double);
        compare(where, row.cells.at(2).text, precise.value(a, y), in_double.value(a_double, y_double), terms);
        compare(where, row.cells.at(3).text, precise.derivative(a, y), in_double.derivative(a_double, y_double),
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
    for (const AnyActivation& g : all_activations())
        add_case(fmt::format("activations/{}/reference_values", name_of(g)), [g] { check_activation(g); });
    for (const AnyLoss& loss : all_losses())
        add_case(fmt::format("losses/{}/reference_values", name_of(loss)), [loss] { check_loss(loss); });
}

}  // namespace gradproof::checks
