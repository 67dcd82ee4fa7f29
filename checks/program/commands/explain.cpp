// SPDX-License-Identifier: MIT
#include "program/commands/explain.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <stdexcept>

#include "claims/claim.hpp"
#include "claims/pairing.hpp"
#include "differences/coloured.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "program/command_line.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::program {
namespace {

struct ExplainOptions {
    std::string activation;
    std::string loss;
    Colour colour = Colour::automatic;
};

using namespace checks;

constexpr std::size_t values_shown = 4;

Pairing pairing_named(const ExplainOptions& options) {
    const AnyActivation activation = activation_named(options.activation);
    const AnyLoss loss = loss_named(options.loss);
    if (!are_compatible(activation, loss))
        throw std::invalid_argument(
            fmt::format("{} and {} make no pairing: the loss does not accept every value that the "
                        "activation gives (see gradproof list)",
                        options.activation, options.loss));
    return {activation, loss, is_canonical_pair(activation, loss)};
}

void print_evidence(const CheckedClaim& checked, bool colour) {
    const auto& [claim, evidence, as_expected] = checked;
    const Outcome outcome = evidence.verdict.outcome();
    fmt::print("\n{}\n  {}: {}{}; {} values, least agreement {:.1f} digits\n", claim.statement, claim.path,
               coloured(as_expected ? Outcome::confirmed : Outcome::refuted, name_of(outcome), colour),
               claim.expectation == Expectation::refuted ? ", as it must be" : "", evidence.verdict.checked(),
               evidence.verdict.least_digits);
    for (std::size_t n = 0; n < std::min(values_shown, evidence.verdict.worst.size()); ++n) {
        const EntryVerdict& entry = evidence.verdict.worst[n];
        fmt::print("    {}: {}\n", place_of(evidence, entry), describe(entry.verdict));
    }
    if (!evidence.remark.empty()) fmt::print("    {}\n", evidence.remark);
    fmt::print("    note: {}\n", claim.note);
}

int run_explain(const ExplainOptions& options) {
    const Pairing pairing = pairing_named(options);
    const bool colour = wants_colour(options.colour);
    fmt::print("{} with {}: {}\n", name_of(pairing.activation), name_of(pairing.loss),
               pairing.canonical
                   ? "a canonical pairing, dZ = A - Y; the slope of the activation cancels against the loss's"
                   : "not a canonical pairing: dZ = A - Y does not hold, only dA pulled back through g");
    fmt::print("{}\n", describe(cost_formula(pairing.loss)));
    const std::string pair = fmt::format("/{}/{}/", name_of(pairing.activation), name_of(pairing.loss));
    std::vector<Claim> claims = pairing_claims({pairing});
    for (Claim& claim : question_claims({pairing}))
        if (claim.path.starts_with("question" + pair)) claims.push_back(std::move(claim));
    std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.path < b.path; });
    bool good = true;
    for (const Claim& claim : claims) {
        const CheckedClaim one = checked(claim);
        good = good && one.as_expected;
        print_evidence(one, colour);
    }
    return good ? all_confirmed : something_refuted;
}

}  // namespace

void add_explain(CLI::App& app, int& status) {
    const auto options = std::make_shared<ExplainOptions>();
    auto* command = app.add_subcommand("explain", "what is claimed of a pairing, the numbers, and which note to read");
    command->add_option("activation", options->activation, "for example sigmoid, or leaky_relu(slope=0.3)")->required();
    command->add_option("loss", options->loss, "for example binary_cross_entropy")->required();
    add_colour(*command, options->colour);
    command->callback([options, &status] { status = run_explain(*options); });
}

}  // namespace gradproof::program
