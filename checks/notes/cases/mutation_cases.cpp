// SPDX-License-Identifier: MIT
#include "notes/cases/families.hpp"
namespace gradproof::notes {
void add_mutation_cases() {}
void add_rendering_cases() {}
void add_robustness_cases() {}
}  // namespace gradproof::notes
