// SPDX-License-Identifier: MIT
#include "real_data/data_check.hpp"

#include <algorithm>

#include "real_data/training.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t course_seed = 1;
constexpr double learning_rate = 0.075;

Checkpoint check_here(std::string moment, std::size_t iteration, const Network<double>& network,
                      const Matrix<double>& X, const Matrix<double>& Y) {
    const Cache<double> cache = forward(network, X);
    Gradients<double> gradients = backward(network, cache, Y);
    gradients.dA.back() = loss_derivative(network, cache, Y);
    return {.moment = std::move(moment),
            .iteration = iteration,
            .cost = cost(network, cache, Y),
            .accuracy = accuracy(network, X, Y),
            .verdict = check_network(network, X, Y, gradients)};
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

DataCheck check_on_data(const LabelledData& data, std::size_t iterations,
                        const std::function<void(std::size_t, std::size_t)>& on_progress) {
    const Matrix<double> X = standardised(data.X);
    DataCheck check{.sizes = {X.rows(), 20, 7, 5, 1}, .checkpoints = {}};
    const auto make = [&](double factor) {
        return course_network(check.sizes, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, course_seed, factor);
    };
    constexpr std::size_t stages = 6;  // two trainings, four checks
    std::size_t done = 0;
    const auto advance = [&] {
        if (on_progress) on_progress(++done, stages);
    };
    Network<double> network = make(0);
    const auto train_to = [&](std::size_t from, std::size_t to) {
        for (std::size_t iteration = from; iteration < to; ++iteration) descend(network, X, data.Y, learning_rate);
        advance();
    };
    check.checkpoints.push_back(check_here("start", 0, network, X, data.Y));
    advance();
    train_to(0, iterations / 2);
    check.checkpoints.push_back(check_here("half way", iterations / 2, network, X, data.Y));
    advance();
    train_to(iterations / 2, iterations);
    check.checkpoints.push_back(check_here("end", iterations, network, X, data.Y));
    advance();
    check.checkpoints.push_back(check_here("weights of 0.01", 0, make(0.01), X, data.Y));
    advance();
    return check;
}

}  // namespace gradproof::checks
