// SPDX-License-Identifier: MIT
#include "pages/cases/case_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include "pages/cases/case_plots.hpp"
#include "spelling/framework_names.hpp"

namespace gradproof::cases {
namespace {

std::string number(double value) {
    return fmt::format("{:.3g}", value + 0.0);
}

std::string values_between(const std::optional<double>& lower, const std::optional<double>& upper) {
    if (lower && upper) return number(*lower) + " to " + number(*upper);
    if (lower) return "from " + number(*lower) + " up";
    if (upper) return "up to " + number(*upper);
    return "all numbers";
}

std::optional<double> if_finite(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string domain(const Interval& interval) {
    if (interval.lower == 0 && std::isinf(interval.upper)) return interval.closed_below ? "0 or more" : "above 0";
    if (std::isfinite(interval.lower) && std::isinf(interval.upper))
        return (interval.closed_below ? "from " : "above ") + number(interval.lower);
    if (std::isfinite(interval.lower) && std::isfinite(interval.upper))
        return fmt::format("{} {} {}", interval.closed_below ? "from" : "between", number(interval.lower),
                           (interval.closed_below ? "to " : "and ") + number(interval.upper));
    return "any number";
}

std::vector<double> places(const std::vector<Kink>& kinks) {
    std::vector<double> at;
    for (const Kink& kink : kinks) at.push_back(kink.at);
    return at;
}

std::string kinks_and_bends(const std::vector<std::string>& kinks, const std::vector<std::string>& bends) {
    std::vector<std::string> parts;
    if (!kinks.empty()) parts.push_back(joined(kinks));
    if (!bends.empty()) parts.push_back("bend: " + joined(bends));
    return parts.empty() ? "–" : fmt::format("{}", fmt::join(parts, "; "));
}

// Where the points lie that a loss has for each label, as the student writes it: "a = y", "y a = 1".
std::vector<std::string> where(const AnyLoss& loss, const std::function<std::vector<double>(double)>& points) {
    std::vector<double> labels = shown_labels(loss.facts());
    if (loss.facts().labels == Labels::numbers) labels.push_back(0.3 * labels[0] + 0.7 * labels[1]);
    std::vector<std::string> texts;
    const std::size_t count = points(labels.front()).size();
    for (std::size_t k = 0; k < count; ++k) {
        const auto for_all = [&](auto holds) {
            return std::ranges::all_of(labels, [&](double y) { return std::abs(holds(points(y)[k], y)) < 1e-12; });
        };
        const double distance = points(labels.front())[k] - labels.front();
        if (for_all([](double a, double y) { return y * a - 1; }))
            texts.push_back("y a = 1");
        else if (for_all([&](double a, double y) { return a - y - distance; }))
            texts.push_back(distance == 0
                                ? "a = y"
                                : fmt::format("a = y {} {}", distance < 0 ? "-" : "+", number(std::abs(distance))));
        else
            for (const double y : labels)
                texts.push_back(fmt::format("a = {} for y = {}", number(points(y)[k]), number(y)));
    }
    return texts;
}

}  // namespace

std::vector<std::string> numbers(const std::vector<double>& values) {
    std::vector<std::string> texts;
    for (const double value : values) texts.push_back(number(value));
    return texts;
}

std::string joined(const std::vector<std::string>& parts) {
    if (parts.size() < 2) return parts.empty() ? "" : parts.front();
    return fmt::format("{} and {}", fmt::join(parts.begin(), parts.end() - 1, ", "), parts.back());
}

// The header says where for all parameters at once; where it leaves an end open, the values say whether there is one:
// it is there if the values near 0 reach as far as those far out.
std::string values_of(const AnyActivation& g) {
    const Interval& range = g.facts().range;
    std::optional<double> lower = if_finite(range.lower);
    std::optional<double> upper = if_finite(range.upper);
    if (g.facts().is_elementwise && (!lower || !upper)) {
        const auto formulas = g.on<double>();
        double low = formulas.value(0);
        double high = low;
        for (double z = -60; z <= 60; z += 1.0 / 64) {
            low = std::min(low, formulas.value(z));
            high = std::max(high, formulas.value(z));
        }
        const auto [least, largest] = std::minmax({formulas.value(-600), formulas.value(600)});
        if (!lower && least > low - 1e-9) lower = low;
        if (!upper && largest < high + 1e-9) upper = high;
    }
    return values_between(lower, upper);
}

std::string kinks_in_words(const AnyActivation& g) {
    return kinks_and_bends(numbers(places(g.facts().kinks)), numbers(g.facts().seams));
}

std::string kinks_in_words(const AnyLoss& loss) {
    return kinks_and_bends(where(loss, [&](double y) { return places(loss.kinks(y)); }),
                           where(loss, [&](double y) { return loss.seams(y); }));
}

std::string predictions_of(const LossFacts& facts) {
    return domain(facts.prediction_domain);
}

std::string labels_of(const LossFacts& facts) {
    switch (facts.labels) {
        case Labels::counts:
            return "counts: 0, 1, 2, ...";
        case Labels::distribution:
            return domain(facts.label_domain) + ", sum 1";
        case Labels::signs:
            return "-1 or 1";
        case Labels::numbers:
            break;
    }
    return domain(facts.label_domain);
}

std::string parameters_in_words(const std::vector<ParameterValue>& parameters) {
    std::vector<std::string> texts;
    for (const ParameterValue& one : parameters)
        texts.push_back(fmt::format("`{}`, {}; here it is {}", one.name, domain(one.range), number(one.usual)));
    if (texts.empty()) return "";
    return fmt::format(" Parameter{}: {}.", texts.size() == 1 ? "" : "s", fmt::join(texts, "; "));
}

std::string slopes_at_kinks(const std::vector<Kink>& kinks) {
    if (kinks.empty()) return "";
    std::vector<double> taken;
    for (const Kink& kink : kinks) taken.push_back(kink.derivative_taken);
    return fmt::format(" At the kink{} {} the code takes {} for the slope.", kinks.size() == 1 ? "" : "s",
                       joined(numbers(places(kinks))), joined(numbers(taken)));
}

std::string called_elsewhere(std::string_view slug, const std::vector<std::string_view>& more_words) {
    std::string text;
    for (const auto& [framework, called] : {std::pair("PyTorch", "PyTorch"), {"Keras", "Keras"}, {"", "Other words"}}) {
        std::vector<std::string> names;
        for (const FrameworkName& one : framework_names(slug))
            if (one.framework == framework)
                names.push_back(fmt::format("`{}`{}", one.name, one.factor == 2 ? " (twice ours)" : ""));
        if (std::string_view(framework).empty())
            for (const std::string_view word : more_words) names.push_back(fmt::format("`{}`", word));
        if (!names.empty()) text += fmt::format("{}: {}. ", called, fmt::join(names, ", "));
    }
    return text;
}

}  // namespace gradproof::cases
