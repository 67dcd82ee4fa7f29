// SPDX-License-Identifier: MIT
#include "differences/layer_point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "gradproof/checks/course_random.hpp"

namespace gradproof::checks {
namespace {

Array<double> drawn(CourseRandom& random, const Shape& shape, const LayerInput& input, Eigen::Index rows) {
    Array<double> array(shape);
    for (double& number : array.values()) switch (input.kind) {
            case InputKind::variable:
                number = random.randn();
                if (input.is_positive) number = std::exp(number);
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

// The terms of sum(d_output * output) one after the other.
Eigen::VectorXd terms_of(const LayerPoint& point, const Arrays<double>& inputs) {
    const Arrays<double> outputs = point.layer.forward(inputs);
    Eigen::Index count = 0;
    for (const Array<double>& output : outputs) count += output.size();
    Eigen::VectorXd terms(count);
    Eigen::Index place = 0;
    for (std::size_t n = 0; n < outputs.size(); place += outputs[n++].size())
        terms.segment(place, outputs[n].size()) = outputs[n].values().cwiseProduct(point.d_outputs[n].values());
    return terms;
}

// The number along one of the inputs.
class NumberOfInput {
  public:
    NumberOfInput(const LayerPoint& point, std::size_t n)
        : point_(point), n_(n), moved_(point.inputs), terms_(terms_of(point, point.inputs)) {}

    const Eigen::VectorXd& terms() const { return terms_; }
    // The number, less what it is at the point: what an input does not move adds no rounding. The rounding of a value
    // is judged by its size, and the terms may cancel to much less than they are rounded by; so a constant is added.
    VectorField plus(double constant) {
        return [this, constant](const Eigen::VectorXd& values) {
            return Eigen::VectorXd::Constant(1, (terms_at(values) - terms_).sum() + constant).eval();
        };
    }
    // Which terms entry `k` moves.
    Eigen::ArrayX<bool> moved_by(Eigen::Index k) {
        Eigen::VectorXd values = point_.inputs[n_].values();
        const double at = values(k);
        Eigen::ArrayX<bool> moved = Eigen::ArrayX<bool>::Constant(terms_.size(), false);
        for (const double step : {1.0, -1.0, 0x1p-10, -0x1p-10}) {
            values(k) = at + step * (at == 0 ? 1.0 : std::abs(at));
            moved = moved || (terms_at(values).array() != terms_.array());
        }
        return moved;
    }

  private:
    Eigen::VectorXd terms_at(const Eigen::VectorXd& values) {
        moved_[n_].values() = values;
        return terms_of(point_, moved_);
    }

    const LayerPoint& point_;
    std::size_t n_;
    Arrays<double> moved_;
    Eigen::VectorXd terms_;
};

// Entries of an input that move a term in common, directly or through others, and all terms that they move.
struct EntriesTogether {
    std::vector<Eigen::Index> entries;
    Eigen::ArrayX<bool> terms;
};
std::vector<EntriesTogether> entries_together(NumberOfInput& number, const std::vector<Eigen::Index>& entries) {
    std::vector<EntriesTogether> groups;
    for (const Eigen::Index entry : entries) {
        EntriesTogether merged{{entry}, number.moved_by(entry)};
        const auto meets = [&merged](const EntriesTogether& group) { return (group.terms && merged.terms).any(); };
        for (auto group = std::ranges::find_if(groups, meets); group != groups.end();
             group = std::ranges::find_if(groups, meets)) {
            merged.entries.insert(merged.entries.end(), group->entries.begin(), group->entries.end());
            merged.terms = merged.terms || group->terms;
            groups.erase(group);
        }
        std::ranges::sort(merged.entries);
        groups.push_back(std::move(merged));
    }
    return groups;
}

// Entries of one input that reach different places, where they stand in the list, and what each of them reaches.
struct Colour {
    std::vector<Eigen::Index> entries;
    std::vector<std::size_t> in_list;
    std::vector<std::vector<Eigen::Index>> reached;
    std::vector<bool> is_taken;
};

// Each entry goes where nothing is in its way yet.
std::vector<Colour> colours_of(const LayerPoint& point, std::size_t n, const std::vector<Eigen::Index>& entries,
                               Eigen::Index places) {
    std::vector<Colour> colours;
    const std::vector<Shape> shapes = shapes_of(point.inputs);
    for (std::size_t in_list = 0; in_list < entries.size(); ++in_list) {
        const Eigen::Index entry = entries[in_list];
        std::vector<Eigen::Index> reached = point.layer.reached(shapes, n, entry);
        const auto is_free = [&](const Colour& colour) {
            return std::ranges::none_of(
                reached, [&](Eigen::Index place) { return colour.is_taken[static_cast<std::size_t>(place)]; });
        };
        auto found = std::ranges::find_if(colours, is_free);
        if (found == colours.end()) {
            colours.push_back({{}, {}, {}, std::vector<bool>(static_cast<std::size_t>(places))});
            found = std::prev(colours.end());
        }
        for (const Eigen::Index place : reached) found->is_taken[static_cast<std::size_t>(place)] = true;
        found->entries.push_back(entry);
        found->in_list.push_back(in_list);
        found->reached.push_back(std::move(reached));
    }
    return colours;
}

// All entries of a colour are moved by the same way at once; each has its own sum of d_output * output.
std::vector<EntryVerdict> judge_by_colours(const LayerPoint& point, std::size_t n, const Array<double>& claimed,
                                           const JacobianOptions& options) {
    std::vector<Eigen::Index> entries = options.inputs;
    if (entries.empty()) {
        entries.resize(static_cast<std::size_t>(claimed.size()));
        std::iota(entries.begin(), entries.end(), Eigen::Index{0});
    }
    std::vector<EntryVerdict> verdicts(entries.size());
    const Vector<double>& d_output = point.d_outputs.front().values();
    const Vector<double> unmoved = point.layer.forward(point.inputs).front().values();
    Arrays<double> moved = point.inputs;
    for (const Colour& colour : colours_of(point, n, entries, d_output.size())) {
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
        for (const EntryVerdict& of : judge_jacobian(sums, column, Eigen::VectorXd::Zero(1), of_motion)) {
            const auto k = static_cast<std::size_t>(of.row);
            verdicts[colour.in_list[k]] = {.row = 0, .column = colour.entries[k], .verdict = of.verdict};
        }
    }
    return verdicts;
}

}  // namespace

LayerPoint random_point(const AnyLayer& layer, const std::vector<Shape>& shapes, std::uint32_t seed) {
    layer.require_shapes(shapes);
    CourseRandom random(seed);
    LayerPoint point{.layer = layer, .inputs = {}, .d_outputs = {}};
    for (std::size_t n = 0; n < shapes.size(); ++n)
        point.inputs.push_back(drawn(random, shapes[n], layer.facts().inputs[n], shapes[0][0]));
    for (const Array<double>& output : layer.forward(point.inputs))
        point.d_outputs.push_back(drawn(random, output.shape(), LayerInput{}, 0));
    return point;
}

std::vector<EntryVerdict> judge_input(const LayerPoint& point, std::size_t n, const Array<double>& claimed,
                                      const JacobianOptions& options) {
    const Array<double>& at = point.inputs[n];
    if (claimed.shape() != at.shape())
        throw std::invalid_argument(fmt::format("d{} is {}, but {} is {}", point.layer.facts().inputs[n].name,
                                                text_of(claimed.shape()), point.layer.facts().inputs[n].name,
                                                text_of(at.shape())));
    if (point.layer.knows_reach()) return judge_by_colours(point, n, claimed, options);
    NumberOfInput number(point, n);
    const Eigen::ArrayXd sizes = number.terms().array().abs();
    const auto judged = [&](double constant, const JacobianOptions& with) {
        return judge_jacobian(number.plus(constant), claimed.values().transpose(), at.values(), with);
    };
    std::vector<EntryVerdict> verdicts = judged(sizes.sum(), options);
    // Beside all terms a kink of one is not always seen: what is left is judged with those that it moves.
    std::vector<Eigen::Index> left;
    for (const EntryVerdict& entry : verdicts)
        if (entry.verdict.outcome == Outcome::undecided || entry.verdict.estimate.is_at_kink())
            left.push_back(entry.column);
    if (left.empty() || options.stop.stop_requested()) return verdicts;
    for (const EntriesTogether& group : entries_together(number, left)) {
        JacobianOptions of_group = options;
        of_group.inputs = group.entries;
        of_group.progress = {};
        for (const EntryVerdict& entry : judged(group.terms.select(sizes, 0.0).sum(), of_group))
            *std::ranges::find(verdicts, entry.column, &EntryVerdict::column) = entry;
    }
    return verdicts;
}

}  // namespace gradproof::checks
