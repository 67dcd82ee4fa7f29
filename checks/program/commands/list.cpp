// SPDX-License-Identifier: MIT
#include "program/commands/list.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "claims/pairing.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "program/output.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::program {

namespace {

int run_list() {
    using namespace checks;
    fmt::print("activations: {}\n", fmt::join(activation_names(), ", "));
    fmt::print("losses:      {}\n", fmt::join(loss_names(), ", "));
    fmt::print(
        "costs (a prediction, y label, m examples; --lambda adds an L2 term, whose scale check finds or takes from\n"
        "--l2):\n");
    for (const AnyLoss& loss : all_losses()) fmt::print("  {:<31}  {}\n", name_of(loss), describe(cost_formula(loss)));
    fmt::print("pairings (* canonical, dZ = A - Y):\n");
    for (const Pairing& pairing : all_pairings())
        fmt::print("  {} {} {}\n", pairing.canonical ? "*" : " ", name_of(pairing.activation), name_of(pairing.loss));
    return all_confirmed;
}

}  // namespace

void add_list(CLI::App& app, int& status) {
    app.add_subcommand("list", "the activations, losses with the formulas of their costs, and pairings")
        ->callback([&status] { status = run_list(); });
}

}  // namespace gradproof::program
