// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/plants.hpp"

#include <limits>

namespace gradproof::checks {
namespace {

double wrong(double right, Plant plant) {
    switch (plant) {
        case Plant::off_by_a_thousandth:
            return right * (1 + 1e-3);
        case Plant::off_by_a_millionth:
            return right * (1 + 1e-6);
        case Plant::turned_sign:
            return -right;
        case Plant::zero:
            return 0;
    }
    return right;
}

}  // namespace

std::string_view name_of(Plant plant) {
    switch (plant) {
        case Plant::off_by_a_thousandth:
            return "off by 1e-3";
        case Plant::off_by_a_millionth:
            return "off by 1e-6";
        case Plant::turned_sign:
            return "turned sign";
        case Plant::zero:
            return "zero";
    }
    return "";
}

Planted planted(const Eigen::MatrixXd& right, Plant plant) {
    Planted result{right};
    for (double& entry : result.jacobian.reshaped()) {
        const double value = wrong(entry, plant);
        if (value == entry) {
            entry = std::numeric_limits<double>::quiet_NaN();
        } else {
            entry = value;
            ++result.count;
        }
    }
    return result;
}

}  // namespace gradproof::checks
