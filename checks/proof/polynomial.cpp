// SPDX-License-Identifier: MIT
#include "polynomial.hpp"

#include <flint/fmpq_mpoly_factor.h>

#include <cmath>
#include <stdexcept>

namespace gradproof::proof {

Rational::Rational(long numerator, unsigned long denominator) {
    fmpq_init(value_);
    fmpq_set_si(value_, numerator, denominator);
}

Rational Rational::exactly(double value) {
    if (!std::isfinite(value)) throw std::invalid_argument("a symbol needs a finite number");
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent);
    Rational result(static_cast<long>(std::ldexp(mantissa, 53)));
    const long shift = exponent - 53L;
    if (shift >= 0) {
        fmpq_mul_2exp(result.value_, result.value_, static_cast<unsigned long>(shift));
    } else {
        fmpq_div_2exp(result.value_, result.value_, static_cast<unsigned long>(-shift));
    }
    return result;
}

Rational::Rational(const Rational& other) {
    fmpq_init(value_);
    fmpq_set(value_, other.value_);
}
Rational& Rational::operator=(const Rational& other) {
    fmpq_set(value_, other.value_);
    return *this;
}
Rational::~Rational() {
    fmpq_clear(value_);
}

int Rational::sign() const {
    return fmpq_sgn(value_);
}
bool Rational::is_integer() const {
    return fmpz_is_one(fmpq_denref(value_)) != 0;
}
long Rational::to_long() const {
    if (!is_integer() || !fmpz_fits_si(fmpq_numref(value_))) throw std::overflow_error(str() + " is no small integer");
    return fmpz_get_si(fmpq_numref(value_));
}
std::string Rational::str() const {
    char* text = fmpq_get_str(nullptr, 10, value_);
    std::string result(text);
    flint_free(text);
    return result;
}

Rational operator+(const Rational& a, const Rational& b) {
    Rational result;
    fmpq_add(result.value_, a.value_, b.value_);
    return result;
}
Rational operator-(const Rational& a, const Rational& b) {
    Rational result;
    fmpq_sub(result.value_, a.value_, b.value_);
    return result;
}
Rational operator*(const Rational& a, const Rational& b) {
    Rational result;
    fmpq_mul(result.value_, a.value_, b.value_);
    return result;
}
Rational operator/(const Rational& a, const Rational& b) {
    if (b.is_zero()) throw std::domain_error("a division by 0");
    Rational result;
    fmpq_div(result.value_, a.value_, b.value_);
    return result;
}
bool operator==(const Rational& a, const Rational& b) {
    return fmpq_equal(a.value_, b.value_) != 0;
}

Ring::Ring(std::size_t generators) : generators_(generators) {
    fmpq_mpoly_ctx_init(context_, static_cast<slong>(generators), ORD_LEX);
}
Ring::~Ring() {
    fmpq_mpoly_ctx_clear(context_);
}

Polynomial::Polynomial(std::shared_ptr<const Ring> ring) : ring_(std::move(ring)) {
    fmpq_mpoly_init(value_, ring_->get());
}
Polynomial::Polynomial(std::shared_ptr<const Ring> ring, const Rational& constant) : Polynomial(std::move(ring)) {
    fmpq_mpoly_set_fmpq(value_, constant.get(), ring_->get());
}
Polynomial Polynomial::generator(std::shared_ptr<const Ring> ring, std::size_t index) {
    Polynomial result(std::move(ring));
    fmpq_mpoly_gen(result.value_, static_cast<slong>(index), result.ring_->get());
    return result;
}
Polynomial::Polynomial(const Polynomial& other) : Polynomial(other.ring_) {
    fmpq_mpoly_set(value_, other.value_, ring_->get());
}
Polynomial::Polynomial(Polynomial&& other) noexcept : Polynomial(other.ring_) {
    fmpq_mpoly_swap(value_, other.value_, ring_->get());
}
Polynomial& Polynomial::operator=(Polynomial other) noexcept {
    // Both rings take part: a polynomial must be cleared with the ring it was made in.
    std::swap(ring_, other.ring_);
    std::swap(value_[0], other.value_[0]);
    return *this;
}
Polynomial::~Polynomial() {
    fmpq_mpoly_clear(value_, ring_->get());
}

bool Polynomial::is_zero() const {
    return fmpq_mpoly_is_zero(value_, ring_->get()) != 0;
}
bool Polynomial::is_one() const {
    return fmpq_mpoly_is_one(value_, ring_->get()) != 0;
}
bool Polynomial::is_constant() const {
    return fmpq_mpoly_is_fmpq(value_, ring_->get()) != 0;
}
Rational Polynomial::constant() const {
    Rational result;
    fmpq_mpoly_get_fmpq(result.get(), value_, ring_->get());
    return result;
}
std::size_t Polynomial::length() const {
    return static_cast<std::size_t>(fmpq_mpoly_length(value_, ring_->get()));
}
std::size_t Polynomial::degree(std::size_t generator) const {
    return static_cast<std::size_t>(fmpq_mpoly_degree_si(value_, static_cast<slong>(generator), ring_->get()));
}
std::vector<std::size_t> Polynomial::used() const {
    std::vector<int> flags(ring_->generators());
    fmpq_mpoly_used_vars(flags.data(), value_, ring_->get());
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < flags.size(); ++i)
        if (flags[i] != 0) result.push_back(i);
    return result;
}
std::vector<unsigned long> Polynomial::exponents(std::size_t term) const {
    std::vector<unsigned long> result(ring_->generators());
    fmpq_mpoly_get_term_exp_ui(result.data(), value_, static_cast<slong>(term), ring_->get());
    return result;
}
Rational Polynomial::coefficient(std::size_t term) const {
    Rational result;
    fmpq_mpoly_get_term_coeff_fmpq(result.get(), value_, static_cast<slong>(term), ring_->get());
    return result;
}
std::vector<Polynomial> Polynomial::coefficients_of(std::size_t generator) const {
    if (is_zero()) return {};
    std::vector<Polynomial> result(degree(generator) + 1, Polynomial(ring_));
    for (std::size_t term = 0; term < length(); ++term) {
        auto monomial = exponents(term);
        const auto k = std::exchange(monomial[generator], 0);
        fmpq_mpoly_push_term_fmpq_ui(result[k].value_, coefficient(term).get(), monomial.data(), ring_->get());
    }
    for (auto& polynomial : result) {
        fmpq_mpoly_sort_terms(polynomial.value_, ring_->get());
        fmpq_mpoly_reduce(polynomial.value_, ring_->get());
    }
    return result;
}

