// SPDX-License-Identifier: MIT
#include "claims/real_data/data_check.hpp"

#include <algorithm>

#include "claims/real_data/training.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t course_seed = 1;
constexpr double learning_rate = 0.075;

Checkpoint check_here(std::string moment, std::size_t iteration, const Network<double>& network,
                      const Matrix<double>& X, const Matrix<double>& Y, const DifferenceOptions& options) {
    const Cache<double> cache = forward(network, X);
    Gradients<double> gradients = backward(network, cache, Y);
    gradients.dA.back() = loss_derivative(network, cache, Y);
    return {.moment = std::move(moment),
            .iteration = iteration,
            .cost = cost(network, cache, Y),
            .accuracy = accuracy(network, X, Y),
            .verdict = check_network(network, X, Y, gradients, options)};
}

}  // namespace

Outcome DataCheck::outcome() const {
    Outcome worst = checkpoints.empty() ? Outcome::undecided : Outcome::confirmed;
    for (const Checkpoint& checkpoint : checkpoints) worst = std::max(worst, checkpoint.verdict.outcome());
    return worst;
}

bool DataCheck::cost_fell() const {
    return checkpoints.size() >= 3 && checkpoints[1].cost < checkpoints[0].cost &&
           checkpoints[2].cost < checkpoints[1].cost;
}

DataCheck check_on_data(const LabelledData& data, std::size_t iterations, const Progress& progress,
                        const std::stop_token& stop) {
    const Matrix<double> X = standardised(data.X);
    DataCheck check{.sizes = {X.rows(), 20, 7, 5, 1}, .checkpoints = {}};
    const auto make = [&](double factor) {
        return course_network(check.sizes, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, course_seed, factor);
    };
    constexpr std::size_t stages = 6;  // two trainings, four checks
    std::size_t done = 0;
    const auto tell = [&] {
        if (progress) progress(done, stages);
    };
    const auto advance = [&] {
        ++done;
        tell();
    };
    const auto train = [&](Network<double>& network, std::size_t from, std::size_t to) {
        for (std::size_t iteration = from; iteration < to && !stop.stop_requested(); ++iteration) {
            descend(network, X, data.Y, learning_rate);
            tell();
        }
        advance();
    };
    const DifferenceOptions options{.progress = [&](std::size_t, std::size_t) { tell(); }, .stop = stop};
    const auto check_here_too = [&](std::string moment, std::size_t iteration, const Network<double>& network) {
        if (stop.stop_requested()) return;
        check.checkpoints.push_back(check_here(std::move(moment), iteration, network, X, data.Y, options));
        advance();
    };
    Network<double> network = make(0);
    check_here_too("start", 0, network);
    train(network, 0, iterations / 2);
    check_here_too("half way", iterations / 2, network);
    train(network, iterations / 2, iterations);
    check_here_too("end", iterations, network);
    check_here_too("weights of 0.01", 0, make(0.01));
    return check;
}

}  // namespace gradproof::checks
