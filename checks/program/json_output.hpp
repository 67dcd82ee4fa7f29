// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::program {

/// {"name", "verdict", "digits", "worst": {"index", "yours", "numerical", "error_bar"}} and the counts; at a kink
/// "worst" has the "interval" of the one-sided derivatives too.
nlohmann::json json_of_tensor(const checks::TensorVerdict& tensor);

}  // namespace gradproof::program
