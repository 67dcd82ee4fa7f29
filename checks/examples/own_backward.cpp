// SPDX-License-Identifier: MIT
//
// A backward pass of one's own, checked and diagnosed. It has a mistake that trains rather well: the delta that is
// passed on lacks g'(Z).
#include <cstdio>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/diagnosis.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace {

using namespace gradproof;

Gradients<double> my_backward(const Network<double>& network, const Cache<double>& cache, const Matrix<double>& Y) {
    const auto m = static_cast<double>(Y.cols());
    const std::size_t L = network.depth();
    Gradients<double> gradients;
    gradients.dW.resize(L + 1);
    gradients.db.resize(L + 1);
    Matrix<double> dZ = cache.A[L] - Y;
    for (std::size_t l = L; l >= 1; --l) {
        gradients.dW[l] = dZ * cache.A[l - 1].transpose() / m;
        gradients.db[l] = dZ.rowwise().sum() / m;
        dZ = network.layer(l).dense.W.transpose() * dZ;  // and g'(Z) is forgotten
    }
    return gradients;
}

}  // namespace

int main() {
    checks::CourseRandom random(1);
    const Matrix<double> X = random.randn(3, 6);
    const Matrix<double> Y = random.randn(2, 6).unaryExpr([](double y) { return y > 0 ? 1.0 : 0.0; });
    const Network<double> network{.layers = {{{random.randn(4, 3), random.randn(4, 1)}, Tanh{}},
                                             {{random.randn(2, 4), random.randn(2, 1)}, Sigmoid{}}},
                                  .loss = BinaryCrossEntropy{}};
    const checks::BackwardDiagnosis diagnosis = checks::diagnose_backward(network, X, Y, my_backward);
    std::fputs(diagnosis.text.c_str(), stdout);
    return diagnosis.outcome == checks::Outcome::confirmed ? 0 : 1;
}
