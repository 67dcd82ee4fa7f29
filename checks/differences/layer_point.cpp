// SPDX-License-Identifier: MIT
#include "differences/layer_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

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

std::vector<EntryVerdict> judge_input(const LayerPoint& point, std::size_t n, const Array<double>& claimed,
                                      const JacobianOptions& options) {
    const Array<double>& at = point.inputs[n];
    if (claimed.shape() != at.shape())
        throw std::invalid_argument(fmt::format("d{} is {}, but {} is {}", point.layer.facts().inputs[n].name,
                                                text_of(claimed.shape()), point.layer.facts().inputs[n].name,
                                                text_of(at.shape())));
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
