// SPDX-License-Identifier: MIT
#include "differences/network/weighted_examples.hpp"

#include <cmath>
#include <map>
#include <utility>

#include "differences/network/estimate_sums.hpp"

namespace gradproof::checks {
namespace {

Matrix<double> columns_of(const Matrix<double>& all, const std::vector<Eigen::Index>& examples) {
    return all(Eigen::all, examples);
}

// Estimates of a sum of which nothing has been added yet.
NetworkEstimates nothing_added(const Network<double>& network, Eigen::Index n_x, Eigen::Index m, bool activations) {
    NetworkEstimates sums{.dW = {{}}, .db = {{}}, .dZ = {{}}, .dA = {}};
    const Eigen::Index columns = activations ? m : 0;
    sums.dA.emplace_back("dA0", n_x, columns);
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const Matrix<double>& W = network.layer(l).dense.W;
        const std::string number = std::to_string(l);
        sums.dW.emplace_back("dW" + number, W.rows(), W.cols());
        sums.db.emplace_back("db" + number, W.rows(), 1);
        sums.dZ.emplace_back("dZ" + number, W.rows(), columns);
        sums.dA.emplace_back("dA" + number, W.rows(), columns);
    }
    return sums;
}

// Derivatives of parameters: means over the examples of one weight, which are a share of all.
void add_means(std::vector<TensorEstimate>& sums, const std::vector<TensorEstimate>& means, double factor) {
    for (std::size_t l = 1; l < sums.size(); ++l)
        for (std::size_t n = 0; n < sums[l].entries.size(); ++n)
            sums[l].entries[n] = sum_of(sums[l].entries[n], multiple_of(means[l].entries[n], factor));
}

// Derivatives of each example's loss.
void put_examples(std::vector<TensorEstimate>& all, const std::vector<TensorEstimate>& some,
                  const std::vector<Eigen::Index>& examples, double weight) {
    for (std::size_t l = 0; l < all.size(); ++l)
        for (Eigen::Index n = 0; n < some[l].columns; ++n)
            for (Eigen::Index row = 0; row < all[l].rows; ++row)
                all[l](row, examples[static_cast<std::size_t>(n)]) = multiple_of(some[l](row, n), weight);
}

// The weight that is farthest from 0.
double largest_of(const std::map<double, std::vector<Eigen::Index>>& by_weight) {
    const double lowest = by_weight.begin()->first;
    const double highest = by_weight.rbegin()->first;
    return std::abs(lowest) > std::abs(highest) ? lowest : highest;
}

}  // namespace

NetworkEstimates differentiate_weighted(const Network<double>& network, const Matrix<double>& X,
                                        const Matrix<double>& Y, const DifferenceOptions& options) {
    check_shapes(network, X, &Y);
    const Eigen::Index m = X.cols();
    std::map<double, std::vector<Eigen::Index>> by_weight;
    for (Eigen::Index i = 0; i < m; ++i) {
        const double weight = network.example_weights(0, i);
        gradproof::detail::require(std::isfinite(weight),
                                   "the weight of example " + std::to_string(i + 1) + " is not finite");
        by_weight[weight].push_back(i);
    }
    const double largest = largest_of(by_weight);
    gradproof::detail::require(largest != 0, "the weights of all examples are 0: the cost has no loss in it");
    NetworkEstimates sums = nothing_added(network, X.rows(), m, options.activations);
    std::size_t groups_done = 0;
    const std::size_t groups = by_weight.size();
    DifferenceOptions of_group = options;
    if (options.progress)
        of_group.progress = [&](std::size_t done, std::size_t total) {
            options.progress(groups_done * total + done, groups * total);
        };
    Network<double> plain = without_example_weights(network);
    for (const auto& [weight, examples] : by_weight) {
        if (weight == 0) continue;  // nothing of these moves the cost
        // The L2 term, λ/(2m) in the whole cost, goes with the examples of the largest weight.
        plain.lambda = weight == largest ? network.lambda / weight : 0;
        const NetworkEstimates estimates =
            differentiate_network(plain, columns_of(X, examples), columns_of(Y, examples), of_group);
        const double share = weight * static_cast<double>(examples.size()) / static_cast<double>(m);
        add_means(sums.dW, estimates.dW, share);
        add_means(sums.db, estimates.db, share);
        if (options.activations) {
            put_examples(sums.dZ, estimates.dZ, examples, weight);
            put_examples(sums.dA, estimates.dA, examples, weight);
        }
        ++groups_done;
    }
    return sums;
}

}  // namespace gradproof::checks
