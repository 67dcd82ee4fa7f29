// SPDX-License-Identifier: MIT
//
// A layer of arrays chosen at run time, with its formulas in each type of number, as any_activation.hpp has it for
// activations.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/array_layer.hpp"

namespace gradproof {

/// What is known of a layer besides its formulas.
struct LayerFacts {
    CaseId id;
    std::string_view slug;
    std::string name;  ///< with the parameters that are not their defaults: "conv2d(stride=2)"
    std::vector<LayerInput> inputs;
    std::vector<std::string_view> outputs;
    bool is_loss;  ///< its only output holds losses, of which the cost is the mean or the sum
    std::vector<ParameterValue> parameters;

    /// The value of a parameter. Throws std::invalid_argument if there is none of this name.
    double parameter(std::string_view parameter_name) const;
    /// Which of the inputs has this name. Throws std::invalid_argument if none has.
    std::size_t input(std::string_view input_name) const;
};

/// The formulas of one type of layer on numbers of type S.
template <Scalar S>
struct LayerTable {
    Arrays<S> (*forward)(const void* layer, const Arrays<S>& inputs);
    Arrays<S> (*pull_back)(const void* layer, const Arrays<S>& inputs, const Arrays<S>& d_outputs);
};

/// The table of a type of layer on S, null if its formulas do not run on S. See compile_layers.hpp.
template <Scalar S, class F>
const LayerTable<S>* layer_table();

template <Scalar S>
using CompiledLayer = CompiledCase<LayerTable<S>>;
/// The tables of all layers on S.
template <Scalar S>
std::span<const CompiledLayer<S>> compiled_layers();

class AnyLayer {
  public:
    /// Of a type in layers/: others have no table.
    template <ArrayLayer F>
    AnyLayer(const F& layer) : layer_(std::make_shared<F>(layer)) {
        auto parameters = parameters_of(layer);
        facts_ =
            std::make_shared<const LayerFacts>(LayerFacts{.id = case_id<F>(),
                                                          .slug = F::name,
                                                          .name = name_with_parameters(F::name, parameters),
                                                          .inputs = {std::begin(F::inputs), std::end(F::inputs)},
                                                          .outputs = {std::begin(F::outputs), std::end(F::outputs)},
                                                          .is_loss = GivesLosses<F>,
                                                          .parameters = std::move(parameters)});
        set_ = [](const void* object, std::string_view parameter, double value) -> AnyLayer {
            return with_parameter(*static_cast<const F*>(object), parameter, value);
        };
        require_shapes_ = [](const void* object, const std::vector<Shape>& shapes) {
            static_cast<const F*>(object)->require_shapes(shapes);
        };
        if constexpr (KnowsReach<F>)
            reached_ = [](const void* object, const std::vector<Shape>& shapes, std::size_t input, Eigen::Index place) {
                return static_cast<const F*>(object)->reached(shapes, input, place);
            };
        example_shapes_ = [](const void* object) { return static_cast<const F*>(object)->example_shapes(); };
    }

    const LayerFacts& facts() const { return *facts_; }
    template <class F>
    bool is() const {
        return facts_->id == case_id<F>();
    }

    /// The same layer with a parameter set, as with_parameter() has it.
    AnyLayer with(std::string_view parameter, double value) const { return set_(layer_.get(), parameter, value); }

    /// Throws std::invalid_argument, naming the input, unless these are shapes of inputs.
    void require_shapes(const std::vector<Shape>& shapes) const { require_shapes_(layer_.get(), shapes); }
    std::vector<Shape> example_shapes() const { return example_shapes_(layer_.get()); }

    /// Whether it says what a number of an input reaches, and what that is: places in the only output.
    bool knows_reach() const { return reached_ != nullptr; }
    std::vector<Eigen::Index> reached(const std::vector<Shape>& shapes, std::size_t input, Eigen::Index place) const {
        return reached_(layer_.get(), shapes, input, place);
    }

    /// Whether its formulas run on S.
    template <Scalar S>
    bool runs_on() const {
        return table_on<S>() != nullptr;
    }
    /// The outputs. Precondition: the shapes fit. Throws std::invalid_argument if the formulas do not run on S.
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& inputs) const {
        return required_table<S>().forward(layer_.get(), inputs);
    }
    /// The derivatives in the inputs. Precondition: d_outputs have the shapes of the outputs.
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& inputs, const Arrays<S>& d_outputs) const {
        return required_table<S>().pull_back(layer_.get(), inputs, d_outputs);
    }

  private:
    template <Scalar S>
    const LayerTable<S>* table_on() const {
        return table_of(facts_->id, compiled_layers<S>(), facts_->name, "layers");
    }
    template <Scalar S>
    const LayerTable<S>& required_table() const {
        const LayerTable<S>* table = table_on<S>();
        if (!table) detail::refuse_scalar(facts_->slug);
        return *table;
    }

    std::shared_ptr<const void> layer_;
    std::shared_ptr<const LayerFacts> facts_;
    AnyLayer (*set_)(const void* layer, std::string_view parameter, double value);
    void (*require_shapes_)(const void* layer, const std::vector<Shape>& shapes);
    std::vector<Shape> (*example_shapes_)(const void* layer);
    std::vector<Eigen::Index> (*reached_)(const void* layer, const std::vector<Shape>& shapes, std::size_t input,
                                          Eigen::Index place) = nullptr;
};

/// Every layer with its default parameters, in the order of the folder layers/.
const std::vector<AnyLayer>& all_layers();

inline const std::string& name_of(const AnyLayer& layer) {
    return layer.facts().name;
}

/// The shapes of arrays, in order.
template <class S>
std::vector<Shape> shapes_of(const Arrays<S>& arrays) {
    std::vector<Shape> shapes;
    for (const Array<S>& array : arrays) shapes.push_back(array.shape());
    return shapes;
}

}  // namespace gradproof
