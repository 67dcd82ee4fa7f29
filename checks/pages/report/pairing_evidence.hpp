// SPDX-License-Identifier: MIT
//
// What the report shows of a pairing: its output formula along one pre-activation, in both forms, with differences on
// top; how the error of each way to differentiate goes with the step; and the claims that were checked.
#pragma once

#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "claims/pairing.hpp"

namespace gradproof::report {

/// dZ of the varied component at z, by the general chain and as A - Y.
struct FormulaPoint {
    double z = 0;
    double general = 0;
    double a_minus_y = 0;
};

struct DifferencePoint {
    double z = 0;
    checks::Estimate estimate;
};

/// One component of the output layer varied, the others (if any) held, with one label.
struct FormulaCurve {
    std::string label;  ///< "y = 1"
    std::vector<FormulaPoint> formula;
    std::vector<DifferencePoint> differences;
};

struct StepPoint {
    double step = 0;
    double error = 0;  ///< distance to the derivative by dual numbers with a 64-bit mantissa
    double error_bar = 0;
};

struct StepCurve {
    std::string method;
    bool has_error_bar = true;
    std::vector<StepPoint> points;
};

struct PairingEvidence {
    checks::Pairing pairing;
    std::vector<FormulaCurve> formulas{};
    double step_curves_at = 0;  ///< the pre-activation of the step curves
    double derivative_there = 0;
    std::vector<StepCurve> step_curves{};        ///< without a complex step where the formula has a kink
    std::vector<checks::CheckedClaim> claims{};  ///< the paths that begin pairings/ and question/
    double digits = 0;                           ///< of dZ by the general chain, least over its values
    bool as_expected = false;                    ///< every claim came out as it must
};

/// Evidence on every pairing that makes sense. Takes seconds.
std::vector<PairingEvidence> pairing_evidence();

}  // namespace gradproof::report
