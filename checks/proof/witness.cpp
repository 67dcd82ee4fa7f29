// SPDX-License-Identifier: MIT
#include "witness.hpp"

#include <arb.h>
#include <arb_hypgeom.h>

#include <algorithm>
#include <cstdint>

#include "field.hpp"
#include "tower.hpp"

namespace gradproof::proof {
namespace {

constexpr slong precision = 192;
constexpr int most_points = 2000;

/// A real number known to lie in a ball.
class Ball {
  public:
    Ball() { arb_init(value_); }
    Ball(const Ball& other) : Ball() { arb_set(value_, other.value_); }
    Ball& operator=(const Ball& other) {
        arb_set(value_, other.value_);
        return *this;
    }
    ~Ball() { arb_clear(value_); }
    arb_ptr get() { return value_; }
    arb_srcptr get() const { return value_; }
    std::string str() const {
        char* text = arb_get_str(value_, 20, ARB_STR_NO_RADIUS);
        std::string result(text);
        flint_free(text);
        return result;
    }

  private:
    arb_t value_;
};

/// The values of all generators at one point, computed when they are asked for.
class Evaluation {
  public:
    Evaluation(Tower& tower, std::uint64_t seed) : tower_(tower), state_(seed) {}

    Ball value(const Fraction& a) {
        Ball result = value(a.numerator);
        for (const auto& [factor, exponent] : a.denominator) {
            Ball divisor = value(tower_.factor(factor));
            arb_pow_ui(divisor.get(), divisor.get(), exponent, precision);
            arb_div(result.get(), result.get(), divisor.get(), precision);
        }
        return result;
    }

    std::vector<std::pair<std::string, std::string>> point() const {
        std::vector<std::pair<std::string, std::string>> result;
        for (const auto& [g, value] : values_)
            if (tower_.generators()[g].kind == Kind::symbol)
                result.emplace_back(tower_.generators()[g].name, value.str());
        return result;
    }

  private:
    Ball value(const Polynomial& polynomial) {
        Ball result;
        const auto used = polynomial.used();
        for (std::size_t term = 0; term < polynomial.length(); ++term) {
            const auto exponents = polynomial.exponents(term);
            Ball product;
            arb_set_fmpq(product.get(), polynomial.coefficient(term).get(), precision);
            for (const auto g : used) {
                if (exponents[g] == 0) continue;
                Ball power = generator(g);
                arb_pow_ui(power.get(), power.get(), exponents[g], precision);
                arb_mul(product.get(), product.get(), power.get(), precision);
            }
            arb_add(result.get(), result.get(), product.get(), precision);
        }
        return result;
    }

    Ball generator(std::size_t g) {
        if (const auto known = values_.find(g); known != values_.end()) return known->second;
        const Generator known = tower_.generators()[g];
        Ball result;
        if (known.kind == Kind::symbol) {
            result = coordinate(known.domain);
        } else if (known.kind == Kind::root_of_pi) {
            arb_const_sqrt_pi(result.get(), precision);
        } else {
            const Ball u = value(tower_.refreshed(*known.argument));
            apply(known.kind, result, u);
        }
        values_.emplace(g, result);
        return result;
    }

    static void apply(Kind kind, Ball& result, const Ball& u) {
        switch (kind) {
            case Kind::exponential:
                arb_exp(result.get(), u.get(), precision);
                break;
            case Kind::logistic:
                arb_neg(result.get(), u.get());
                arb_exp(result.get(), result.get(), precision);
                arb_add_ui(result.get(), result.get(), 1, precision);
                arb_inv(result.get(), result.get(), precision);
                break;
            case Kind::logarithm:
                arb_log(result.get(), u.get(), precision);
                break;
            case Kind::root:
                arb_sqrt(result.get(), u.get(), precision);
                break;
            case Kind::arctangent:
                arb_atan(result.get(), u.get(), precision);
                break;
            case Kind::half_tangent:
                arb_mul_2exp_si(result.get(), u.get(), -1);
                arb_tan(result.get(), result.get(), precision);
                break;
            case Kind::error_function:
                arb_hypgeom_erf(result.get(), u.get(), precision);
                break;
            case Kind::symbol:
            case Kind::unknown:
            case Kind::root_of_pi:
                arb_indeterminate(result.get());  // no point can be a witness where such a value matters
                break;
        }
    }

    Ball coordinate(Domain domain) {
        // Knuth's linear congruential generator: its high bits are good enough to spread points.
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        const long k = static_cast<long>((state_ >> 40) % 63) + 1;  // 1 .. 63
        Ball result;
        arb_set_si(result.get(), domain == Domain::real ? k - 32 : k);
        arb_mul_2exp_si(result.get(), result.get(), domain == Domain::unit_interval ? -6 : -4);
        return result;
    }

    Tower& tower_;
    std::uint64_t state_;
    std::map<std::size_t, Ball> values_;
};

bool holds(const Ball& value, Relation relation) {
    switch (relation) {
        case Relation::positive:
            return arb_is_positive(value.get()) != 0;
        case Relation::negative:
            return arb_is_negative(value.get()) != 0;
        case Relation::not_zero:
            return arb_contains_zero(value.get()) == 0;
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
        const Ball x = evaluation.value(a.fraction());
        const Ball y = evaluation.value(b.fraction());
        if (arb_is_finite(x.get()) != 0 && arb_is_finite(y.get()) != 0 && arb_overlaps(x.get(), y.get()) == 0)
            return Witness{.point = evaluation.point(), .left = x.str(), .right = y.str()};
    }
    return std::nullopt;
}

std::string Witness::str() const {
    std::string text = "left " + left + ", right " + right + " at";
    for (const auto& [name, value] : point) text += " " + name + " = " + value;
    return text;
}

}  // namespace gradproof::proof
