// SPDX-License-Identifier: MIT
#include "tests/lib/outside_values/layer_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gradproof::checks {
namespace {

struct Row {
    std::string what;
    std::string name;
    std::string shape_or_parameters;
    std::string numbers;
};

Row row_of(const std::string& line) {
    std::istringstream stream(line);
    Row row;
    for (std::string* cell : {&row.what, &row.name, &row.shape_or_parameters, &row.numbers})
        std::getline(stream, *cell, '\t');
    return row;
}

AnyLayer layer_of(const Row& row) {
    const std::vector<AnyLayer>& all = all_layers();
    const auto found = std::ranges::find(all, row.name, [](const AnyLayer& layer) { return layer.facts().slug; });
    if (found == all.end()) throw std::runtime_error("there is no layer " + row.name);
    AnyLayer layer = *found;
    std::istringstream parameters(row.shape_or_parameters);
    for (std::string one; parameters >> one;) {
        const std::size_t sign = one.find('=');
        layer = layer.with(one.substr(0, sign), std::stod(one.substr(sign + 1)));
    }
    return layer;
}

OutsideArray array_of(const Row& row) {
    std::istringstream dims(row.shape_or_parameters);
    Shape shape;
    for (Eigen::Index dim = 0; dims >> dim;) shape.push_back(dim);
    std::istringstream numbers(row.numbers);
    std::vector<double> values;
    for (std::string one; numbers >> one;) values.push_back(std::stod(one));
    const auto count = static_cast<Eigen::Index>(values.size());
    if (count != size_of(shape))
        throw std::runtime_error(fmt::format("{} is {}, but has {} numbers", row.name, text_of(shape), count));
    return {row.name, {shape, Eigen::Map<Eigen::VectorXd>(values.data(), count)}};
}

void add(const Row& row, OutsideLayer& outside) {
    OutsideArray named = array_of(row);
    LayerPoint& point = outside.point;
    if (row.what == "input") {
        if (point.layer.facts().input(row.name) != point.inputs.size())
            throw std::runtime_error("the inputs are in another order than those of the layer");
        point.inputs.push_back(std::move(named.array));
    } else if (row.what == "upstream") {
        point.d_outputs.push_back(std::move(named.array));
    } else if (row.what == "output") {
        outside.outputs.push_back(std::move(named));
    } else if (row.what == "derivative") {
        outside.derivatives.push_back(std::move(named));
    } else {
        throw std::runtime_error("what is a row '" + row.what + "'?");
    }
}

// Whether nothing is missing, and everything has its shape.
void require_whole(const OutsideLayer& outside) {
    const LayerFacts& facts = outside.point.layer.facts();
    if (outside.point.inputs.size() != facts.inputs.size()) throw std::runtime_error("an input is missing");
    outside.point.layer.require_shapes(shapes_of(outside.point.inputs));
    const Arrays<double> outputs = outside.point.layer.forward(outside.point.inputs);
    if (outside.outputs.size() != outputs.size() || shapes_of(outside.point.d_outputs) != shapes_of(outputs))
        throw std::runtime_error("an output or an upstream derivative is missing, or has another shape");
    for (std::size_t n = 0; n < outputs.size(); ++n)
        if (outside.outputs[n].name != facts.outputs[n] || outside.outputs[n].array.shape() != outputs[n].shape())
            throw std::runtime_error("output " + outside.outputs[n].name + " has another name or shape");
    std::size_t derivatives = 0;
    for (const LayerInput& input : facts.inputs)
        if (input.kind == InputKind::variable) ++derivatives;
    if (outside.derivatives.size() != derivatives) throw std::runtime_error("a derivative is missing");
    for (const OutsideArray& derivative : outside.derivatives)
        if (derivative.array.shape() != outside.point.inputs[facts.input(derivative.name)].shape())
            throw std::runtime_error("the derivative in " + derivative.name + " has another shape than it");
}

}  // namespace

std::vector<OutsideLayer> outside_layers(const std::string& path) try {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);  // what made it
    std::vector<OutsideLayer> layers;
    while (std::getline(file, line)) {
        const Row row = row_of(line);
        if (row.what == "layer")
            layers.push_back(
                {.point = {.layer = layer_of(row), .inputs = {}, .d_outputs = {}}, .outputs = {}, .derivatives = {}});
        else if (layers.empty())
            throw std::runtime_error("it does not begin with a layer");
        else
            add(row, layers.back());
    }
    if (layers.empty()) throw std::runtime_error("there is none: make_layers.py beside it makes it");
    for (const OutsideLayer& layer : layers) require_whole(layer);
    return layers;
} catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
}

}  // namespace gradproof::checks
