// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/submissions/read_submission.hpp"
#include "program/commands/check.hpp"

namespace gradproof::cli {

/// What the command line said of a file, as the reader of submissions wants it. Throws npz::Error for sizes or a
/// convention that cannot be read.
mistakes::Declaration declaration_of(const CheckOptions& options);

}  // namespace gradproof::cli
