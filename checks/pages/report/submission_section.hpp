// SPDX-License-Identifier: MIT
//
// The page's part about somebody's gradients: the verdict on every tensor, and what went wrong, by name.
#pragma once

#include <kainjow/mustache.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace gradproof::report {

/// What the template's section "submission" is filled with, from what `gradproof check --json` writes. All names come
/// from the file and are text to the template, never markup.
kainjow::mustache::data submission_section(const nlohmann::json& diagnosis, const std::string& book);

}  // namespace gradproof::report
