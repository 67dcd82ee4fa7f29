// SPDX-License-Identifier: MIT
#include "gradproof/checks/network_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "differences/dense/activation_differences.hpp"
#include "differences/dense/last_resorts.hpp"
#include "differences/dense/weight_differences.hpp"
#include "differences/network/pass_rounding.hpp"
#include "differences/network/roundoff.hpp"

namespace gradproof::checks {
namespace {

// The cost's regularising term is λ/(2m) w² in each weight w. It is a quadratic, whose central difference is exact for
// any step, so it is taken as large as w, where rounding is least. It is taken at the mantissa of w and scaled back:
// the square of a small weight would underflow.
Estimate with_regularisation(Estimate estimate, double w, double lambda, double m) {
    if (lambda == 0) return estimate;
    int exponent = 0;
    const double mantissa = std::frexp(w, &exponent);
    const double h = mantissa == 0 ? 1 : std::abs(mantissa);
    const double quotient = ((mantissa + h) * (mantissa + h) - (mantissa - h) * (mantissa - h)) / (2 * h);
    const double slope = std::ldexp(lambda / (2 * m) * quotient, exponent);
    estimate.value += slope;
    estimate.from_below += slope;
    estimate.from_above += slope;
    if (estimate.conventions)
        estimate.conventions = std::make_shared<const KinkConventions>(estimate.conventions->shifted_by(slope));
    estimate.scale += std::abs(slope);
    estimate.error_bar += 8 * unit_roundoff<double> * std::abs(slope) + smallest_number<double>;
    return estimate;
}

TensorEstimate unchecked(std::string name, Eigen::Index rows, Eigen::Index columns) {
    TensorEstimate tensor(std::move(name), rows, columns);
    std::fill(tensor.entries.begin(), tensor.entries.end(), unchecked_estimate());
    return tensor;
}

NetworkEstimates nothing_known(const Network<double>& network, Eigen::Index n_x, Eigen::Index m, bool activations) {
    NetworkEstimates estimates{.dW = {{}}, .db = {{}}, .dZ = {{}}, .dA = {}};
    const Eigen::Index columns = activations ? m : 0;
    estimates.dA.push_back(unchecked("dA0", n_x, columns));
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const Matrix<double>& W = network.layer(l).W;
        estimates.dW.push_back(unchecked(fmt::format("dW{}", l), W.rows(), W.cols()));
        estimates.db.push_back(unchecked(fmt::format("db{}", l), W.rows(), 1));
        estimates.dZ.push_back(unchecked(fmt::format("dZ{}", l), W.rows(), columns));
        estimates.dA.push_back(unchecked(fmt::format("dA{}", l), W.rows(), columns));
    }
    return estimates;
}

std::size_t count_of_entries(const NetworkEstimates& estimates) {
    std::size_t count = 0;
    for (const auto* tensors : {&estimates.dW, &estimates.db, &estimates.dZ, &estimates.dA})
        for (const TensorEstimate& tensor : *tensors) count += tensor.entries.size();
    return count;
}

std::vector<Estimate> improved(const LastResorts& resorts, Eigen::Index j, Eigen::Index first,
                               std::vector<Estimate> estimates, const std::function<bool(const Estimate&)>& is_enough) {
    resorts.improve(j, first, estimates, is_enough);
    return estimates;
}

// An entry that nothing moves has nothing to round.
bool is_moved(const Estimate& estimate) {
    return estimate.scale != 0 || estimate.error_bar != 0;
}

// Our own pass began at rounded numbers: whether it is good enough is asked with what that may do.
Estimate with_own_rounding(Estimate estimate, double rounding) {
    if (is_moved(estimate)) estimate.error_bar += rounding;
    return estimate;
}

// Both sides may have rounded.
void allow_for_rounding(Estimate& estimate, double own, double theirs) {
    if (is_moved(estimate)) estimate.rounding = own + theirs;
}

void fill_row(TensorEstimate& tensor, Eigen::Index j, Eigen::Index first, const std::vector<Estimate>& estimates) {
    for (std::size_t n = 0; n < estimates.size(); ++n) tensor(j, first + static_cast<Eigen::Index>(n)) = estimates[n];
}

}  // namespace

