// SPDX-License-Identifier: MIT
#include "notes/bindings.hpp"

#include <boost/multiprecision/eigen.hpp>
#include <tuple>
#include <utility>

#include "gradproof/network.hpp"

namespace gradproof::notes {
namespace {

template <class S>
const Values<S>& argument(const Arguments<S>& arguments, const std::string& name) {
    const auto found = arguments.find(name);
    if (found == arguments.end()) throw std::invalid_argument("the note declares no free symbol " + name);
    return found->second;
}

template <class S>
S number(const Arguments<S>& arguments, const std::string& name) {
    return argument(arguments, name).entries.at(0);
}

template <class S>
Matrix<S> matrix(const Arguments<S>& arguments, const std::string& name) {
    const auto& values = argument(arguments, name);
    Matrix<S> result(values.rows, values.columns);
    for (int r = 0; r < values.rows; ++r)
        for (int c = 0; c < values.columns; ++c)
            result(r, c) = values.entries[static_cast<std::size_t>(r) * static_cast<std::size_t>(values.columns) +
                                          static_cast<std::size_t>(c)];
    return result;
}

template <class Derived>
auto entries_of(const Eigen::MatrixBase<Derived>& m) {
    std::vector<typename Derived::Scalar> entries;
    for (Eigen::Index r = 0; r < m.rows(); ++r)
        for (Eigen::Index c = 0; c < m.cols(); ++c) entries.push_back(m(r, c));
    return entries;
}

// Pointers, of which std::function is compiled once for each scalar and not for each lambda.
template <class S>
using Computed = std::vector<S> (*)(const Arguments<S>&);

// `function` is generic in its scalar, <S>(const Arguments<S>&) -> vector of S, and captures nothing.
template <class Function>
Binding compared(std::string note, std::string tag, Function function, std::string left = {}) {
    Binding binding;
    binding.note = std::move(note);
    binding.tag = std::move(tag);
    binding.left = std::move(left);
    binding.precisely = static_cast<Computed<Real>>(function);
    binding.in_double = static_cast<Computed<double>>(function);
    return binding;
}

template <class Function>
Binding bound(std::string note, std::string tag, Function function) {
    Binding binding = compared(std::move(note), std::move(tag), function);
    binding.with_bound = static_cast<Computed<Rounded>>(function);
    return binding;
}

// For a function of the value a = g(z).
template <class G, class Function>
Binding bound_at_value(std::string note, std::string tag, Function function) {
    Binding binding = bound(std::move(note), std::move(tag), function);
    binding.at_value = true;
    binding.value = [](const Arguments<Real>& at) { return entries_of(activate(G{}, matrix(at, "z"))); };
    return binding;
}

template <class G>
void add_activation(std::vector<Binding>& all) {
    const auto note = "activations/" + std::string(G::name);
    if constexpr (ElementwiseActivation<G>) {
        all.push_back(bound(
            note, "value", []<class S>(const Arguments<S>& at) { return std::vector<S>{G{}.value(number(at, "z"))}; }));
        all.push_back(bound(note, "derivative", []<class S>(const Arguments<S>& at) {
            return std::vector<S>{G{}.derivative(number(at, "z"))};
        }));
        if constexpr (HasDerivativeFromValue<G>)
            all.push_back(bound_at_value<G>(note, "derivative_from_value", []<class S>(const Arguments<S>& at) {
                return std::vector<S>{G{}.derivative_from_value(number(at, "a"))};
            }));
        if constexpr (HasSecondDerivative<G>)
            all.push_back(bound(note, "second_derivative", []<class S>(const Arguments<S>& at) {
                return std::vector<S>{G{}.second_derivative(number(at, "z"))};
            }));
    } else {
        all.push_back(bound(note, "value", []<class S>(const Arguments<S>& at) {
            return entries_of(G{}.value(Vector<S>(matrix(at, "z"))));
        }));
        all.push_back(bound(note, "pull_back", []<class S>(const Arguments<S>& at) {
            return entries_of(G{}.pull_back(Vector<S>(matrix(at, "z")), Vector<S>(matrix(at, "u"))));
        }));
    }
}

// Losses are functions of a; only the form from the pre-activation knows the canonical activation.
template <class L>
void add_loss(std::vector<Binding>& all) {
    if constexpr (HasCanonicalActivation<L>) {
        using G = typename L::Canonical;
        const auto note = "losses/" + std::string(L::name);
        all.push_back(bound_at_value<G>(note, "value", []<class S>(const Arguments<S>& at) {
            const Matrix<S> Y = matrix(at, "y");
            const Matrix<S> A = matrix(at, "a");
            S sum = S(0);
            for (Eigen::Index k = 0; k < A.rows(); ++k) sum = sum + L{}.value(A(k, 0), Y(k, 0));
            return std::vector<S>{sum};
        }));
        all.push_back(bound_at_value<G>(note, "derivative", []<class S>(const Arguments<S>& at) {
            return entries_of(loss_derivative(L{}, matrix(at, "a"), matrix(at, "y")));
        }));
        all.push_back(bound(note, "value_from_pre_activation", []<class S>(const Arguments<S>& at) {
            if constexpr (VectorActivation<G>) {
                return std::vector<S>{
                    L{}.value_from_pre_activation(Vector<S>(matrix(at, "z")), Vector<S>(matrix(at, "y")))};
            } else {
                return std::vector<S>{L{}.value_from_pre_activation(number(at, "z"), number(at, "y"))};
            }
        }));
    }
}

template <class G, class L>
void add_pairing(std::vector<Binding>& all, const std::string& note) {
    all.push_back(bound(note, "dz", []<class S>(const Arguments<S>& at) {
        const Matrix<S> Z = matrix(at, "z");
        return entries_of(dZ_through_dA(G{}, L{}, Z, activate(G{}, Z), matrix(at, "y")));
    }));
    all.push_back(bound(note, "a_minus_y", []<class S>(const Arguments<S>& at) {
        return entries_of(dZ_as_a_minus_y(activate(G{}, matrix(at, "z")), matrix(at, "y")));
    }));
}

// The network of the note: one hidden layer, here with tanh for the note's "any smooth function", and a sigmoid output
// with binary cross-entropy.
template <class S>
Network<S> network(const Arguments<S>& at) {
    Network<S> result;
    result.layers.push_back({matrix(at, "W^{[1]}"), Vector<S>(matrix(at, "b^{[1]}")), Tanh{}});
    result.layers.push_back({matrix(at, "W^{[2]}"), Vector<S>(matrix(at, "b^{[2]}")), Sigmoid{}});
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
    [&]<class... G>(std::tuple<G...>*) { (add_activation<G>(all), ...); }(static_cast<Activations*>(nullptr));
    [&]<class... L>(std::tuple<L...>*) {
        (add_loss<L>(all), ...);
        const auto add = [&]<class Loss>(std::type_identity<Loss>) {
            if constexpr (HasCanonicalActivation<Loss>) {
                using G = typename Loss::Canonical;
                add_pairing<G, Loss>(all, "pairings/" + std::string(G::name) + "_" + std::string(Loss::name));
            }
        };
        (add(std::type_identity<L>{}), ...);
    }(static_cast<Losses*>(nullptr));
    add_pairing<Sigmoid, BinaryCrossEntropy>(all, "output_layer");
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
