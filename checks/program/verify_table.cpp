// SPDX-License-Identifier: MIT
#include "program/verify_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "claims/pairing.hpp"
#include "differences/coloured.hpp"
#include "program/output.hpp"

namespace gradproof::program {
namespace {

using namespace checks;

// The least digits of agreement of all claims whose path begins so and that must be confirmed.
class Digits {
  public:
    explicit Digits(const Verification& verification) : verification_(verification) {
        for (const CheckedClaim& one : verification.claims) by_path_.emplace(one.claim.path, &one);
    }

    std::string at(const std::string& path) const {
        const auto found = by_path_.find(path);
        if (found == by_path_.end()) return verification_.not_checked.contains(path) ? "?" : "-";
        return fmt::format("{}{:.1f}", found->second->as_expected ? "" : "!",
                           found->second->evidence.verdict.least_digits);
    }

    bool all_known() const { return verification_.not_checked.empty(); }
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
                    if (verification_.not_checked.contains(path)) return "?";
                    continue;
                }
                least = std::min(least, found->second->evidence.verdict.least_digits);
                all_hold = all_hold && found->second->as_expected;
            }
        return fmt::format("{}{:.1f}", all_hold ? "" : "!", least);
    }

  private:
    const Verification& verification_;
    std::map<std::string, const CheckedClaim*> by_path_;
};

std::string path_of(const Pairing& pairing, std::string_view claim) {
    return fmt::format("pairings/{}/{}/{}", name_of(pairing.activation), name_of(pairing.loss), claim);
}

void print_pairings(const Digits& digits) {
    fmt::print(
        "Digits to which each claim agrees with differences, worst value of each{}:\n\n{:<46} {:>6} {:>9} {:>11} {:>9} "
        " {}\n",
        digits.all_known() ? "" : " (? not checked)", "pairing", "dL/dA", "dZ by dA", "loss as L+1", "networks",
        "dZ = A - Y");
    for (const Pairing& pairing : swept_pairings()) {
        const CheckedClaim* refused = digits.claim(path_of(pairing, "a_minus_y_is_refuted"));
        const std::string shortcut =
            refused
                ? fmt::format("{}: {} of {} values", refused->as_expected ? "refuted, as it must be" : "NOT REFUTED",
                              refused->evidence.verdict.refuted, refused->evidence.verdict.checked())
                : digits.at(path_of(pairing, "a_minus_y")) + " digits";
        fmt::print("{:<46} {:>6} {:>9} {:>11} {:>9}  {}\n",
                   fmt::format("{} + {}", name_of(pairing.activation), name_of(pairing.loss)),
                   digits.at(path_of(pairing, "dA")), digits.at(path_of(pairing, "dZ_through_dA")),
                   digits.at(path_of(pairing, "loss_as_one_more_layer")), digits.of_networks(pairing), shortcut);
    }
}

void print_failures(std::vector<CheckedClaim> checked, bool colour) {
    std::erase_if(checked, [](const CheckedClaim& one) { return one.as_expected; });
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

void print_network(const DataCheck& check, const LabelledData& data, const std::string& file, bool stopped,
                   bool colour) {
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

// The digits of every pairing, and each claim that is not as it must be.
void print_claims(const Verification& verification, bool colour) {
    const Digits digits(verification);
    print_pairings(digits);
    print_failures(verification.claims, colour);
}

// The network trained on the data of a file; nothing if it was not reached.
void print_data(const Verification& verification, const LabelledData& data, const std::string& file, bool colour) {
    if (verification.on_data) print_network(*verification.on_data, data, file, verification.stopped, colour);
}

// The verdict on the whole, a line.
void print_verdict(const Verification& verification, double seconds, bool colour) {
    const auto& claims = verification.claims;
    const auto held = std::count_if(claims.begin(), claims.end(), [](const auto& one) { return one.as_expected; });
    const auto refused = std::count_if(claims.begin(), claims.end(),
                                       [](const auto& one) { return one.claim.expectation == Expectation::refuted; });
    std::size_t values = 0;
    for (const CheckedClaim& one : claims) values += one.evidence.verdict.checked();
    const Outcome outcome = verification.outcome();
    fmt::print(
        "\n{} {} of {} claims hold ({} values; {} of the claims are false on purpose and were refuted){}{} in {:.1f} "
        "s\n",
        coloured(outcome, word_for(outcome), colour), held, claims.size(), values, refused,
        verification.on_data ? fmt::format("; on the data: {}", name_of(verification.on_data->outcome()))
                             : std::string(),
        verification.stopped ? fmt::format("; stopped, with {} claims not checked", verification.not_checked.size())
                             : std::string(),
        seconds);
}

}  // namespace

Verification verify_and_print(const std::string& data, std::size_t iterations, bool table, bool colour) {
    std::optional<LabelledData> examples;
    if (!data.empty()) examples = read_labelled_csv(data);

    const auto begin = std::chrono::steady_clock::now();
    Verification verification = verify_claims();
    if (table) print_claims(verification, colour);
    if (examples) {
        verify_data(verification, *examples, iterations);
        if (table) print_data(verification, *examples, data, colour);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    if (table) print_verdict(verification, seconds.count(), colour);
    return verification;
}

}  // namespace gradproof::program
