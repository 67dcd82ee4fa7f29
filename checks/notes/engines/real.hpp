// SPDX-License-Identifier: MIT
//
// The number of the 50-digit engine. Heavy: include it in as few .cpp files as possible.
#pragma once

#include <boost/multiprecision/mpfr.hpp>
#include <string>
#include <string_view>

namespace gradproof::notes {

/// 50 decimal digits. Without expression templates, so that it is an ordinary number to generic code.
using Real =
    boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<50, boost::multiprecision::allocate_stack>,
                                  boost::multiprecision::et_off>;

/// Digits with sign, point and perhaps an exponent ("-0.25", "5e-5") as a number.
inline Real real_of(std::string_view digits) {
    return Real(std::string(digits));
}

}  // namespace gradproof::notes