Polynomial Polynomial::derivative(std::size_t generator) const {
    Polynomial result(ring_);
    fmpq_mpoly_derivative(result.value_, value_, static_cast<slong>(generator), ring_->get());
    return result;
}
Polynomial Polynomial::power(unsigned long exponent) const {
    Polynomial result(ring_);
    if (fmpq_mpoly_pow_ui(result.value_, value_, exponent, ring_->get()) == 0)
        throw std::length_error("a power is too large to write out");
    return result;
}
std::optional<Polynomial> Polynomial::divided_by(const Polynomial& divisor) const {
    Polynomial result(ring_);
    if (fmpq_mpoly_divides(result.value_, value_, divisor.value_, ring_->get()) == 0) return std::nullopt;
    return result;
}
// A fmpq_mpoly is a content times an integer polynomial without common factor and with a positive leading coefficient.
Rational Polynomial::take_content() {
    Rational content;
    fmpq_set(content.get(), fmpq_mpoly_content_ref(value_, ring_->get()));
    fmpq_one(fmpq_mpoly_content_ref(value_, ring_->get()));
    return content;
}

bool Polynomial::is_linear_somewhere() const {
    std::vector<unsigned> terms_with(ring_->generators(), 0);
    std::vector<bool> alone(ring_->generators(), false);
    for (std::size_t term = 0; term < length(); ++term) {
        const auto monomial = exponents(term);
        std::size_t last = 0;
        unsigned long total = 0;
        for (std::size_t g = 0; g < monomial.size(); ++g) {
            if (monomial[g] == 0) continue;
            ++terms_with[g];
            total += monomial[g];
            last = g;
        }
        if (total == 1) alone[last] = true;
    }
    for (std::size_t g = 0; g < alone.size(); ++g)
        if (alone[g] && terms_with[g] == 1) return true;
    return false;
}

Polynomial::Factorisation Polynomial::factor() const {
    if (is_constant()) return {.constant = constant(), .factors = {}};
    if (is_linear_somewhere()) {
        Polynomial primitive(*this);
        const Rational content = primitive.take_content();
        return {.constant = content, .factors = {{std::move(primitive), 1}}};
    }
    const auto* context = ring_->get();
    Factorisation result{.constant = Rational(1), .factors = {}};
    fmpq_mpoly_factor_t factorisation;
    fmpq_mpoly_factor_init(factorisation, context);
    const bool done = fmpq_mpoly_factor(factorisation, value_, context) != 0;
    if (done) {
        fmpq_mpoly_factor_get_constant_fmpq(result.constant.get(), factorisation, context);
        for (slong i = 0; i < fmpq_mpoly_factor_length(factorisation, context); ++i) {
            Polynomial base(ring_);
            fmpq_mpoly_factor_get_base(base.value_, factorisation, i, context);
            const slong exponent = fmpq_mpoly_factor_get_exp_si(factorisation, i, context);
            const Rational content = base.take_content();
            for (slong k = 0; k < exponent; ++k) result.constant = result.constant * content;
            result.factors.emplace_back(std::move(base), static_cast<unsigned>(exponent));
        }
    }
    fmpq_mpoly_factor_clear(factorisation, context);
    if (!done) throw std::length_error("a polynomial is too large to factor");
    return result;
}
std::string Polynomial::str(const std::vector<std::string>& names) const {
    std::vector<const char*> pointers(ring_->generators(), "?");
    for (std::size_t i = 0; i < names.size(); ++i) pointers[i] = names[i].c_str();
    char* text = fmpq_mpoly_get_str_pretty(value_, pointers.data(), ring_->get());
    std::string result(text);
    flint_free(text);
    return result;
}

Polynomial operator+(const Polynomial& a, const Polynomial& b) {
    Polynomial result(a.ring_);
    fmpq_mpoly_add(result.value_, a.value_, b.value_, a.ring_->get());
    return result;
}
Polynomial operator-(const Polynomial& a, const Polynomial& b) {
    Polynomial result(a.ring_);
    fmpq_mpoly_sub(result.value_, a.value_, b.value_, a.ring_->get());
    return result;
}
Polynomial operator-(const Polynomial& a) {
    Polynomial result(a.ring_);
    fmpq_mpoly_neg(result.value_, a.value_, a.ring_->get());
    return result;
}
Polynomial operator*(const Polynomial& a, const Polynomial& b) {
    Polynomial result(a.ring_);
    fmpq_mpoly_mul(result.value_, a.value_, b.value_, a.ring_->get());
    return result;
}
Polynomial operator*(const Polynomial& a, const Rational& b) {
    Polynomial result(a.ring_);
    fmpq_mpoly_scalar_mul_fmpq(result.value_, a.value_, b.get(), a.ring_->get());
    return result;
}
bool operator==(const Polynomial& a, const Polynomial& b) {
    return fmpq_mpoly_equal(a.value_, b.value_, a.ring_->get()) != 0;
}

}  // namespace gradproof::proof
