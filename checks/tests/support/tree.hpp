// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::checks {

/// Adds one test case at `path`, for example "activations/tanh/complex_step": the part behind the last '/' is the
/// case, the parts before it the suites, made when they are missing. ctest shows the case under this very path;
/// `labels` become ctest labels, and the first part of the path is always one.
/// Throws std::invalid_argument when the path is empty, has an empty part, or is already taken.
void add_case(std::string_view path, std::function<void()> body, const std::vector<std::string>& labels = {});

/// How many cases were added so far: every sweep asserts that it added some.
std::size_t count_of_cases();

/// To be defined by each test program: adds all its cases.
void add_all_cases();

}  // namespace gradproof::checks
