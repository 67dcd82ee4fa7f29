// SPDX-License-Identifier: MIT
#include "diagnosis/search/planting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/catalogue.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/tanh.hpp"

namespace gradproof::diagnosis {
namespace {

// θ of a planted formula: the first of these that the formula does not exclude.
double planted_parameter(const Attempt& attempt) {
    for (const double theta : {2.0, 0.375, 0.75})
        if (std::ranges::none_of(attempt.excluded, [&](double e) { return std::abs(e - theta) < 1e-6; })) return theta;
    return 3;
}

std::string described(const Planting& planting, const std::string& detail) {
    std::string where;
    for (const Place place : planting.places) where += (where.empty() ? "" : ", ") + tensor_name(place.step, place.l);
    return fmt::format("{} at {}{}", planting.mistake->slug, where, detail.empty() ? "" : " (" + detail + ")");
}

}  // namespace

std::vector<Planting> all_plantings(const Network<double>& network, const Cache<double>& cache, const Tensor& Y) {
    const Gradients<double> right = right_gradients(network, cache, Y);
    const auto order = backward_order(network.depth());
    std::vector<Planting> plantings;
    for (const Mistake& mistake : catalogue()) {
        if (mistake.is_convention) continue;  // right in its own way
        for (const Variant& variant : mistake.variants) {
            for (const Step step : variant.steps) {
                std::vector<Place> places;
                std::size_t most = 0;
                for (const Place place : order) {
                    if (place.step != step || (step == Step::dA && place.l == 0)) continue;
                    const std::size_t attempts = variant.attempts(step, {network, cache, Y, right, place.l}).size();
                    if (attempts == 0) continue;
                    places.push_back(place);
                    most = std::max(most, attempts);
                    for (std::size_t a = 0; a < attempts; ++a) plantings.push_back({&mistake, &variant, a, {place}});
                }
                if (places.size() > 1)
                    for (std::size_t a = 0; a < most; ++a) plantings.push_back({&mistake, &variant, a, places});
            }
        }
    }
    return plantings;
}

std::optional<Planted> plant(const Network<double>& network, const Cache<double>& cache, const Tensor& Y,
                             const std::vector<Planting>& plantings, const GradientScale& scale) {
    Planted planted{.slugs = {}, .what = {}, .gradients = empty_gradients(network.depth())};
    Gradients<double>& gradients = planted.gradients;
    const bool dA_is_planted = std::ranges::any_of(plantings, [](const Planting& planting) {
        return std::ranges::any_of(planting.places, [](Place place) { return place.step == Step::dA_output; });
    });
    for (const Place place : backward_order(network.depth())) {
        const Situation situation{network, cache, Y, gradients, place.l, scale};
        Tensor value = right_value(place.step, situation);
        // Whoever makes a mistake in dA[L] goes through it.
        if (place.step == Step::dZ_output && dA_is_planted)
            value = pull_back(situation.activation(), situation.Z(), situation.dA());
        for (const Planting& planting : plantings) {
            if (std::ranges::find(planting.places, place) == planting.places.end()) continue;
            const Attempts attempts = planting.variant->attempts(place.step, situation);
            if (attempts.size() <= planting.attempt) return std::nullopt;
            const Attempt& attempt = attempts[planting.attempt];
            value = attempt.value;
            if (attempt.direction.size() > 0) value += planted_parameter(attempt) * attempt.direction;
            if (place == planting.places.front()) {
                planted.slugs.push_back(planting.mistake->slug);
                planted.what += (planted.what.empty() ? "" : " and ") + described(planting, attempt.detail);
            }
        }
        if (!value.allFinite()) return std::nullopt;
        set_tensor(gradients, place.step, place.l, value);
    }
    return planted;
}

std::vector<Planted> plant_without_formula(const Network<double>& network, const Tensor& X, const Tensor& Y) {
    const Cache<double> cache = forward(network, X);
    const Gradients<double> right = right_gradients(network, cache, Y);
    std::vector<Planted> out;

    Planted rounded{.slugs = {"float32-precision"}, .what = "all gradients rounded to float32", .gradients = right};
    for (const Place place : backward_order(network.depth()))
        set_tensor(rounded.gradients, place.step, place.l,
                   tensor_of(right, place.step, place.l).cast<float>().cast<double>());
    out.push_back(std::move(rounded));

    Planted one_entry{.slugs = {"single-entries"}, .what = "one entry of dW1", .gradients = right};
    Tensor& dW = one_entry.gradients.dW[1];
    dW(dW.rows() - 1, 0) += 0.1 * dW.cwiseAbs().maxCoeff();
    if (dW.size() >= 10) out.push_back(std::move(one_entry));

    // Gradients of the parameters before W -= alpha dW, next to the parameters after it.
    Network<double> before = network;
    constexpr double alpha = 0.01;
    for (int iteration = 0; iteration < 60; ++iteration) {
        // The parameters before the update solve P = network + alpha gradient(P): a contraction for a small alpha.
        const Gradients<double> g = backward(before, forward(before, X), Y);
        for (std::size_t l = 1; l <= network.depth(); ++l) {
            before.layer(l).dense.W = network.layer(l).dense.W + alpha * g.dW[l];
            before.layer(l).dense.b = network.layer(l).dense.b + alpha * g.db[l];
        }
    }
    Planted stale{.slugs = {"stale-cache"}, .what = "gradients from before the update", .gradients = {}};
    stale.gradients = right_gradients(before, forward(before, X), Y);
    if (stale.gradients.dA[network.depth()].allFinite()) out.push_back(std::move(stale));

    Network<double> other = network;
    for (std::size_t l = 1; l < network.depth(); ++l) {
        other.layer(l).activation = AnyActivation(Tanh{});
        if (network.layer(l).activation.is<Tanh>()) other.layer(l).activation = AnyActivation(LeakyRelu{});
    }
    Planted another{.slugs = {"another-network"}, .what = "gradients for another hidden activation", .gradients = {}};
    another.gradients = right_gradients(other, forward(other, X), Y);
    out.push_back(std::move(another));
    return out;
}

}  // namespace gradproof::diagnosis
