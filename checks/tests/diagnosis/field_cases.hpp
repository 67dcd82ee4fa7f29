// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::diagnosis {

/// field/<file>, one for each line of field/cases.tsv.
void add_field_cases();

}  // namespace gradproof::diagnosis
