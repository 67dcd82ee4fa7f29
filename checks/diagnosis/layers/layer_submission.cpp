// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "diagnosis/layers/layer_names.hpp"
#include "diagnosis/npz/archive.hpp"

namespace gradproof::diagnosis {
namespace {

// The arrays of a file, each of which is one thing.
class Shelf {
  public:
    Shelf(const std::vector<npz::Array>& arrays, std::string file) : arrays_(arrays), file_(std::move(file)) {}

    const npz::Array* take(const std::vector<std::string>& names) {
        for (const std::string& name : names)
            for (const npz::Array& array : arrays_)
                if (array.name == name && taken_.insert(name).second) return &array;
        return nullptr;
    }
    const npz::Array& require(const std::vector<std::string>& names, std::string_view what) {
        if (const npz::Array* const array = take(names)) return *array;
        throw npz::Error(fmt::format("{}: no {}; expected one of {}; the file has {}", file_, what,
                                     fmt::join(names, ", "), fmt::join(left(), ", ")));
    }
    std::vector<std::string> left() const {
        std::vector<std::string> names;
        for (const npz::Array& array : arrays_)
            if (!taken_.contains(array.name)) names.push_back(npz::printable(array.name));
        return names;
    }

  private:
    const std::vector<npz::Array>& arrays_;
    std::string file_;
    std::set<std::string> taken_;
};

Array<double> as_saved(const npz::Array& array) {
    Shape shape;
    for (const std::size_t dim : array.shape) shape.push_back(static_cast<Eigen::Index>(dim));
    return {std::move(shape), array.values.reshaped<Eigen::RowMajor>()};
}

Array<double> with_axes(const Array<double>& array, const AxisOrder& axes) {
    if (axes.size() != array.shape().size()) return array;
    Shape shape;
    for (const std::size_t axis : axes) shape.push_back(array.dim(axis));
    Array<double> moved(shape);
    std::vector<Eigen::Index> index(axes.size(), 0);  // of the new array
    for (Eigen::Index n = 0; n < moved.size(); ++n) {
        std::vector<Eigen::Index> old(axes.size());
        for (std::size_t axis = 0; axis < axes.size(); ++axis) old[axes[axis]] = index[axis];
        Eigen::Index place = 0;
        for (std::size_t axis = 0; axis < axes.size(); ++axis) place = place * array.dim(axis) + old[axis];
        moved.values()(n) = array.values()(place);
        for (std::size_t axis = axes.size(); axis-- > 0;) {
            if (++index[axis] < shape[axis]) break;
            index[axis] = 0;
        }
    }
    return moved;
}

Shape without_ones(Shape shape) {
    std::erase(shape, 1);
    return shape;
}

// (1, 1, 1, F), (F, 1) and (F,) are the same numbers.
Array<double> fitted(const Array<double>& array, const Shape& shape) {
    return without_ones(array.shape()) == without_ones(shape) ? Array<double>(shape, array.values()) : array;
}

// Images have the channels last here; PyTorch and CS231n have them second, and the filters first.
const AxisOrder channels_second{0, 2, 3, 1};
const AxisOrder filters_first{2, 3, 1, 0};

// Of inputs that are no images and no windows: none.
std::vector<AxisOrder> axes_with_channels_second(const AnyLayer& layer) {
    std::vector<AxisOrder> axes;
    for (const Shape& shape : layer.example_shapes())
        axes.push_back(shape.size() != 4 ? AxisOrder() : axes.empty() ? channels_second : filters_first);
    return axes;
}

bool has_images(const std::vector<Array<double>>& inputs) {
    return inputs.front().rank() == 4;
}

// Shapes that fit but for axes of length 1, as the layer wants them: tried with the vectors it may expect.
std::vector<Array<double>> with_vectors(const AnyLayer& layer, std::vector<Array<double>> inputs) {
    const std::vector<Shape> examples = layer.example_shapes();
    for (std::size_t n = 0; n < inputs.size(); ++n) {
        if (inputs[n].shape().size() == examples[n].size()) continue;
        Shape shape = without_ones(inputs[n].shape());
        while (shape.size() < examples[n].size()) shape.push_back(1);
        if (shape.size() == examples[n].size()) inputs[n] = Array<double>(shape, inputs[n].values());
    }
    return inputs;
}

AnyLayer with_parameters_of(Shelf& shelf, AnyLayer layer, const std::string& file) {
    for (const ParameterValue& parameter : std::vector(layer.facts().parameters)) {
        const npz::Array* const array = shelf.take(names_of_parameter(parameter.name));
        if (!array) continue;
        if (array->values.size() != 1)
            throw npz::Error(fmt::format("{}: {} has shape {}; expected one number", file, npz::printable(array->name),
                                         npz::shape_text(array->shape)));
        const double value = array->values(0, 0);
        if (parameter.value != parameter.usual && parameter.value != value)
            throw npz::Error(fmt::format("{}: {} is {} in the file, but --layer says {}", file, parameter.name, value,
                                         parameter.value));
        layer = layer.with(parameter.name, value);
    }
    return layer;
}

void require_finite(const Array<double>& array, std::string_view name, const std::string& file) {
    if (array.values().allFinite()) return;
    throw npz::Error(fmt::format("{}: {} holds numbers that are not finite", file, name));
}

}  // namespace

LayerSubmission make_layer_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                      const AnyLayer& declared) {
    Shelf shelf(arrays, file);
    LayerSubmission submission{.file = file,
                               .point = {.layer = declared, .inputs = {}, .d_outputs = {}},
                               .gradients = {},
                               .outputs = {},
                               .gradient_names = {},
                               .input_names = {},
                               .upstream_names = {},
                               .output_names = {},
                               .axes = {},
                               .remarks = {}};
    try {
        AnyLayer& layer = submission.point.layer = with_parameters_of(shelf, declared, file);
        std::vector<Array<double>> inputs;
        for (const LayerInput& input : layer.facts().inputs) {
            const npz::Array& array = shelf.require(names_of_input(input.name), fmt::format("{}", input.name));
            inputs.push_back(as_saved(array));
            submission.input_names.push_back(npz::printable(array.name));
            require_finite(inputs.back(), array.name, file);
        }
        submission.axes.resize(inputs.size());
        std::vector<Array<double>> as_given = with_vectors(layer, inputs);
        AxisOrder output_axes;
        try {
            layer.require_shapes(shapes_of(as_given));
        } catch (const std::invalid_argument&) {
            if (!has_images(inputs)) throw;
            const std::vector<AxisOrder> axes = axes_with_channels_second(layer);
            std::vector<Array<double>> moved;
            for (std::size_t n = 0; n < inputs.size(); ++n) moved.push_back(with_axes(inputs[n], axes[n]));
            moved = with_vectors(layer, moved);
            try {
                layer.require_shapes(shapes_of(moved));
            } catch (const std::invalid_argument&) {
                layer.require_shapes(shapes_of(as_given));  // says what is wrong in the layout as it stands
            }
            as_given = moved;
            submission.axes = axes;
            output_axes = channels_second;
            submission.remarks.emplace_back("images have the channels second, windows the filters first");
        }
        submission.point.inputs = as_given;
        const Arrays<double> outputs = layer.forward(submission.point.inputs);
        const bool is_only = outputs.size() == 1;
        for (std::size_t n = 0; n < outputs.size(); ++n) {
            const std::string_view name = layer.facts().outputs[n];
            const npz::Array* const upstream = shelf.take(names_of_upstream(name, is_only));
            if (!upstream)
                throw npz::Error(fmt::format(
                    "{}: no upstream derivative d{}; draw one and save it with what your function makes of it: "
                    "dout = np.random.randn(*out.shape); np.savez(file, ..., dout=dout, dx=dx)",
                    file, name));
            submission.point.d_outputs.push_back(
                fitted(with_axes(as_saved(*upstream), output_axes), outputs[n].shape()));
            require_finite(submission.point.d_outputs.back(), upstream->name, file);
            if (submission.point.d_outputs.back().shape() != outputs[n].shape())
                throw npz::Error(fmt::format("{}: {} is {}, but {} is {}", file, upstream->name,
                                             npz::shape_text(upstream->shape), name, text_of(outputs[n].shape())));
            const npz::Array* const output = shelf.take(names_of_output(name, is_only));
            submission.upstream_names.push_back(npz::printable(upstream->name));
            submission.output_names.push_back(output ? npz::printable(output->name) : std::string(name));
            submission.outputs.emplace_back();
            if (output)
                submission.outputs.back() = fitted(with_axes(as_saved(*output), output_axes), outputs[n].shape());
        }
        bool any = false;
        for (std::size_t n = 0; n < inputs.size(); ++n) {
            const std::string_view name = layer.facts().inputs[n].name;
            const npz::Array* const gradient = shelf.take(names_of_gradient(name));
            submission.gradients.emplace_back();
            submission.gradient_names.push_back(gradient ? npz::printable(gradient->name) : fmt::format("d{}", name));
            if (!gradient) continue;
            any = true;
            submission.gradients.back() =
                fitted(with_axes(as_saved(*gradient), submission.axes[n]), submission.point.inputs[n].shape());
            if (submission.gradients.back()->shape() != submission.point.inputs[n].shape())
                throw npz::Error(fmt::format("{}: {} is {}, but {} is {}", file, gradient->name,
                                             npz::shape_text(gradient->shape), name,
                                             text_of(submission.point.inputs[n].shape())));
        }
        if (!any)
            throw npz::Error(fmt::format("{}: holds no derivative to check; expected {}", file,
                                         fmt::join(submission.gradient_names, ", ")));
        if (const auto left = shelf.left(); !left.empty())
            submission.remarks.push_back(fmt::format("not looked at: {}", fmt::join(left, ", ")));
    } catch (const std::invalid_argument& error) {
        throw npz::Error(fmt::format("{}: {}", file, error.what()));
    }
    return submission;
}

LayerSubmission read_layer_submission(const std::filesystem::path& path, const AnyLayer& layer) {
    return make_layer_submission(npz::read_arrays(path), npz::printable(path.string()), layer);
}

}  // namespace gradproof::diagnosis
