// SPDX-License-Identifier: MIT
#include "tests/support/kinked_network.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <stdexcept>

#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"

namespace gradproof::checks {
namespace {

using Of = GradientEntry::Of;

// The activations and losses of these networks once more, with what is needed of them.
struct Slopes {
    double left;
    double right;
};

Slopes slopes_of(const AnyActivation& g, double z, double a) {
    const auto both = [](double slope) { return Slopes{slope, slope}; };
    if (g.is<Relu>()) return {z > 0 ? 1.0 : 0.0, z < 0 ? 0.0 : 1.0};
    if (g.is<LeakyRelu>()) return {z > 0 ? 1.0 : 0.01, z < 0 ? 0.01 : 1.0};
    if (g.is<Tanh>()) return both(1 / (std::cosh(z) * std::cosh(z)));
    if (g.is<Sigmoid>()) return both(a * (1 - a));
    if (g.is<Identity>()) return both(1);
    throw std::invalid_argument("no slopes for " + name_of(g));
}

double loss_slope(const AnyLoss& loss, double a, double y) {
    return loss.is<SquaredError>() ? a - y : (a - y) / (a * (1 - a));
}

// How Z[l] .. A[L] of one example move, when row j of Z[l] or A[l] moves by `by` or the whole of Z[l] by `motion`.
double loss_motion(const KinkedNetwork& kinked, const Cache<double>& cache, std::size_t l, bool of_A,
                   Vector<double> motion, Eigen::Index i) {
    const Network<double>& network = kinked.network;
    for (;; ++l, of_A = false) {
        if (!of_A)
            for (Eigen::Index unit = 0; unit < motion.size(); ++unit) {
                const Slopes slopes = slopes_of(network.layer(l).activation, cache.Z[l](unit, i), cache.A[l](unit, i));
                motion(unit) *= motion(unit) < 0 ? slopes.left : slopes.right;
            }
        if (l == network.depth()) break;
        motion = network.layer(l + 1).dense.W * motion;
    }
    double moved = 0;
    for (Eigen::Index unit = 0; unit < motion.size(); ++unit)
        moved += loss_slope(network.loss, cache.A[l](unit, i), kinked.Y(unit, i)) * motion(unit);
    return moved;
}

// By how much the loss of example i moves when the entry moves by `by`, to first order.
double loss_motion(const KinkedNetwork& kinked, const Cache<double>& cache, const GradientEntry& entry, double by,
                   Eigen::Index i) {
    const bool of_A = entry.of == Of::dA;
    const Eigen::Index rows = (of_A ? cache.A : cache.Z)[entry.l].rows();
    const double factor = entry.of == Of::dW ? cache.A[entry.l - 1](entry.column, i) : 1.0;
    return loss_motion(kinked, cache, entry.l, of_A, Vector<double>::Unit(rows, entry.row) * (by * factor), i);
}

}  // namespace

KinkedNetwork kinked_network(std::uint32_t seed) {
    CourseRandom random(seed);
    const auto whole = [&](int least, int most) {
        return static_cast<double>(least + static_cast<int>(random.rand() * (most - least + 1)));
    };
    enum { whole_numbers, zero_biases, repeated, kinds };
    const auto kind = seed % kinds;
    const auto m = static_cast<Eigen::Index>(whole(2, 6));
    const auto hidden = static_cast<std::size_t>(whole(1, 3));
    KinkedNetwork kinked;
    std::vector<Eigen::Index> sizes;
    for (std::size_t l = 0; l <= hidden; ++l) sizes.push_back(static_cast<Eigen::Index>(whole(1, 4)));
    sizes.push_back(static_cast<Eigen::Index>(whole(1, 2)));
    const bool with_cross_entropy = random.rand() < 0.3;
    const double output = random.rand();
    for (std::size_t l = 1; l < sizes.size(); ++l) {
        AnyActivation g = random.rand() < 0.6 ? AnyActivation(Relu{}) : AnyActivation(LeakyRelu{});
        if (l > 1 && random.rand() < 0.15) g = Tanh{};
        if (l + 1 == sizes.size()) {
            if (with_cross_entropy) {
                g = Sigmoid{};
            } else if (output < 0.7) {
                g = Identity{};
            }
        }
        DenseWithActivation<double> layer{{Matrix<double>(sizes[l], sizes[l - 1]), Vector<double>::Zero(sizes[l])}, g};
        for (double& w : layer.dense.W.reshaped()) w = kind == zero_biases ? random.randn() : whole(-2, 2);
        // Powers of two, so that zeros stay zeros, and so small that neither saturates.
        if (g.is<Sigmoid>()) layer.dense.W /= 64;
        if (g.is<Tanh>()) layer.dense.W /= 64;
        if (kind == whole_numbers && random.rand() < 0.5)
            for (double& b : layer.dense.b) b = whole(-1, 1);
        kinked.network.layers.push_back(std::move(layer));
        kinked.what += (l == 1 ? "" : ", ") + std::string(name_of(g));
    }
    kinked.network.loss = with_cross_entropy ? AnyLoss(BinaryCrossEntropy{}) : AnyLoss(SquaredError{});
    kinked.network.lambda = random.rand() < 0.3 ? 0.7 : 0;
    kinked.X.resize(sizes.front(), m);
    for (double& x : kinked.X.reshaped()) x = kind == zero_biases ? random.randn() : whole(-2, 2);
    if (kind == zero_biases && random.rand() < 0.5) kinked.X.col(0).setZero();
    if (kind == repeated)
        for (Eigen::Index i = 1; i < m; ++i)
            if (random.rand() < 0.6) kinked.X.col(i) = kinked.X.col(0) * (random.rand() < 0.5 ? 1.0 : -1.0);
    kinked.Y.resize(sizes.back(), m);
    for (double& y : kinked.Y.reshaped()) y = with_cross_entropy ? whole(0, 1) : whole(-2, 2) + random.rand();
    kinked.what = fmt::format("seed {}: {}, {} examples", seed, kinked.what, m);
    return kinked;
}

void for_each_entry(const KinkedNetwork& kinked, const std::function<void(const GradientEntry&)>& visit) {
    const auto visit_all = [&](Of of, std::size_t l, Eigen::Index rows, Eigen::Index columns) {
        for (Eigen::Index column = 0; column < columns; ++column)
            for (Eigen::Index row = 0; row < rows; ++row) visit({of, l, row, column});
    };
    visit_all(Of::dA, 0, kinked.X.rows(), kinked.X.cols());
    for (std::size_t l = 1; l <= kinked.network.depth(); ++l) {
        const Matrix<double>& W = kinked.network.layer(l).dense.W;
        visit_all(Of::dW, l, W.rows(), W.cols());
        visit_all(Of::db, l, W.rows(), 1);
        visit_all(Of::dZ, l, W.rows(), kinked.X.cols());
        visit_all(Of::dA, l, W.rows(), kinked.X.cols());
    }
}

double value_at(const Gradients<double>& gradients, const GradientEntry& entry) {
    switch (entry.of) {
        case Of::dW:
            return gradients.dW[entry.l](entry.row, entry.column);
        case Of::db:
            return gradients.db[entry.l](entry.row);
        case Of::dZ:
            return gradients.dZ[entry.l](entry.row, entry.column);
        case Of::dA:
            return gradients.dA[entry.l](entry.row, entry.column);
    }
    return 0;
}

const Estimate& estimate_at(const NetworkEstimates& estimates, const GradientEntry& entry) {
    switch (entry.of) {
        case Of::dW:
            return estimates.dW[entry.l](entry.row, entry.column);
        case Of::db:
            return estimates.db[entry.l](entry.row, 0);
        case Of::dZ:
            return estimates.dZ[entry.l](entry.row, entry.column);
        case Of::dA:
            break;
    }
    return estimates.dA[entry.l](entry.row, entry.column);
}

std::string name_of(const GradientEntry& entry) {
    constexpr std::array<std::string_view, 4> names{"dW", "db", "dZ", "dA"};
    return fmt::format("{}{}[{}, {}]", names[static_cast<std::size_t>(entry.of)], entry.l, entry.row, entry.column);
}

Gradients<double> backward_with(const KinkedNetwork& kinked,
                                const std::function<double(std::size_t l, Eigen::Index i)>& convention) {
    const Network<double>& network = kinked.network;
    const Cache<double> cache = forward(network, kinked.X);
    const std::size_t L = network.depth();
    const auto m = static_cast<double>(kinked.X.cols());
    Gradients<double> g;
    for (auto* tensors : {&g.dW, &g.dZ, &g.dA}) tensors->resize(L + 1);
    g.db.resize(L + 1);
    g.dA[L] = cache.A[L];
    for (Eigen::Index i = 0; i < g.dA[L].cols(); ++i)
        for (Eigen::Index unit = 0; unit < g.dA[L].rows(); ++unit)
            g.dA[L](unit, i) = loss_slope(network.loss, cache.A[L](unit, i), kinked.Y(unit, i));
    for (std::size_t l = L; l >= 1; --l) {
        g.dZ[l] = g.dA[l];
        for (Eigen::Index i = 0; i < g.dZ[l].cols(); ++i)
            for (Eigen::Index unit = 0; unit < g.dZ[l].rows(); ++unit) {
                const auto [left, right] =
                    slopes_of(network.layer(l).activation, cache.Z[l](unit, i), cache.A[l](unit, i));
                const double c = convention(l, i);
                g.dZ[l](unit, i) *= (1 - c) * left + c * right;
            }
        g.dW[l] = (g.dZ[l] * cache.A[l - 1].transpose() + network.lambda * network.layer(l).dense.W) / m;
        g.db[l] = g.dZ[l].rowwise().sum() / m;
        g.dA[l - 1] = network.layer(l).dense.W.transpose() * g.dZ[l];
    }
    return g;
}

std::vector<Sides> sides_by_example(const KinkedNetwork& kinked, const GradientEntry& entry) {
    const Cache<double> cache = forward(kinked.network, kinked.X);
    const auto m = static_cast<double>(kinked.X.cols());
    std::vector<Sides> sides;
    for (Eigen::Index i = 0; i < kinked.X.cols(); ++i)
        sides.push_back({-loss_motion(kinked, cache, entry, -1, i) / m, loss_motion(kinked, cache, entry, 1, i) / m});
    return sides;
}

Sides sides_of(const KinkedNetwork& kinked, const GradientEntry& entry) {
    const std::vector<Sides> by_example = sides_by_example(kinked, entry);
    const auto m = static_cast<double>(kinked.X.cols());
    if (entry.of == Of::dZ || entry.of == Of::dA) {
        const auto [below, above] = by_example[static_cast<std::size_t>(entry.column)];
        return {below * m, above * m};
    }
    Sides sum{0, 0};
    for (const auto [below, above] : by_example) {
        sum.below += below;
        sum.above += above;
    }
    if (entry.of == Of::dW) {
        const double of_weights =
            kinked.network.lambda / m * kinked.network.layer(entry.l).dense.W(entry.row, entry.column);
        sum.below += of_weights;
        sum.above += of_weights;
    }
    return sum;
}

}  // namespace gradproof::checks
