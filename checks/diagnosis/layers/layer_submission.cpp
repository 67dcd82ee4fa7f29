// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "diagnosis/layers/cost_above.hpp"
#include "diagnosis/layers/file_arrays.hpp"
#include "diagnosis/layers/layer_names.hpp"
#include "diagnosis/layers/layer_numbers.hpp"
#include "diagnosis/npz/archive.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"

namespace gradproof::diagnosis {
namespace {

Array<double> finite(const npz::Array& array, const std::string& file) {
    Array<double> saved = as_saved(array);
    if (saved.values().allFinite()) return saved;
    throw npz::Error(fmt::format("{}: {} holds numbers that are not finite", file, npz::printable(array.name)));
}

void require_indices(const Array<double>& index, const std::string& name, Eigen::Index rows, const std::string& table,
                     const std::string& file) {
    for (const double entry : index.values())
        if (entry != std::floor(entry) || entry < 0 || entry >= static_cast<double>(rows))
            throw npz::Error(
                fmt::format("{}: {} holds {}, but {} has the rows 0 to {}", file, name, entry, table, rows - 1));
}

// An array of the file under its own name.
struct FileArray {
    std::string name;
    Array<double> array;
    bool is_float32 = false;
};
using MaybeArrays = std::vector<std::optional<FileArray>>;

FileArray file_array(const npz::Array& array, Array<double> values) {
    return {npz::printable(array.name), std::move(values), array.is_float32()};
}

// Everything that was found by its name, as it was saved.
struct Found {
    std::vector<FileArray> inputs;
    MaybeArrays upstreams;  // of losses there may be none
    MaybeArrays outputs;
    MaybeArrays gradients;
    std::optional<FileArray> cost;  // one number in place of the losses
};

std::vector<std::string> names_of_variables(const AnyLayer& layer) {
    std::vector<std::string> names;
    for (const LayerInput& input : layer.facts().inputs)
        if (input.kind == InputKind::variable) names.push_back(fmt::format("d{}", input.name));
    return names;
}

Found find_arrays(UnreadArrays& unread, ReadLayer& read, const std::string& file) {
    Found found;
    const LayerFacts facts = read.layer.facts();
    if ((read.layer.is<Lstm>() || read.layer.is<LstmCell>()) && unread.has("Wx") && !unread.has("Wf"))
        throw npz::Error(
            fmt::format("{}: Wx and Wh hold the four gates side by side; split them, and their derivatives alike: in "
                        "CS231n's order "
                        "i f o g the forget gate is Wf = np.vstack([Wh[:, H:2*H], Wx[:, H:2*H]]).T, bf = b[H:2*H]",
                        file));
    for (const LayerInput& input : facts.inputs) {
        const npz::Array& array = unread.require(names_of_input(input.name), input.name);
        found.inputs.push_back(file_array(array, finite(array, file)));
        if (input.is_positive) require_positive(array, file);
        if (input.kind == InputKind::mask)
            found.inputs.back().array =
                plain_mask(std::move(found.inputs.back().array), found.inputs.back().name, read, file);
        if (input.kind == InputKind::index) {
            const FileArray& table = found.inputs.front();
            require_indices(found.inputs.back().array, found.inputs.back().name,
                            table.array.shape().empty() ? 0 : table.array.dim(0), table.name, file);
        }
    }
    // First by what the inputs are called here: where A is the input, dLdA is no upstream derivative.
    found.gradients.resize(facts.inputs.size());
    const auto look_for = [&](const auto& names_of) {
        for (std::size_t n = 0; n < facts.inputs.size(); ++n) {
            if (found.gradients[n] || facts.inputs[n].kind != InputKind::variable) continue;
            const npz::Array* const array = unread.take(names_of(n), fmt::format("d{}", facts.inputs[n].name));
            if (array) found.gradients[n] = file_array(*array, as_saved(*array));
        }
    };
    look_for([&](std::size_t n) { return names_of_derivative(found.inputs[n].name); });
    const bool is_only = facts.outputs.size() == 1;
    for (const std::string_view name : facts.outputs) {
        const npz::Array* const upstream =
            unread.take(names_of_upstream(name, is_only), fmt::format("the upstream derivative d{}", name));
        found.upstreams.emplace_back();
        if (upstream) found.upstreams.back() = file_array(*upstream, finite(*upstream, file));
        if (!upstream && !facts.is_loss)
            throw npz::Error(
                fmt::format("{}: no upstream derivative d{}; draw one and save it with what your function makes of it: "
                            "dout = np.random.randn(*out.shape); np.savez(file, ..., dout=dout, dx=dx)",
                            file, name));
        found.outputs.emplace_back();
        if (const npz::Array* const output = unread.take(names_of_output(name, is_only), name)) {
            const bool is_cost = !upstream && output->values.size() == 1;
            (is_cost ? found.cost : found.outputs.back()) = file_array(*output, as_saved(*output));
        }
    }
    look_for([&](std::size_t n) { return names_of_gradient(facts.inputs[n].name); });
    unread.require_no_rivals();
    if (std::ranges::none_of(found.gradients, [](const auto& gradient) { return gradient.has_value(); }))
        throw npz::Error(fmt::format("{}: holds no derivative to check; expected {}{}", file,
                                     fmt::join(names_of_variables(read.layer), ", "), unread.and_has()));
    return found;
}

// `array` in lib's axes and shape. Throws if it has another.
Array<double> placed(const FileArray& array, const AxisOrder& axes, const Shape& expected, std::string_view of,
                     const std::string& file) {
    Array<double> moved = fitted(with_axes(array.array, axes), expected);
    if (moved.shape() == expected) return moved;
    throw npz::Error(fmt::format("{}: {} is {}, but {} is {}", file, array.name, text_of(array.array.shape()), of,
                                 text_of(shape_in_file(expected, axes))));
}

Arrays<double> arranged_inputs(const Found& found, const AnyLayer& layer, const Arrangement& arrangement) {
    Arrays<double> inputs;
    for (std::size_t n = 0; n < found.inputs.size(); ++n)
        inputs.push_back(with_axes(found.inputs[n].array, arrangement.inputs[n]));
    return with_expected_ranks(layer, std::move(inputs));
}

// What stands above losses whose file has no upstream derivative; nothing elsewhere.
std::vector<std::optional<CostAbove>> costs_that_fit(const Found& found, const AnyLayer& layer,
                                                     const Arrays<double>& inputs) {
    if (found.upstreams.front()) return {std::nullopt};
    const std::vector<CostAbove> costs = costs_above(layer.forward(inputs).front().shape());
    return {costs.begin(), costs.end()};
}

// Throws if something has another shape than it must.
LayerSubmission arranged(const Found& found, const AnyLayer& layer, const Arrangement& arrangement,
                         const Arrays<double>& inputs, const std::optional<CostAbove>& cost, const std::string& file) {
    LayerSubmission submission{.file = file,
                               .point = {.layer = layer, .inputs = inputs, .d_outputs = {}},
                               .gradients = {},
                               .outputs = {},
                               .gradient_names = {},
                               .input_names = {},
                               .upstream_names = {},
                               .output_names = {},
                               .axes = arrangement.inputs,
                               .input_shapes = {},
                               .gradient_shapes = {},
                               .float32_gradients = {},
                               .float32_outputs = {},
                               .remarks = {}};
    if (!arrangement.remark.empty()) submission.remarks.push_back(arrangement.remark);
    const Arrays<double> outputs = layer.forward(submission.point.inputs);
    for (std::size_t n = 0; n < outputs.size(); ++n) {
        const std::string name(layer.facts().outputs[n]);
        const std::string output_name = found.outputs[n] ? found.outputs[n]->name : name;
        const std::optional<FileArray>& upstream = found.upstreams[n];
        submission.upstream_names.push_back(upstream ? upstream->name : "d" + output_name);
        submission.output_names.push_back(output_name);
        if (upstream) {
            submission.point.d_outputs.push_back(
                placed(*upstream, arrangement.outputs, outputs[n].shape(), output_name, file));
        } else {
            submission.point.d_outputs.emplace_back(outputs[n].shape(), 1 / cost->divisor);
            submission.remarks.push_back(fmt::format("no {} in the file: the cost is taken to be {}",
                                                     submission.upstream_names.back(), cost->words));
        }
        submission.outputs.emplace_back();
        if (!found.outputs[n]) continue;
        submission.outputs.back() =
            placed(*found.outputs[n], arrangement.outputs, outputs[n].shape(), "what the layer gives", file);
        if (found.outputs[n]->is_float32) submission.float32_outputs.insert(n);
    }
    for (std::size_t n = 0; n < found.inputs.size(); ++n) {
        const std::optional<FileArray>& gradient = found.gradients[n];
        const std::string& name = found.inputs[n].name;
        submission.input_names.push_back(name);
        submission.input_shapes.push_back(found.inputs[n].array.shape());
        submission.gradient_names.push_back(gradient ? gradient->name : "d" + name);
        submission.gradient_shapes.push_back(gradient ? gradient->array.shape() : Shape());
        submission.gradients.emplace_back();
        if (!gradient) continue;
        submission.gradients.back() =
            placed(*gradient, arrangement.inputs[n], submission.point.inputs[n].shape(), name, file);
        if (gradient->is_float32) submission.float32_gradients.insert(n);
    }
    return submission;
}

// Whether it is the sum of the outputs times their upstream derivatives, as far as float32 carries.
bool is_cost(double number, const LayerSubmission& s) {
    const Vector<double> parts =
        s.point.layer.forward(s.point.inputs).front().values().cwiseProduct(s.point.d_outputs.front().values());
    return std::abs(parts.sum() - number) <= 1e-5 * parts.cwiseAbs().sum();
}

// How many of the outputs, then of the derivatives, are right as far as float32 carries.
std::pair<int, int> right_ones(const LayerSubmission& s) {
    const auto count = [](const auto& given, const Arrays<double>& right) {
        int number = 0;
        for (std::size_t n = 0; n < given.size(); ++n)
            if (given[n] && (given[n]->values() - right[n].values()).cwiseAbs().maxCoeff() <=
                                1e-5 * right[n].values().cwiseAbs().maxCoeff())
                ++number;
        return number;
    };
    return {count(s.outputs, s.point.layer.forward(s.point.inputs)), count(s.gradients, s.point.pulled_back())};
}

// Throws npz::Error.
[[noreturn]] void refuse_cost(const FileArray& cost, const LayerSubmission& s) {
    const Array<double> losses = s.point.layer.forward(s.point.inputs).front();
    std::vector<std::string> costs;
    for (const CostAbove& above : costs_above(losses.shape()))
        costs.push_back(fmt::format("{} is {:.6g}", above.words, losses.values().sum() / above.divisor));
    throw npz::Error(fmt::format("{}: {} is {:.6g}, but {}; has it a constant besides, as with full=True?", s.file,
                                 cost.name, cost.array.values()(0), fmt::join(costs, ", ")));
}

LayerSubmission best_arranged(const Found& found, const AnyLayer& layer, const std::string& file) {
    std::optional<LayerSubmission> best;
    std::optional<std::string> complaint;
    bool is_of_inputs = true;  // the complaint; one that comes later says more
    std::pair<int, int> most;
    for (const Arrangement& arrangement : arrangements_of(layer)) {
        bool do_inputs_fit = false;
        try {
            const Arrays<double> inputs = arranged_inputs(found, layer, arrangement);
            layer.require_shapes(shapes_of(inputs));
            do_inputs_fit = true;
            for (const std::optional<CostAbove>& cost : costs_that_fit(found, layer, inputs)) {
                LayerSubmission submission = arranged(found, layer, arrangement, inputs, cost, file);
                std::pair<int, int> right = right_ones(submission);
                if (found.cost && is_cost(found.cost->array.values()(0), submission)) ++right.first;
                if (best && right <= most) continue;
                best = std::move(submission);
                most = right;
            }
        } catch (const std::exception& error) {
            if (complaint && !(do_inputs_fit && is_of_inputs)) continue;
            complaint = do_inputs_fit ? error.what() : fmt::format("{}: {}", file, error.what());
            is_of_inputs = !do_inputs_fit;
        }
    }
    if (!best) throw npz::Error(*complaint);
    if (found.cost && !is_cost(found.cost->array.values()(0), *best)) refuse_cost(*found.cost, *best);
    return *best;
}

bool is_normalisation(const AnyLayer& layer) {
    return layer.is<BatchNorm>() || layer.is<LayerNorm>() || layer.is<GroupNorm>();
}

// A derivative of the sum of all outputs hides mistakes.
void add_remarks_on_upstreams(LayerSubmission& s) {
    for (std::size_t n = 0; n < s.point.d_outputs.size(); ++n) {
        const Vector<double>& d = s.point.d_outputs[n].values();
        if (s.point.layer.facts().is_loss || d.size() < 2 || (d.array() != d(0)).any()) continue;
        s.remarks.push_back(
            fmt::format("all entries of {0} are {1:.6g}: a constant upstream cannot show {2}; draw it: {0} = "
                        "np.random.randn(*{3}.shape)",
                        s.upstream_names[n], d(0),
                        is_normalisation(s.point.layer) ? "whether dx is right, batch norm's dx is 0 then"
                                                        : "numbers that are exchanged or taken from another place",
                        s.output_names[n]));
    }
}

}  // namespace

LayerSubmission make_layer_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                      const AnyLayer& declared) {
    UnreadArrays unread(arrays, file);
    try {
        ReadLayer read = with_parameters_of(unread, declared, file);
        const Found found = find_arrays(unread, read, file);
        LayerSubmission submission = best_arranged(found, read.layer, file);
        add_remarks_on_either(read);
        submission.remarks.insert(submission.remarks.end(), read.remarks.begin(), read.remarks.end());
        add_remarks_on_upstreams(submission);
        if (!submission.float32_gradients.empty())
            submission.remarks.push_back(fmt::format("float32: judged to {} digits", required_digits_of_float32));
        if (const auto left = unread.left(); !left.empty())
            submission.remarks.push_back(fmt::format("not looked at: {}", fmt::join(left, ", ")));
        return submission;
    } catch (const std::invalid_argument& error) {  // a parameter that the layer does not take
        throw npz::Error(fmt::format("{}: {}", file, error.what()));
    }
}

LayerSubmission read_layer_submission(const std::filesystem::path& path, const AnyLayer& layer) {
    return make_layer_submission(npz::read_arrays(path), npz::printable(path.string()), layer);
}

}  // namespace gradproof::diagnosis
