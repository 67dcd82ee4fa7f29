// SPDX-License-Identifier: MIT
#include "notes/bindings.hpp"

#include <utility>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/network.hpp"
#include "gradproof/prelu.hpp"
#include "notes/bound_function.hpp"
#include "notes/layer_bindings.hpp"

namespace gradproof::notes {
namespace {

// For a function of the value a = g(z).
template <class Function>
Binding bound_at_value(std::string note, std::string tag, const AnyActivation& g, Function function) {
    Binding binding = bound(std::move(note), std::move(tag), function);
    binding.at_value = true;
    binding.value = [g](const Arguments<Real>& at) { return entries_of(activate(g, matrix(at, "z"))); };
    return binding;
}

void add_activation(const AnyActivation& g, std::vector<Binding>& all) {
    const auto note = "activations/" + std::string(g.facts().slug);
    if (!is_elementwise(g)) {
        all.push_back(bound(note, "value",
                            [g]<class S>(const Arguments<S>& at) { return entries_of(activate(g, matrix(at, "z"))); }));
        all.push_back(bound(note, "pull_back", [g]<class S>(const Arguments<S>& at) {
            return entries_of(pull_back(g, matrix(at, "z"), matrix(at, "u")));
        }));
        return;
    }
    all.push_back(bound(note, "value", [g]<class S>(const Arguments<S>& at) {
        return std::vector<S>{g.on<S>().value(number(at, "z"))};
    }));
    all.push_back(bound(note, "derivative", [g]<class S>(const Arguments<S>& at) {
        return std::vector<S>{g.on<S>().derivative(number(at, "z"))};
    }));
    if (g.on<double>().has_derivative_from_value())
        all.push_back(bound_at_value(note, "derivative_from_value", g, [g]<class S>(const Arguments<S>& at) {
            return std::vector<S>{g.on<S>().derivative_from_value(number(at, "a"))};
        }));
    if (g.on<double>().has_second_derivative())
        all.push_back(bound(note, "second_derivative", [g]<class S>(const Arguments<S>& at) {
            return std::vector<S>{g.on<S>().second_derivative(number(at, "z"))};
        }));
}

void add_pairing(std::vector<Binding>& all, const std::string& note, const AnyActivation& g, const AnyLoss& loss) {
    all.push_back(bound(note, "dz", [g, loss]<class S>(const Arguments<S>& at) {
        const Matrix<S> Z = matrix(at, "z");
        return entries_of(dZ_through_dA(g, loss, Z, activate(g, Z), matrix(at, "y")));
    }));
    all.push_back(bound(note, "a_minus_y", [g]<class S>(const Arguments<S>& at) {
        return entries_of(dZ_as_a_minus_y(activate(g, matrix(at, "z")), matrix(at, "y")));
    }));
}

// Losses are functions of a; only the form from the pre-activation knows the canonical activation.
void add_loss(const AnyLoss& loss, std::vector<Binding>& all) {
    const std::string slug(loss.facts().slug);
    const auto note = "losses/" + slug;
    if (!is_elementwise(loss)) {
        all.push_back(bound(note, "value", [loss]<class S>(const Arguments<S>& at) {
            return entries_of(example_losses(loss, matrix(at, "a"), matrix(at, "y")));
        }));
        all.push_back(bound(note, "gradient", [loss]<class S>(const Arguments<S>& at) {
            return entries_of(loss_derivative(loss, matrix(at, "a"), matrix(at, "y")));
        }));
        return;
    }
    if (!loss.on<double>().has_losses_from_pre_activation()) {
        all.push_back(bound(note, "value", [loss]<class S>(const Arguments<S>& at) {
            return std::vector<S>{loss.on<S>().value(number(at, "a"), number(at, "y"))};
        }));
        all.push_back(bound(note, "derivative", [loss]<class S>(const Arguments<S>& at) {
            return std::vector<S>{loss.on<S>().derivative(number(at, "a"), number(at, "y"))};
        }));
        return;
    }
    const AnyActivation& g = loss.facts().canonical.front();
    all.push_back(bound_at_value(note, "value", g, [loss]<class S>(const Arguments<S>& at) {
        return entries_of(example_losses(loss, matrix(at, "a"), matrix(at, "y")));
    }));
    all.push_back(bound_at_value(note, "derivative", g, [loss]<class S>(const Arguments<S>& at) {
        return entries_of(loss_derivative(loss, matrix(at, "a"), matrix(at, "y")));
    }));
    all.push_back(bound(note, "value_from_pre_activation", [loss]<class S>(const Arguments<S>& at) {
        return entries_of(loss.on<S>().losses_from_pre_activation(matrix(at, "z"), matrix(at, "y")));
    }));
    add_pairing(all, "pairings/" + std::string(g.facts().slug) + "_" + slug, g, loss);
}

// One unit, whose examples are a row of Z and a column of the note.
void add_prelu(std::vector<Binding>& all) {
    const auto add = [&all](const std::string& tag, auto function) {
        all.push_back(compared("layers/prelu", tag, [function]<class S>(const Arguments<S>& at) {
            const Prelu<S> layer{.slope = Vector<S>::Constant(1, number(at, "s"))};
            const auto row = [&at](const std::string& name) -> Matrix<S> { return matrix(at, name).transpose(); };
            return entries_of(function(layer, row));
        }));
    };
    add("value", [](const auto& layer, const auto& row) { return layer.forward(row("z")); });
    add("dz", [](const auto& layer, const auto& row) { return layer.pull_back(row("z"), row("u")).d_input; });
    add("d_slope",
        [](const auto& layer, const auto& row) { return layer.pull_back(row("z"), row("u")).d_parameters.slope; });
}

// The network of the note: one hidden layer, here with tanh for the note's "any smooth function", and a sigmoid output
// with binary cross-entropy.
template <class S>
Network<S> network(const Arguments<S>& at) {
    Network<S> result;
    result.layers.push_back({{matrix(at, "W^{[1]}"), Vector<S>(matrix(at, "b^{[1]}"))}, Tanh{}});
    result.layers.push_back({{matrix(at, "W^{[2]}"), Vector<S>(matrix(at, "b^{[2]}"))}, Sigmoid{}});
    result.loss = BinaryCrossEntropy{};
    result.lambda = number(at, "\\lambda");
    return result;
}

template <class Pick>
void add_network(std::vector<Binding>& all, const std::string& tag, const std::string& left, Pick) {
    all.push_back(compared(
        "network", tag,
        []<class S>(const Arguments<S>& at) {
            const Network<S> shipped = network(at);
            const Cache<S> cache = forward(shipped, matrix(at, "X"));
            return entries_of(Pick{}(shipped, cache, matrix(at, "Y")));
        },
        left));
}

template <class Pick>
void add_gradient(std::vector<Binding>& all, const std::string& tag, const std::string& left, Pick) {
    add_network(all, tag, left, []<class S>(const Network<S>& shipped, const Cache<S>& cache, const Matrix<S>& Y) {
        return Matrix<S>(Pick{}(backward(shipped, cache, Y, OutputRoute::through_dA)));
    });
}

}  // namespace

std::vector<Binding> bindings() {
    std::vector<Binding> all;
    for (const AnyActivation& g : all_activations()) add_activation(g, all);
    for (const AnyLoss& loss : all_losses()) add_loss(loss, all);
    add_prelu(all);
    for (Binding& binding : layer_bindings()) all.push_back(std::move(binding));
    add_pairing(all, "output_layer", Sigmoid{}, BinaryCrossEntropy{});
    add_network(all, "z", "Z^{[1]}", [](const auto&, const auto& cache, const auto&) { return cache.Z[1]; });
    add_network(all, "cost", "J", []<class S>(const Network<S>& shipped, const Cache<S>& cache, const Matrix<S>& Y) {
        return Matrix<S>(Matrix<S>::Constant(1, 1, cost(shipped, cache, Y)));
    });
    add_gradient(all, "da_output", "dA^{[2]}", [](const auto& gradients) { return gradients.dA[2]; });
    add_gradient(all, "da", "dA^{[1]}", [](const auto& gradients) { return gradients.dA[1]; });
    add_gradient(all, "dz", "dZ^{[1]}", [](const auto& gradients) { return gradients.dZ[1]; });
    add_gradient(all, "dw", "dW^{[2]}", [](const auto& gradients) { return gradients.dW[2]; });
    add_gradient(all, "dw", "dW^{[1]}", [](const auto& gradients) { return gradients.dW[1]; });
    add_gradient(all, "db", "db^{[2]}", [](const auto& gradients) { return gradients.db[2]; });
    add_gradient(all, "db", "db^{[1]}", [](const auto& gradients) { return gradients.db[1]; });
    return all;
}

}  // namespace gradproof::notes
