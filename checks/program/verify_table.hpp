// SPDX-License-Identifier: MIT
//
// What verify prints.
#pragma once

#include <string>

#include "program/verification.hpp"

namespace gradproof::cli {

/// The digits of every pairing, and each claim that is not as it must be.
void print_claims(const Verification& verification, bool colour);

/// The network trained on the data of `file`; nothing if there was none.
void print_data(const Verification& verification, const checks::LabelledData& data, const std::string& file,
                bool colour);

/// The verdict on the whole, a line.
void print_verdict(const Verification& verification, double seconds, bool colour);

}  // namespace gradproof::cli
