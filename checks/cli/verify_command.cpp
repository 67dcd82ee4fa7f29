// SPDX-License-Identifier: MIT
#include "cli/verify_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "claims/claim.hpp"
#include "claims/registry.hpp"
#include "cli/json_output.hpp"
#include "cli/watch.hpp"
#include "json/number.hpp"
#include "real_data/data_check.hpp"

namespace gradproof::cli {
namespace {

using namespace checks;

// What of all claims could be checked before Ctrl-C, if it came.
struct CheckedClaims {
    std::vector<CheckedClaim> done;
    std::set<std::string> left;  ///< paths
};

CheckedClaims check_claims() {
    std::vector<Claim> claims = all_claims();
    CheckedClaims checks;
    Watch watch("claims");
    const auto tell = watch.progress();
    for (Claim& claim : claims) {
        if (watch.stop().stop_requested()) {
            checks.left.insert(claim.path);
            continue;
        }
        checks.done.push_back(checked(std::move(claim)));
        tell(checks.done.size(), claims.size());
    }
    return checks;
}

// The least digits of agreement of all claims whose path begins so and that must be confirmed.
class Digits {
  public:
    explicit Digits(const CheckedClaims& checks) : checks_(checks) {
        for (const CheckedClaim& one : checks.done) by_path_.emplace(one.claim.path, &one);
    }

    std::string at(const std::string& path) const {
        const auto found = by_path_.find(path);
        if (found == by_path_.end()) return checks_.left.contains(path) ? "?" : "-";
        return fmt::format("{}{:.1f}", found->second->as_it_must ? "" : "!",
                           found->second->evidence.verdict.least_digits);
    }

    bool all_known() const { return checks_.left.empty(); }

    const CheckedClaim* claim(const std::string& path) const {
        const auto found = by_path_.find(path);
        return found == by_path_.end() ? nullptr : found->second;
    }

    // Of dW, db, dZ and dA over every hidden activation with this output.
    std::string of_networks(const Pairing& pairing) const {
        double least = 17;
        bool all_hold = true;
        for (const AnyActivation& hidden : all_activations())
            for (const std::string_view tensor : {"dW", "db", "dZ", "dA"}) {
                const std::string path = fmt::format("networks/{}/{}/{}/{}", name_of(hidden),
                                                     name_of(pairing.activation), name_of(pairing.loss), tensor);
                const auto found = by_path_.find(path);
                if (found == by_path_.end()) {
                    if (checks_.left.contains(path)) return "?";
                    continue;
                }
                least = std::min(least, found->second->evidence.verdict.least_digits);
                all_hold = all_hold && found->second->as_it_must;
            }
        return fmt::format("{}{:.1f}", all_hold ? "" : "!", least);
    }

