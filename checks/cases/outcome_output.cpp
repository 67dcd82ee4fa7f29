// SPDX-License-Identifier: MIT
#include "cases/outcome_output.hpp"

std::ostream& gradproof::checks::operator<<(std::ostream& out, Outcome outcome) {
    return out << name_of(outcome);
}
