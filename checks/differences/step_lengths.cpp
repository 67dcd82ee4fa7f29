// SPDX-License-Identifier: MIT
#include "differences/step_lengths.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "differences/step_sequence.hpp"

namespace gradproof::checks {
namespace {

// Lengths of sequences, as exponents of 2, in units of |x|. Over the first one rounding takes 1e-10 of a function that
// changes by its own size while x changes by its own, and one that turns four hundred times faster is still smooth. A
// small x more often stands in a function that changes over more than x: weights, corrections.
constexpr int first_exponent = -9;
constexpr int first_exponent_of_small = -6;
constexpr double small_unit = 0x1p-6;
// Longer ones where rounding hides an entry that is small beside the function.
constexpr std::array longer_exponents{-7, -5, -3, -1};
// Shorter ones follow so far apart down to the last, and then at half of that.
constexpr int exponents_apart = 6;
constexpr int last_exponent_apart = -39;
// Below this x counts as 0, and its unit is 1.
constexpr double smallest_unit = 0x1p-30;

}  // namespace

double unit_of(double x) {
    return std::abs(x) >= smallest_unit ? std::abs(x) : 1.0;
}

double first_length(double x) {
    return std::ldexp(unit_of(x), unit_of(x) < small_unit ? first_exponent_of_small : first_exponent);
}

// A small x may stand in a function that changes over 1.
std::vector<double> longer_lengths(double x) {
    std::vector<double> lengths;
    const auto add_in = [&](double unit) {
        for (const int exponent : longer_exponents)
            if (const double length = std::ldexp(unit, exponent);
                length > 1.5 * (lengths.empty() ? first_length(x) : lengths.back()))
                lengths.push_back(length);
    };
    add_in(unit_of(x));
    if (unit_of(x) < small_unit) add_in(1);
    return lengths;
}

std::vector<double> all_lengths(double x) {
    const double unit = unit_of(x);
    const double size = std::abs(x);
    const double shortest = x == 0 ? 0 : shortest_sequence(x);
    std::vector<double> lengths = longer_lengths(x);
    std::ranges::reverse(lengths);
    const auto add = [&lengths, shortest](double length) {
        if (length > shortest && length <= lengths.back() / 4) lengths.push_back(length);
    };
    for (double length = first_length(x); length >= std::ldexp(unit, last_exponent_apart);
         length = std::ldexp(length, -exponents_apart))
        add(length);
    if (x == 0) {
        for (const int exponent : {-60, -100, -200, -400, -800}) add(std::ldexp(1.0, exponent));
        return lengths;
    }
    if (unit != size)
        for (int exponent = longer_exponents.front(); exponent >= last_exponent_apart; exponent -= exponents_apart)
            add(std::ldexp(size, exponent));
    for (int exponent = last_exponent_apart - exponents_apart / 2; exponent > -53; exponent -= exponents_apart / 2)
        add(std::ldexp(size, exponent));
    lengths.push_back(shortest);
    return lengths;
}

}  // namespace gradproof::checks
