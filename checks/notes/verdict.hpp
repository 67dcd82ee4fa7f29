// SPDX-License-Identifier: MIT
//
// What an engine says about a claim. Engines are functions with one signature, share no arithmetic, and must agree.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "notes/graph/graph.hpp"

namespace gradproof::notes {

enum class Status : std::uint8_t {
    refuted,    ///< there is a point where it fails
    exact,      ///< proved for all values
    certified,  ///< enclosed for every value of a box
    sampled,    ///< true to the digits at every point tried
    undecided,  ///< none of these; never green
};

std::string_view name_of(Status status);

/// A point where a claim fails.
struct Witness {
    std::vector<std::pair<std::string, std::string>> point;  ///< name (with entry) and value
    std::size_t instance = 0;                                ///< into Question::instances
    std::string label;                                       ///< Instance::label
    std::string left;
    std::string right;
    std::string difference;
    std::string looks_like;  ///< "a sign", "a factor m", or empty
    std::string no_value;    ///< why a side has no value there, and how to leave the point out; else empty
};

struct Verdict {
    Status status = Status::undecided;
    std::string detail;  ///< "64 points, 48 digits", "z in [-20, 20], 1e-39", or why it is undecided
    std::optional<Witness> witness;
    std::string reservation{};  ///< why the exact engine, which proved it, does not call it exact; else empty
    std::string not_seen{};     ///< the same where it is one side condition that is not seen to hold, as LaTeX
    /// Of an exact claim, as LaTeX: what was proved so that both sides have values, short ones first, of entries that
    /// look alike one.
    std::vector<std::string> side_conditions{};
    std::size_t more_side_conditions = 0;  ///< that are not listed
    long work = 0;                         ///< that was spent
};

/// "; a > 0 and 1 - a \neq 0 hold on the domain", "; not exact: it is not seen that ...", or nothing where there are no
/// side conditions.
std::string side_conditions_text(const Verdict& verdict);

/// Decides a question. `symbols` is what the `symbol` of graph nodes points into (names, domains). An engine that has
/// nothing to say (a function it does not know, two variables where it handles one) returns undecided with the reason.
/// It may add nodes to the graph.
using Engine = std::function<Verdict(Graph& graph, const std::vector<Symbol>& symbols, const Question& question)>;

}  // namespace gradproof::notes
