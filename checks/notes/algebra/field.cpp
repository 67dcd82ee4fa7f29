// SPDX-License-Identifier: MIT
#include "notes/algebra/field.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "notes/algebra/tower.hpp"
#include "notes/algebra/witness.hpp"

namespace gradproof::proof {
namespace {

thread_local Field* current_field = nullptr;
thread_local Field::Decide current_decide;

Symbol element(Fraction fraction) {
    return Symbol(std::make_shared<const Fraction>(std::move(fraction)));
}

void drop_facts_from(Tower& tower, std::size_t size) {
    auto& facts = tower.facts();
    facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(size), facts.end());
}

Relation relation_of(int sign) {
    return sign > 0 ? Relation::positive : sign < 0 ? Relation::negative : Relation::zero;
}

}  // namespace

Field::Field(std::size_t capacity, std::size_t most_terms, std::function<void(double)> charge)
    : tower_(std::make_unique<Tower>(capacity, most_terms, std::move(charge))), outer_(current_field) {
    current_field = this;
}

Field::~Field() {
    current_field = outer_;
}

Field& Field::current() {
    if (current_field == nullptr) throw std::logic_error("symbols need a field: make a gradproof::proof::Field first");
    return *current_field;
}

Symbol Field::symbol(const std::string& name, Domain domain) {
    return element(tower_->generator(tower_->add_symbol(name, domain)));
}

Symbol Field::symbol_within(const std::string& name, const Interval& interval) {
    const bool from_0 = interval.lower == 0;
    if (from_0 && interval.upper == 1) return symbol(name, Domain::unit_interval);
    const Symbol result = symbol(name, from_0 ? Domain::positive : Domain::real);
    if (std::isfinite(interval.lower) && !from_0) assume_positive(result - Symbol(interval.lower));
    if (std::isfinite(interval.upper)) assume_positive(Symbol(interval.upper) - result);
    return result;
}

void Field::assume_positive(const Symbol& of) {
    tower_->facts().push_back({of.fraction(), Relation::positive});
}

Symbol Field::derivative(const Symbol& of, const Symbol& symbol) {
    const auto index = tower_->as_symbol(symbol.fraction());
    if (!index) throw std::invalid_argument("a derivative with respect to " + symbol.str() + ", which is no symbol");
    return element(tower_->derivative(of.fraction(), *index));
}

Symbol Field::substitute(const Symbol& of, const Symbol& symbol, const Symbol& by) {
    const auto index = tower_->as_symbol(symbol.fraction());
    if (!index) throw std::invalid_argument(symbol.str() + " is no symbol to substitute for");
    return element(tower_->substitute(of.fraction(), {{*index, by.fraction()}}));
}

Symbol Field::under_assumptions(const Symbol& of) {
    Symbol result = of;
    for (std::size_t i = 0; i < tower_->facts().size(); ++i) {
        if (tower_->facts()[i].relation != Relation::zero) continue;
        // An equation that is linear in a plain symbol, with a constant factor, is solved for it.
        const Symbol equation = element(tower_->facts()[i].element);
        const Polynomial p = equation.fraction().numerator;
        for (const auto g : p.used()) {
            if (tower_->generators()[g].kind != Kind::symbol || p.degree(g) != 1) continue;
            const auto coefficients = p.coefficients_of(g);
            if (!coefficients[1].is_constant()) continue;
            const Rational factor = Rational(-1) / coefficients[1].constant();
            const Symbol solution =
                element(tower_->refreshed({coefficients[0] * factor, {}, equation.fraction().epoch}));
            result = substitute(result, element(tower_->generator(g)), solution);
            break;
        }
    }
    return result;
}

Symbol Field::standing_for(const Symbol& value) {
    const std::string name = "cut" + std::to_string(standing_for_.size() + 1);
    const bool positive = tower_->sign(value.fraction()) == 1;
    const bool below_1 = positive && tower_->sign((Symbol(1) - value).fraction()) == 1;
    const Symbol result = symbol(name, below_1 ? Domain::unit_interval : positive ? Domain::positive : Domain::real);
    standing_for_.emplace_back(result, value);
    return result;
}

