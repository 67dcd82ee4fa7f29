// SPDX-License-Identifier: MIT
//
// A double with a running bound of its error, to first order; and arrays of them.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace gradproof::notes::second {

struct Number {
    double value = 0;
    double error = 0;
};

/// Row by row. A number is 1 × 1, a column n × 1.
struct Array {
    std::size_t rows = 1;
    std::size_t columns = 1;
    std::vector<Number> entries;
    bool is_number() const { return entries.size() == 1; }
};

/// A result whose operands contribute `error`, itself off by two units of the last place at most: more than the
/// functions of libm are.
inline Number rounded(double value, double error) {
    return {value, error + 2 * std::numeric_limits<double>::epsilon() * std::abs(value)};
}

// Sums and products of small whole numbers are exact, and conditions at the ends of intervals depend on that.
inline Number plus(Number a, Number b) {
    const double sum = a.value + b.value;
    const bool exact = sum - a.value == b.value && sum - b.value == a.value;
    return exact ? Number{sum, a.error + b.error} : rounded(sum, a.error + b.error);
}
inline Number minus(Number a) {
    return {-a.value, a.error};
}
inline Number times(Number a, Number b) {
    const double product = a.value * b.value;
    const double error = std::abs(a.value) * b.error + std::abs(b.value) * a.error + a.error * b.error;
    return std::fma(a.value, b.value, -product) == 0 ? Number{product, error} : rounded(product, error);
}
inline Number over(Number a, Number b) {
    const double quotient = a.value / b.value;
    const double error = (a.error + std::abs(quotient) * b.error) / std::abs(b.value);
    return std::fma(quotient, b.value, -a.value) == 0 ? Number{quotient, error} : rounded(quotient, error);
}
/// f(a), where f has this slope at a.
inline Number mapped(double value, double slope, Number a) {
    return rounded(value, std::abs(slope) * a.error);
}

}  // namespace gradproof::notes::second
