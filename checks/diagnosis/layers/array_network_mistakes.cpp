// SPDX-License-Identifier: MIT
#include "diagnosis/layers/array_network_mistakes.hpp"

#include <fmt/format.h>

#include <utility>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/layers/layer_mistake.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"

namespace gradproof::diagnosis {
namespace {

// What a step passes on from the derivative `d` in what it gave.
using PullBack = std::function<Arrays<double>(const Array<double>& d)>;

// The right way back, to be gone on from any step.
class WayBack {
  public:
    WayBack(const ArrayNetwork& network, const ArrayCache& cache) : network_(&network), cache_(&cache) {}

    const ArrayNetwork& network() const { return *network_; }
    Eigen::Index N() const { return cache_->values.back().dim(0); }

    // What step `s` gives for the derivative `d` in its output.
    Arrays<double> through(std::size_t s, const Array<double>& d) const { return pull_back(*network_, s, *cache_, d); }

    // Step `s` gave this for its inputs, without the L2 term.
    void pass_on(std::size_t s, Arrays<double> d_inputs, ArrayGradients& gradients) const {
        gradproof::pass_on(*network_, s, std::move(d_inputs), N(), gradients);
    }

    // The steps below `s` as they should be.
    ArrayGradients down_from(std::size_t s, ArrayGradients gradients) const {
        while (s-- > 0) pass_on(s, through(s, gradients.values[s + 1]), gradients);
        return gradients;
    }

    // Calls act(step, input, facts of it) for every own input.
    template <class Do>
    void for_each_own(const Do& act) const {
        for (std::size_t s = 0; s < network_->steps.size(); ++s) {
            const auto* const layer = std::get_if<AnyLayer>(&network_->steps[s]);
            for (std::size_t n = 0; layer && n < layer->facts().inputs.size(); ++n)
                if (n != flowing_input(*layer)) act(s, n, layer->facts().inputs[n]);
        }
    }

  private:
    const ArrayNetwork* network_;
    const ArrayCache* cache_;
};

class NetworkMistakes {
  public:
    NetworkMistakes(const ArrayNetworkSubmission& submission, const ArrayCache& cache)
        : s_(submission), cache_(cache), N_(static_cast<double>(s_.Y.dim(0))), way_(s_.network, cache_) {}

    std::vector<NetworkMistake> all() {
        add_of_output();
        for (std::size_t s = s_.network.steps.size(); s-- > 0;) {
            if (const auto* const layer = std::get_if<AnyLayer>(&s_.network.steps[s]))
                add_of_layer(s, *layer);
            else
                add_of_activation(s, std::get<AnyActivation>(s_.network.steps[s]));
        }
        add_of_cost();
        return std::move(mistakes_);
    }

  private:
    void add_of_layer(std::size_t s, const AnyLayer& layer) {
        const Arrays<double> inputs = inputs_of(s_.network, s, cache_.values[s]);
        for (const LayerMistake& mistake : layer_mistakes(layer))
            add_step(s, mistake.slug, mistake.explanation, std::string(mistake.line), note_of(layer),
                     [layer, inputs, mistake](const Array<double>& d) {
                         return mistake.derivatives({.layer = layer, .inputs = inputs, .d_outputs = {d}});
                     });
    }

    void add_of_activation(std::size_t s, const AnyActivation& g) {
        add_known(s, "missing-activation-derivative", "dz = da",
                  [](const Array<double>& d) -> Arrays<double> { return {d}; });
        if (!is_elementwise(g)) return;
        const Array<double>& z = cache_.values[s];
        const auto with_slope = [&](const std::function<double(double)>& slope) -> PullBack {
            Array<double> slopes = z;
            slopes.values() = slopes.values().unaryExpr(slope).eval();
            return [slopes](const Array<double>& d) -> Arrays<double> {
                return {{d.shape(), d.values().cwiseProduct(slopes.values())}};
            };
        };
        const auto on_double = g.on<double>();
        const auto derivative = [&](double at) -> double { return on_double.derivative(at); };
        if (on_double.has_derivative_from_value())
            add_known(s, "derivative-from-value-at-pre-activation", "dz = da * (g' of the value, at z)",
                      with_slope([&](double at) -> double { return on_double.derivative_from_value(at); }));
        add_known(s, "derivative-at-activation-instead-of-pre-activation", "dz = da * g'(g(z))",
                  with_slope([&](double at) -> double { return derivative(on_double.value(at)); }));
        if (g.is<Relu>() || g.is<LeakyRelu>())
            add_known(s, "relu-derivative-at-wrong-side", "dz[z > 0] = 0",
                      with_slope([&](double at) -> double { return derivative(-at); }));
    }

