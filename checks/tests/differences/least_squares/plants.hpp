// SPDX-License-Identifier: MIT
//
// Wrong Jacobians: right ones in which every entry that is not 0 is made wrong in one way.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string_view>

namespace gradproof::checks {

enum class Plant { off_by_a_thousandth, off_by_a_millionth, turned_sign, zero };

inline constexpr std::array all_plants = {Plant::off_by_a_thousandth, Plant::off_by_a_millionth, Plant::turned_sign,
                                          Plant::zero};

std::string_view name_of(Plant plant);

/// A Jacobian, and how many of its entries are wrong on purpose.
struct Planted {
    Eigen::MatrixXd jacobian;
    std::size_t count = 0;
};

/// Every entry of `right` made wrong as `plant` says; one that is not changed by it (a zero, or one so close to the
/// smallest double that the factor is lost) becomes NaN, which nobody can confirm. So the entries confirmed in the
/// result are wrong entries confirmed.
Planted planted(const Eigen::MatrixXd& right, Plant plant);

}  // namespace gradproof::checks
