// SPDX-License-Identifier: MIT
//
// How many entries check_jacobian confirms, refutes and leaves undecided, of right Jacobians and of wrong ones.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tests/differences/least_squares/plants.hpp"
#include "tests/differences/least_squares/problem.hpp"

namespace gradproof::checks {

struct Tally {
    std::size_t confirmed = 0;
    std::size_t undecided = 0;
    std::size_t refuted = 0;
    /// Of the confirmed: zeros of entries that no step moves at all. A 0 is not said to be a value there, and where the
    /// right entry is too small for any step, nobody can tell it from 0.
    std::size_t not_exercised = 0;

    std::size_t confirmed_values() const { return confirmed - not_exercised; }
    std::size_t total() const { return confirmed + undecided + refuted; }
    Tally& operator+=(const Tally& other);
};

struct Census {
    std::size_t points = 0;
    std::size_t columns = 0;  ///< of the Jacobians
    std::size_t calls = 0;    ///< of the function, to judge the right Jacobians
    Tally right;
    std::array<Tally, all_plants.size()> wrong;  ///< in the order of all_plants

    const Tally& operator[](Plant plant) const { return wrong[static_cast<std::size_t>(plant)]; }
    Census& operator+=(const Census& other);
};

/// Judges the right Jacobian and one of each plant.
Census census_at(const LeastSquaresProblem& problem, const Point& point);

/// At all points of all problems.
Census census_of(const std::vector<NamedProblem>& problems);

/// An aligned table: a line for the right entries and one for each plant.
std::string describe(const Census& census);

/// Where a wrong entry was confirmed as a value: its place, its right value and the verdict on it. Empty if nowhere.
/// Slow: it checks again and again, a half of the entries at a time.
std::string first_wrong_entry_confirmed(const LeastSquaresProblem& problem, const Point& point, Plant plant);

}  // namespace gradproof::checks
