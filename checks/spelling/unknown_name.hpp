// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradproof {

/// What a message says of an unknown name: "there is no activation 'sigmoyd' (did you mean 'sigmoid'?); known are ...".
std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<std::string>& known);

}  // namespace gradproof
