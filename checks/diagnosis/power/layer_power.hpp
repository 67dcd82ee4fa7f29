// SPDX-License-Identifier: MIT
//
// The power of the check of one backward function: every mistake of every layer planted at several shapes and scales,
// and the rules of courses' graders on the same numbers.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/array.hpp"

namespace gradproof::diagnosis {

/// How a course looks at the derivatives that a backward function gives beside the right ones.
struct GraderRule {
    std::string_view name;
    std::string_view known_from;
    bool (*accepts)(const Arrays<double>& given, const Arrays<double>& right);
};
const std::array<GraderRule, 5>& grader_rules();

struct LayerPower {
    std::size_t points = 0;
    std::size_t points_left_out = 0;  ///< by a stop
    std::size_t right_refuted = 0;
    std::size_t right_undecided = 0;
    std::vector<std::size_t> right_refused_by_rule{};
    std::size_t wrong = 0;  ///< whose numbers differ from the right ones
    std::size_t refuted = 0;
    std::size_t undecided = 0;
    std::size_t confirmed = 0;
    std::size_t named = 0;  ///< of the refuted: the right name, alone or among others that give the same numbers
    std::vector<std::size_t> accepted_by_rule{};
    std::vector<std::string> examples{};  ///< wrong ones confirmed and right ones refuted, for whoever looks into it
};

/// At the sizes of planted_layers.hpp, each drawn `seeds` times and at three scales of the upstream derivative; of the
/// points each `every`-th. `done` is told after each point.
LayerPower measure_layer_power(int seeds, std::size_t every, const std::stop_token& stop,
                               const std::function<void()>& done);

/// How many points that are.
std::size_t count_of_layer_points(int seeds, std::size_t every);

/// Tables in Markdown.
std::string layer_power_text(const LayerPower& power);

}  // namespace gradproof::diagnosis
