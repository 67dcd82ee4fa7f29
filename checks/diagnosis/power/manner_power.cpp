// SPDX-License-Identifier: MIT
#include "diagnosis/power/manner_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/power/brought.hpp"
#include "diagnosis/report.hpp"
#include "diagnosis/search/planting.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

constexpr std::size_t most_examples = 10;
// Of a network's mistakes each so many-th is planted, so that every manner meets many networks.
constexpr std::size_t each = 17;

void add(MannerCounts& sum, const MannerCounts& counts) {
    sum.right += counts.right;
    sum.right_confirmed += counts.right_confirmed;
    sum.wrong += counts.wrong;
    sum.wrong_refuted += counts.wrong_refuted;
    sum.wrong_confirmed += counts.wrong_confirmed;
    sum.named += counts.named;
}

void count(MannerPower& power, const Brought& b, const MannerCounts& counts) {
    add(power.by_layout[describe(b.manner.layout)], counts);
    add(power.by_naming[std::string(describe(b.manner.naming))], counts);
    add(power.by_loss[b.point.loss], counts);
}

// Whether the arrays are the right ones after all: the slope of relu at A is the one at Z.
bool are_the_same(const std::vector<npz::Array>& wrong, const std::vector<npz::Array>& right) {
    for (std::size_t n = 0; n < wrong.size(); ++n) {
        const double size = 1e-9 * (1 + right[n].values.cwiseAbs().maxCoeff());
        if (!((wrong[n].values - right[n].values).array().abs() <= size).all()) return false;
    }
    return true;
}

bool is_named(const Diagnosis& diagnosis, const Planted& planted) {
    const auto names_it = [&](const Finding& finding) {
        return std::ranges::find(planted.slugs, finding.slug()) != planted.slugs.end();
    };
    return std::ranges::any_of(diagnosis.explanations,
                               [&](const Explanation& e) { return std::ranges::any_of(e.findings, names_it); });
}

class Measurement {
  public:
    explicit Measurement(const MannerPowerOptions& options) : options_(options) {}

    void judge_right(std::uint32_t seed) {
        const Brought b = brought(seed);
        const auto& [network, X, Y, output, loss, factor] = b.point;
        std::string answer;
        bool confirmed = false;
        try {
            const Gradients<double> right = right_gradients(network, forward(network, X), Y);
            const Diagnosis diagnosis = diagnose(make_submission(file_of(b, right), "right.npz", b.declared));
            confirmed = diagnosis.outcome() == Outcome::confirmed;
            if (!confirmed) answer = report_text(diagnosis);
        } catch (const npz::Error& refusal) {
            answer = refusal.what();
        }
        count(power_, b, {.right = 1, .right_confirmed = confirmed ? 1u : 0u});
        tell(seed, "right", answer);
    }

    void judge_wrong(std::uint32_t seed) {
        Brought b = brought(seed);
        const auto& [network, X, Y, output, loss, factor] = b.point;
        if (loss == "mse" || loss == "bce") return;
        b.declared.l2 = b.manner.l2;
        const Cache<double> cache = forward(network, X);
        const std::vector<npz::Array> right = file_of(b, right_gradients(network, cache, Y));
        const auto plantings = all_plantings(network, cache, Y);
        for (std::size_t n = seed % each; n < plantings.size() && wrong_ < options_.wrong; n += each) {
            const auto planted = plant(network, cache, Y, {plantings[n]}, scale_of_gradients(b));
            if (!planted) continue;
            const std::vector<npz::Array> wrong = file_of(b, planted->gradients);
            if (are_the_same(wrong, right)) continue;
            const Diagnosis diagnosis = diagnose(make_submission(wrong, "wrong.npz", b.declared));
            const Outcome outcome = diagnosis.gradients();
            count(power_, b,
                  {.wrong = 1,
                   .wrong_refuted = outcome == Outcome::refuted ? 1u : 0u,
                   .wrong_confirmed = outcome == Outcome::confirmed ? 1u : 0u,
                   .named = is_named(diagnosis, *planted) ? 1u : 0u});
            ++wrong_;
            tell(seed, planted->what, outcome == Outcome::confirmed ? report_text(diagnosis) : "");
        }
    }

    MannerPower measured() {
        for (std::uint32_t seed = 1; wrong_ < options_.wrong || seed <= options_.right; ++seed) {
            if (options_.stop.stop_requested()) break;
            if (seed <= options_.right) judge_right(seed);
            if (wrong_ < options_.wrong) judge_wrong(seed);
            ++power_.networks;
        }
        return std::move(power_);
    }

  private:
    void tell(std::uint32_t seed, std::string_view what, const std::string& wrong_answer) {
        if (!wrong_answer.empty() && power_.examples.size() < most_examples)
            power_.examples.push_back(fmt::format("seed {}, {}: {}", seed, what, wrong_answer));
        if (options_.done) options_.done(++files_);
    }

    const MannerPowerOptions& options_;
    MannerPower power_;
    std::size_t wrong_ = 0;
    std::size_t files_ = 0;
};

}  // namespace

MannerCounts MannerPower::total() const {
    MannerCounts sum;
    for (const auto& [layout, counts] : by_layout) add(sum, counts);
    return sum;
}

MannerPower measure_manner_power(const MannerPowerOptions& options) {
    return Measurement(options).measured();
}

std::string manner_power_text(const MannerPower& power) {
    std::string text = fmt::format(
        "\n| as people bring it, {} networks | right | confirmed | wrong | refuted | confirmed | named |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        power.networks);
    const auto row = [&](std::string_view name, const MannerCounts& c) {
        text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", name, c.right, c.right_confirmed, c.wrong,
                            c.wrong_refuted, c.wrong_confirmed, c.named);
    };
    for (const auto& [layout, counts] : power.by_layout) row(layout, counts);
    for (const auto& [naming, counts] : power.by_naming) row(naming, counts);
    for (const auto& [loss, counts] : power.by_loss) row("--loss " + loss, counts);
    row("all", power.total());
    return text;
}

}  // namespace gradproof::diagnosis
