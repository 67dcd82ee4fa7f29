// SPDX-License-Identifier: MIT
#include "gradproof/checks/network_probe.hpp"

namespace gradproof::checks {

std::vector<double> kinks_of(const AnyActivation& activation) {
    std::vector<double> points;
    std::visit(
        [&points]<class G>(const G&) {
            if constexpr (HasKinks<G>)
                for (const Kink& kink : G::kinks) points.push_back(kink.at);
        },
        activation);
    return points;
}

}  // namespace gradproof::checks
