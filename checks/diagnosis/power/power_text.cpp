// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "diagnosis/power/fixed_rules.hpp"
#include "diagnosis/power/power.hpp"

namespace gradproof::diagnosis {

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
    const std::string networks =
        power.networks_left_out == 0
            ? fmt::format("{} networks", power.networks)
            : fmt::format("Stopped after {} of {} networks", power.networks, power.networks + power.networks_left_out);
    text += fmt::format(
        "\n{}. Of {} wrong submissions whose numbers differ from the right ones {} are refuted, {} undecided, "
        "{} "
        "missed; {:.2f} % of the refuted are named. Of {} right ones {} are refuted, {} undecided.\n",
        networks, total.visible(), total.refuted, total.undecided, total.missed, 100 * power.named_share(),
        power.right_submissions, power.false_alarms, power.right_undecided);
    text += fmt::format(
        "\n| rule | as in | wrong ones accepted, of {} | right ones refused, of {} |\n| --- | --- | ---: | ---: |\n",
        total.shown_to_rules, power.networks);
    for (std::size_t r = 0; r < fixed_rules().size(); ++r)
        text += fmt::format("| {} | {} | {} | {} |\n", fixed_rules()[r].name, fixed_rules()[r].known_from,
                            total.accepted_by_rule[r], power.rule_false_alarms[r]);
    text += fmt::format("| error bar, entry by entry | gradproof | {} | {} |\n", total.missed, power.false_alarms);
    if (power.at_kinks.networks > 0) text += kink_power_text(power.at_kinks);
    if (power.of_layers.points > 0) text += layer_power_text(power.of_layers);
    if (power.in_manners.networks > 0) text += manner_power_text(power.in_manners);
    return text;
}

}  // namespace gradproof::diagnosis
