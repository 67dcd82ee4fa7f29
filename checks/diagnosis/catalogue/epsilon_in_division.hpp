// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake epsilon_in_division() {
    return {.slug = "epsilon-in-division",
            .explanation =
                "A small number is added to the denominators of dA, but the cost has none. Compute the loss "
                "from Z, which needs no epsilon, or put the same one into the logarithms of the cost.",
            .note = "derivations/network.md (dA output)",
            .variants = {{{Step::dA_output}, "", [](Step, const Situation& s) -> Attempts {
                              const std::string_view loss = name_of(s.network.loss);
                              const auto A = s.A().array();
                              const auto Y = s.Y.array();
                              Attempts attempts;
                              for (const double epsilon : {1e-5, 1e-6, 1e-7, 1e-8}) {
                                  const std::string detail = fmt::format("{:.0e}", epsilon);
                                  const auto add = [&](const Tensor& dA, std::string_view line) {
                                      attempts.push_back({.value = weighted(s.network, dA),
                                                          .detail = detail,
                                                          .filling = detail,
                                                          .line = std::string(line)});
                                  };
                                  if (loss == "binary_cross_entropy")
                                      add((-(Y / (A + epsilon) - (1 - Y) / (1 - A + epsilon))).matrix(),
                                          "dA{l} = -(Y / (A{l} + {k}) - (1 - Y) / (1 - A{l} + {k}))");
                                  if (loss == "categorical_cross_entropy")
                                      add((-(Y / (A + epsilon))).matrix(), "dA{l} = -Y / (A{l} + {k})");
                                  if (loss == "poisson_negative_log_likelihood")
                                      add((1 - Y / (A + epsilon)).matrix(), "dA{l} = 1 - Y / (A{l} + {k})");
                              }
                              return attempts;
                          }}}};
}

}  // namespace gradproof::diagnosis
