// SPDX-License-Identifier: MIT
//
// Values and derivatives of every activation and loss over the whole range, against values from outside that
// outside_values/make.py took from their definitions: within 4 units in the last place, or within what is written down
// here, with its reason.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/any_loss.hpp"
#include "tests/families.hpp"
#include "tests/lib/outside_values/table.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

constexpr double most_ulps = 4;
const std::string folder = "checks/tests/lib/outside_values/";

// What a formula may round besides: as much as one rounding, 2^-52, of numbers of this size.
struct Allowance {
    std::string slug;
    bool of_derivative;
    std::function<double(double x, double y, double reference)> size;
    std::string reason;
};

std::vector<Allowance> allowances() {
    // With the argument 2 u of the sigmoid that gelu_tanh is made of.
    const auto twice_u = [](double z) {
        return 2 * 0.797884560802865 * (std::abs(z) + 0.044715 * std::abs(z * z * z));
    };
    const auto exponent = [](double a, double, double reference) {
        return 2 * std::abs(reference) * (std::abs(std::log(a)) + std::abs(std::log1p(-a)));
    };
    const auto power = [](double a, double, double reference) { return std::abs(reference * std::log(a)); };
    const auto subnormal = [](double z) { return std::abs(z) * std::numeric_limits<double>::min(); };
    return {
        {"gelu", false, [](double z, double, double value) { return z * z * std::abs(value); },
         "the argument z/sqrt(2) of erfc rounds, and erfc answers z^2 times as much"},
        {"gelu", true, [](double z, double, double) { return (1 + z * z) * std::exp(-z * z / 2); },
         "two terms of this size cancel near z = -0.75, and a rounding of z^2 moves them z^2 times as much"},
        {"gelu_tanh", false, [=](double z, double, double value) { return 2 * twice_u(z) * std::abs(value); },
         "the argument 2 u rounds, and the sigmoid answers 2 u times as much"},
        {"gelu_tanh", true,
         [=](double z, double, double) {
             return 2 * (1 + twice_u(z)) * Sigmoid{}.value(-twice_u(z)) * (1 + std::abs(z) * (2 + 0.3 * z * z));
         },
         "so does it here, and two terms of this size cancel near z = -0.75"},
        {"mish", false, [=](double z, double, double) { return subnormal(z); },
         "far to the left tanh(softplus z) is subnormal, with the unit 2^-1074"},
        {"mish", true,
         [=](double z, double, double) { return subnormal(z) + (1 + std::abs(z)) * std::exp(-std::abs(z)); },
         "so it is here, and two terms of this size cancel near z = -1.19"},
        {"silu", false, [=](double z, double, double) { return subnormal(z); },
         "far to the left the sigmoid is subnormal, with the unit 2^-1074"},
        {"silu", true, [=](double z, double, double) { return subnormal(z); }, "the same"},
        {"tanh", true, [](double, double, double) { return 1.0; },
         "from the value, as 1 - a: derivations/activations/tanh.md (in floating point)"},
        {"tanh_shrink", false, [](double z, double, double) { return std::abs(z); }, "z - tanh z cancels near 0"},
        {"binary_cross_entropy_with_logits", true, [](double a, double, double) { return Sigmoid{}.value(a); },
         "it is 0 where the sigmoid is the label"},
        {"focal", false, exponent, "the exponent of the power rounds"},
        {"focal", true, exponent, "the exponent of the power rounds"},
        {"kullback_leibler", false, [](double, double y, double) { return y; },
         "the quotient y / a rounds; the terms of a distribution cancel to less than this in any case"},
        {"poisson_log_input", true, [](double, double y, double) { return y; }, "it is 0 where the rate is the label"},
        {"tweedie", false, power, "the exponent of the power rounds"},
        {"tweedie", true, power, "the exponent of the power rounds"},
    };
}

struct Agreement {
    bool agrees;
    std::string text;
};

double unit_of_last_place(double number) {
    const double size = std::abs(number);
    if (size == std::numeric_limits<double>::max()) return size - std::nextafter(size, 0.0);
    return std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
}

Agreement agreement(double computed, const std::string& written, double allowed_beside) {
    const long double reference = std::strtold(written.c_str(), nullptr);
    const double nearest = std::strtod(written.c_str(), nullptr);
    if (std::isinf(nearest) || std::isinf(computed) || std::isnan(computed))
        return {computed == nearest, fmt::format("{:.17g}, outside says {}", computed, written)};
    const double error = static_cast<double>(std::abs(static_cast<long double>(computed) - reference));
    const double ulp = unit_of_last_place(nearest);
    return {error <= most_ulps * ulp + allowed_beside,
            fmt::format("{:.17g}, outside says {}: off by {:.2g} ulp, allowed are {}", computed, written, error / ulp,
                        allowed_beside > 0 ? fmt::format("{} and {:.2g}", most_ulps, allowed_beside / ulp)
                                           : fmt::format("{}", most_ulps))};
}

