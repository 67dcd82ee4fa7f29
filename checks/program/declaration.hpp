// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/array_network_submission.hpp"
#include "diagnosis/submissions/read_submission.hpp"
#include "notes/typed/typed_formula.hpp"
#include "program/check.hpp"

namespace gradproof::program {

/// What the command line said of a file, as the reader of submissions wants it. Throws npz::Error for sizes or a
/// convention that cannot be read.
diagnosis::Declaration declaration_of(const CheckOptions& options);

/// The same of a network of layers. Throws std::invalid_argument for a layer, an activation or a loss that is not known.
diagnosis::ArrayNetworkDeclaration network_declaration_of(const CheckOptions& options);

/// Numbers for letters, "alpha=0.9". Throws npz::Error for text that is none.
notes::Settings settings_in(const std::vector<std::string>& texts);

}  // namespace gradproof::program
