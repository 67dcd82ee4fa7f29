// SPDX-License-Identifier: MIT
#include "gradproof/array_layer.hpp"

#include <algorithm>
#include <stdexcept>

#include "gradproof/any_layer.hpp"
#include "gradproof/pooling_windows.hpp"

namespace gradproof {

std::string text_of(const Shape& shape) {
    if (shape.empty()) return "a number";
    std::string text;
    for (const Eigen::Index dim : shape) text += (text.empty() ? "" : " x ") + std::to_string(dim);
    return text;
}

void require_shape(std::string_view layer, std::string_view input, const Shape& shape, const Shape& expected,
                   std::string_view letters) {
    if (shape == expected) return;
    throw std::invalid_argument(std::string(layer) + ": " + std::string(input) + " is " + text_of(shape) +
                                ", expected is " + std::string(letters) + " = " + text_of(expected));
}

void require_rank(std::string_view layer, std::string_view input, const Shape& shape, std::size_t rank,
                  std::string_view letters) {
    if (shape.size() == rank && std::ranges::all_of(shape, [](Eigen::Index dim) { return dim > 0; })) return;
    throw std::invalid_argument(std::string(layer) + ": " + std::string(input) + " is " + text_of(shape) +
                                ", expected is " + std::string(letters));
}

void PoolingWindows::require_shape_of_images(std::string_view layer, const Shape& images) const {
    require_rank(layer, "A_prev", images, 4, "m x height x width x channels");
    if (images[1] < size || images[2] < size)
        throw std::invalid_argument(std::string(layer) + ": the window is larger than the image");
}

double LayerFacts::parameter(std::string_view parameter_name) const {
    for (const ParameterValue& one : parameters)
        if (one.name == parameter_name) return one.value;
    detail::refuse_parameter(slug, parameter_name, parameters);
}

std::size_t LayerFacts::input(std::string_view input_name) const {
    for (std::size_t n = 0; n < inputs.size(); ++n)
        if (inputs[n].name == input_name) return n;
    throw std::invalid_argument(std::string(slug) + " has no input '" + std::string(input_name) + "'");
}

}  // namespace gradproof