std::string slug_of(const std::string& name) {
    return name.substr(0, name.find('('));
}

// What is allowed beside 4 ulp, and why.
std::pair<double, std::string> allowed_beside(const OutsideRow& row, bool of_derivative) {
    static const std::vector<Allowance> all = allowances();
    const std::string& written = of_derivative ? row.derivative : row.value;
    if (row.is_column()) {
        const double largest = std::max({std::abs(row.point(3)), std::abs(row.point(4)), std::abs(row.point(5))});
        const double size = of_derivative ? 2 * std::strtod(row.value.c_str(), nullptr) * largest : 0;
        return {size * std::numeric_limits<double>::epsilon(), "what comes from above cancels against its mean"};
    }
    for (const Allowance& allowance : all)
        if (allowance.slug == slug_of(row.name) && allowance.of_derivative == of_derivative) {
            const double y = row.is_loss() ? row.point(1) : 0;
            const double size = allowance.size(row.point(0), y, std::strtod(written.c_str(), nullptr));
            return {size * std::numeric_limits<double>::epsilon(), allowance.reason};
        }
    return {0, ""};
}

void agree(const std::vector<OutsideRow>& rows) {
    for (const OutsideRow& row : rows) {
        const Computed computed = computed_at(row);
        for (const bool of_derivative : {false, true}) {
            const auto [beside, reason] = allowed_beside(row, of_derivative);
            const Agreement found = agreement(of_derivative ? computed.derivative : computed.value,
                                              of_derivative ? row.derivative : row.value, beside);
            BOOST_TEST(found.agrees,
                       fmt::format("{}{} at {}: {}{}", row.name, of_derivative ? ", derivative" : "",
                                   fmt::join(row.points, ", "), found.text, reason.empty() ? "" : ", since " + reason));
        }
    }
}

// By slug, the rows of all its parameters.
std::map<std::string, std::vector<OutsideRow>> rows_by_slug(const std::string& file) {
    std::map<std::string, std::vector<OutsideRow>> by_slug;
    for (OutsideRow& row : outside_rows(folder + file)) by_slug[slug_of(row.name)].push_back(std::move(row));
    return by_slug;
}

BOOST_AUTO_TEST_SUITE(outside_values)

// One that has no rows is compared with the reference values of its note alone.
template <class Case>
void say_if_left_out(const std::vector<Case>& cases, const std::set<std::string>& in_tables) {
    for (const Case& any : cases)
        if (!in_tables.contains(std::string(any.facts().slug)))
            BOOST_TEST_MESSAGE(name_of(any) << " is not in " << folder << ": a line of make.py puts it there");
}

BOOST_AUTO_TEST_CASE(every_table_has_many_points_of_each) {
    std::set<std::string> in_tables;
    for (const std::string file : {"activations.tsv", "columns.tsv", "losses.tsv"})
        for (const auto& [slug, rows] : rows_by_slug(file)) {
            BOOST_TEST(rows.size() >= 20U, slug);
            in_tables.insert(slug);
        }
    BOOST_TEST(in_tables.size() >= 54U);
    say_if_left_out(all_activations(), in_tables);
    say_if_left_out(all_losses(), in_tables);
}

// Each stored number once more, wrong by 5 units in its last place or by what is allowed and a little.
BOOST_AUTO_TEST_CASE(a_wrong_last_digit_is_seen, *boost::unit_test::label("negative")) {
    std::size_t seen = 0;
    for (const std::string file : {"activations.tsv", "columns.tsv", "losses.tsv"})
        for (const OutsideRow& row : outside_rows(folder + file))
            for (const bool of_derivative : {false, true}) {
                const std::string& written = of_derivative ? row.derivative : row.value;
                const double nearest = std::strtod(written.c_str(), nullptr);
                if (std::isinf(nearest)) continue;
                const double beside = allowed_beside(row, of_derivative).first;
                for (const double side : {-1.0, 1.0}) {
                    const double wrong = nearest + side * (5 * unit_of_last_place(nearest) + 1.01 * beside);
                    BOOST_TEST(!agreement(wrong, written, beside).agrees, row.name << " at " << row.points.front());
                    ++seen;
                }
            }
    BOOST_TEST(seen > 10000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_outside_value_cases() {
    for (const auto& [kind, file] : {std::pair("activations", "activations.tsv"),
                                     std::pair("activations", "columns.tsv"), std::pair("losses", "losses.tsv")})
        for (const auto& [slug, rows] : rows_by_slug(file))
            add_case(fmt::format("{}/{}/values_from_outside", kind, slug), [rows = rows] { agree(rows); });
}

}  // namespace gradproof::checks
