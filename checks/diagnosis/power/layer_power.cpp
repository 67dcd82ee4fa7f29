// SPDX-License-Identifier: MIT
#include "diagnosis/power/layer_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/layers/array_agreement.hpp"
#include "diagnosis/power/fixed_rules.hpp"
#include "diagnosis/power/planted_layers.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// An upstream derivative of size 1, as a test draws it; after a mean over a hundred numbers; after one over many.
constexpr std::array upstream_sizes{1.0, 1e-2, 1e-5};

Eigen::VectorXd as_one(const Arrays<double>& arrays) {
    Eigen::Index size = 0;
    for (const Array<double>& one : arrays) size += one.size();
    Eigen::VectorXd all(size);
    Eigen::Index place = 0;
    for (const Array<double>& one : arrays) {
        all.segment(place, one.size()) = one.values();
        place += one.size();
    }
    return all;
}

// NumPy's isclose at its usual tolerances.
bool is_close(double a, double b) {
    return std::abs(a - b) <= 1e-8 + 1e-5 * std::abs(b);
}

bool three_means(const Arrays<double>& given, const Arrays<double>& right) {
    for (std::size_t n = 0; n < given.size(); ++n)
        if (!is_close(given[n].values().mean(), right[n].values().mean())) return false;
    return true;
}

bool one_place(const Arrays<double>& given, const Arrays<double>& right) {
    const Eigen::Index middle = right[0].size() / 2;
    return is_close(given[0].values()(middle), right[0].values()(middle));
}

bool first_input_alone(const Arrays<double>& given, const Arrays<double>& right) {
    return (given[0].values() - right[0].values()).cwiseAbs().maxCoeff() <= 1e-5;
}

bool relative_to_the_sum(const Arrays<double>& given, const Arrays<double>& right) {
    const Eigen::ArrayXd a = as_one(given).array();
    const Eigen::ArrayXd b = as_one(right).array();
    return ((a - b).abs() / (a.abs() + b.abs()).max(1e-8)).maxCoeff() <= 1e-6;
}

bool hundredths(const Arrays<double>& given, const Arrays<double>& right) {
    const Eigen::ArrayXd a = as_one(given).array();
    const Eigen::ArrayXd b = as_one(right).array();
    return ((a - b).abs() <= 1e-2 + 1e-2 * b.abs()).all();
}

Arrays<double> variables_of(const checks::LayerPoint& point, const Arrays<double>& derivatives) {
    Arrays<double> variables;
    for (std::size_t n = 0; n < derivatives.size(); ++n)
        if (point.layer.facts().inputs[n].kind == InputKind::variable) variables.push_back(derivatives[n]);
    return variables;
}

Eigen::VectorXd numerical_at(const FixedRule& rule, const checks::LayerPoint& point) {
    checks::LayerPoint moved = point;
    std::vector<double> numbers;
    const auto value = [&] {
        double sum = 0;
        const Arrays<double> outputs = moved.layer.forward(moved.inputs);
        for (std::size_t n = 0; n < outputs.size(); ++n) sum += outputs[n].values().dot(moved.d_outputs[n].values());
        return sum;
    };
    for (std::size_t n = 0; n < moved.inputs.size(); ++n)
        if (point.layer.facts().inputs[n].kind == InputKind::variable)
            for (double& parameter : moved.inputs[n].values()) numbers.push_back(difference_by(rule, parameter, value));
    return Eigen::Map<const Eigen::VectorXd>(numbers.data(), static_cast<Eigen::Index>(numbers.size()));
}

bool names(const LayerDiagnosis& diagnosis, std::string_view slug) {
    return std::ranges::any_of(diagnosis.findings, [slug](const LayerFinding& finding) {
        return finding.slug == slug || std::ranges::find(finding.same_numbers, slug) != finding.same_numbers.end();
    });
}

// At one point: the right derivatives, and those with each mistake that shows.
class MeasuredPoint {
  public:
    MeasuredPoint(const checks::LayerPoint& point, LayerPower& power) : point_(point), power_(power) {
        for (const FixedRule& rule : fixed_rules()) numerical_.push_back(numerical_at(rule, point));
    }

    void measure() {
        const Arrays<double> right = point_.pulled_back();
        ++power_.points;
        const Outcome outcome = diagnose_layer(layer_submission(point_, right)).outcome();
        if (outcome == Outcome::refuted) power_.examples.push_back(name_of(point_.layer) + ", right");
        power_.right_refuted += outcome == Outcome::refuted ? 1U : 0U;
        power_.right_undecided += outcome == Outcome::undecided ? 1U : 0U;
        count(right, false, power_.right_refused_by_rule);
        for (const LayerMistake& mistake : layer_mistakes(point_.layer)) measure(mistake);
    }

