// SPDX-License-Identifier: MIT
#include "notes/algebra/witness.hpp"

#include <arb_hypgeom.h>

#include <algorithm>
#include <cstdint>

#include "notes/algebra/field.hpp"
#include "notes/algebra/tower.hpp"
#include "notes/engines/ball.hpp"

namespace gradproof::proof {
namespace {

constexpr slong precision = 192;
constexpr int most_points = 2000;
constexpr slong digits_shown = 20;

/// The values of all generators at one point, computed when they are asked for.
class Evaluation {
  public:
    Evaluation(Tower& tower, std::uint64_t seed) : tower_(tower), state_(seed) {}

    RealBall value(const Fraction& a) {
        RealBall result = value(a.numerator);
        for (const auto& [factor, exponent] : a.denominator) {
            RealBall divisor = value(tower_.factor(factor));
            arb_pow_ui(divisor.value, divisor.value, exponent, precision);
            arb_div(result.value, result.value, divisor.value, precision);
        }
        return result;
    }

    std::vector<std::pair<std::string, std::string>> point() const {
        std::vector<std::pair<std::string, std::string>> result;
        for (const auto& [g, value] : values_)
            if (tower_.generators()[g].kind == Kind::symbol)
                result.emplace_back(tower_.generators()[g].name, value.str(digits_shown));
        return result;
    }

  private:
    RealBall value(const Polynomial& polynomial) {
        RealBall result;
        const auto used = polynomial.used();
        for (std::size_t term = 0; term < polynomial.length(); ++term) {
            const auto exponents = polynomial.exponents(term);
            RealBall product;
            arb_set_fmpq(product.value, polynomial.coefficient(term).get(), precision);
            for (const auto g : used) {
                if (exponents[g] == 0) continue;
                RealBall power = generator(g);
                arb_pow_ui(power.value, power.value, exponents[g], precision);
                arb_mul(product.value, product.value, power.value, precision);
            }
            arb_add(result.value, result.value, product.value, precision);
        }
        return result;
    }

    RealBall generator(std::size_t g) {
        if (const auto known = values_.find(g); known != values_.end()) return known->second;
        const Generator known = tower_.generators()[g];
        RealBall result;
        if (known.kind == Kind::symbol) {
            result = coordinate(known.domain);
        } else if (known.kind == Kind::root_of_pi) {
            arb_const_sqrt_pi(result.value, precision);
        } else {
            const RealBall u = value(tower_.refreshed(*known.argument));
            apply(known.kind, result, u);
        }
        values_.emplace(g, result);
        return result;
    }

    static void apply(Kind kind, RealBall& result, const RealBall& u) {
        switch (kind) {
            case Kind::exponential:
                arb_exp(result.value, u.value, precision);
                break;
            case Kind::logistic:
                arb_neg(result.value, u.value);
                arb_exp(result.value, result.value, precision);
                arb_add_ui(result.value, result.value, 1, precision);
                arb_inv(result.value, result.value, precision);
                break;
            case Kind::logarithm:
                arb_log(result.value, u.value, precision);
                break;
            case Kind::root:
                arb_sqrt(result.value, u.value, precision);
                break;
            case Kind::arctangent:
                arb_atan(result.value, u.value, precision);
                break;
            case Kind::half_tangent:
                arb_mul_2exp_si(result.value, u.value, -1);
                arb_tan(result.value, result.value, precision);
                break;
            case Kind::error_function:
                arb_hypgeom_erf(result.value, u.value, precision);
                break;
            case Kind::symbol:
            case Kind::unknown:
            case Kind::root_of_pi:
                arb_indeterminate(result.value);  // no point can be a witness where such a value matters
                break;
        }
    }

    RealBall coordinate(Domain domain) {
        // Knuth's linear congruential generator: its high bits are good enough to spread points.
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        const long k = static_cast<long>((state_ >> 40) % 63) + 1;  // 1 .. 63
        RealBall result;
        arb_set_si(result.value, domain == Domain::real ? k - 32 : k);
        arb_mul_2exp_si(result.value, result.value, domain == Domain::unit_interval ? -6 : -4);
        return result;
    }

    Tower& tower_;
    std::uint64_t state_;
    std::map<std::size_t, RealBall> values_;
};

bool holds(const RealBall& value, Relation relation) {
    switch (relation) {
        case Relation::positive:
            return arb_is_positive(value.value) != 0;
        case Relation::negative:
            return arb_is_negative(value.value) != 0;
        case Relation::not_zero:
            return arb_contains_zero(value.value) == 0;
        case Relation::zero:
            return true;  // eliminated everywhere
    }
    return false;
}

}  // namespace

std::optional<Witness> find_witness(const Symbol& left, const Symbol& right) {
    Field& field = Field::current();
    Tower& tower = field.tower();
    const Symbol a = field.under_assumptions(left);
    const Symbol b = field.under_assumptions(right);
    std::vector<std::pair<Symbol, Relation>> assumptions;
    for (std::size_t i = 0; i < tower.facts().size(); ++i) {
        const Symbol element(std::make_shared<const Fraction>(tower.facts()[i].element));
        assumptions.emplace_back(field.under_assumptions(element), tower.facts()[i].relation);
    }
    for (int trial = 0; trial < most_points; ++trial) {
        Evaluation evaluation(tower, static_cast<std::uint64_t>(trial));
        const bool allowed = std::all_of(assumptions.begin(), assumptions.end(), [&](const auto& assumption) {
            return holds(evaluation.value(assumption.first.fraction()), assumption.second);
        });
        if (!allowed) continue;
        const RealBall x = evaluation.value(a.fraction());
        const RealBall y = evaluation.value(b.fraction());
        if (arb_is_finite(x.value) != 0 && arb_is_finite(y.value) != 0 && arb_overlaps(x.value, y.value) == 0)
            return Witness{.point = evaluation.point(), .left = x.str(digits_shown), .right = y.str(digits_shown)};
    }
    return std::nullopt;
}

std::optional<int> sign_of_constant(const Symbol& of) {
    Tower& tower = Field::current().tower();
    Evaluation evaluation(tower, 0);
    const RealBall value = evaluation.value(of.fraction());
    if (!evaluation.point().empty() || arb_is_finite(value.value) == 0) return std::nullopt;
    if (arb_is_positive(value.value) != 0) return 1;
    if (arb_is_negative(value.value) != 0) return -1;
    return std::nullopt;
}

std::string Witness::str() const {
    std::string text = "left " + left + ", right " + right + " at";
    for (const auto& [name, value] : point) text += " " + name + " = " + value;
    return text;
}

}  // namespace gradproof::proof
