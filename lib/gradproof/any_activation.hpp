// SPDX-License-Identifier: MIT
//
// An activation chosen at run time. It holds what is known of the activation, and its formulas in each type of number
// through a table of functions. A table is compiled with its activation, once (compile_cases.hpp), by whoever brings
// the type of number; code that asks for it knows no activation by name and is not compiled again when one is added.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"
#include "gradproof/layer.hpp"

namespace gradproof {

/// softmax_gain() of g if it has one.
template <class G>
std::optional<double> softmax_gain_of(const G& g) {
    if constexpr (HasSoftmaxGain<G>)
        return g.softmax_gain();
    else
        return std::nullopt;
}

/// What is known of an activation besides its formulas.
struct ActivationFacts {
    CaseId id;
    std::string_view slug;  ///< "leaky_relu"
    std::string name;       ///< the same with the parameters that are not their defaults: "leaky_relu(slope=0.3)"
    Interval range;
    bool is_elementwise;                 ///< whether it acts on every entry by itself; softmax acts on columns
    bool is_shift_invariant;             ///< whether a number added to all of a column changes nothing
    std::optional<double> softmax_gain;  ///< the number in front of diag(p) - p pᵀ, if that is its Jacobian
    std::vector<Kink> kinks;
    std::vector<double> seams;
    std::vector<ParameterValue> parameters;
};

/// The formulas of one type of activation on numbers of type S; null where it has none.
template <Scalar S>
struct ActivationTable {
    S (*value)(const void* g, const S& z);
    S (*derivative)(const void* g, const S& z);
    S (*derivative_from_value)(const void* g, const S& a);
    S (*second_derivative)(const void* g, const S& z);
    Matrix<S> (*activate)(const void* g, const Matrix<S>& Z);
    Matrix<S> (*pull_back)(const void* g, const Matrix<S>& Z, const Matrix<S>& dA);
};

/// The formulas of one activation on numbers of type S. value() and what follows is there for elementwise activations,
/// activate() and pull_back() for all.
template <Scalar S>
class ActivationFormulas {
  public:
    ActivationFormulas(std::shared_ptr<const void> g, const ActivationTable<S>& table)
        : g_(std::move(g)), table_(&table) {}

    bool is_elementwise() const { return table_->value != nullptr; }
    bool has_derivative_from_value() const { return table_->derivative_from_value != nullptr; }
    bool has_second_derivative() const { return table_->second_derivative != nullptr; }

    S value(const S& z) const { return table_->value(g_.get(), z); }
    S derivative(const S& z) const { return table_->derivative(g_.get(), z); }
    S derivative_from_value(const S& a) const { return table_->derivative_from_value(g_.get(), a); }
    S second_derivative(const S& z) const { return table_->second_derivative(g_.get(), z); }

    Matrix<S> activate(const Matrix<S>& Z) const { return table_->activate(g_.get(), Z); }
    Matrix<S> pull_back(const Matrix<S>& Z, const Matrix<S>& dA) const { return table_->pull_back(g_.get(), Z, dA); }

  private:
    std::shared_ptr<const void> g_;
    const ActivationTable<S>* table_;
};

/// The table of a type of activation on S, null if its formulas do not run on S. See compile_cases.hpp.
template <Scalar S, class G>
const ActivationTable<S>* activation_table();

template <Scalar S>
using CompiledActivation = CompiledCase<ActivationTable<S>>;
/// The tables of all activations on S.
template <Scalar S>
std::span<const CompiledActivation<S>> compiled_activations();

class AnyActivation {
  public:
    /// Of a type in activations/: others have no table.
    template <Activation G>
    AnyActivation(const G& g) : g_(std::make_shared<G>(g)) {
        auto parameters = parameters_of(g);
        facts_ = std::make_shared<const ActivationFacts>(ActivationFacts{.id = case_id<G>(),
                                                                         .slug = G::name,
                                                                         .name = name_of_case(g, parameters),
                                                                         .range = g.range,
                                                                         .is_elementwise = ElementwiseActivation<G>,
                                                                         .is_shift_invariant = IsShiftInvariant<G>,
                                                                         .softmax_gain = softmax_gain_of(g),
                                                                         .kinks = kinks_of(g),
                                                                         .seams = seams_of(g),
                                                                         .parameters = std::move(parameters)});
        set_ = [](const void* object, std::string_view parameter, double value) -> AnyActivation {
            return with_parameter(*static_cast<const G*>(object), parameter, value);
        };
    }

    const ActivationFacts& facts() const { return *facts_; }
    template <class G>
    bool is() const {
        return facts_->id == case_id<G>();
    }

    /// The same activation with a parameter set, as with_parameter() has it.
    AnyActivation with(std::string_view parameter, double value) const { return set_(g_.get(), parameter, value); }

    /// As a layer: A from Z, and dZ from dA.
    static constexpr std::string_view name = "activation";
    template <Scalar S>
    Matrix<S> forward(const Matrix<S>& Z) const {
        return on<S>().activate(Z);
    }
    template <Scalar S>
    PulledBack<AnyActivation, S> pull_back(const Matrix<S>& Z, const Matrix<S>& dA) const {
        return {.d_input = on<S>().pull_back(Z, dA), .d_parameters = *this};
    }
    template <class Visit>
    void visit_parameters(const Visit&) const {}

    /// Its formulas on S. Throws std::invalid_argument if they need an order that S lacks.
    template <Scalar S>
    ActivationFormulas<S> on() const {
        const ActivationTable<S>* table = table_on<S>();
        if (!table) detail::refuse_scalar(facts_->slug);
        return {g_, *table};
    }
    /// Whether its formulas run on S: those that compare numbers do not run on complex ones.
    template <Scalar S>
    bool runs_on() const {
        return table_on<S>() != nullptr;
    }

  private:
    template <Scalar S>
    const ActivationTable<S>* table_on() const {
        return table_of(facts_->id, compiled_activations<S>(), facts_->name, "activations");
    }

    std::shared_ptr<const void> g_;
    std::shared_ptr<const ActivationFacts> facts_;
    AnyActivation (*set_)(const void* g, std::string_view parameter, double value);
};

/// Every activation with its default parameters, in the order of the folder activations/.
const std::vector<AnyActivation>& all_activations();

inline const std::string& name_of(const AnyActivation& activation) {
    return activation.facts().name;
}
inline bool is_elementwise(const AnyActivation& activation) {
    return activation.facts().is_elementwise;
}

/// A = g(Z). Throws std::invalid_argument if g needs an order that S lacks.
template <Scalar S>
Matrix<S> activate(const AnyActivation& activation, const Matrix<S>& Z) {
    return activation.on<S>().activate(Z);
}

/// dZ from dA. derivations/network.md (dZ)
template <Scalar S>
Matrix<S> pull_back(const AnyActivation& activation, const Matrix<S>& Z, const Matrix<S>& dA) {
    return activation.on<S>().pull_back(Z, dA);
}

}  // namespace gradproof
