// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "notes/engines/claim_lines.hpp"
#include "notes/engines/work.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::proof {

/// An inequality certainly fails at a point of a line.
struct CertainFailure {
    std::map<Coordinate, std::string> at;  // in digits
};

/// Encloses the difference of a claim's two sides along lines.
class Enclosure {
  public:
    Enclosure(const notes::Graph& graph, const notes::Question& question, notes::Work& work)
        : graph_(graph), question_(question), work_(work) {}

    /// Certifies one instance on one line. Throws CertainFailure, or Unclear or NotEvaluated where
    /// it can say nothing.
    void certify(const notes::Instance& instance, const Line& line);
    /// A bound on the difference of the sides of all equations certified so far, by their size where that is beyond 1.
    double worst() const { return worst_; }

  private:
    template <class Body>
    void cover(double lower, double upper, double radius, const Body& body);
    void equation_on(const notes::Instance& instance, const Line& line, double centre, double radius);
    void equation_at(const notes::Instance& instance, const Line& line);
    void inequality_on(const notes::Instance& instance, const Line& line, double centre, double radius);
    double largest_on(const notes::Instance& instance, const Line& line, double left, double right, double bottom,
                      double top, int depth);
    bool is_excluded(const Line& line, double left, double right);
    void count(int evaluations);
    void accept(double bound, double size);

    const notes::Graph& graph_;
    const notes::Question& question_;
    notes::Work& work_;
    double worst_ = 0;
    int evaluations_ = 0;
};

}  // namespace gradproof::proof
