// SPDX-License-Identifier: MIT
#include "notes/algebra/polynomial.hpp"

#include <flint/fmpq_mpoly_factor.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace gradproof::proof {
namespace {

// The notes here have products of 16 terms, degree 8 and 80 bits, and factor polynomials of 7 terms in 2 generators.
constexpr double highest_degree = 100'000;      // coefficients_of() makes as many polynomials
constexpr double most_bits = 200'000;           // of a coefficient: 60,000 digits
constexpr double largest = 1e9;                 // bits of all coefficients: 125 MB
constexpr double most_quotients = 200'000;      // terms that a division may try
constexpr double hardest_factorisation = 2000;  // terms x generators x degree: a few ms
constexpr double cost_of_hardness = 20;         // for one of these
// In several generators few terms are no help: x^63 + y^63 + z^63 takes minutes, since its values for numbers y and z
// have many factors, which are tried together. Up to this degree such a polynomial takes up to degree^4
// multiplications.
constexpr std::size_t highest_to_factor = 32;
constexpr std::size_t most_terms_shown = 50;

[[noreturn]] void too_large(const std::string& what) {
    throw std::length_error("too large to prove exactly: " + what);
}

double bits_of(const fmpq* number) {
    return static_cast<double>(fmpz_bits(fmpq_numref(number)) + fmpz_bits(fmpq_denref(number)));
}

}  // namespace

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

