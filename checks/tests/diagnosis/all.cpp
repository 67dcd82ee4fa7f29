// SPDX-License-Identifier: MIT
#include "tests/diagnosis/all.hpp"

#include "tests/support/tree.hpp"

void gradproof::checks::add_all_cases() {
    using namespace gradproof::mistakes;
    add_course_cases();
    add_submission_cases();
    add_forward_pass_cases();
    add_first_wrong_step_cases();
    add_pattern_cases();
    add_fit_cases();
    add_file_cases();
    add_report_cases();
    add_power_cases();
}
