// SPDX-License-Identifier: MIT
#include "spelling/unknown_name.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spelling/edit_distance.hpp"

namespace gradproof {

std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<std::string>& known) {
    std::string_view nearest;
    std::size_t least = name.size();
    for (const std::string& candidate : known) {
        // A name that starts like the one typed is as good as one letter off.
        const std::size_t distance = !name.empty() && candidate.starts_with(name) ? 1 : edit_distance(name, candidate);
        if (distance < least && distance <= 1 + candidate.size() / 3) {
            least = distance;
            nearest = candidate;
        }
    }
    return fmt::format("there is no {} '{}'{}; known are {}", kind, name,
                       nearest.empty() ? std::string() : fmt::format(" (did you mean '{}'?)", nearest),
                       fmt::join(known, ", "));
}

}  // namespace gradproof
