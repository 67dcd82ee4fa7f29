// SPDX-License-Identifier: MIT
//
//   explore_cases DERIVATIONS CASES.js VALUES.json
//
// Writes the library's formulas as a script for the page that explores them: every elementwise activation and loss
// with its derivative, as the code itself writes them down, and the network of the worked example. And, for the test of
// that page, what the library computes at many points.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "diagnosis/json_number.hpp"
#include "differences/network/written.hpp"
#include "pages/cases/case_note.hpp"
#include "pages/explore/javascript.hpp"
#include "pages/pictures/worked_example.hpp"

namespace {

using namespace gradproof;
using checks::number_or_null;
using checks::Written;
using nlohmann::json;

struct Printed {
    std::string plain;
    std::string script;
};

// What f computes of two letters; nothing if it has too many cases to be written down.
std::optional<Printed> printed(const std::function<Written(const Written&, const Written&)>& f,
                               std::string_view letters) {
    try {
        const auto [factor, text] =
            checks::write_down(f, std::string(letters.substr(0, 1)), std::string(letters.substr(1)));
        std::string plain = text;
        if (text.empty() || text == "1" || factor == 0)
            plain = checks::written_number(factor);
        else if (factor == -1)
            plain = "-" + text;
        else if (factor != 1)
            plain = checks::written_number(factor) + " " + text;
        return Printed{plain, explore::javascript_of(plain)};
    } catch (const std::length_error&) {
        return std::nullopt;
    }
}

json interval_of(const Interval& interval) {
    return {{"lower", number_or_null(interval.lower)}, {"upper", number_or_null(interval.upper)}};
}

json numbers_of(const Matrix<double>& matrix) {
    json rows = json::array();
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        json numbers = json::array();
        for (Eigen::Index column = 0; column < matrix.cols(); ++column)
            numbers.push_back(number_or_null(matrix(row, column)));
        rows.push_back(std::move(numbers));
    }
    return rows;
}

constexpr double places[]{-40, -20, -8,  -3.5, -2,  -1.5, -1,  -0.5, -0.3, -0.1, 0,
                          0.1, 0.3, 0.5, 1,    1.5, 2,    3.5, 6,    8,    20,   40};

class Cases {
  public:
    explicit Cases(const std::filesystem::path& derivations) : derivations_(derivations) {}

    void add(const AnyActivation& g) {
        const ActivationFacts& facts = g.facts();
        if (!facts.is_elementwise) return;
        const auto on_written = g.on<Written>();
        const auto value = printed([&](const Written& z, const Written&) { return on_written.value(z); }, "zy");
        const auto derivative =
            printed([&](const Written& z, const Written&) { return on_written.derivative(z); }, "zy");
        if (!value || !derivative) {
            left_out_.push_back(std::string(facts.slug));
            return;
        }
        json kinks = json::array();
        for (const Kink& kink : facts.kinks) kinks.push_back(kink.at);
        const auto note = cases::read_case_note(derivations_ / "activations" / (std::string(facts.slug) + ".md"));
        activations_.push_back(entry(facts.slug, note.title, "z", *value, *derivative, {{"kinks", kinks}}));
        const auto formulas = g.on<double>();
        for (const double z : places)
            values_["activations"][std::string(facts.slug)].push_back(
                {z, number_or_null(formulas.value(z)), number_or_null(formulas.derivative(z))});
    }

