// SPDX-License-Identifier: MIT
//
// How far rounding can move a right gradient: a running error bound over the forward and the backward pass, layer by
// layer and example by example. It says how much of a difference between two right gradients is nobody's mistake, and
// what the numbers are sums of. derivations/finite_differences.md (rounding)
#pragma once

#include "differences/network/network_probe.hpp"

namespace gradproof::checks {

/// Bounds on what belongs to one Z[l], each n_l × m, without 1/m. The errors of dZ[l] hold what a sum over its units
/// rounds as well.
template <class S>
struct LayerRounding {
    Matrix<S> A;       ///< error of A[l]
    Matrix<S> dZ;      ///< dZ[l] itself, from slopes by dual numbers
    Matrix<S> terms;   ///< sum of the absolute values of the terms that dZ[l] is made of: A - Y is made of |A| + |Y|
    Matrix<S> stable;  ///< error of dZ[l] by the routes that keep digits: A - Y where the pairing is canonical
    Matrix<S> any;     ///< and by any route that is right on paper: through dA[L], slopes as 1 - a² or a(1 - a)
};

/// Of one entry of a gradient.
template <class S>
struct EntryRounding {
    S terms = S(0);
    S stable = S(0);
    S any = S(0);
};

template <class S>
struct PassRounding {
    const Network<S>* network;
    std::vector<LayerRounding<S>> layers;  // of layer l, indexed by layer
    Matrix<S> dA_output;                   // error of dA[L]
    Matrix<S> terms_of_dA_output;

    EntryRounding<S> of_dZ(std::size_t l, Eigen::Index j, Eigen::Index i) const;
    EntryRounding<S> of_dA(std::size_t l, Eigen::Index j, Eigen::Index i) const;
};

/// The bounds for passes that compute in S and begin at the numbers of `probe`; `X` is what layer 1 is given. Every
/// operation adds half an ulp of its result, or the smallest normal number if that is larger: below it an ulp no longer
/// shrinks, and other programs take such numbers for 0. Errors pass on by how the functions themselves answer to a
/// shift. The network must outlive what is returned.
template <class S>
PassRounding<S> rounding_of_pass(const RowProbe<S>& probe, const Matrix<double>& X);

extern template struct PassRounding<double>;
extern template struct PassRounding<long double>;
extern template PassRounding<double> rounding_of_pass(const RowProbe<double>&, const Matrix<double>&);
extern template PassRounding<long double> rounding_of_pass(const RowProbe<long double>&, const Matrix<double>&);

/// The same for the entries of one layer's dW and, in the last column, db: n_l × (n_{l-1} + 1), with 1/m.
struct WeightRounding {
    Matrix<double> stable;
    Matrix<double> any;
};
WeightRounding rounding_of_weights(const PassRounding<double>& pass, const RowProbe<double>& probe, std::size_t l);

}  // namespace gradproof::checks
