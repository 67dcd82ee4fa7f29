// SPDX-License-Identifier: MIT
#include "power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diagnosis.hpp"
#include "fixed_rules.hpp"
#include "gradproof/checks/course_random.hpp"
#include "planting.hpp"
#include "rounding.hpp"

namespace gradproof::mistakes {
namespace {

struct Setting {
    std::string_view hidden;
    std::string_view output;
    std::string_view loss;
    double scale;
    double lambda;
    int seed;
};

constexpr std::array<std::string_view, 4> hidden_activations{"tanh", "relu", "sigmoid", "softplus"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> output_pairs{{
    {"sigmoid", "binary_cross_entropy"},
    {"softmax", "categorical_cross_entropy"},
    {"identity", "squared_error"},
    {"exponential", "poisson_negative_log_likelihood"},
    {"sigmoid", "squared_error"},
    {"tanh", "squared_error"},
}};
constexpr std::array scales{1.0, 0.1, 0.01};
constexpr std::array lambdas{0.0, 0.7};

std::vector<Setting> settings(int seeds) {
    std::vector<Setting> out;
    for (int seed = 1; seed <= seeds; ++seed)
        for (const auto hidden : hidden_activations)
            for (const auto& [output, loss] : output_pairs)
                for (const double scale : scales)
                    for (const double lambda : lambdas) out.push_back({hidden, output, loss, scale, lambda, seed});
    return out;
}

// Shapes that differ everywhere, shapes in which a transpose or another layer's weights fit, and m equal to a width.
Submission drawn(const Setting& setting, std::size_t number) {
    static const std::array<std::pair<std::vector<Eigen::Index>, Eigen::Index>, 3> shapes{{
        {{4, 5, 3, 2}, 6},
        {{3, 4, 4, 3}, 5},
        {{5, 5, 5, 2}, 5},
    }};
    const auto& [sizes, m] = shapes[number % shapes.size()];
    checks::CourseRandom random(static_cast<std::uint32_t>(1000 * setting.seed) + static_cast<std::uint32_t>(number));
    Submission s;
    s.file = "planted";
    s.X = random.randn(sizes[0], m);
    for (std::size_t l = 1; l < sizes.size(); ++l)
        s.network.layers.push_back({setting.scale * random.randn(sizes[l], sizes[l - 1]),
                                    setting.scale * random.randn(sizes[l], 1),
                                    activation_named(l + 1 < sizes.size() ? setting.hidden : setting.output)});
    s.network.loss = loss_named(setting.loss);
    s.network.lambda = setting.lambda;
    s.Y = Tensor::Zero(sizes.back(), m);
    for (Eigen::Index i = 0; i < m; ++i) {
        if (setting.output == "softmax") {
            s.Y(static_cast<Eigen::Index>(random.rand() * static_cast<double>(sizes.back())), i) = 1;
            continue;
        }
        for (double& y : s.Y.col(i)) {
            const double number_drawn = random.rand();
            if (setting.output == "sigmoid") y = number_drawn < 0.5 ? 0 : 1;
            if (setting.output == "exponential") y = std::floor(4 * number_drawn);
            if (setting.output == "identity" || setting.output == "tanh") y = 2 * number_drawn - 1;
        }
    }
    s.cache.Z.resize(sizes.size());
    s.cache.A.resize(sizes.size());
    return s;
}

struct Point {
    Submission submission;  // without gradients
    checks::NetworkEstimates estimates;
    Gradients<double> right;
    Gradients<double> roundings;
    std::vector<Eigen::VectorXd> rule_numbers;
    std::string name;
    std::string scale;
};

Point point_for(const Setting& setting, std::size_t number) {
    Point point{.submission = drawn(setting, number),
                .estimates = {},
                .right = {},
                .roundings = {},
                .rule_numbers = {},
                .name = {},
                .scale = {}};
    const Submission& s = point.submission;
    const Cache<double> cache = forward(s.network, s.X);
    point.estimates = checks::differentiate_network(s.network, s.X, s.Y);
    point.right = right_gradients(s.network, cache, s.Y);
    point.roundings = roundings_of(s.network, cache, s.Y, point.right, double_roundoff).gradients;
    for (const FixedRule& rule : fixed_rules()) point.rule_numbers.push_back(numerical_for(rule, s.network, s.X, s.Y));
    point.scale = fmt::format("{}", setting.scale);
    point.name = fmt::format("{} {} {} weights {} lambda {} seed {}", setting.hidden, setting.output, setting.loss,
                             setting.scale, setting.lambda, setting.seed);
    return point;
}

Submission with_gradients(const Point& point, const Gradients<double>& gradients, bool with_dZ) {
    Submission s = point.submission;
    s.gradients = gradients;
    if (!with_dZ)
        for (auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
            for (Tensor& tensor : *tensors) tensor.resize(0, 0);
    return s;
}

// Whether the numbers that were given are those of `other`, to rounding.
bool are_the_same(const Point& point, const Submission& s, const Gradients<double>& other) {
    for (const Place place : backward_order(s.L())) {
        const Tensor yours = tensor_of(s.gradients, place.step, place.l);
        if (yours.size() == 0) continue;
        const Tensor deviation = (yours - tensor_of(other, place.step, place.l)).cwiseAbs();
        if (!(deviation.array() <= 4 * tensor_of(point.roundings, place.step, place.l).array()).all()) return false;
    }
    return true;
}

bool names(const Explanation& explanation, const std::vector<std::string_view>& slugs) {
    return std::ranges::all_of(slugs, [&](std::string_view slug) {
        return std::ranges::any_of(explanation.findings, [&](const Finding& f) {
            return (f.mistake ? f.mistake->slug : f.pattern.slug()) == slug;
        });
    });
}

std::string answer_of(const Diagnosis& diagnosis) {
    std::string text;
    for (const Explanation& explanation : diagnosis.explanations) {
        text += text.empty() ? "" : " | ";
        for (const Finding& finding : explanation.findings) text += describe(finding) + "; ";
    }
    return text.empty() ? "nothing" : text;
}

PowerCounts score(const Point& point, const Planted& planted, bool with_dZ, std::vector<std::string>& examples) {
    constexpr std::size_t most_examples = 40;
    PowerCounts counts{.planted = 1};
    counts.accepted_by_rule.resize(fixed_rules().size());
    const Submission s = with_gradients(point, planted.gradients, with_dZ);
    if (are_the_same(point, s, point.right) ||
        std::ranges::any_of(planted.parts, [&](const auto& part) { return are_the_same(point, s, part); })) {
        counts.invisible = 1;
        return counts;
    }
    const Diagnosis diagnosis = diagnose(s, point.estimates);
    const auto tell = [&](std::string_view how) {
        if (examples.size() < most_examples)
            examples.push_back(fmt::format("{}: {} in {}{}: {}", how, planted.what, point.name,
                                           with_dZ ? " with dZ" : "", answer_of(diagnosis)));
    };
    switch (diagnosis.outcome()) {
        case checks::Outcome::confirmed:
            counts.missed = 1;
            tell("missed");
            break;
        case checks::Outcome::undecided:
            counts.undecided = 1;
            break;
        case checks::Outcome::refuted: {
            counts.refuted = 1;
            const auto& explanations = diagnosis.explanations;
            const bool found =
                std::ranges::any_of(explanations, [&](const auto& e) { return names(e, planted.slugs); });
            counts.named = found && explanations.size() == 1;
            counts.named_among = found && explanations.size() > 1;
            if (!found) tell("wrong name");
        }
    }
    if (with_dZ) return counts;  // the rules see dW and db alone, and have seen these
    counts.shown_to_rules = 1;
    for (std::size_t r = 0; r < fixed_rules().size(); ++r)
        counts.accepted_by_rule[r] = fixed_rules()[r].accepts(flattened(planted.gradients), point.rule_numbers[r]);
    return counts;
}

void judge_right_ones(const Point& point, bool with_dZ, Power& power) {
    const Submission s = with_gradients(point, point.right, with_dZ);
    const Diagnosis diagnosis = diagnose(s, point.estimates);
    ++power.right_submissions;
    power.false_alarms += diagnosis.outcome() == checks::Outcome::refuted;
    power.right_undecided += diagnosis.outcome() == checks::Outcome::undecided;
    if (diagnosis.outcome() != checks::Outcome::confirmed)
        for (const TensorResult& t : diagnosis.tensors)
            if (t.outcome != checks::Outcome::confirmed)
                power.examples.push_back(fmt::format("right gradients {}: {} in {}: {} {} bar {} {}",
                                                     checks::name_of(t.outcome), t.name, point.name, t.yours,
                                                     t.numerical, t.error_bar, t.remark));
    if (with_dZ) return;
    for (std::size_t r = 0; r < fixed_rules().size(); ++r)
        power.rule_false_alarms[r] += !fixed_rules()[r].accepts(flattened(point.right), point.rule_numbers[r]);
}

// Two different mistakes at different places, chosen by the network's number.
std::vector<std::vector<Planting>> pairs_of(const std::vector<Planting>& plantings, std::size_t number) {
    std::vector<std::vector<Planting>> pairs;
    for (std::size_t i = number % 7; i < plantings.size(); i += 7) {
        const Planting& first = plantings[i];
        const Planting& second = plantings[(i * 31 + number) % plantings.size()];
        if (first.mistake == second.mistake || first.places.size() > 1 || second.places.size() > 1 ||
            first.places == second.places)
            continue;
        pairs.push_back({first, second});
    }
    return pairs;
}

// Both mistakes, and each alone: a pair that gives the numbers of one of them is not seen as two by anybody.
std::optional<Planted> plant_pair(const Submission& s, const Cache<double>& cache, const std::vector<Planting>& pair) {
    auto planted = plant(s.network, cache, s.Y, pair);
    if (!planted || planted->slugs.size() != 2) return std::nullopt;
    for (const Planting& one : pair)
        if (auto alone = plant(s.network, cache, s.Y, {one})) planted->parts.push_back(std::move(alone->gradients));
    return planted;
}

}  // namespace

PowerCounts& PowerCounts::operator+=(const PowerCounts& other) {
    planted += other.planted;
    invisible += other.invisible;
    refuted += other.refuted;
    undecided += other.undecided;
    missed += other.missed;
    named += other.named;
    named_among += other.named_among;
    shown_to_rules += other.shown_to_rules;
    accepted_by_rule.resize(std::max(accepted_by_rule.size(), other.accepted_by_rule.size()));
    for (std::size_t r = 0; r < other.accepted_by_rule.size(); ++r) accepted_by_rule[r] += other.accepted_by_rule[r];
    return *this;
}

PowerCounts Power::total() const {
    PowerCounts sum;
    for (const auto& [slug, counts] : by_mistake) sum += counts;
    return sum;
}

double Power::named_share() const {
    const PowerCounts sum = total();
    return sum.refuted == 0 ? 0.0 : static_cast<double>(sum.named + sum.named_among) / static_cast<double>(sum.refuted);
}

Power measure_power(const PowerOptions& options) {
    Power power;
    power.rule_false_alarms.resize(fixed_rules().size());
    std::size_t number = 0;
    for (const Setting& setting : settings(options.seeds)) {
        const Point point = point_for(setting, number);
        const Submission& s = point.submission;
        const Cache<double> cache = forward(s.network, s.X);
        ++power.networks;
        std::vector<std::pair<std::string, Planted>> all;
        const auto plantings = all_plantings(s.network, cache, s.Y);
        const auto every = static_cast<std::size_t>(options.every);
        for (std::size_t i = number % every; i < plantings.size(); i += every)
            if (auto planted = plant(s.network, cache, s.Y, {plantings[i]}))
                all.emplace_back(plantings[i].mistake->slug, std::move(*planted));
        if (number % every == 0)
            for (Planted& planted : plant_without_formula(s.network, s.X, s.Y))
                all.emplace_back(planted.slugs.front(), std::move(planted));
        if (options.pairs) {
            const auto pairs = pairs_of(plantings, number);
            for (std::size_t i = number % every; i < pairs.size(); i += every)
                if (auto planted = plant_pair(s, cache, pairs[i]))
                    all.emplace_back("two mistakes", std::move(*planted));
        }
        for (const bool with_dZ : {false, true}) {
            if (with_dZ && !options.with_dZ) continue;
            judge_right_ones(point, with_dZ, power);
            for (const auto& [slug, planted] : all) {
                const PowerCounts counts = score(point, planted, with_dZ, power.examples);
                power.by_mistake[slug] += counts;
                power.by_scale[point.scale] += counts;
            }
        }
        ++number;
    }
    return power;
}

std::string power_text(const Power& power) {
    const auto row = [](std::string_view name, const PowerCounts& c) {
        return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", name, c.planted, c.invisible, c.refuted,
                           c.undecided, c.missed, c.named, c.named_among, c.refuted - c.named - c.named_among);
    };
    std::string text =
        "| mistake | planted | invisible | refuted | undecided | missed | named alone | named among equals | named "
        "wrongly |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& [slug, counts] : power.by_mistake) text += row(slug, counts);
    text += row("all", power.total());
    for (const auto& [scale, counts] : power.by_scale) text += row("all, weights of size " + scale, counts);

    const PowerCounts total = power.total();
    text += fmt::format(
        "\n{} networks. Of {} wrong submissions whose numbers differ from the right ones {} are refuted, {} undecided, "
        "{} "
        "missed; {:.2f} % of the refuted are named. Of {} right ones {} are refuted, {} undecided.\n",
        power.networks, total.visible(), total.refuted, total.undecided, total.missed, 100 * power.named_share(),
        power.right_submissions, power.false_alarms, power.right_undecided);
    text += fmt::format(
        "\n| rule | as in | wrong ones accepted, of {} | right ones refused, of {} |\n| --- | --- | ---: | ---: |\n",
        total.shown_to_rules, power.networks);
    for (std::size_t r = 0; r < fixed_rules().size(); ++r)
        text += fmt::format("| {} | {} | {} | {} |\n", fixed_rules()[r].name, fixed_rules()[r].known_from,
                            total.accepted_by_rule[r], power.rule_false_alarms[r]);
    text += fmt::format("| error bar, entry by entry | gradproof | {} | {} |\n", total.missed, power.false_alarms);
    return text;
}

}  // namespace gradproof::mistakes
