// SPDX-License-Identifier: MIT
//
// Test cases by path. One that stands alone is a BOOST_AUTO_TEST_CASE in its suites; a sweep adds its cases with
// add_case. Of either ctest shows the path, whose first part is a label, and one that asserts nothing fails.
//
// Boost.Test names what it registers by line. Where several files are in one suite, each has a namespace around it, or
// two that open the suite on the same line would clash in a unity build.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::checks {

/// Adds one test case at `path`, for example "activations/tanh/complex_step": the part behind the last '/' is the
/// case, the parts before it the suites, which BOOST_AUTO_TEST_SUITE may have made already and are made when they are
/// missing. `labels` become ctest labels. One that is not asked for is not added.
/// Throws std::invalid_argument when the path is empty, has an empty part, or is already taken.
void add_case(std::string_view path, std::function<void()> body, const std::vector<std::string>& labels = {});

/// Whether the cases at or below `path` are among those that this program was started for, as --run_test=PATH has it.
/// ctest starts it once for each case: a sweep that has to compute what its cases are need do so only where this is
/// true.
bool is_asked_for(std::string_view path);

/// To be defined by a test program with sweeps: adds the cases that are known only when it starts.
void add_all_cases();

}  // namespace gradproof::checks
