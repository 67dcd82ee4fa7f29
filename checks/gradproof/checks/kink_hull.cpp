// SPDX-License-Identifier: MIT
#include "gradproof/checks/kink_hull.hpp"

#include <algorithm>
#include <cmath>

namespace gradproof::checks {
namespace {

enum class Branch { left, right };

// A = g(Z), with every unit that lay exactly on a kink before kept on one branch.
template <class S>
Matrix<S> activate_on(Branch branch, const RowProbe<S>& probe, std::size_t l, const Matrix<S>& Z) {
    const auto& activation = probe.network->layer(l).activation;
    Matrix<S> A = activate(activation, Z);
    for (const double at : probe.kinks[l]) {
        const S kink = S(at);
        const Matrix<S> reflected = activate(activation, Matrix<S>((S(2) * kink - Z.array()).matrix()));
        const S value_at_kink = activate(activation, Matrix<S>(Matrix<S>::Constant(1, 1, kink)))(0, 0);
        for (Eigen::Index i = 0; i < Z.cols(); ++i)
            for (Eigen::Index r = 0; r < Z.rows(); ++r) {
                const bool on_other_side = branch == Branch::left ? Z(r, i) > kink : Z(r, i) < kink;
                if (std::abs(probe.cache.Z[l](r, i) - kink) <= probe.margins[l](r, i) && on_other_side)
                    A(r, i) = S(2) * value_at_kink - reflected(r, i);
            }
    }
    return A;
}

template <class S>
Matrix<S> losses_on(Branch branch, const RowProbe<S>& probe, const Row& row, const Matrix<S>& change) {
    const Network<S>& network = *probe.network;
    Cache<S> last;
    std::size_t l = row.l;
    Matrix<S> Z;
    if (row.of == Row::Of::pre_activation) {
        Z = probe.cache.Z[l];
        Z.row(row.j) += change;
    } else {
        ++l;
        Z = probe.cache.Z[l] + network.layer(l).W.col(row.j).lazyProduct(change);
    }
    Matrix<S> A = activate_on(branch, probe, l, Z);
    while (++l <= network.depth()) {
        Z = summed_product(network.layer(l).W, A);
        Z.colwise() += network.layer(l).b;
        A = activate_on(branch, probe, l, Z);
    }
    last.Z.push_back(std::move(Z));
    last.A.push_back(std::move(A));
    return example_losses(network, last, probe.Y);
}

}  // namespace

template <Scalar S>
void widen_at_kinks(const RowProbe<S>& probe, const Row& row, const Matrix<S>& direction, const Matrix<S>& rounding,
                    S step, std::vector<Estimate>& estimates) {
    if (row.of == Row::Of::activation && row.l == probe.network->depth()) return;  // the loss itself has no kinks
    std::vector<Eigen::Index> on_kink;
    for (std::size_t i = 0; i < estimates.size(); ++i)
        if (estimates[i].is_at_kink()) on_kink.push_back(static_cast<Eigen::Index>(i));
    if (on_kink.empty()) return;
    const RowProbe<S> few = probe.restricted_to(on_kink);
    const Matrix<S> change = Matrix<S>(direction(Eigen::all, on_kink)) * step;
    for (const Branch branch : {Branch::left, Branch::right}) {
        const Matrix<S> wide = losses_on(branch, few, row, change) - losses_on(branch, few, row, Matrix<S>(-change));
        const Matrix<S> half = change / S(2);
        const Matrix<S> narrow = losses_on(branch, few, row, half) - losses_on(branch, few, row, Matrix<S>(-half));
        for (std::size_t n = 0; n < on_kink.size(); ++n) {
            const auto column = static_cast<Eigen::Index>(n);
            const S slope = wide(0, column) / (S(2) * step);
            const S bar = S(4) / S(3) * std::abs(slope - narrow(0, column) / step) + rounding(0, on_kink[n]) / step;
            Estimate& estimate = estimates[static_cast<std::size_t>(on_kink[n])];
            const double lower = std::min(estimate.lower(), static_cast<double>(slope));
            estimate.from_above = std::max(estimate.upper(), static_cast<double>(slope));
            estimate.from_below = lower;
            estimate.value = (estimate.from_below + estimate.from_above) / 2;
            estimate.error_bar = std::max(estimate.error_bar, static_cast<double>(bar));
        }
    }
}

template void widen_at_kinks(const RowProbe<double>&, const Row&, const Matrix<double>&, const Matrix<double>&, double,
                             std::vector<Estimate>&);
template void widen_at_kinks(const RowProbe<long double>&, const Row&, const Matrix<long double>&,
                             const Matrix<long double>&, long double, std::vector<Estimate>&);

}  // namespace gradproof::checks
