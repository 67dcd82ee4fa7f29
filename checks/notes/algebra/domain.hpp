// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// The values that a symbol stands for.
enum class Domain { real, positive, unit_interval };

}  // namespace gradproof::proof
