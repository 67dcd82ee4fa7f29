// SPDX-License-Identifier: MIT
#include "diagnosis/cache_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "diagnosis/layout_line.hpp"
#include "diagnosis/rounding.hpp"
#include "diagnosis/search/pattern.hpp"
#include "gradproof/checks/cost_formula.hpp"

namespace gradproof::diagnosis {
namespace {

bool is_close(const Tensor& a, const Tensor& b, const Tensor& rounding) {
    return a.rows() == b.rows() && a.cols() == b.cols() && ((a - b).array().abs() <= 4 * rounding.array()).all();
}

std::string in_file(const Submission& s, char letter, std::size_t l) {
    return name_in_file(s.names, fmt::format("{}{}", letter, l));
}

// "W1 @ X + b1", as the file's owner would write it.
std::string formula_of_Z(const Submission& s, std::size_t l) {
    const std::string A_prev = l == 1 ? "X" : fmt::format("A{}", l - 1);
    const std::string line = fmt::format("Z{0} = W{0} @ {1} + b{0}", l, A_prev);
    const auto name = [&s](const std::string& of) { return name_in_file(s.names, of); };
    const std::string own = in_layout(line, s.layout, name).value_or(line);
    return own.substr(own.find(" = ") + 3);
}

// Of two tensors with a column an example, at its place in the file.
std::string worst_entry(const Submission& s, const Tensor& yours, const Tensor& expected) {
    Eigen::Index row = 0;
    Eigen::Index column = 0;
    double largest = -1;
    for (Eigen::Index j = 0; j < yours.cols(); ++j)
        for (Eigen::Index i = 0; i < yours.rows(); ++i) {
            const double distance = std::abs(yours(i, j) - expected(i, j));
            if (!(distance <= largest)) largest = distance, row = i, column = j;  // NaN is the worst
        }
    const auto [first, second] = s.layout.examples_in_rows ? std::pair(column, row) : std::pair(row, column);
    return fmt::format("[{}, {}] is {:.9g}, expected {:.9g}", first, second, yours(row, column), expected(row, column));
}

// A = g(Z) with units switched off and the rest divided by keep_prob.
std::optional<std::string> dropout_in(const Tensor& yours, const Tensor& expected) {
    double keep = 0;
    Eigen::Index off = 0;
    for (Eigen::Index j = 0; j < yours.cols(); ++j)
        for (Eigen::Index i = 0; i < yours.rows(); ++i) {
            if (yours(i, j) == 0) {
                off += expected(i, j) != 0;
                continue;
            }
            const double ratio = expected(i, j) / yours(i, j);
            if (keep == 0) keep = ratio;
            if (!(std::abs(ratio - keep) <= 1e-6 * std::abs(keep))) return std::nullopt;
        }
    if (off == 0 || !(keep > 0 && keep <= 1)) return std::nullopt;
    return fmt::format("dropout is on ({} entries are 0, the others divided by {:.4g}): switch it off for the check",
                       off, keep);
}

// What the tensor is instead, where it is something simple.
std::string guess_Z(const Submission& s, const Tensor& yours, const Tensor& A_prev, std::size_t l,
                    const Tensor& rounding) {
    const Dense<double>& dense = s.network.layer(l).dense;
    const auto& [W, b] = dense;
    Tensor with_minus_b = W * A_prev;
    if (is_close(yours, with_minus_b, rounding)) return "the bias was not added";
    with_minus_b.colwise() -= b;
    if (is_close(yours, with_minus_b, rounding)) return "the bias was subtracted";
    if (l > 1 && s.cache.Z[l - 1].size() > 0 && s.cache.Z[l - 1].rows() == W.cols()) {
        if (is_close(yours, dense.forward(s.cache.Z[l - 1]), rounding))
            return fmt::format("it was computed from {} instead of {}", in_file(s, 'Z', l - 1), in_file(s, 'A', l - 1));
    }
    return "the cache and the parameters are of different moments, or the formula is another (stale-cache)";
}

std::string guess_A(const AnyActivation& activation, const Tensor& yours, const Tensor& Z, const Tensor& expected,
                    const Tensor& rounding) {
    for (const AnyActivation& other : all_activations())
        if (name_of(other) != name_of(activation) && is_close(yours, activate(other, Z), rounding))
            return fmt::format("it is {} of Z: is another activation meant?", name_of(other));
    if (is_close(yours, activate(activation, expected), rounding)) return "the activation was applied twice";
    if (const auto dropout = dropout_in(yours, expected)) return *dropout;
    return "it was not computed from this Z (stale-cache)";
}

// Every simple reading that gives the stated cost; with one output, two examples or no L2 term some are the same
// number.
std::string guess_cost(const Submission& s, const Cache<double>& cache, double rounding) {
    const double cost = *s.cost;
    const double m = s.m();
    const double data = example_losses(s.network, cache, s.Y).sum() / m;
    const double L2 = s.network.lambda / (2 * m) * squared_weights(s.network);
    const bool has_weights = s.network.example_weights.size() > 0;
    const double without_weights =
        has_weights ? example_losses(without_example_weights(s.network), cache, s.Y).sum() / m : std::nan("");
    double biases = 0;
    for (const auto& layer : s.network.layers) biases += layer.dense.b.squaredNorm();
    const double n = static_cast<double>(s.Y.rows());
    const bool has_half = std::abs(checks::cost_formula(s.network.loss).factor) == 0.5;
    const std::string without_half = has_half ? ", without the 1/2 in front of the loss" : "";
    const std::pair<double, std::string> guesses[] = {
        {data, "it lacks the regularisation"},
        {data + 2 * L2, "its regularisation lacks the 1/2"},
        {data + L2 * m, "its regularisation is m times as large"},
        {data + L2 / m, "its regularisation is divided by m once more"},
        {data + L2 + s.network.lambda / (2 * m) * biases, "it regularises the biases too"},
        {2 * data + L2, "its loss is twice as large" + without_half},
        {data * m + L2, "it is the sum over the examples, not their mean"},
        {(data + L2) * m, "it is the sum over the examples, not their mean"},
        {data / n + L2, "it is a mean over the output units too"},
        {2 * data / n + L2, n == 1 ? "its loss is twice as large" + without_half
                                   : "it is a mean over the output units too" +
                                         (has_half ? without_half : std::string(", and twice as large"))},
        {-data + L2, "its sign is wrong"},
        {without_weights + L2, "it leaves out the weights of the examples"},
    };
    std::string text;
    for (const auto& [guess, reading] : guesses) {
        if (!(std::abs(cost - guess) <= 4 * rounding * std::max(1.0, std::abs(guess)))) continue;
        if (text.find(reading) == std::string::npos) text += (text.empty() ? "" : "; or ") + reading;
    }
    return text.empty() ? "another loss or another moment is meant" : text;
}

// Every tensor that was given, on the user's own tensors before it.
void check_tensors(const Submission& s, const Roundings& roundings, CacheCheck& check) {
    const double u = s.single_precision ? float_roundoff : double_roundoff;
    check.cache = {.Z = {Tensor()}, .A = {s.X}};
    if (s.cache.A[0].size() > 0) {
        ++check.checked;
        if (!is_close(s.cache.A[0], s.X, s.X.cwiseAbs() * u))
            check.faults.push_back({"A0", "is not X: " + worst_entry(s, s.cache.A[0], s.X)});
        check.cache.A[0] = s.cache.A[0];
    }
    for (std::size_t l = 1; l <= s.L(); ++l) {
        const auto& [dense, activation] = s.network.layer(l);
        const Tensor& W = dense.W;
        const Tensor& A_prev = check.cache.A[l - 1];
        Tensor Z = dense.forward(A_prev);
        if (const Tensor& yours = s.cache.Z[l]; yours.size() > 0) {
            ++check.checked;
            // The user's A_prev may be larger than ours, and the product then rounds more.
            const Tensor rounding =
                roundings.cache.Z[l] + W.cwiseAbs() * A_prev.cwiseAbs() * (static_cast<double>(W.cols() + 2) * u);
            if (!is_close(yours, Z, rounding))
                check.faults.push_back(
                    {in_file(s, 'Z', l), fmt::format("is not {}: {}; {}", formula_of_Z(s, l), worst_entry(s, yours, Z),
                                                     guess_Z(s, yours, A_prev, l, rounding))});
            Z = yours;
        }
        Tensor A = activate(activation, Z);
        if (const Tensor& yours = s.cache.A[l]; yours.size() > 0) {
            ++check.checked;
            const Tensor rounding = roundings.cache.A[l] + A.cwiseAbs() * (4 * u);
            if (!is_close(yours, A, rounding))
                check.faults.push_back(
                    {in_file(s, 'A', l),
                     fmt::format("is not {}({}): {}; {}", gradproof::name_of(activation), in_file(s, 'Z', l),
                                 worst_entry(s, yours, A), guess_A(activation, yours, Z, A, rounding))});
            A = yours;
        }
        check.cache.Z.push_back(std::move(Z));
        check.cache.A.push_back(std::move(A));
    }
}

}  // namespace

std::string describe(const StatedCost& cost) {
    if (cost.is_J()) return fmt::format("is J: {:.12g}", cost.given);
    const std::string given = fmt::format("{:.12g}", cost.given);
    const std::string computed = fmt::format("{:.12g}", cost.computed);
    // Two costs that differ must not look the same.
    if (given == computed)
        return fmt::format("is not J: it is {:.17g}, J is {:.17g}; {}", cost.given, cost.computed, cost.difference);
    return fmt::format("is not J: it is {}, J is {}; {}", given, computed, cost.difference);
}

CacheCheck check_cache(const Submission& s, const Cache<double>& ours, const Roundings& roundings) {
    CacheCheck check{.faults = {}, .cache = {}};
    const auto is_given = [](const Tensor& tensor) { return tensor.size() > 0; };
    if (std::ranges::any_of(s.cache.Z, is_given) || std::ranges::any_of(s.cache.A, is_given))
        check_tensors(s, roundings, check);
    if (s.cost) {
        const double computed = cost(s.network, ours, s.Y);
        const bool agrees = std::abs(*s.cost - computed) <= 4 * roundings.cost;
        check.cost = {
            .given = *s.cost, .computed = computed, .difference = agrees ? "" : guess_cost(s, ours, roundings.cost)};
    }
    return check;
}

}  // namespace gradproof::diagnosis
