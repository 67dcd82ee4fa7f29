// SPDX-License-Identifier: MIT
//
// Formulas as people type them: what they are read as, which values, slopes and kinks they have, and claimed
// derivatives.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "gradproof/checks/differences.hpp"
#include "notes/engines/engines.hpp"
#include "notes/typed/derivative_check.hpp"
#include "notes/typed/plain_formula.hpp"
#include "notes/typed/typed_formula.hpp"

namespace gradproof::notes {
namespace {

BOOST_AUTO_TEST_SUITE(notes_typed)

BOOST_AUTO_TEST_CASE(plain_text_becomes_latex) {
    const auto is = [](std::string_view plain, std::string_view latex) { BOOST_TEST(latex_of(plain) == latex); };
    is("tanh(z)", "\\tanh(z)");
    is("tanh(z)^2", "(\\tanh(z))^{2}");
    is("sqrt(1 + z**2)", "\\sqrt{1 + z^{2}}");
    is("abs(a - y)", "\\lvert a - y\\rvert ");
    is("alpha^-2", "\\alpha ^{-2}");
    is("e^(-z)", "e^{-z}");
    is("np.log1p(z)", "\\log(1 + z)");
    is("scale*z", "\\mathrm{scale} \\cdot z");
    is("\\frac{z}{2}", "\\frac{z}{2}");
}

// Value and slope against differences, at points off its kinks.
BOOST_AUTO_TEST_CASE(an_activation_has_the_values_slopes_and_kinks_of_its_formula) {
    struct Typed {
        std::string_view text;
        double (*value)(double);
        std::vector<double> kinks;
    };
    const std::vector<Typed> all{
        {"z / (1 + |z|)", [](double z) { return z / (1 + std::abs(z)); }, {}},
        {"max(z, 0.3 z)", [](double z) { return std::max(z, 0.3 * z); }, {0}},
        {"min(max(z, -1), 2)", [](double z) { return std::min(std::max(z, -1.0), 2.0); }, {-1, 2}},
        {"|z - 1| + |z + 2|", [](double z) { return std::abs(z - 1) + std::abs(z + 2); }, {-2, 1}},
        {"z sigmoid(1.5 z)", [](double z) { return z / (1 + std::exp(-1.5 * z)); }, {}},
        {"sqrt(1 + z^2) - cosh(z)/3", [](double z) { return std::sqrt(1 + z * z) - std::cosh(z) / 3; }, {}},
        {"atan(2 z) + arctan(z)", [](double z) { return std::atan(2 * z) + std::atan(z); }, {}},
        {"sin(2 z) e^(-z^2) + erf(z)", [](double z) { return std::sin(2 * z) * std::exp(-z * z) + std::erf(z); }, {}},
    };
    for (const auto& [text, value, kinks] : all) {
        const AnyActivation g = activation_of(text);
        BOOST_TEST_CONTEXT(text) {
            for (const double z : {-2.7, -1.3, -0.4, 0.6, 1.9, 3.3}) {
                const auto formulas = g.on<double>();
                BOOST_TEST(std::abs(formulas.value(z) - value(z)) <= 1e-14 * (1 + std::abs(value(z))));
                const auto slope = checks::derivative_with_error_bar(value, z);
                BOOST_TEST((checks::judge(formulas.derivative(z), slope).outcome == checks::Outcome::confirmed));
            }
            std::vector<double> found;
            for (const Kink& kink : g.facts().kinks) found.push_back(kink.at);
            BOOST_TEST(found == kinks, boost::test_tools::per_element());
        }
    }
    BOOST_TEST(name_of(activation_of("z^3")) == "g(z) = z^3");
}

BOOST_AUTO_TEST_CASE(a_loss_takes_its_letters_from_the_settings) {
    const AnyLoss loss = loss_of("alpha^2 (sqrt(1 + ((a - y)/alpha)^2) - 1)", {{"alpha", 0.9}});
    const double r = 1.5 - 0.2;
    BOOST_TEST(std::abs(loss.on<double>().derivative(1.5, 0.2) - r / std::sqrt(1 + r * r / 0.81)) < 1e-15);
    BOOST_CHECK_THROW(loss_of("alpha (a - y)^2"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_said) {
    const auto says = [](std::string_view formula, std::string_view part) {
        try {
            static_cast<void>(activation_of(formula));
            BOOST_ERROR(formula << " was read");
        } catch (const std::invalid_argument& error) {
            BOOST_TEST(std::string_view(error.what()).find(part) != std::string_view::npos, error.what());
        }
    };
    says("tahn(z)", "tahn has no value: say --set tahn=NUMBER");
    says("beta z", "beta has no value");
    says("z +", "'z +'");
    says("(z", "'(z'");
}

BOOST_AUTO_TEST_CASE(a_claimed_derivative_is_proved_or_refuted_and_named) {
    const auto verdict = [](std::string_view formula, std::string_view derivative) {
        return check_derivative(formula, derivative, {}, proof::engines());
    };
    BOOST_TEST((verdict("tanh(z)", "1 - tanh(z)^2").status == Status::exact));
    BOOST_TEST((verdict("log(1 + e^z)", "sigmoid(z)").status == Status::exact));
    const DerivativeVerdict of_value = verdict("tanh(z)", "1 - z^2");
    BOOST_TEST((of_value.status == Status::refuted));
    BOOST_TEST_REQUIRE(of_value.is.size() == 1u);
    BOOST_TEST(of_value.is[0].find("derivative-from-value-at-pre-activation") != std::string::npos);
    BOOST_TEST(of_value.text.find("z = ") != std::string::npos);
    BOOST_TEST(verdict("e^(-z^2)", "2 z e^(-z^2)").is.at(0).find("wrong-sign") != std::string::npos);
    BOOST_TEST(verdict("sin(z)", "sin(z)").is.at(0).find("value-instead-of-derivative") != std::string::npos);
    BOOST_TEST(verdict("z^2", "z").is.at(0).find("half of the right one") != std::string::npos);
    BOOST_TEST(verdict("z^2 + z", "7").is.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::notes
