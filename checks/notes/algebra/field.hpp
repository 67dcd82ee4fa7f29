// SPDX-License-Identifier: MIT
//
// The field that symbols live in, and what is assumed of them.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gradproof/scalar.hpp"
#include "notes/algebra/domain.hpp"
#include "notes/algebra/symbol.hpp"

namespace gradproof::proof {

class Tower;

/// A field of formulas. It is current from its construction to its destruction, in one thread: Symbol's arithmetic has
/// no other way to a field, since lib's templates make numbers as S(0.5).
/// A derivative is asked for at a point where the branches of a formula meet.
struct AtKink : std::domain_error {
    using std::domain_error::domain_error;
};

class Field {
  public:
    /// `capacity` bounds the number of symbols and of functions of symbols; small fields compute faster.
    /// Throws std::length_error where a product would have more than `most_terms` terms. `charge` is told what each
    /// operation costs, in multiplications of small numbers, and may throw to end it all.
    explicit Field(std::size_t capacity = 32, std::size_t most_terms = 100'000'000,
                   std::function<void(double)> charge = {});
    Field(const Field&) = delete;
    Field& operator=(const Field&) = delete;
    ~Field();

    /// The current field. Throws std::logic_error if there is none.
    static Field& current();

    /// A new symbol. Throws std::invalid_argument if the name is taken, FieldFull beyond the capacity.
    Symbol symbol(const std::string& name, Domain domain = Domain::real);
    /// A new symbol inside the interval, ends excluded; what follows is an assumption that lasts as long as the
    /// innermost Assumption or Deciding around the call, if there is one, else as long as the field.
    Symbol symbol_within(const std::string& name, const Interval& interval);
    /// Assumes, for as long as such an assumption lasts, that this is positive.
    void assume_positive(const Symbol& of);
    /// The derivative with respect to a plain symbol. Throws std::invalid_argument if `symbol` is none.
    Symbol derivative(const Symbol& of, const Symbol& symbol);
    /// `of` with a plain symbol replaced by another element, every function of it computed anew.
    Symbol substitute(const Symbol& of, const Symbol& symbol, const Symbol& by);
    /// `of` with what is assumed to be 0 eliminated, wherever that can be solved for a plain symbol.
    Symbol under_assumptions(const Symbol& of);
    /// A new symbol that stands for `value`, as what a derivative is taken by: comparisons of what is made of it come
    /// out as they do for `value`, and throw AtKink where they come out as equal for `value` only.
    Symbol standing_for(const Symbol& value);
    /// Whether the two are the same element: no assumption is used, and none is needed.
    bool identical(const Symbol& a, const Symbol& b);

    /// What is seen of an element, under the assumptions in force and without asking to decide: that it is positive
    /// everywhere, nowhere negative, a rational number.
    bool is_positive(const Symbol& of);
    bool is_nonnegative(const Symbol& of);
    /// That it is nowhere 0.
    bool is_not_zero(const Symbol& of);
    bool is_number(const Symbol& of);
    /// Whether something is assumed to be 0 and not to be: no values are on this branch.
    bool has_contradiction();
    /// Whether this is a plain symbol.
    bool is_symbol(const Symbol& of);

    /// The assumptions in force, readable: "0 < z".
    std::vector<std::string> assumptions() const;

    Tower& tower() { return *tower_; }

    /// Decides a comparison that neither domains nor assumptions decide: the sign of `difference`, -1, 0 or 1. With
    /// `only_zero` it is asked whether the difference is 0 or not.
    using Decide = std::function<int(const Symbol& difference, bool only_zero)>;

  private:
    friend bool operator==(const Symbol& a, const Symbol& b);
    friend bool operator<(const Symbol& a, const Symbol& b);
    int sign_of_difference(const Symbol& a, const Symbol& b, bool only_zero);

    std::unique_ptr<Tower> tower_;
    std::vector<std::pair<Symbol, Symbol>> standing_for_;
    Field* outer_;
};

/// An assumption about a formula of the current field, in force as long as the object lives. `sign` is -1, 0 or 1.
class [[nodiscard]] Assumption {
  public:
    Assumption(const Symbol& element, int sign);
    Assumption(const Assumption&) = delete;
    Assumption& operator=(const Assumption&) = delete;
    ~Assumption();

  private:
    Field& field_;
    std::size_t size_before_;
};

inline Assumption assume_positive(const Symbol& element) {
    return Assumption(element, 1);
}
inline Assumption assume_negative(const Symbol& element) {
    return Assumption(element, -1);
}
inline Assumption assume_zero(const Symbol& element) {
    return Assumption(element, 0);
}

/// While it lives, comparisons that nothing else decides are decided by `decide`, in the current field and in those
/// that are made meanwhile. Each decision becomes an assumption; the current field drops those made meanwhile at the
/// end.
class [[nodiscard]] Deciding {
  public:
    explicit Deciding(Field::Decide decide);
    Deciding(const Deciding&) = delete;
    Deciding& operator=(const Deciding&) = delete;
    ~Deciding();

  private:
    Field* field_;
    Field::Decide outer_;
    std::size_t size_before_ = 0;
};

}  // namespace gradproof::proof