Ring::Ring(std::size_t generators, Charge charge) : generators_(generators), charge_(std::move(charge)) {
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
    if (ring_->is_bounded())
        ring_->charge(static_cast<double>(degree(generator)) + static_cast<double>(length()) * words());
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
double Polynomial::bits() const {
    return bits_of(value_->content) + static_cast<double>(std::abs(fmpz_mpoly_max_bits(value_->zpoly)));
}
double Polynomial::total_degree() const {
    if (is_zero()) return 0;
    if (fmpq_mpoly_total_degree_fits_si(value_, ring_->get()) == 0) return 2 * highest_degree;
    return static_cast<double>(fmpq_mpoly_total_degree_si(value_, ring_->get()));
}
// How exponents are packed says enough nearly always, and at once.
bool Polynomial::is_of_low_degree() const {
    constexpr flint_bitcnt_t low = 15;
    return value_->zpoly->bits <= low;
}
double Polynomial::words() const {
    return 1 + static_cast<double>(ring_->generators()) / 16 + bits() / 64;
}
void Polynomial::require_in_bounds(double terms, double bits, double degree) {
    if (!(degree <= highest_degree)) too_large("a polynomial of degree " + std::to_string(std::lround(degree)));
    if (!(bits <= most_bits)) too_large("a number of " + std::to_string(std::lround(bits)) + " bits");
    if (!(terms * bits <= largest)) too_large("a polynomial with more than 100 MB of digits");
}

// (t terms)^n has at most C(n + t - 1, t - 1) terms.
double Polynomial::cost_of_power(unsigned long exponent) const {
    const auto n = static_cast<double>(exponent);
    const auto t = static_cast<double>(length());
    const double terms = std::exp(std::lgamma(n + t) - std::lgamma(t) - std::lgamma(n + 1));
    const double size = n * (bits() + std::log2(t));
    require_in_bounds(terms, size, n * total_degree());
    if (terms > most_quotients) too_large("a power with many terms");
    return terms * (1 + words() + size / 64) * t;
}
Polynomial Polynomial::power(unsigned long exponent) const {
    if (exponent == 0) return Polynomial(ring_, Rational(1));
    if (exponent == 1 || is_zero()) return *this;
    if (ring_->is_bounded()) ring_->charge(cost_of_power(exponent));
    Polynomial result(ring_);
    if (fmpq_mpoly_pow_ui(result.value_, value_, exponent, ring_->get()) == 0)
        throw std::length_error("a power is too large to write out");
    return result;
}
// What does not divide may be found not to only after as many terms of a quotient as its degrees allow.
double Polynomial::cost_of_division(const Polynomial& divisor) const {
    const auto terms = static_cast<double>(length());
    const auto divisors = static_cast<double>(divisor.length());
    if (divisors == 1) return terms * words();
    double quotients = 1;
    for (const auto g : used()) {
        const auto room = static_cast<double>(degree(g)) - static_cast<double>(divisor.degree(g));
        if (room < 0) return terms;
        quotients *= room + 1;
    }
    if (quotients * divisors > most_quotients) too_large("a division of polynomials");
    return terms * words() + std::min(quotients, 4 * terms) * divisors;
}
std::optional<Polynomial> Polynomial::divided_by(const Polynomial& divisor) const {
    if (ring_->is_bounded() && !is_zero()) ring_->charge(cost_of_division(divisor));
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

double Polynomial::cost_of_factorisation() const {
    std::size_t highest = 0;
    const auto generators = used();
    for (const auto g : generators) highest = std::max(highest, degree(g));
    const double hardness = static_cast<double>(length() * generators.size() * highest);
    if (hardness > hardest_factorisation) too_large("a polynomial of " + std::to_string(length()) + " terms to factor");
    const double cost = cost_of_hardness * hardness * words();
    if (generators.size() < 2) return cost;
    if (highest > highest_to_factor) too_large("a polynomial of degree " + std::to_string(highest) + " to factor");
    return std::max(cost, std::pow(static_cast<double>(highest), 4));
}

Polynomial::Factorisation Polynomial::factor() const {
    if (is_constant()) return {.constant = constant(), .factors = {}};
    if (is_linear_somewhere()) {
        Polynomial primitive(*this);
        const Rational content = primitive.take_content();
        return {.constant = content, .factors = {{std::move(primitive), 1}}};
    }
    if (ring_->is_bounded()) ring_->charge(cost_of_factorisation());
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
    if (length() > most_terms_shown) return "(a polynomial of " + std::to_string(length()) + " terms)";
    std::vector<const char*> pointers(ring_->generators(), "?");
    for (std::size_t i = 0; i < names.size(); ++i) pointers[i] = names[i].c_str();
    char* text = fmpq_mpoly_get_str_pretty(value_, pointers.data(), ring_->get());
    std::string result(text);
    flint_free(text);
    return result;
}

double Polynomial::cost_of_any() const {
    return 5 + static_cast<double>(ring_->generators()) / 8;
}
double Polynomial::cost_of_sum(const Polynomial& a, const Polynomial& b) {
    const auto terms = static_cast<double>(a.length() + b.length());
    require_in_bounds(terms, a.bits() + b.bits(), 0);
    return a.cost_of_any() + terms * (a.words() + b.words()) / 16;
}
double Polynomial::cost_of_product(const Polynomial& a, const Polynomial& b) {
    const double terms = static_cast<double>(a.length()) * static_cast<double>(b.length());
    const bool low = a.is_of_low_degree() && b.is_of_low_degree();
    require_in_bounds(terms, a.bits() + b.bits(), low ? 0 : a.total_degree() + b.total_degree());
    return a.cost_of_any() + terms * (a.words() + b.words() + a.bits() * b.bits() / 4096) / 8;
}

Polynomial operator+(const Polynomial& a, const Polynomial& b) {
    if (a.ring_->is_bounded()) a.ring_->charge(Polynomial::cost_of_sum(a, b));
    Polynomial result(a.ring_);
    fmpq_mpoly_add(result.value_, a.value_, b.value_, a.ring_->get());
    return result;
}
Polynomial operator-(const Polynomial& a, const Polynomial& b) {
    if (a.ring_->is_bounded()) a.ring_->charge(Polynomial::cost_of_sum(a, b));
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
    if (a.ring_->is_bounded()) a.ring_->charge(Polynomial::cost_of_product(a, b));
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
