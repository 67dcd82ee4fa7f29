// SPDX-License-Identifier: MIT
//
// Does a claim depend on what was defined? One that still holds when every definition is taken away says nothing about
// them: it is a step of algebra, or empty.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// A claim that holds whatever the definitions are.
struct IndependentClaim {
    std::string note;   ///< "output_layer"
    std::string claim;  ///< the claim as LaTeX
    int line = 0;
};

/// A note with its definitions taken away: each defined name is a free one, and each defined function is any function.
/// Functions of matrices keep their definition.
class WithoutDefinitions {
  public:
    /// `document` and `symbols` must outlive it.
    WithoutDefinitions(const Document& document, const std::vector<Symbol>& symbols);
    ~WithoutDefinitions();
    /// Whether a claim still holds at many points, so that it says nothing about what was defined. False for claims
    /// that two sides differ.
    bool hold(const Claim& claim);

  private:
    class Bare;
    std::unique_ptr<Bare> real_;
    std::unique_ptr<Bare> between_;
};

/// The claims of the notes that hold without any definition.
std::vector<IndependentClaim> independent_claims(const std::vector<const Document*>& documents,
                                                 const std::vector<Symbol>& symbols, unsigned threads);

}  // namespace gradproof::notes
