// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "notes/engines/claim_domain.hpp"

namespace gradproof::proof {

/// Everything a claim depends on fixed, but for at most one coordinate that runs through an interval.
struct Line {
    std::map<Coordinate, std::string> fixed;  // values in digits
    std::optional<Coordinate> running;
    double lower = 0;
    double upper = 0;
};

/// The values of all coordinates where the running one has this value, in digits.
std::map<Coordinate, std::string> point_on(const Line& line, double running);

/// The lines that a claim has to be certified on to hold on the whole box: it may depend on one coordinate in any way;
/// those in which it is affine are put at their two ends, on a simplex at its corners, and finite domains are run
/// through. Infinite intervals end at 8 and open ends are left out by 1/64. Throws NotEvaluated for other claims.
std::vector<Line> lines_of(const ClaimDomain& domain, const notes::Question& question, const notes::Instance& instance);

}  // namespace gradproof::proof
