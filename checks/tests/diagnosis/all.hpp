// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::mistakes {

void add_course_cases();
void add_submission_cases();
void add_forward_pass_cases();
void add_first_wrong_step_cases();
void add_pattern_cases();
void add_fit_cases();
void add_file_cases();
void add_report_cases();
void add_power_cases();

}  // namespace gradproof::mistakes
