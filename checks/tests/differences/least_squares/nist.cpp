// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/nist.hpp"

#include <cmath>

namespace gradproof::checks {

std::vector<NamedProblem> nist_problems() {
    std::vector<NamedProblem> problems;
    for (const auto& some :
         {nist_exponential_problems(), nist_peak_problems(), nist_rational_problems(), nist_miscellaneous_problems()})
        problems.insert(problems.end(), some.begin(), some.end());
    return problems;
}

std::vector<Point> nist_points(const NistData& data) {
    // Eleven digits, d.dddddddddd: the tenth behind the point.
    const double sum = data.residual_sum_of_squares;
    const double last_place = std::pow(10.0, std::floor(std::log10(sum)) - 10);
    return {{"start 1", data.start_1},
            {"start 2", data.start_2},
            {"the certified solution", data.certified, Minimum{sum, last_place, 0.5e-10}}};
}

}  // namespace gradproof::checks
