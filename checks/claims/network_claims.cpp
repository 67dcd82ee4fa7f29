// SPDX-License-Identifier: MIT
//
// The formulas of backpropagation on small networks: every hidden activation under every canonical output, and every
// swept output over some hidden activation. Layers have
// pairwise different sizes, so that a missing transpose cannot fit, and m is none of them.
#include <fmt/format.h>

#include <cmath>

#include "claims/claim.hpp"
#include "claims/evidence.hpp"
#include "claims/pairing.hpp"
#include "claims/points.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/network_check.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t seed = 3;

struct SmallNetwork {
    Network<double> network;
    Matrix<double> X;
    Matrix<double> Y;
};

// 3 - 5 - 2 - 4 with as many examples as the output points have. Weights of half the usual size keep exponential hidden
// units from driving the output into saturation, where there would be few digits to confirm.
SmallNetwork small_network(const AnyActivation& hidden, const Pairing& output, double lambda) {
    CourseRandom random(seed);
    SmallNetwork small;
    small.Y = output_points(output.loss.facts()).Y;
    Eigen::Index n_prev = 3;
    for (const Eigen::Index n : {Eigen::Index{5}, Eigen::Index{2}, small.Y.rows()}) {
        const bool last = small.network.layers.size() == 2;
        small.network.layers.push_back({{0.5 * random.randn(n, n_prev) / std::sqrt(static_cast<double>(n_prev)),
                                         Vector<double>(0.1 * random.randn(n, 1))},
                                        last ? output.activation : hidden});
        n_prev = n;
    }
    // An output of which every unit of an example is dead has no direction.
    if (!is_elementwise(output.loss)) small.network.layers.back().dense.b.array() += 1;
    small.network.loss = output.loss;
    small.network.lambda = lambda;
    small.X = random.randn(3, small.Y.cols());
    return small;
}

enum class Tensor { dW, db, dZ, dA };
constexpr std::string_view tensor_names[] = {"dW", "db", "dZ", "dA"};

Evidence check_tensors(const SmallNetwork& small, Tensor which) {
    const Cache<double> cache = forward(small.network, small.X);
    Gradients<double> gradients = backward(small.network, cache, small.Y);
    gradients.dA.back() = loss_derivative(small.network, cache, small.Y);
    const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, gradients);
    const std::string prefix(tensor_names[static_cast<std::size_t>(which)]);
    Evidence evidence;
    evidence.verdict.name = prefix;
    for (const TensorVerdict& tensor : verdict.tensors)
        if (tensor.name.starts_with(prefix)) absorb(evidence.verdict, tensor);
    return evidence;
}

}  // namespace

std::vector<Claim> network_claims() {
    constexpr std::string_view statements[] = {
        "dW = dZ A_prev^T / m, every entry, by differences of the cost",
        "db = the row means of dZ, every entry, by differences of the cost",
        "dZ is dA pulled back through g (elementwise: dA * g'(Z)), every entry, by differences in Z itself",
        "dA_prev = W^T dZ, every entry, by differences in A itself"};
    std::vector<Claim> claims;
    const auto add = [&](const std::string& family, const AnyActivation& hidden, const Pairing& output, double lambda) {
        for (const Tensor tensor : {Tensor::dW, Tensor::db, Tensor::dZ, Tensor::dA})
            claims.push_back({.path = fmt::format("{}/{}/{}/{}/{}", family, name_of(hidden), name_of(output.activation),
                                                  name_of(output.loss), tensor_names[static_cast<std::size_t>(tensor)]),
                              .statement = std::string(statements[static_cast<std::size_t>(tensor)]),
                              .note = "derivations/network.md",
                              .check = [=] { return check_tensors(small_network(hidden, output, lambda), tensor); }});
    };
    const std::vector<AnyActivation>& hidden = all_activations();
    const std::vector<Pairing> pairings = swept_pairings();
    for (const AnyActivation& g : hidden)
        for (const Pairing& output : pairings)
            if (output.canonical) add("networks", g, output, 0);
    // A hidden layer does not know what is above it: the other outputs have one hidden activation each, in turn.
    for (std::size_t n = 0; n < pairings.size(); ++n)
        if (!pairings[n].canonical) add("networks", hidden[n % hidden.size()], pairings[n], 0);
    for (const Pairing& output : pairings)
        if (output.canonical) add("regularised_networks", Tanh{}, output, 0.7);
    return claims;
}

}  // namespace gradproof::checks
