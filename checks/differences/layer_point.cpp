// SPDX-License-Identifier: MIT
#include "differences/layer_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "gradproof/checks/course_random.hpp"

namespace gradproof::checks {
namespace {

Array<double> drawn(CourseRandom& random, const Shape& shape, InputKind kind, Eigen::Index rows) {
    Array<double> array(shape);
    for (double& number : array.values()) switch (kind) {
            case InputKind::variable:
                number = random.randn();
                break;
            case InputKind::mask:
                number = random.rand() < 0.5 ? 0 : 1;
                break;
            case InputKind::index:
                number = std::floor(random.rand() * static_cast<double>(rows));
                break;
        }
    return array;
}

// The sum of the sizes of the terms of the number.
double size_of_terms(const LayerPoint& point, const Arrays<double>& outputs) {
    double size = 0;
    for (std::size_t n = 0; n < outputs.size(); ++n)
        size += outputs[n].values().cwiseAbs().dot(point.d_outputs[n].values().cwiseAbs());
    return size;
}

// How far the number is from that of these outputs, term by term: what an input does not move adds no rounding.
double change_of_number(const LayerPoint& point, const Arrays<double>& from, const Arrays<double>& inputs) {
    const Arrays<double> outputs = point.layer.forward(inputs);
    double change = 0;
    for (std::size_t n = 0; n < outputs.size(); ++n)
        change += (outputs[n].values() - from[n].values()).dot(point.d_outputs[n].values());
    return change;
}

}  // namespace

LayerPoint random_point(const AnyLayer& layer, const std::vector<Shape>& shapes, std::uint32_t seed) {
    layer.require_shapes(shapes);
    CourseRandom random(seed);
    LayerPoint point{.layer = layer, .inputs = {}, .d_outputs = {}};
    for (std::size_t n = 0; n < shapes.size(); ++n)
        point.inputs.push_back(drawn(random, shapes[n], layer.facts().inputs[n].kind, shapes[0][0]));
    for (const Array<double>& output : layer.forward(point.inputs))
        point.d_outputs.push_back(drawn(random, output.shape(), InputKind::variable, 0));
    return point;
}

double number_of(const LayerPoint& point, const Arrays<double>& inputs) {
    const Arrays<double> outputs = point.layer.forward(inputs);
    double number = 0;
    for (std::size_t n = 0; n < outputs.size(); ++n) number += outputs[n].values().dot(point.d_outputs[n].values());
    return number;
}

namespace {

// Entries of one input that reach different places, and what each of them reaches.
struct Colour {
    std::vector<Eigen::Index> entries;
    std::vector<std::vector<Eigen::Index>> reached;
    std::vector<bool> is_taken;
};

// Each entry goes where nothing is in its way yet.
std::vector<Colour> colours_of(const LayerPoint& point, std::size_t n, Eigen::Index places) {
    std::vector<Colour> colours;
    const std::vector<Shape> shapes = shapes_of(point.inputs);
    for (Eigen::Index entry = 0; entry < point.inputs[n].size(); ++entry) {
        std::vector<Eigen::Index> reached = point.layer.reached(shapes, n, entry);
        const auto is_free = [&](const Colour& colour) {
            return std::ranges::none_of(
                reached, [&](Eigen::Index place) { return colour.is_taken[static_cast<std::size_t>(place)]; });
        };
        auto found = std::ranges::find_if(colours, is_free);
        if (found == colours.end()) {
            colours.push_back({{}, {}, std::vector<bool>(static_cast<std::size_t>(places))});
            found = std::prev(colours.end());
        }
        for (const Eigen::Index place : reached) found->is_taken[static_cast<std::size_t>(place)] = true;
        found->entries.push_back(entry);
        found->reached.push_back(std::move(reached));
    }
    return colours;
}

// All entries of a colour are moved by the same way at once; each has its own sum of d_output * output.
std::vector<EntryVerdict> judge_by_colours(const LayerPoint& point, std::size_t n, const Array<double>& claimed,
                                           const JacobianOptions& options) {
    std::vector<EntryVerdict> verdicts(static_cast<std::size_t>(claimed.size()));
    const Vector<double>& d_output = point.d_outputs.front().values();
    const Vector<double> unmoved = point.layer.forward(point.inputs).front().values();
    Arrays<double> moved = point.inputs;
    for (const Colour& colour : colours_of(point, n, d_output.size())) {
        const auto size = static_cast<Eigen::Index>(colour.entries.size());
        // As for a single number below: the change of the terms, and the sum of their sizes, a constant.
        Eigen::VectorXd sizes = Eigen::VectorXd::Zero(size);
        for (Eigen::Index k = 0; k < size; ++k)
            for (const Eigen::Index place : colour.reached[static_cast<std::size_t>(k)])
                sizes(k) += std::abs(d_output(place) * unmoved(place));
        const auto sums = [&](const Eigen::VectorXd& motion) {
            for (const Eigen::Index entry : colour.entries)
                moved[n].values()(entry) = point.inputs[n].values()(entry) + motion(0);
            const Array<double> output = point.layer.forward(moved).front();
            for (const Eigen::Index entry : colour.entries) moved[n].values()(entry) = point.inputs[n].values()(entry);
            Eigen::VectorXd each = sizes;
            for (Eigen::Index k = 0; k < size; ++k) {
                double change = 0;
                for (const Eigen::Index place : colour.reached[static_cast<std::size_t>(k)])
                    change += d_output(place) * (output.values()(place) - unmoved(place));
                each(k) += change;
            }
            return each;
        };
        Eigen::MatrixXd column(size, 1);
        for (Eigen::Index k = 0; k < size; ++k)
            column(k, 0) = claimed.values()(colour.entries[static_cast<std::size_t>(k)]);
        JacobianOptions of_motion{.required_digits = options.required_digits, .stop = options.stop};
        if (options.rounding.size() > 0)
            of_motion.rounding = Eigen::VectorXd::Constant(1, options.rounding(colour.entries).maxCoeff());
        const std::vector<EntryVerdict> of_colour = judge_jacobian(sums, column, Eigen::VectorXd::Zero(1), of_motion);
        for (std::size_t k = 0; k < of_colour.size(); ++k) {
            const Eigen::Index entry = colour.entries[k];
            verdicts[static_cast<std::size_t>(entry)] = {.row = 0, .column = entry, .verdict = of_colour[k].verdict};
        }
    }
    return verdicts;
}

}  // namespace

std::vector<EntryVerdict> judge_input(const LayerPoint& point, std::size_t n, const Array<double>& claimed,
                                      const JacobianOptions& options) {
    const Array<double>& at = point.inputs[n];
    if (claimed.shape() != at.shape())
        throw std::invalid_argument(fmt::format("d{} is {}, but {} is {}", point.layer.facts().inputs[n].name,
                                                text_of(claimed.shape()), point.layer.facts().inputs[n].name,
                                                text_of(at.shape())));
    if (point.layer.knows_reach()) return judge_by_colours(point, n, claimed, options);
    Arrays<double> moved = point.inputs;
    const Arrays<double> outputs = point.layer.forward(point.inputs);
    const auto judged = [&](double constant, const JacobianOptions& with) {
        const auto number = [&](const Eigen::VectorXd& values) {
            moved[n].values() = values;
            return Eigen::VectorXd::Constant(1, change_of_number(point, outputs, moved) + constant).eval();
        };
        return judge_jacobian(number, claimed.values().transpose(), at.values(), with);
    };
    // The rounding of a value is judged by its size. The terms of the number may cancel to much less than they are
    // rounded by, and so the sum of their sizes is added, a constant.
    std::vector<EntryVerdict> verdicts = judged(size_of_terms(point, outputs), options);
    // Beside so large a constant a kink of one term is not always seen. What lies at kinks is judged together.
    JacobianOptions again = options;
    again.inputs.clear();
    for (const EntryVerdict& entry : verdicts)
        if (entry.verdict.outcome == Outcome::undecided || entry.verdict.estimate.is_at_kink())
            again.inputs.push_back(entry.column);
    if (again.inputs.empty() || options.stop.stop_requested()) return verdicts;
    for (const EntryVerdict& entry : judged(0, again))
        if (entry.verdict.estimate.is_at_kink())
            *std::ranges::find(verdicts, entry.column, &EntryVerdict::column) = entry;
    return verdicts;
}

}  // namespace gradproof::checks