    // A - Y, taken for the derivative in A.
    void add_of_output() {
        const std::size_t S = s_.network.steps.size();
        if (S == 0 || !output_derivative(s_.network, cache_, s_.Y).begins_before_activation) return;
        const Mistake& mistake = mistake_named("output-derivative-applied-twice");
        mistakes_.push_back({.slug = mistake.slug,
                             .where = step_text(S - 1),
                             .explanation = mistake.explanation,
                             .line = "dz = (a - y) * g'(z)",
                             .note = std::string(mistake.note),
                             .gradients = [way = way_, S](const ArrayGradients& so_far) {
                                 ArrayGradients gradients = so_far;
                                 gradients.values[S - 1] = way.through(S - 1, so_far.values[S - 1])[0];
                                 return way.down_from(S - 1, std::move(gradients));
                             }});
    }

    void add_of_cost() {
        if (s_.network.lambda == 0) return;
        add_on_weights("missing-regularisation", "dW = x.T @ dy", -1);
        for (const auto& [share, line] : {std::pair(2.0, "dW = x.T @ dy + 2 * lambda/m * W"),
                                          {0.5, "dW = x.T @ dy + lambda/(2 * m) * W"},
                                          {N_, "dW = x.T @ dy + lambda * W"},
                                          {1 / N_, "dW = x.T @ dy + lambda/m**2 * W"}})
            add_on_weights("regularisation-scaled-wrong", line, share - 1);
        const Mistake& mistake = mistake_named("regularised-bias");
        const double share = s_.network.lambda / N_;
        mistakes_.push_back({.slug = mistake.slug,
                             .where = {},
                             .explanation = mistake.explanation,
                             .line = "db = np.sum(dy, axis=0) + lambda/m * b",
                             .note = std::string(mistake.note),
                             .gradients = [way = way_, share](const ArrayGradients& so_far) {
                                 ArrayGradients gradients = so_far;
                                 way.for_each_own([&](std::size_t s, std::size_t n, const LayerInput& input) {
                                     if (input.name == "b")
                                         gradients.own[s][n].values() += share * way.network().own[s][n].values();
                                 });
                                 return gradients;
                             }});
    }

    // Every W gets `change` times its L2 term more.
    void add_on_weights(std::string_view slug, const std::string& line, double change) {
        const Mistake& mistake = mistake_named(slug);
        mistakes_.push_back({.slug = mistake.slug,
                             .where = {},
                             .explanation = mistake.explanation,
                             .line = line,
                             .note = std::string(mistake.note),
                             .gradients = [way = way_, change](const ArrayGradients& so_far) {
                                 ArrayGradients gradients = so_far;
                                 way.for_each_own([&](std::size_t s, std::size_t n, const LayerInput&) {
                                     gradients.own[s][n].values() +=
                                         change * regularisation(way.network(), s, n, way.N()).values();
                                 });
                                 return gradients;
                             }});
    }

    // With the name and the words of the catalogue.
    void add_known(std::size_t s, std::string_view slug, const std::string& line, PullBack wrong) {
        const Mistake& mistake = mistake_named(slug);
        add_step(s, mistake.slug, mistake.explanation, line, std::string(mistake.note), std::move(wrong));
    }

    void add_step(std::size_t s, std::string_view slug, std::string_view explanation, const std::string& line,
                  const std::string& note, PullBack wrong) {
        mistakes_.push_back({.slug = slug,
                             .where = step_text(s),
                             .explanation = explanation,
                             .line = line,
                             .note = note,
                             .gradients = [way = way_, s, wrong = std::move(wrong)](const ArrayGradients& so_far) {
                                 ArrayGradients gradients = so_far;
                                 way.pass_on(s, wrong(so_far.values[s + 1]), gradients);
                                 return way.down_from(s, std::move(gradients));
                             }});
    }

    std::string step_text(std::size_t s) const { return fmt::format("step {}, {}", s + 1, s_.words[s]); }

    const ArrayNetworkSubmission& s_;
    const ArrayCache& cache_;
    double N_;
    WayBack way_;
    std::vector<NetworkMistake> mistakes_{};
};

}  // namespace

std::string name_of(const NetworkMistake& mistake) {
    return mistake.where.empty() ? std::string(mistake.slug) : fmt::format("{} in {}", mistake.slug, mistake.where);
}

std::vector<NetworkMistake> network_mistakes(const ArrayNetworkSubmission& submission, const ArrayCache& cache) {
    return NetworkMistakes(submission, cache).all();
}

}  // namespace gradproof::diagnosis
