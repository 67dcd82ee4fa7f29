// SPDX-License-Identifier: MIT
#include "differences/dense/extended_pass.hpp"

#include <algorithm>
#include <utility>

namespace gradproof::checks {
namespace {

constexpr Eigen::Index examples_cast_at_once = 16;  // cast at a time: X with a longer mantissa would be many times X

template <class T, class S>
std::vector<Matrix<T>> cast_all(const std::vector<Matrix<S>>& tensors) {
    std::vector<Matrix<T>> others;
    for (const auto& tensor : tensors) others.push_back(tensor.template cast<T>());
    return others;
}

}  // namespace

std::shared_ptr<const RowProbe<long double>> ExtendedPass::extended() const {
    using S = long double;
    std::call_once(extended_.made, [this] {
        const Network<double>& network = *plain_->network;
        const Matrix<double>& X = plain_->A(0);
        extended_.network = cast<S>(network);
        Cache<S> cache{.Z = {Matrix<S>()}, .A = {Matrix<S>()}};
        for (const auto& layer : network.layers)
            for (auto* tensors : {&cache.Z, &cache.A}) tensors->emplace_back(layer.dense.W.rows(), X.cols());
        for (Eigen::Index i = 0; i < X.cols(); i += examples_cast_at_once) {
            const Eigen::Index size = std::min(examples_cast_at_once, X.cols() - i);
            const Cache<S> chunk = forward(extended_.network, Matrix<S>(X.middleCols(i, size).cast<S>()));
            for (std::size_t l = 1; l <= network.depth(); ++l) {
                cache.Z[l].middleCols(i, size) = chunk.Z[l];
                cache.A[l].middleCols(i, size) = chunk.A[l];
            }
        }
        // Where rounding in double may have put a pre-activation beside a kink, it lies on it here too.
        extended_.probe = std::make_shared<const RowProbe<S>>(
            extended_.network, std::move(cache), Matrix<S>(plain_->Y.cast<S>()), cast_all<S>(plain_->margins));
    });
    return extended_.probe;
}

// As long as nothing moves, dual numbers are the longer numbers without an ε.
std::shared_ptr<const RowProbe<ExtendedDual>> ExtendedPass::dual() const {
    using S = ExtendedDual;
    std::call_once(dual_.made, [this] {
        const auto values = extended();
        dual_.network = cast<S>(extended_.network);
        Cache<S> cache{.Z = cast_all<S>(values->cache.Z), .A = cast_all<S>(values->cache.A)};
        dual_.probe = std::make_shared<const RowProbe<S>>(dual_.network, std::move(cache),
                                                          Matrix<S>(values->Y.cast<S>()), std::vector<Matrix<S>>());
    });
    return dual_.probe;
}

Matrix<double> ExtendedPass::activations(std::size_t l, const std::vector<Eigen::Index>& rows) const {
    if (l == 0) return plain_->A(0)(rows, Eigen::all);
    return extended()->cache.A[l](rows, Eigen::all).cast<double>();
}

const PassRounding<long double>& ExtendedPass::rounding() const {
    std::call_once(rounding_made_, [this] { rounding_ = rounding_of_pass(*extended(), plain_->A(0)); });
    return rounding_;
}

}  // namespace gradproof::checks