  private:
    void measure(const LayerMistake& mistake) {
        const Arrays<double> wrong = mistake.derivatives(point_);
        if (names_of_changed(point_, wrong).empty()) return;
        ++power_.wrong;
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point_, wrong));
        power_.refuted += diagnosis.outcome() == Outcome::refuted ? 1U : 0U;
        power_.undecided += diagnosis.outcome() == Outcome::undecided ? 1U : 0U;
        power_.confirmed += diagnosis.outcome() == Outcome::confirmed ? 1U : 0U;
        power_.named += diagnosis.outcome() == Outcome::refuted && names(diagnosis, mistake.slug) ? 1U : 0U;
        if (diagnosis.outcome() == Outcome::confirmed)
            power_.examples.push_back(fmt::format("{}, {}", name_of(point_.layer), mistake.slug));
        count(wrong, true, power_.accepted_by_rule);
    }

    // Adds 1 for each rule that accepts, or refuses, these.
    void count(const Arrays<double>& derivatives, bool accepted, std::vector<std::size_t>& counts) const {
        counts.resize(grader_rules().size() + fixed_rules().size());
        const Arrays<double> given = variables_of(point_, derivatives);
        const Arrays<double> right = variables_of(point_, point_.pulled_back());
        std::size_t place = 0;
        for (const GraderRule& rule : grader_rules())
            counts[place++] += rule.accepts(given, right) == accepted ? 1U : 0U;
        for (std::size_t r = 0; r < fixed_rules().size(); ++r)
            counts[place++] += fixed_rules()[r].accepts(as_one(given), numerical_[r]) == accepted ? 1U : 0U;
    }

    const checks::LayerPoint& point_;
    LayerPower& power_;
    std::vector<Eigen::VectorXd> numerical_;  // by each of the fixed rules
};

}  // namespace

const std::array<GraderRule, 5>& grader_rules() {
    static constexpr std::array<GraderRule, 5> rules{{
        {"isclose of the mean of each tensor", "DLS conv_backward", three_means},
        {"isclose at one place of dA_prev", "DLS pool_backward", one_place},
        {"1e-5, dx alone", "CMU batch norm", first_input_alone},
        {"1e-6 of the sum of both sizes, entry by entry", "CS231n rel_error", relative_to_the_sum},
        {"1e-2 + 1e-2 relative, entry by entry", "minitorch", hundredths},
    }};
    return rules;
}

std::size_t count_of_layer_points(int seeds, std::size_t every) {
    const std::size_t all = sizes_of_layers().size() * upstream_sizes.size() * static_cast<std::size_t>(seeds);
    return (all + every - 1) / every;
}

LayerPower measure_layer_power(int seeds, std::size_t every, const std::stop_token& stop,
                               const std::function<void()>& done) {
    LayerPower power;
    std::size_t number = 0;
    for (int seed = 1; seed <= seeds; ++seed)
        for (const LayerSizes& sizes : sizes_of_layers())
            for (const double scale : upstream_sizes) {
                if (number++ % every != 0 || stop.stop_requested()) continue;
                checks::LayerPoint point =
                    checks::random_point(sizes.layer, sizes.shapes, static_cast<std::uint32_t>(seed));
                for (Array<double>& upstream : point.d_outputs) upstream.values() *= scale;
                MeasuredPoint(point, power).measure();
                done();
            }
    power.points_left_out = count_of_layer_points(seeds, every) - power.points;
    return power;
}

std::string layer_power_text(const LayerPower& power) {
    std::string text = fmt::format(
        "\n| backward functions of layers, {} points | submissions | confirmed | undecided | refuted | named, of the "
        "refuted |\n| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| right | {} | {} | {} | {} | |\n| with one mistake | {} | {} | {} | {} | {:.2f} % |\n",
        power.points, power.points, power.points - power.right_refuted - power.right_undecided, power.right_undecided,
        power.right_refuted, power.wrong, power.confirmed, power.undecided, power.refuted,
        power.refuted == 0 ? 0 : 100.0 * static_cast<double>(power.named) / static_cast<double>(power.refuted));
    text += fmt::format(
        "\n| rule | as in | wrong ones accepted, of {} | right ones refused, of {} |\n| --- | --- | ---: | ---: |\n",
        power.wrong, power.points);
    std::size_t place = 0;
    const auto row = [&](std::string_view name, std::string_view known_from) {
        text += fmt::format("| {} | {} | {} | {} |\n", name, known_from, power.accepted_by_rule[place],
                            power.right_refused_by_rule[place]);
        ++place;
    };
    for (const GraderRule& rule : grader_rules()) row(rule.name, rule.known_from);
    for (const FixedRule& rule : fixed_rules()) row(rule.name, rule.known_from);
    text += fmt::format("| error bar, entry by entry | gradproof | {} | {} |\n", power.confirmed, power.right_refuted);
    return text;
}

}  // namespace gradproof::diagnosis