NetworkEstimates differentiate_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                       const DifferenceOptions& options) {
    check_shapes(network, X, &Y);
    const auto probe = std::make_shared<const RowProbe<double>>(network, X, Y);
    const SlowerForwards slower(probe);
    const std::size_t L = network.depth();
    NetworkEstimates estimates = nothing_known(network, X.rows(), X.cols(), options.activations);
    Sharing sharing(options.threads, options.stop, options.progress, count_of_entries(estimates));
    const auto is_enough = [&options](const LastResorts& resorts, const Estimate& estimate) {
        return !options.last_resorts || resorts.is_settled(estimate);
    };

    const PassRounding<double> rounding = rounding_of_pass(*probe, X);
    // The better estimates of one row's examples, each with what rounding may do to it.
    const auto with_rounding = [&](const LastResorts& resorts, const auto& rounding_at, Eigen::Index j,
                                   Eigen::Index first, std::vector<Estimate> of_row, const auto& is_enough_here) {
        std::vector<EntryRounding<double>> at;
        std::vector<Estimate> wider;
        for (std::size_t n = 0; n < of_row.size(); ++n) {
            at.push_back(rounding_at(j, first + static_cast<Eigen::Index>(n)));
            wider.push_back(with_own_rounding(of_row[n], at.back().stable));
        }
        const std::vector<Estimate> better = improved(resorts, j, first, wider, is_enough_here);
        for (std::size_t n = 0; n < of_row.size(); ++n) {
            const bool stays = is_enough_here(wider[n]) && resorts.is_settled(wider[n]);
            if (!stays) of_row[n] = better[n];
            allow_for_rounding(of_row[n], at[n].stable, at[n].any);
        }
        return of_row;
    };

    for (std::size_t l = 1; l <= L && !sharing.stopped(); ++l) {
        const Matrix<double>& W = network.layer(l).W;
        const WeightRounding of_weights = rounding_of_weights(rounding, *probe, l);
        const LastResorts resorts(probe, slower, sharing, Row::Of::pre_activation, l, options.required_digits);
        const auto of_dZ = [&rounding, l](Eigen::Index j, Eigen::Index i) { return rounding.of_dZ(l, j, i); };
        WeightReceiver receiver;
        receiver.mean = [&](Eigen::Index j, Eigen::Index k, const Estimate& estimate) {
            const bool is_bias = k == W.cols();
            const auto finish = [&](const Estimate& of_losses) {
                return is_bias ? of_losses
                               : with_regularisation(of_losses, W(j, k), network.lambda, static_cast<double>(X.cols()));
            };
            Estimate& entry = is_bias ? estimates.db[l](j, 0) : estimates.dW[l](j, k);
            const Estimate finished = finish(estimate);
            const Estimate wider = with_own_rounding(finished, of_weights.stable(j, k));
            if (is_enough(resorts, wider)) {
                entry = resorts.is_settled(wider) ? finished : wider;
            } else {
                entry = resorts.mean_along(
                    j, is_bias ? Matrix<double>(Matrix<double>::Ones(1, X.cols())) : slower.activations(l - 1, k),
                    finish);
            }
            allow_for_rounding(entry, of_weights.stable(j, k), of_weights.any(j, k));
        };
        if (options.activations)
            receiver.examples = [&](Eigen::Index j, Eigen::Index first, const std::vector<Estimate>& of_row) {
                fill_row(estimates.dZ[l], j, first,
                         with_rounding(resorts, of_dZ, j, first, of_row,
                                       [&](const Estimate& e) { return is_enough(resorts, e); }));
            };
        differentiate_weights(*probe, l, sharing, receiver);
    }

    for (std::size_t l = 0; l <= L && options.activations && !sharing.stopped(); ++l) {
        const LastResorts resorts(probe, slower, sharing, Row::Of::activation, l, options.required_digits);
        const auto of_dA = [&rounding, l](Eigen::Index k, Eigen::Index i) { return rounding.of_dA(l, k, i); };
        const auto settled = [&](const Estimate& estimate) { return is_enough(resorts, estimate); };
        if (l < L) {
            differentiate_activations(*probe, l, sharing, settled,
                                      [&](Eigen::Index k, Eigen::Index first, const std::vector<Estimate>& of_row) {
                                          fill_row(estimates.dA[l], k, first,
                                                   with_rounding(resorts, of_dA, k, first, of_row, settled));
                                      });
        } else {
            // The losses straight from the predictions: nothing lies behind them to be fast about.
            const RowDifferences<double> differences(probe, Row::Of::activation, L);
            const Matrix<double> ones = Matrix<double>::Ones(1, X.cols());
            sharing.for_each(static_cast<std::size_t>(estimates.dA[L].rows), [&] {
                return std::function<void(std::size_t)>([&](std::size_t turn) {
                    const auto j = static_cast<Eigen::Index>(turn);
                    fill_row(estimates.dA[L], j, 0,
                             with_rounding(resorts, of_dA, j, 0, differences.along(j, ones), settled));
                    sharing.add_done(static_cast<std::size_t>(X.cols()));
                });
            });
        }
    }
    return estimates;
}

}  // namespace gradproof::checks
