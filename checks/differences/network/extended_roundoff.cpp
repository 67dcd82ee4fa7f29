// SPDX-License-Identifier: MIT
#include "differences/network/extended_roundoff.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gradproof::checks {
namespace {

struct Function {
    long double (*value)(long double);
    long double at_first;
    long double at_second;
};

// The functions that formulas are made of, with 40 digits by mpmath 1.2.1.
constexpr long double first = 0.375L;
constexpr long double second = 1.75L;
constexpr std::array<Function, 13> functions{{
    // clang-format off
    {[](long double x) { return std::exp(x); }, 1.454991414618201336053793691987518508347L, 5.754602676005730436866499704842692370923L},
    {[](long double x) { return std::expm1(x); }, 0.4549914146182013360537936919875185083468L, 4.754602676005730436866499704842692370923L},
    {[](long double x) { return std::log(x); }, -0.980829253011726236856451127452003999579L, 0.5596157879354226862708885005268265934861L},
    {[](long double x) { return std::log1p(x); }, 0.3184537311185346158102472135905995955952L, 1.011600911678479925227479335048776163671L},
    {[](long double x) { return std::sqrt(x); }, 0.6123724356957945245493210186764728479915L, 1.322875655532295295250807876819630212855L},
    {[](long double x) { return std::sinh(x); }, 0.3838510679136145687542956764205024589561L, 2.790414366277642655092891223088160677454L},
    {[](long double x) { return std::cosh(x); }, 1.071140346704586767299498015567016049391L, 2.964188309728087781773608481754531693469L},
    {[](long double x) { return std::tanh(x); }, 0.3583573983507859463193602315531580424684L, 0.9413755384972873622694208837716368322116L},
    {[](long double x) { return std::sin(x); }, 0.3662725290860475613729093517162641571764L, 0.9839859468739368987316629369679855935381L},
    {[](long double x) { return std::cos(x); }, 0.9305076219123142911494767922295555080952L, -0.1782460556494920903826769439426313589699L},
    {[](long double x) { return std::atan(x); }, 0.358770670270572220395920063926460499777L, 1.05165021254837366745986731208629982963L},
    {[](long double x) { return std::erf(x); }, 0.4041169094348222983238250859191217675304L, 0.9866716712191824437722111001286879766073L},
    {[](long double x) { return std::erfc(x); }, 0.5958830905651777016761749140808782324696L, 0.0133283287808175562277888998713120233927L},
    // clang-format on
}};

constexpr long double half_an_ulp_of_64_bits = 0x1p-64L;

bool is_good(long double value, long double expected) {
    // Two ulps, or those of 64 bits.
    const long double ulp = std::max(std::numeric_limits<long double>::epsilon(), 2 * half_an_ulp_of_64_bits);
    return std::abs(value - expected) <= 2 * ulp * std::abs(expected);
}

}  // namespace

long double extended_roundoff() {
    static const bool all_are_good = std::ranges::all_of(functions, [](const Function& function) {
        // Known only at run time, or the compiler would put in its own values.
        const volatile long double x = first;
        const volatile long double y = second;
        return is_good(function.value(x), function.at_first) && is_good(function.value(y), function.at_second);
    });
    constexpr long double of_type = std::numeric_limits<long double>::epsilon() / 2;
    constexpr long double of_double = std::numeric_limits<double>::epsilon() / 2;
    return all_are_good ? std::max(of_type, half_an_ulp_of_64_bits) : std::max(of_type, of_double);
}

}  // namespace gradproof::checks