  private:
    const CheckedClaims& checks_;
    std::map<std::string, const CheckedClaim*> by_path_;
};

std::string path_of(const Pairing& pairing, std::string_view claim) {
    return fmt::format("pairings/{}/{}/{}", name_of(pairing.activation), name_of(pairing.loss), claim);
}

void print_matrix(const Digits& digits) {
    fmt::print(
        "Digits to which dZ of the output layer agrees with differences of the loss\n"
        "(* canonical: dZ = A - Y holds; - the loss does not accept what the activation gives{}):\n\n",
        digits.all_known() ? "" : "; ? not checked");
    fmt::print("{:<14}", "");
    for (const AnyLoss& loss : all_losses()) fmt::print("{:>32}", name_of(loss));
    fmt::print("\n");
    for (const AnyActivation& activation : all_activations()) {
        fmt::print("{:<14}", name_of(activation));
        for (const AnyLoss& loss : all_losses()) {
            const Pairing pairing{activation, loss, is_canonical_pair(activation, loss)};
            fmt::print("{:>32}", digits.at(path_of(pairing, "dZ_through_dA")) + (pairing.canonical ? "*" : " "));
        }
        fmt::print("\n");
    }
}

void print_pairings(const Digits& digits) {
    fmt::print("\nDigits of each claim, worst value of each:\n\n{:<46} {:>6} {:>9} {:>11} {:>9}  {}\n", "pairing",
               "dL/dA", "dZ by dA", "loss as L+1", "networks", "dZ = A - Y");
    for (const Pairing& pairing : all_pairings()) {
        const CheckedClaim* refused = digits.claim(path_of(pairing, "a_minus_y_is_refuted"));
        const std::string shortcut =
            refused ? fmt::format("{}: {} of {} values", refused->as_it_must ? "refuted, as it must be" : "NOT REFUTED",
                                  refused->evidence.verdict.refuted, refused->evidence.verdict.looked_at())
                    : digits.at(path_of(pairing, "a_minus_y")) + " digits";
        fmt::print("{:<46} {:>6} {:>9} {:>11} {:>9}  {}\n",
                   fmt::format("{} + {}", name_of(pairing.activation), name_of(pairing.loss)),
                   digits.at(path_of(pairing, "dA")), digits.at(path_of(pairing, "dZ_through_dA")),
                   digits.at(path_of(pairing, "loss_as_one_more_layer")), digits.of_networks(pairing), shortcut);
    }
}

void print_failures(std::vector<CheckedClaim> checked, bool colour) {
    std::erase_if(checked, [](const CheckedClaim& one) { return one.as_it_must; });
    std::stable_sort(checked.begin(), checked.end(), [](const CheckedClaim& a, const CheckedClaim& b) {
        return a.evidence.verdict.least_digits < b.evidence.verdict.least_digits;
    });
    for (const CheckedClaim& one : checked)
        fmt::print("\n{} {}", coloured(Outcome::refuted, "FAILED", colour), describe(one.claim, one.evidence));
}

std::string_view word_for(Outcome outcome) {
    switch (outcome) {
        case Outcome::confirmed:
            return "CONFIRMED";
        case Outcome::undecided:
            return "STOPPED";
        case Outcome::refuted:
            return "FAILED";
    }
    return "";
}

void print_data(const DataCheck& check, const LabelledData& data, const std::string& file, bool stopped, bool colour) {
    std::string sizes;
    for (const auto size : check.sizes) sizes += fmt::format("{}{}", sizes.empty() ? "" : "-", size);
    fmt::print("\n{}: {} examples; a network {} (relu, sigmoid, binary cross-entropy) trained on it:\n", file,
               data.X.cols(), sizes);
    for (const Checkpoint& checkpoint : check.checkpoints) {
        fmt::print("\n{} (iteration {}): cost {:.6f}, accuracy {:.1f} %, every entry {}\n", checkpoint.moment,
                   checkpoint.iteration, checkpoint.cost, 100 * checkpoint.accuracy,
                   coloured(checkpoint.verdict.outcome(), name_of(checkpoint.verdict.outcome()), colour));
        fmt::print("{}", describe(checkpoint.verdict.tensors));
        for (const Warning& warning : checkpoint.verdict.warnings) fmt::print("  note: {}\n", warning.text);
    }
    if (!stopped) fmt::print("\nThe cost {}.\n", check.cost_fell() ? "fell" : "DID NOT FALL");
}

nlohmann::json json_of(const std::vector<CheckedClaim>& checked) {
    nlohmann::json claims = nlohmann::json::array();
    for (const auto& [claim, evidence, as_it_must] : checked)
        claims.push_back({{"path", claim.path},
                          {"statement", claim.statement},
                          {"note", claim.note},
                          {"expected", claim.expectation == Expectation::confirmed ? "confirmed" : "refuted"},
                          {"verdict", name_of(evidence.verdict.outcome())},
                          {"holds", as_it_must},
                          {"values", evidence.verdict.looked_at()},
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

}  // namespace

int run_verify(const VerifyOptions& options) {
    const bool colour = wants_colour(options.colour);
    const bool table = options.json != "-";
    std::optional<LabelledData> data;
    if (!options.data.empty()) data = read_labelled_csv(options.data);

    const auto begin = std::chrono::steady_clock::now();
    const CheckedClaims checks = check_claims();
    const std::vector<CheckedClaim>& checked = checks.done;
    bool stopped = !checks.left.empty();
    const auto held = std::count_if(checked.begin(), checked.end(), [](const auto& one) { return one.as_it_must; });
    const auto refused = std::count_if(checked.begin(), checked.end(),
                                       [](const auto& one) { return one.claim.expectation == Expectation::refuted; });
    bool good = held == static_cast<std::ptrdiff_t>(checked.size()) && (held > 0 || stopped);
    std::size_t values = 0;
    for (const CheckedClaim& one : checked) values += one.evidence.verdict.looked_at();
    if (table) {
        const Digits digits(checks);
        print_matrix(digits);
        print_pairings(digits);
        print_failures(checked, colour);
    }

    std::optional<DataCheck> data_check;
    if (data && !stopped) {
        Watch watch("data");
        data_check = check_on_data(*data, options.iterations, watch.progress(), watch.stop());
        stopped = watch.stop().stop_requested();
        good = good && (stopped ? data_check->outcome() != Outcome::refuted
                                : data_check->outcome() == Outcome::confirmed && data_check->cost_fell());
    }
    if (table && data_check) print_data(*data_check, *data, options.data, stopped, colour);
    // A stop never turns into a success, nor what held until then into a failure.
    const Outcome outcome = !good ? Outcome::refuted : stopped ? Outcome::undecided : Outcome::confirmed;

    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    if (table)
        fmt::print(
            "\n{} {} of {} claims hold ({} values; {} of the claims are false on purpose and were refuted){}{} in "
            "{:.1f} s\n",
            coloured(outcome, word_for(outcome), colour), held, checked.size(), values, refused,
            data_check ? fmt::format("; on the data: {}", name_of(data_check->outcome())) : std::string(),
            stopped ? fmt::format("; stopped, with {} claims not checked", checks.left.size()) : std::string(),
            seconds.count());
    if (!options.json.empty()) {
        nlohmann::json result{
            {"verdict", name_of(outcome)}, {"claims", json_of(checked)}, {"not_checked", checks.left.size()}};
        if (data_check) result["data"] = json_of(*data_check);
        write_json(result, options.json);
    }
    return status_of(outcome);
}

}  // namespace gradproof::cli
