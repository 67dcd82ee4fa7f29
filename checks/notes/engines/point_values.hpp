// SPDX-License-Identifier: MIT
//
// The values of a graph's nodes at one point, as far as they were computed. A graph has many nodes and a claim needs
// few: room for a number of 50 digits is made only where there is one. Heavy: includes real.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "notes/engines/bounded_real.hpp"

namespace gradproof::notes {

class PointValues {
  public:
    explicit PointValues(std::size_t nodes = 0) : places_(nodes, nowhere) {}

    std::size_t size() const { return places_.size(); }

    /// More nodes, not computed; or fewer, and those behind are forgotten.
    void resize(std::size_t nodes) {
        for (std::size_t node = nodes; node < places_.size(); ++node)
            if (places_[node] != nowhere) free_.push_back(places_[node]);
        places_.resize(nodes, nowhere);
    }

    /// The value, or State::unknown. Valid until the next set.
    const BoundedReal& operator[](std::size_t node) const {
        return places_[node] == nowhere ? unknown_ : values_[static_cast<std::size_t>(places_[node])];
    }

    void set(std::size_t node, BoundedReal value) {
        std::int32_t& place = places_[node];
        if (place != nowhere) {
            values_[static_cast<std::size_t>(place)] = std::move(value);
        } else if (!free_.empty()) {
            place = free_.back();
            free_.pop_back();
            values_[static_cast<std::size_t>(place)] = std::move(value);
        } else {
            place = static_cast<std::int32_t>(values_.size());
            values_.push_back(std::move(value));
        }
    }

  private:
    static constexpr std::int32_t nowhere = -1;

    std::vector<std::int32_t> places_;  // of each node among the values
    std::vector<BoundedReal> values_;
    std::vector<std::int32_t> free_;  // places of values that were forgotten
    BoundedReal unknown_;
};

}  // namespace gradproof::notes
