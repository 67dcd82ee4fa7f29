// SPDX-License-Identifier: MIT
//
// What JSON has no words for: numbers that are not finite, and names that are not UTF-8.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

namespace gradproof::checks {

/// A number, or the string "nan", "inf" or "-inf": for a reader whom null would not tell what came out.
inline nlohmann::json number_or_name(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return value;
}

/// A number, or null: for a plot, which leaves a gap there.
inline nlohmann::json number_or_null(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

/// A document as indented text. Names may come from a file and need not be UTF-8; what is not is replaced.
template <class Json>
std::string json_text(const Json& document) {
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gradproof::checks
