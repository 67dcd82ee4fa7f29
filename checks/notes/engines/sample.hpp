// SPDX-License-Identifier: MIT
//
// The 50-digit engine: a claim is tried at many points of its domain, the edges among them. Every value carries a bound
// of its rounding error, so that what is refuted is refuted by more than rounding, and no tolerance is chosen.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "notes/verdict.hpp"

namespace gradproof::notes {

class Sampler {
  public:
    /// Points and values are kept, so that claims on one graph share them.
    Sampler(Graph& graph, const std::vector<Symbol>& symbols);
    ~Sampler();
    Sampler(const Sampler&) = delete;
    Sampler& operator=(const Sampler&) = delete;

    /// Refuted with a witness, sampled, or undecided because too few points could be told.
    Verdict decide(const Question& question);

    /// Whether the claim fails at some point; stops at the first. Undecided counts as rejected, too: it is red.
    bool rejects(const Question& question);

    /// What the difference of a refuted instance looks like: a sign, a factor m, a factor g'(z); or nothing. `parts`
    /// are what could be the factor: names with their nodes. Of the sizes, those are tried that the question lists.
    std::string looks_like(const Question& question, std::size_t instance,
                           const std::vector<std::pair<std::string, NodeId>>& parts);

    /// Values of the graph at given values of its variables, in so many digits that reading them gives the same numbers
    /// again: for comparisons with the library. Nothing where a node has no value.
    std::vector<std::optional<std::string>> values(const std::vector<NodeId>& nodes,
                                                   const std::vector<std::pair<NodeId, std::string>>& variables);

    /// Forgets what concerns graph nodes from `size` on.
    void shrink(std::size_t size);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// The engine as a function of the common signature.
Verdict sample(Graph& graph, const std::vector<Symbol>& symbols, const Question& question);

}  // namespace gradproof::notes
