// SPDX-License-Identifier: MIT
//
// Numbers as JSON, which has none that are not finite.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

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

}  // namespace gradproof::checks
