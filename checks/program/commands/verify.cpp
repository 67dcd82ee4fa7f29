// SPDX-License-Identifier: MIT
#include "program/commands/verify.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"
#include "program/command_line.hpp"
#include "program/json_output.hpp"
#include "program/verification.hpp"
#include "program/verify_table.hpp"

namespace gradproof::program {
namespace {

struct VerifyOptions {
    std::string data;  ///< a CSV file to train and check on; none if empty
    std::size_t iterations = default_iterations;
    std::string json;  ///< a file to write the result to as JSON, or "-"; none if empty
    Colour colour = Colour::automatic;
};

using namespace checks;

nlohmann::json json_of(const std::vector<CheckedClaim>& checked) {
    nlohmann::json claims = nlohmann::json::array();
    for (const auto& [claim, evidence, as_expected] : checked)
        claims.push_back({{"path", claim.path},
                          {"statement", claim.statement},
                          {"note", claim.note},
                          {"expected", claim.expectation == Expectation::confirmed ? "confirmed" : "refuted"},
                          {"verdict", name_of(evidence.verdict.outcome())},
                          {"holds", as_expected},
                          {"values", evidence.verdict.checked()},
                          {"digits", number_or_name(evidence.verdict.least_digits)}});
    return claims;
}

nlohmann::json json_of(const DataCheck& check) {
    nlohmann::json checkpoints = nlohmann::json::array();
    for (const Checkpoint& checkpoint : check.checkpoints) {
        nlohmann::json tensors = nlohmann::json::array();
        for (const TensorVerdict& tensor : checkpoint.verdict.tensors) tensors.push_back(json_of_tensor(tensor));
        nlohmann::json warnings = nlohmann::json::array();
        for (const Warning& warning : checkpoint.verdict.warnings) warnings.push_back(warning.text);
        checkpoints.push_back({{"moment", checkpoint.moment},
                               {"iteration", checkpoint.iteration},
                               {"cost", number_or_name(checkpoint.cost)},
                               {"accuracy", number_or_name(checkpoint.accuracy)},
                               {"verdict", name_of(checkpoint.verdict.outcome())},
                               {"tensors", tensors},
                               {"warnings", warnings}});
    }
    return checkpoints;
}

int run_verify(const VerifyOptions& options) {
    const bool colour = wants_colour(options.colour);
    const bool table = options.json != "-";
    const Verification verification = verify_and_print(options.data, options.iterations, table, colour);
    const Outcome outcome = verification.outcome();
    if (!options.json.empty()) {
        nlohmann::json result{{"verdict", name_of(outcome)},
                              {"claims", json_of(verification.claims)},
                              {"not_checked", verification.not_checked.size()}};
        if (verification.on_data) result["data"] = json_of(*verification.on_data);
        write_json(json_text(result), options.json);
    }
    return status_of(outcome);
}

}  // namespace

void add_verify(CLI::App& app, int& status) {
    const auto options = std::make_shared<VerifyOptions>();
    auto* command =
        app.add_subcommand("verify", "check every claim; with --data also on a network trained on real data");
    command->add_option("--data", options->data, "a CSV file: features and a label 0 or 1 a line");
    command->add_option("--iterations", options->iterations, "steps of gradient descent on the data")
        ->capture_default_str()
        ->needs("--data");
    command->add_option("--json", options->json, "write the result as JSON to this file, - for standard output");
    add_colour(*command, options->colour);
    command->callback([options, &status] { status = run_verify(*options); });
}

}  // namespace gradproof::program
