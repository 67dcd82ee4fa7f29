// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>

#include "claims/claim.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {

void add_claim_cases() {
    for (const Claim& claim : all_claims()) {
        std::vector<std::string> labels{"claim"};
        if (claim.expectation == Expectation::refuted) labels.emplace_back("negative");
        add_case(
            claim.path,
            [claim] {
                const Evidence evidence = claim.check();
                BOOST_TEST(evidence.verdict.checked() > 0U);
                BOOST_TEST(holds(claim, evidence), describe(claim, evidence));
            },
            labels);
    }
}

}  // namespace gradproof::checks