    void add(const AnyLoss& loss) {
        const LossFacts& facts = loss.facts();
        if (!facts.is_elementwise) return;
        const auto on_written = loss.on<Written>();
        const auto value = printed([&](const Written& a, const Written& y) { return on_written.value(a, y); }, "ay");
        const auto derivative =
            printed([&](const Written& a, const Written& y) { return on_written.derivative(a, y); }, "ay");
        if (!value || !derivative) {
            left_out_.push_back(std::string(facts.slug));
            return;
        }
        std::vector<std::string_view> outputs;
        std::vector<std::string_view> canonical;
        for (const AnyActivation& g : all_activations()) {
            if (!g.facts().is_elementwise || !are_compatible(g, loss)) continue;
            outputs.push_back(g.facts().slug);
            if (is_canonical_pair(g, loss)) canonical.push_back(g.facts().slug);
        }
        const auto note = cases::read_case_note(derivations_ / "losses" / (std::string(facts.slug) + ".md"));
        losses_.push_back(entry(facts.slug, note.title, "a, y", *value, *derivative,
                                {{"outputs", outputs},
                                 {"canonical", canonical},
                                 {"labels", interval_of(facts.label_domain)},
                                 {"onlyWhole", facts.labels == Labels::counts},
                                 {"onlySigns", facts.labels == Labels::signs}}));
        const auto formulas = loss.on<double>();
        for (const double y : {-1.0, 0.0, 0.25, 0.75, 1.0, 3.0})
            for (double a : places)
                for (const double shift : {0.0, 0.37})
                    if (facts.label_domain.contains(y) && facts.prediction_domain.contains(a + shift) &&
                        std::abs(a) < 10 && (facts.labels != Labels::signs || std::abs(y) == 1))
                        values_["losses"][std::string(facts.slug)].push_back(
                            {a + shift, y, number_or_null(formulas.value(a + shift, y)),
                             number_or_null(formulas.derivative(a + shift, y))});
    }

    void add(const pictures::WorkedExample& example) {
        const auto& [network, X, Y] = example;
        json weights;
        for (std::size_t l = 1; l <= network.depth(); ++l) {
            weights["W" + std::to_string(l)] = numbers_of(network.layer(l).dense.W);
            weights["b" + std::to_string(l)] = numbers_of(network.layer(l).dense.b);
        }
        network_ = {{"X", numbers_of(X)},
                    {"Y", numbers_of(Y)},
                    {"parameters", weights},
                    {"hidden", network.layers[0].activation.facts().slug}};
        const Cache<double> cache = forward(network, X);
        const Gradients<double> gradients = backward(network, cache, Y, OutputRoute::a_minus_y);
        json& computed = values_["network"];
        computed["J"] = cost(network, cache, Y);
        for (std::size_t l = 1; l <= network.depth(); ++l) {
            computed["dW" + std::to_string(l)] = numbers_of(gradients.dW[l]);
            computed["db" + std::to_string(l)] = numbers_of(gradients.db[l]);
        }
    }

    std::string script() const {
        std::string text =
            "'use strict';\n// Made from the formulas of the library.\nwindow.gradproofCases = (erf, erfc, timesLog) "
            "=> ({\n";
        text += fmt::format("activations: {{\n{}}},\nlosses: {{\n{}}},\nnetwork: {},\n}});\n",
                            fmt::join(activations_, ""), fmt::join(losses_, ""), network_.dump());
        return text;
    }
    json values() const { return values_; }
    const std::vector<std::string>& left_out() const { return left_out_; }

  private:
    static std::string entry(std::string_view slug, const std::string& title, std::string_view letters,
                             const Printed& value, const Printed& derivative, json facts) {
        facts["title"] = title;
        facts["formula"] = value.plain;
        facts["derivativeFormula"] = derivative.plain;
        std::string known = facts.dump();
        known.pop_back();
        return fmt::format("{}: {},\n  value: ({}) => {},\n  derivative: ({}) => {}}},\n", slug, known, letters,
                           value.script, letters, derivative.script);
    }

    std::filesystem::path derivations_;
    std::vector<std::string> activations_;
    std::vector<std::string> losses_;
    std::vector<std::string> left_out_;
    json network_;
    json values_;
};

void write(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    if (!(out << text).flush()) throw std::runtime_error(file + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: explore_cases DERIVATIONS CASES.js VALUES.json\n");
        return 2;
    }
    try {
        Cases cases(argv[1]);
        for (const AnyActivation& g : all_activations()) cases.add(g);
        for (const AnyLoss& loss : all_losses()) cases.add(loss);
        cases.add(pictures::read_worked_example(argv[1]));
        for (const std::string& slug : cases.left_out()) fmt::print("{}: too many cases, not on the page\n", slug);
        write(argv[2], cases.script());
        write(argv[3], cases.values().dump() + "\n");
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "explore_cases: {}\n", error.what());
        return 2;
    }
}
