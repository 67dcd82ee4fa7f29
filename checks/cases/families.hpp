// SPDX-License-Identifier: MIT
//
// The families of cases in the suite, one file each; main_cases.cpp adds them all.
#pragma once

namespace gradproof::checks {

void add_claim_cases();

}  // namespace gradproof::checks
