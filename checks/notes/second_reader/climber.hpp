// SPDX-License-Identifier: MIT
//
// Formulas by precedence climbing: one loop for all binary operations, one table of how tightly they bind.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "notes/second_reader/reader.hpp"

namespace gradproof::notes::second {

/// Reads formulas from pieces, from left to right. Every member throws Unreadable where it finds what it cannot read.
class Climber {
  public:
    Climber(std::vector<std::string> pieces, const Declarations& declarations)
        : pieces_(std::move(pieces)), declarations_(declarations) {}

    /// How tightly the weakest operation may bind that a formula at some place can hold.
    enum class Binding { sum = 1, entrywise = 2, product = 3, factor = 4 };
    Reading formula(Binding weakest = Binding::sum);
    /// One for each relation of a chain, or one membership.
    std::vector<Reading> conditions();
    /// A name as it stands, whether or not it is declared, with its scripts.
    struct Name {
        std::string base, subscript, superscript;
        std::string whole() const;
    };
    Name any_name();
    /// The relation that stands here, in one spelling; nullopt if none does.
    std::optional<std::string> relation();

    std::string_view piece(std::size_t ahead = 0) const;
    bool at_end() const { return at_ >= pieces_.size(); }
    bool take(std::string_view expected);
    void need(std::string_view expected);
    void step(std::size_t count = 1) { at_ += count; }
    std::set<std::string, std::less<>> local;       ///< parameters
    std::multiset<std::string, std::less<>> bound;  ///< indices

  private:
    struct Found {
        std::string name;
        std::size_t end;
    };

    std::vector<std::string> pieces_;
    const Declarations& declarations_;
    std::size_t at_ = 0;
    int depth_ = 0;

    [[noreturn]] void refuse(std::string_view expected) const;
    bool known(std::string_view name) const { return local.contains(name) || declarations_.contains(name); }
    Role role(std::string_view name) const;
    bool begins_name(std::size_t ahead = 0) const;
    bool begins_factor() const;
    std::string base();
    std::optional<std::string> script();
    std::optional<Found> longest_declared();
    Reading factor();
    Reading first();
    Reading superscript(Reading base);
    Reading group(std::string_view close);
    Reading braces();
    Reading name();
    Reading named(const Found& found);
    std::optional<Reading> entries_before_layer();
    Reading with_entries(Reading base);
    Reading call(const std::string& function);
    int primes();
    std::vector<Reading> indices();
    Reading index();
    Reading index_atom();
    Reading elementary();
    Reading argument();
    Reading extremum();
    Reading over();
    Reading over_all(Reading reading, std::string_view index) const;
    Reading fraction();
    bool differentiates() const;
    Reading derivative();
    int order();
    Reading set();
    Reading cases();
    Reading matrix(std::string_view end);
    std::size_t behind_brace(std::size_t open) const;
};

}  // namespace gradproof::notes::second
