// SPDX-License-Identifier: MIT
#include "program/verification.hpp"

#include <algorithm>
#include <utility>

#include "claims/pairing.hpp"
#include "program/watch.hpp"

namespace gradproof::program {

using namespace checks;

Outcome Verification::outcome() const {
    const bool claims_hold =
        std::all_of(claims.begin(), claims.end(), [](const CheckedClaim& one) { return one.as_expected; });
    if (!claims_hold || (claims.empty() && !stopped)) return Outcome::refuted;
    if (on_data) {
        const Outcome data = on_data->outcome();
        const bool good = stopped ? data != Outcome::refuted : data == Outcome::confirmed && on_data->cost_fell();
        if (!good) return Outcome::refuted;
    }
    return stopped ? Outcome::undecided : Outcome::confirmed;
}

Verification verify_claims() {
    std::vector<Claim> claims = all_claims();
    Verification verification;
    Watch watch("claims");
    const auto tell = watch.progress();
    for (Claim& claim : claims) {
        if (watch.stop().stop_requested()) {
            verification.not_checked.insert(claim.path);
            continue;
        }
        verification.claims.push_back(checked(std::move(claim)));
        tell(verification.claims.size(), claims.size());
    }
    verification.stopped = !verification.not_checked.empty();
    return verification;
}

void verify_data(Verification& verification, const LabelledData& data, std::size_t iterations) {
    if (verification.stopped) return;
    Watch watch("data");
    verification.on_data = check_on_data(data, iterations, watch.progress(), watch.stop());
    verification.stopped = watch.stop().stop_requested();
}

}  // namespace gradproof::program
