// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/scaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "diagnosis/rounding.hpp"

namespace gradproof::diagnosis {
namespace {

// The right gradients of the mean loss without L2 term, what rounding does to them, and the user's.
class Comparison {
  public:
    explicit Comparison(const Submission& raw)
        : raw_(raw),
          u_(raw.single_precision || !raw.in_float32.empty() ? float_roundoff : double_roundoff),
          cache_(forward(raw.network, raw.X)),
          right_(right_gradients(raw.network, cache_, raw.Y, raw.gradients.dA[0].size() > 0)),
          roundings_(roundings_of(raw.network, cache_, raw.Y, right_, u_)) {
        add_up(right_, raw.ties);
        add_up(roundings_.gradients, raw.ties);
        for (const Place place : backward_order(raw.L()))
            if (tensor_of(raw.gradients, place.step, place.l).size() > 0) places_.push_back(place);
    }

    std::size_t given() const { return places_.size(); }

    std::size_t agreeing(const Scaling& scaling) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(places_, [&](const Place& place) { return agrees(place, scaling); }));
    }

    double cost(const Scaling& scaling) const {
        const double m = raw_.m();
        double squares = squared_weights(raw_.network);
        if (scaling.with_biases)
            for (const auto& layer : raw_.network.layers) squares += layer.dense.b.squaredNorm();
        return factor_of_parameters(scaling, m) * example_losses(raw_.network, cache_, raw_.Y).sum() / m +
               l2_slope(scaling, m) / 2 * squares;
    }
    bool states(const Scaling& scaling) const {
        const double computed = cost(scaling);
        const double allowed = factor_of_parameters(scaling, raw_.m()) * roundings_.cost + 64 * u_ * std::abs(computed);
        return std::abs(*raw_.cost - computed) <= 4 * allowed;
    }

  private:
    bool agrees(const Place& place, const Scaling& scaling) const {
        const bool is_per_example = place.step != Step::dW && place.step != Step::db;
        const double factor =
            is_per_example ? factor_of_examples(scaling, raw_.m()) : factor_of_parameters(scaling, raw_.m());
        Tensor expected = factor * tensor_of(right_, place.step, place.l);
        Tensor allowed = std::abs(factor) * tensor_of(roundings_.gradients, place.step, place.l);
        if (place.step == Step::dW && scaling.lambda != 0) {
            const double of_W = l2_slope(scaling, raw_.m());
            expected += of_W * raw_.network.layer(place.l).dense.W;
            allowed += (4 * u_ * std::abs(of_W)) * raw_.network.layer(place.l).dense.W.cwiseAbs();
        }
        if (place.step == Step::db && scaling.lambda != 0 && scaling.with_biases) {
            const double of_b = l2_slope(scaling, raw_.m());
            expected += of_b * raw_.network.layer(place.l).dense.b;
            allowed += (4 * u_ * std::abs(of_b)) * raw_.network.layer(place.l).dense.b.cwiseAbs();
        }
        const Tensor yours = tensor_of(raw_.gradients, place.step, place.l);
        return ((yours - expected).array().abs() <= 4 * allowed.array()).all();
    }

    const Submission& raw_;
    double u_;
    Cache<double> cache_;
    Gradients<double> right_;
    Roundings roundings_;
    std::vector<Place> places_;
};

std::vector<bool> choices_for_dZ(const DeclaredCost& declared, const Submission& raw) {
    if (!has_dZ_or_dA(raw)) return {false};
    if (declared.mean_in_dZ) return {*declared.mean_in_dZ};
    if (raw.layout.examples_in_rows) return {true, false};
    return {false, true};
}

// What the sum of the losses is divided by: m or, where the examples have weights, their sum.
std::vector<double> counts_of(const DeclaredCost& declared, const Submission& raw) {
    const double sum = raw.network.example_weights.size() > 0 ? raw.network.example_weights.sum() : 0;
    if (!(sum > 0) || sum == raw.m()) return {0};
    if (declared.is_weighted_mean) return {sum, 0};
    return {0, sum};
}

std::vector<L2Scale> scales_of_L2(const DeclaredCost& declared, const Layout& layout) {
    if (declared.l2) return {*declared.l2};
    if (declared.lambda == 0) return {L2Scale::lambda_over_2m};
    std::vector<L2Scale> scales{layout.examples_in_rows ? L2Scale::lambda_over_2 : L2Scale::lambda_over_2m};
    for (const auto& [scale, name] : l2_scales)
        if (scale != scales.front()) scales.push_back(scale);
    return scales;
}

// What people put in front of a loss, in all its readings.
std::vector<double> usual_factors(const std::vector<double>& declared, double K, double m) {
    std::vector<double> factors = declared;
    for (const double factor : {1.0, 2.0, 0.5, 1 / K, 2 / K, m, 2 * m, m / 2, 1 / m})
        if (std::ranges::none_of(factors, [&](double f) { return std::abs(f - factor) <= 1e-12 * factor; }))
            factors.push_back(factor);
    return factors;
}

