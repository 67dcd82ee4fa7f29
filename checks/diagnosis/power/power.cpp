// SPDX-License-Identifier: MIT
#include "diagnosis/power/power.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/power/fixed_rules.hpp"
#include "diagnosis/power/power_points.hpp"
#include "diagnosis/search/planting.hpp"

namespace gradproof::diagnosis {
namespace {

Submission with_gradients(const PowerPoint& point, const Gradients<double>& gradients, bool with_dZ) {
    Submission s = point.submission;
    s.gradients = gradients;
    if (!with_dZ)
        for (auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
            for (Tensor& tensor : *tensors) tensor.resize(0, 0);
    return s;
}

// Whether the numbers that were given are those of `other`, to rounding.
bool are_the_same(const PowerPoint& point, const Submission& s, const Gradients<double>& other) {
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
        return std::ranges::any_of(explanation.findings, [&](const Finding& f) { return f.slug() == slug; });
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

PowerCounts score(const PowerPoint& point, const Planted& planted, bool with_dZ, std::vector<std::string>& examples) {
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

void judge_right_ones(const PowerPoint& point, bool with_dZ, Power& power) {
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
    const auto settings = power_settings(options.seeds);
    const auto every = static_cast<std::size_t>(options.every);
    const auto seeds = static_cast<std::size_t>(options.seeds);
    MannerPowerOptions manners{
        .right = 1000 * seeds / every, .wrong = 5000 * seeds / every, .done = {}, .stop = options.stop};
    const std::size_t files_per_network = 100;  // of manners, for the progress: as long as a network of the others
    const std::size_t networks = settings.size() + (options.kinks ? count_of_kink_networks(options.seeds) : 0) +
                                 (options.layers ? count_of_layer_points(options.seeds, every) : 0) +
                                 (options.manners ? (manners.right + manners.wrong) / files_per_network : 0);
    const auto tell = [&](std::size_t done) {
        if (options.progress) options.progress(done, networks);
    };
    for (const PowerSetting& setting : settings) {
        if (options.stop.stop_requested()) break;
        const PowerPoint point = power_point(setting, number);
        const Submission& s = point.submission;
        const Cache<double> cache = forward(s.network, s.X);
        ++power.networks;
        std::vector<std::pair<std::string, Planted>> all;
        const auto plantings = all_plantings(s.network, cache, s.Y);
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
        tell(number);
    }
    power.networks_left_out = settings.size() - number;
    std::size_t done = settings.size();
    if (options.kinks) power.at_kinks = measure_kink_power(options.seeds, options.stop, [&] { tell(++done); });
    if (options.layers)
        power.of_layers = measure_layer_power(options.seeds, every, options.stop, [&] { tell(++done); });
    if (options.manners) {
        manners.done = [&](std::size_t files) { tell(std::min(done + files / files_per_network, networks)); };
        power.in_manners = measure_manner_power(manners);
    }
    return power;
}

}  // namespace gradproof::diagnosis