bool Field::identical(const Symbol& a, const Symbol& b) {
    // Reading b may change a generator that a is written in, so a is read again after it.
    a.fraction();
    b.fraction();
    return tower_->equal(a.fraction(), b.fraction());
}

bool Field::is_positive(const Symbol& of) {
    return tower_->sign(under_assumptions(of).fraction()) == 1;
}

bool Field::is_nonnegative(const Symbol& of) {
    return tower_->is_nonnegative(under_assumptions(of).fraction());
}

bool Field::is_not_zero(const Symbol& of) {
    const Symbol element = under_assumptions(of);
    return tower_->is_not_zero(element.fraction()) || sign_of_constant(element).has_value();
}

bool Field::has_contradiction() {
    for (std::size_t i = 0; i < tower_->facts().size(); ++i) {
        const Relation relation = tower_->facts()[i].relation;
        const Symbol assumed = element(tower_->facts()[i].element);
        if (relation != Relation::zero && under_assumptions(assumed).is_zero()) return true;
    }
    return false;
}

bool Field::is_symbol(const Symbol& of) {
    return tower_->as_symbol(of.fraction()).has_value();
}

bool Field::is_number(const Symbol& of) {
    return tower_->is_constant(of.fraction());
}

std::vector<std::string> Field::assumptions() const {
    std::vector<std::string> result;
    for (const auto& [element, relation] : tower_->facts()) {
        const std::string text = tower_->str(tower_->refreshed(element));
        switch (relation) {
            case Relation::positive:
                result.push_back("0 < " + text);
                break;
            case Relation::negative:
                result.push_back(text + " < 0");
                break;
            case Relation::zero:
                result.push_back(text + " = 0");
                break;
            case Relation::not_zero:
                result.push_back(text + " ≠ 0");
                break;
        }
    }
    return result;
}

// The sign of a - b. With `only_zero` any result but 0 means "not zero", and need not be the sign.
int Field::sign_of_difference(const Symbol& a, const Symbol& b, bool only_zero) {
    const Symbol difference = under_assumptions(a - b);
    if (const auto known = tower_->sign(difference.fraction())) return *known;
    if (const auto known = sign_of_constant(difference)) return *known;
    if (only_zero)
        for (const auto& [element, relation] : tower_->facts())
            if (relation == Relation::not_zero && tower_->equal(tower_->refreshed(element), difference.fraction()))
                return 1;
    if (!standing_for_.empty()) {
        Symbol meant = difference;
        for (auto i = standing_for_.rbegin(); i != standing_for_.rend(); ++i)
            meant = substitute(meant, i->first, i->second);
        if (!identical(meant, difference)) {
            const int sign = sign_of_difference(meant, Symbol(0), only_zero);
            if (sign == 0) throw AtKink("a derivative at " + difference.str() + " = 0, where branches meet");
            return sign;
        }
    }
    if (const auto factor = tower_->undecided_factor(difference.fraction()))
        return factor->second * sign_of_difference(element(factor->first), Symbol(0), only_zero);
    if (!current_decide)
        throw UndecidedBranch("a branch on the sign of " + difference.str() + " needs an assumption about it");
    const int sign = current_decide(difference, only_zero);
    tower_->facts().push_back({difference.fraction(), only_zero && sign != 0 ? Relation::not_zero : relation_of(sign)});
    return sign;
}

Assumption::Assumption(const Symbol& element, int sign)
    : field_(Field::current()), size_before_(field_.tower().facts().size()) {
    field_.tower().facts().push_back({element.fraction(), relation_of(sign)});
}

Assumption::~Assumption() {
    drop_facts_from(field_.tower(), size_before_);
}

Deciding::Deciding(Field::Decide decide)
    : field_(current_field), outer_(std::exchange(current_decide, std::move(decide))) {
    if (field_ != nullptr) size_before_ = field_->tower().facts().size();
}

Deciding::~Deciding() {
    current_decide = std::move(outer_);
    if (field_ != nullptr) drop_facts_from(field_->tower(), size_before_);
}

}  // namespace gradproof::proof