std::vector<Scaling> all_of(const std::vector<double>& factors, const DeclaredCost& declared, const Submission& raw,
                            bool biases_too) {
    std::vector<Scaling> scalings;
    for (const bool with_biases : {false, true}) {
        if (with_biases && (!biases_too || declared.lambda == 0)) continue;
        for (const double factor : factors)
            for (const L2Scale l2 : scales_of_L2(declared, raw.layout))
                for (const double count : counts_of(declared, raw))
                    for (const bool mean_in_dZ : choices_for_dZ(declared, raw))
                        scalings.push_back({factor, declared.lambda, l2, with_biases, mean_in_dZ, count});
    }
    return scalings;
}

std::string remark_on_weights(const Submission& raw) {
    const auto zeros = (raw.network.example_weights.array() == 0).count();
    std::string text = fmt::format("the examples have weights, {} in the file", name_in_file(raw.names, "w"));
    if (zeros > 0) text += fmt::format(", {} of {} are 0", zeros, raw.network.example_weights.size());
    return text;
}

bool is_same_cost(const Scaling& a, const Scaling& b) {
    return a.factor == b.factor && a.count == b.count && a.l2 == b.l2 && a.with_biases == b.with_biases;
}

}  // namespace

ReadScaling read_scaling(const Submission& raw, const DeclaredCost& declared) {
    const Comparison comparison(raw);
    const std::vector<Scaling> allowed = all_of(declared.factors, declared, raw, raw.biases_in_weights);
    const std::vector<Scaling> usual =
        all_of(usual_factors(declared.factors, static_cast<double>(raw.Y.rows()), raw.m()), declared, raw, true);
    std::vector<Scaling> candidates = allowed;
    bool is_from_cost = false;
    if (raw.cost) {
        std::vector<Scaling> stating;
        for (const std::vector<Scaling>* scalings : {&allowed, &usual})
            if (stating.empty())
                std::ranges::copy_if(*scalings, std::back_inserter(stating),
                                     [&](const Scaling& scaling) { return comparison.states(scaling); });
        is_from_cost = !stating.empty() && !is_same_cost(stating.front(), allowed.front());
        if (!stating.empty()) candidates = std::move(stating);
    }
    ReadScaling read{.scaling = candidates.front(), .given = comparison.given()};
    for (const Scaling& candidate : candidates) {
        if (read.agreeing == read.given) break;
        if (const std::size_t agreeing = comparison.agreeing(candidate); agreeing > read.agreeing) {
            read.agreeing = agreeing;
            read.scaling = candidate;
        }
    }
    if (read.agreeing < read.given && !raw.cost)
        for (const Scaling& scaling : usual)
            if (!read.other && comparison.agreeing(scaling) == read.given) read.other = scaling;
    const double K = static_cast<double>(raw.Y.rows());
    const auto over_outputs = [K](const Scaling& scaling) {
        const bool is_mean = K > 1 && (scaling.factor == 1 / K || scaling.factor == 2 / K);
        return is_mean ? ", a mean over outputs too" : "";
    };
    const auto says = [&read](const std::string& remark) { read.remarks.push_back(remark); };
    if (is_from_cost && !is_same_cost(read.scaling, allowed.front()))
        says(fmt::format("the reading of the cost is the one that gives the cost in the file{}",
                         over_outputs(read.scaling)));
    else if (read.scaling.factor != allowed.front().factor)
        says(fmt::format("the reading of the loss is the one that the gradients fit{}", over_outputs(read.scaling)));
    if (raw.network.example_weights.size() > 0)
        says(fmt::format("{}: the sum of the losses is divided by {}{}", remark_on_weights(raw),
                         read.scaling.count > 0 ? "the sum of the weights" : "m",
                         read.scaling.count == allowed.front().count ? "" : ", which the numbers fit"));
    if (declared.lambda != 0 && !declared.l2)
        says(fmt::format("the L2 term is read as {} sum of squared weights{}{}", name_of(read.scaling.l2),
                         read.scaling.with_biases ? " and biases" : "",
                         read.scaling.l2 == allowed.front().l2 ? "" : ", which the numbers fit"));
    if (read.scaling.mean_in_dZ != allowed.front().mean_in_dZ)
        says(fmt::format("dZ and dA are read {} 1/m, which the numbers fit",
                         read.scaling.mean_in_dZ ? "with" : "without"));
    return read;
}

void apply(const Scaling& scaling, Submission& raw) {
    const double of_parameters = factor_of_parameters(scaling, raw.m());
    raw.scaling = scaling;
    raw.network.lambda = in_course_scale(scaling.lambda, scaling.l2, raw.m()) / of_parameters;
    const double of_examples = 1 / factor_of_examples(scaling, raw.m());
    for (auto* tensors : {&raw.gradients.dZ, &raw.gradients.dA})
        for (Tensor& tensor : *tensors) tensor *= of_examples;
    for (Tensor& dW : raw.gradients.dW) dW /= of_parameters;
    // Of biases the course's cost has no squares: what they add is taken out.
    const double of_b = scaling.with_biases ? l2_slope(scaling, raw.m()) : 0;
    for (std::size_t l = 1; l <= raw.L(); ++l) {
        const Vector<double>& b = raw.network.layer(l).dense.b;
        if (raw.gradients.db[l].size() > 0) raw.gradients.db[l] = (raw.gradients.db[l] - of_b * b) / of_parameters;
        if (raw.cost) *raw.cost -= of_b / 2 * b.squaredNorm();
    }
    if (raw.cost) *raw.cost /= of_parameters;
}

}  // namespace gradproof::diagnosis
