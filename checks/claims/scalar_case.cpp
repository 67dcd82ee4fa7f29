// SPDX-License-Identifier: MIT
#include "claims/scalar_case.hpp"

#include "claims/registry.hpp"
#include "differences/network/network_probe.hpp"

namespace gradproof::checks {

std::vector<ScalarCase> elementwise_activations() {
    std::vector<ScalarCase> cases;
    for (const AnyActivation& activation : all_activations())
        std::visit(
            [&cases]<class G>(const G& g) {
                if constexpr (ElementwiseActivation<G>) cases.push_back(scalar_case(g));
            },
            activation);
    return cases;
}

ScalarCase loss_with_label(const AnyLoss& any_loss, double y) {
    return std::visit([y](const auto& loss) { return scalar_case(loss, y); }, any_loss);
}

}  // namespace gradproof::checks
