// SPDX-License-Identifier: MIT
#include "diagnosis/power/fixed_rules.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "gradproof/checks/course_random.hpp"

namespace gradproof::diagnosis {
namespace {

using Eigen::VectorXd;

bool absolute_and_relative(const VectorXd& analytic, const VectorXd& numerical) {
    return ((analytic - numerical).array().abs() <= 1e-5 + 1e-3 * numerical.array().abs()).all();
}

bool relative_entry_by_entry(const VectorXd& analytic, const VectorXd& numerical) {
    for (Eigen::Index i = 0; i < analytic.size(); ++i) {
        const double larger = std::max(std::abs(analytic(i)), std::abs(numerical(i)));
        // The relative error of two zeros is 0, and next to one zero the absolute error is taken.
        const bool one_is_zero = analytic(i) == 0 || numerical(i) == 0;
        const double error = std::abs(analytic(i) - numerical(i)) / (one_is_zero ? 1.0 : larger);
        if (!(error <= 1e-8)) return false;
    }
    return true;
}

// All gradients at once along one random direction, so that a large layer hides a small one.
bool one_random_direction(const VectorXd& analytic, const VectorXd& numerical) {
    checks::CourseRandom random(0);
    VectorXd direction(analytic.size());
    for (double& entry : direction) entry = random.randn();
    direction.normalize();
    const double expected = numerical.dot(direction);
    return std::abs(analytic.dot(direction) - expected) <= 1e-5 + 1e-4 * std::abs(expected);
}

bool norm_of_everything(const VectorXd& analytic, const VectorXd& numerical) {
    // As written in many a notebook: NaN passes, because "difference > tolerance" is false for it.
    return !((analytic - numerical).norm() / (analytic.norm() + numerical.norm()) > 1e-7);
}

// Ridders' table: steps halved from the first, extrapolated, the entry with the smallest change taken.
double ridders(const std::function<double(double)>& central, double first_step) {
    constexpr int levels = 8;
    std::vector<double> previous;
    double best = 0;
    double smallest_change = std::numeric_limits<double>::infinity();
    for (int level = 0; level < levels; ++level) {
        std::vector<double> row{central(std::ldexp(first_step, -level))};
        for (std::size_t k = 0; k < previous.size(); ++k) {
            const double gain = std::ldexp(1.0, 2 * (static_cast<int>(k) + 1));
            row.push_back((gain * row[k] - previous[k]) / (gain - 1));
            const double change = std::max(std::abs(row[k + 1] - row[k]), std::abs(row[k + 1] - previous[k]));
            if (change < smallest_change) smallest_change = change, best = row[k + 1];
        }
        previous = std::move(row);
    }
    return best;
}

}  // namespace

const std::array<FixedRule, 4>& fixed_rules() {
    static constexpr std::array<FixedRule, 4> rules{{
        {"1e-5 + 1e-3 relative, entry by entry", "PyTorch's gradcheck", 1e-6, false, absolute_and_relative},
        {"1e-8 relative, entry by entry", "Ceres' gradient checker", 1e-2, true, relative_entry_by_entry},
        {"1e-5 + 1e-4 relative, one random direction", "Chainer's check_backward", 1e-3, false, one_random_direction},
        {"1e-7 of the norms, all in one", "the course", 1e-7, false, norm_of_everything},
    }};
    return rules;
}

VectorXd flattened(const Gradients<double>& gradients) {
    std::vector<double> out;
    for (std::size_t l = 1; l < gradients.dW.size(); ++l) {
        out.insert(out.end(), gradients.dW[l].reshaped().begin(), gradients.dW[l].reshaped().end());
        out.insert(out.end(), gradients.db[l].begin(), gradients.db[l].end());
    }
    return Eigen::Map<const VectorXd>(out.data(), static_cast<Eigen::Index>(out.size()));
}

double difference_by(const FixedRule& rule, double& parameter, const std::function<double()>& value) {
    const double at = parameter;
    const auto central = [&](double step) {
        parameter = at + step;
        const double above = value();
        parameter = at - step;
        const double below = value();
        parameter = at;
        return (above - below) / (2 * step);
    };
    return rule.extrapolated ? ridders(central, rule.step) : central(rule.step);
}

VectorXd numerical_for(const FixedRule& rule, const Network<double>& network, const Matrix<double>& X,
                       const Matrix<double>& Y) {
    Network<double> moved = network;
    std::vector<double> out;
    const auto J = [&] { return cost(moved, forward(moved, X), Y); };
    const auto derivative = [&](double& parameter) { out.push_back(difference_by(rule, parameter, J)); };
    for (auto& layer : moved.layers) {
        for (double& w : layer.dense.W.reshaped()) derivative(w);
        for (double& b : layer.dense.b) derivative(b);
    }
    return Eigen::Map<const VectorXd>(out.data(), static_cast<Eigen::Index>(out.size()));
}

}  // namespace gradproof::diagnosis
