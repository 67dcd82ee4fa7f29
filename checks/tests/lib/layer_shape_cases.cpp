// SPDX-License-Identifier: MIT
//
// Shapes that do not fit a layer of arrays are refused with the layer's name; shapes that are not refused can be
// computed with.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "gradproof/any_layer.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

// A shape with an axis longer, shorter, empty, left out or added.
std::vector<Shape> neighbours(const Shape& shape) {
    std::vector<Shape> all{{}};
    const auto changed = [&](const auto& change) {
        Shape other = shape;
        change(other);
        all.push_back(other);
    };
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        const auto place = static_cast<Shape::difference_type>(axis);
        changed([&](Shape& other) { ++other[axis]; });
        changed([&](Shape& other) { --other[axis]; });
        changed([&](Shape& other) { other[axis] = 0; });
        changed([&](Shape& other) { other[axis] *= 2; });
        changed([&](Shape& other) { other.erase(other.begin() + place); });
        changed([&](Shape& other) { other.insert(other.begin() + place, 2); });
    }
    changed([](Shape& other) { other.push_back(1); });
    return all;
}

void can_be_computed_with(const AnyLayer& layer, const std::vector<Shape>& shapes) {
    Arrays<double> inputs;
    for (const Shape& shape : shapes) inputs.emplace_back(shape);
    BOOST_TEST((shapes_of(layer.pull_back(inputs, layer.forward(inputs))) == shapes),
               name_of(layer) << ": derivatives of other shapes than the inputs");
}

void only_what_fits_is_accepted(const AnyLayer& layer) {
    const std::vector<Shape> fitting = layer.example_shapes();
    can_be_computed_with(layer, fitting);
    std::size_t refused = 0;
    for (std::size_t n = 0; n < fitting.size(); ++n)
        for (const Shape& shape : neighbours(fitting[n])) {
            std::vector<Shape> shapes = fitting;
            shapes[n] = shape;
            try {
                layer.require_shapes(shapes);
            } catch (const std::invalid_argument& error) {
                BOOST_TEST(std::string(error.what()).starts_with(std::string(layer.facts().slug) + ": "), error.what());
                ++refused;
                continue;
            }
            can_be_computed_with(layer, shapes);
        }
    BOOST_TEST(refused > 0U);
}

}  // namespace

void add_layer_shape_cases() {
    for (const AnyLayer& layer : all_layers())
        add_case(fmt::format("layers/{}/shapes_that_do_not_fit_are_refused", layer.facts().slug),
                 [layer] { only_what_fits_is_accepted(layer); });
}

}  // namespace gradproof::checks
