// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "gradproof/activation.hpp"
#include "notes/algebra/branches.hpp"
#include "notes/algebra/field.hpp"
#include "notes/algebra/prover.hpp"

namespace gradproof::proof {

/// The proofs of one claim, one for each branch and entry.
class Claim {
  public:
    explicit Claim(Prover prover) : prover_(std::move(prover)) {}

    /// Proves left = right and keeps the outcome under `what`.
    void equal(const std::string& what, const Symbol& left, const Symbol& right) { keep(what, prover_(left, right)); }
    /// Keeps the outcome of a comparison of exact numbers under `what`.
    void holds(const std::string& what, bool yes) {
        keep(what, {yes ? Proof::Status::proved : Proof::Status::refuted, "exact numbers"});
    }
    /// Proves that two matrices are equal, entry by entry; different shapes refute it.
    void equal(const std::string& what, const Matrix<Symbol>& left, const Matrix<Symbol>& right) {
        if (left.rows() != right.rows() || left.cols() != right.cols()) {
            keep(what, {Proof::Status::refuted, "the shapes differ"});
            return;
        }
        for (Eigen::Index i = 0; i < left.rows(); ++i)
            for (Eigen::Index k = 0; k < left.cols(); ++k)
                equal(what + "(" + std::to_string(i) + ", " + std::to_string(k) + ")", left(i, k), right(i, k));
    }

    /// Whether something was looked at and all of it was proved.
    bool proved() const { return count_ > 0 && open_.empty(); }
    /// Whether some of it was refuted.
    bool refuted() const { return refuted_ > 0; }
    std::size_t count() const { return count_; }
    /// What was not proved, the first few in full.
    std::string report() const {
        std::string text = std::to_string(open_.size()) + " of " + std::to_string(count_) + " not proved";
        for (std::size_t i = 0; i < open_.size() && i < 3; ++i) text += "\n" + open_[i];
        return text;
    }

  private:
    void keep(const std::string& what, const Proof& proof) {
        ++count_;
        if (proof.status == Proof::Status::refuted) ++refuted_;
        if (proof.status != Proof::Status::proved)
            open_.push_back(what + (proof.status == Proof::Status::refuted ? " refuted: " : " undecided: ") +
                            proof.text);
    }

    Prover prover_;
    std::size_t count_ = 0;
    std::size_t refuted_ = 0;
    std::vector<std::string> open_;
};

/// The symbols name1, name2, ..., one for each entry, row by row.
inline Matrix<Symbol> symbols(const std::string& name, Eigen::Index rows, Eigen::Index columns,
                              const Interval& interval = real_line) {
    Matrix<Symbol> result(rows, columns);
    for (Eigen::Index i = 0; i < rows; ++i)
        for (Eigen::Index k = 0; k < columns; ++k) {
            const std::string index = std::to_string(i + 1) + (columns > 1 ? "_" + std::to_string(k + 1) : "");
            result(i, k) = Field::current().symbol_within(name + index, interval);
        }
    return result;
}

/// The derivatives of `of` with respect to every entry of `x`, in its shape.
inline Matrix<Symbol> derivatives(const Symbol& of, const Matrix<Symbol>& x) {
    return x.unaryExpr([&of](const Symbol& entry) -> Symbol { return Field::current().derivative(of, entry); });
}

}  // namespace gradproof::proof
