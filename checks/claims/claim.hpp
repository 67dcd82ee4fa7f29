// SPDX-License-Identifier: MIT
//
// A claim about the mathematics, with what it takes to check it. The test cases and the command line run the same
// claims.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claims/pairing.hpp"
#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::checks {

/// What came out of checking a claim.
struct Evidence {
    TensorVerdict verdict;            ///< every value computed by the formula against its estimate
    std::vector<std::string> points;  ///< where column i of `verdict` was taken, e.g. "z = -3"; may be empty
    std::string remark;               ///< what the numbers show, for a reader; may be empty
};

/// Whether a formula must come out confirmed, or, being wrong on purpose, refuted.
enum class Expectation { confirmed, refuted };

struct Claim {
    std::string path;       ///< its name in ctest: "pairings/sigmoid/binary_cross_entropy/a_minus_y"
    std::string statement;  ///< in words: "dZ = A - Y"
    std::string note;       ///< where to read on: "derivations/output_layer.md"
    Expectation expectation = Expectation::confirmed;
    std::function<Evidence()> check;
};

/// Whether the evidence is what the claim expects, and of at least one value.
bool holds(const Claim& claim, const Evidence& evidence);

/// A claim with what came out of checking it.
struct CheckedClaim {
    Claim claim;
    Evidence evidence;
    bool as_expected = false;  ///< holds(claim, evidence)
};
CheckedClaim checked(Claim claim);

/// Where an entry of the verdict was taken, for a reader: "example 2, component 4", or "z = -3" if that says it all.
std::string place_of(const Evidence& evidence, const EntryVerdict& entry);

/// The claim, what was computed and expected at the worst points, the error bar, and where to read on.
std::string describe(const Claim& claim, const Evidence& evidence);

/// Every claim on every activation, loss, layer, pairing and network, in the order of the paths.
std::vector<Claim> all_claims();

std::vector<Claim> activation_claims();
std::vector<Claim> loss_claims();

/// The claims that some derivative is that of an elementwise activation, by every method that its formulas run with.
std::vector<Claim> derivative_claims(const AnyActivation& activation,
                                     const std::function<double(double z)>& derivative);
/// The same of a loss.
std::vector<Claim> derivative_claims(const AnyLoss& loss, const std::function<double(double a, double y)>& derivative);

std::vector<Claim> layer_claims();
/// Of the layers of arrays: their pull-backs.
std::vector<Claim> array_layer_claims();
/// Of these pairings.
std::vector<Claim> pairing_claims(const std::vector<Pairing>& pairings = swept_pairings());
/// Of these pairings, and the examples of the note.
std::vector<Claim> question_claims(const std::vector<Pairing>& pairings = swept_pairings());
std::vector<Claim> network_claims();

}  // namespace gradproof::checks
