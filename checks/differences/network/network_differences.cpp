// SPDX-License-Identifier: MIT
#include "gradproof/checks/network_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "differences/dense/extended_precision.hpp"
#include "differences/dense/spot_check.hpp"
#include "differences/dense/sums_over_units.hpp"
#include "differences/network/pass_rounding.hpp"
#include "differences/network/rounding.hpp"
#include "differences/network/roundoff.hpp"
#include "differences/network/weighted_examples.hpp"

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
    estimate.error_bar += 8 * unit_roundoff<double>() * std::abs(slope) + smallest_number<double>;
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
        const Matrix<double>& W = network.layer(l).dense.W;
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

// An entry that nothing moves has nothing to round.
bool is_moved(const Estimate& estimate) {
    return estimate.scale != 0 || estimate.error_bar != 0;
}

// Our own pass began at rounded numbers: whether it is good enough is asked with what that may do.
Estimate with_own_rounding(Estimate estimate, double rounding) {
    if (is_moved(estimate)) estimate.error_bar += rounding;
    return estimate;
}

// Both sides may have rounded. What moves in double may be at rest with a longer mantissa: an activation that is 0 but
// for its rounding.
void allow_for_rounding(Estimate& estimate, double own, double theirs, bool moves_in_double) {
    if (moves_in_double || is_moved(estimate)) estimate.rounding = own + theirs;
}

// Of a row, that are done before it is asked whether to go on.
constexpr Eigen::Index examples_per_part = 256;
constexpr Eigen::Index entries_per_part = 64;

Examples examples_from(Eigen::Index first, Eigen::Index m) {
    Examples examples(static_cast<std::size_t>(std::min(examples_per_part, m - first)));
    std::iota(examples.begin(), examples.end(), first);
    return examples;
}

// One Z[l] or A[l] by all methods.
struct LayerMethods {
    LayerDifferences plain;
    ExtendedLayer extended;
};

// And what W[l] and b[l] need beside.
struct WeightLayer {
    LayerMethods methods;
    WeightRounding rounding;
    std::vector<WeightEntry> to_move;
    std::vector<double> contradictions;  // that moving them found, row by row
};

struct ActivationLayer {
    LayerMethods methods;
    std::optional<SumsOverUnits> sums;  // of what is known of Z[l + 1], once it is
    std::vector<ActivationEntry> to_move;
    std::vector<double> contradictions;
};

// Every row of every Z[l] and A[l] is a task of its own: first those of Z, then those of A, which are sums of them.
class NetworkPass {
  public:
    NetworkPass(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                const DifferenceOptions& options)
        : network_(network),
          options_(options),
          m_(X.cols()),
          probe_(network, X, Y),
          dual_(cast<Dual<double>>(network)),
          extended_(probe_),
          rounding_(rounding_of_pass(probe_, X)),
          rounding_of_backward_(rounding_of_backward(network)),
          estimates_(nothing_known(network, X.rows(), m_, options.activations)),
          loop_(options.threads, options.stop, options.progress, count_of_entries(estimates_)) {
        const std::size_t L = network.depth();
        if (!options.activations) dual_.layer(1).dense.W.resize(0, 0);  // large, and nothing moves X
        for (std::size_t l = 1; l <= L + 1; ++l) kinked_.emplace_back(std::make_unique<KinkedExamples>(probe_, l));
        Z_.emplace_back();  // there is no Z[0]
        for (std::size_t l = 1; l <= L; ++l) {
            const Eigen::Index rows = network.layer(l).dense.W.rows();
            Z_.emplace_back(new WeightLayer{.methods = methods(Row::Of::pre_activation, l),
                                            .rounding = rounding_of_weights(rounding_, probe_, l),
                                            .to_move = entries_to_move(network, l),
                                            .contradictions = std::vector<double>(static_cast<std::size_t>(rows))});
        }
        for (std::size_t l = 0; l <= L && options.activations; ++l) {
            const Eigen::Index rows = probe_.A(l).rows();
            A_.emplace_back(new ActivationLayer{.methods = methods(Row::Of::activation, l),
                                                .sums = std::nullopt,
                                                .to_move = activations_to_move(rows, m_),
                                                .contradictions = std::vector<double>(static_cast<std::size_t>(rows))});
        }
    }

    NetworkEstimates run() {
        const std::size_t L = network_.depth();
        std::vector<Row> rows;
        for (std::size_t l = 1; l <= L; ++l)
            append_rows(rows, Row::Of::pre_activation, l, network_.layer(l).dense.W.rows());
        loop_.for_each(rows.size(), [&](std::size_t n) { differentiate_weights(rows[n].l, rows[n].j); });
        for (std::size_t l = 1; l <= L; ++l) {
            widen(estimates_.dW[l], largest(Z_[l]->contradictions));
            widen(estimates_.db[l], largest(Z_[l]->contradictions));
        }
        if (options_.activations) differentiate_all_activations();
        return std::move(estimates_);
    }

  private:
    LayerMethods methods(Row::Of of, std::size_t l) const {
        const KinkedExamples& kinked = *kinked_[of == Row::Of::pre_activation ? l - 1 : l];
        return {{probe_, dual_, kinked, of, l}, {extended_, kinked, loop_, of, l, options_.required_digits}};
    }

    static void append_rows(std::vector<Row>& rows, Row::Of of, std::size_t l, Eigen::Index count) {
        for (Eigen::Index j = 0; j < count; ++j) rows.push_back({of, l, j});
    }

    static double largest(const std::vector<double>& contradictions) {
        return *std::ranges::max_element(contradictions);
    }

    void differentiate_all_activations() {
        const std::size_t L = network_.depth();
        std::vector<Row> rows;
        for (std::size_t l = 0; l <= L; ++l) {
            if (l < L) A_[l]->sums.emplace(network_.layer(l + 1).dense.W, estimates_.dZ[l + 1]);
            append_rows(rows, Row::Of::activation, l, probe_.A(l).rows());
        }
        loop_.for_each(rows.size(), [&](std::size_t n) { differentiate_activations(rows[n].l, rows[n].j); });
        for (std::size_t l = 0; l <= L; ++l) widen(estimates_.dA[l], largest(A_[l]->contradictions));
    }

    bool is_decided(const Estimate& estimate) const { return checks::is_decided(estimate, options_.required_digits); }

    // The row of dW[l] and of db[l], and of dZ[l] on the way.
    void differentiate_weights(std::size_t l, Eigen::Index j) {
        const LayerMethods& layer = Z_[l]->methods;
        ExtendedRow extended(layer.extended, j);
        RowDerivatives row;
        for (Eigen::Index first = 0; first < m_; first += examples_per_part) {
            if (!loop_.keep_going()) return;
            const Examples examples = examples_from(first, m_);
            const RowDerivatives part = layer.plain.of_row(narrowest_steps, j, examples);
            if (options_.activations)
                report_examples(part, examples, layer.plain.kinked(), extended, estimates_.dZ[l], j,
                                [&](Eigen::Index i) { return rounding_.of_dZ(l, j, i); });
            row.append(part);
        }
        const Eigen::Index weights = network_.layer(l).dense.W.cols();
        for (Eigen::Index first = 0; first < weights; first += entries_per_part) {
            if (!loop_.keep_going()) return;
            const Eigen::Index size = std::min(entries_per_part, weights - first);
            report_means(l, j, first, row, probe_.A(l - 1).middleRows(first, size), extended);
        }
        report_means(l, j, weights, row, Matrix<double>::Ones(1, m_), extended);
        for (const WeightEntry& entry : Z_[l]->to_move)
            if (entry.j == j && loop_.keep_going()) check_by_moving(l, entry, row);
    }

    // The row of dA[l].
    void differentiate_activations(std::size_t l, Eigen::Index k) {
        const LayerMethods& layer = A_[l]->methods;
        ExtendedRow extended(layer.extended, k);
        std::vector<bool> is_sum;
        for (Eigen::Index first = 0; first < m_; first += examples_per_part) {
            if (!loop_.keep_going()) return;
            const Examples examples = examples_from(first, m_);
            report_examples(A_[l]->sums ? summed(l, k, examples, is_sum) : moved(l, k, examples), examples,
                            layer.plain.kinked(), extended, estimates_.dA[l], k,
                            [&](Eigen::Index i) { return rounding_.of_dA(l, k, i); });
        }
        if (!A_[l]->sums) return;
        for (const ActivationEntry& entry : A_[l]->to_move)
            if (entry.k == k && loop_.keep_going()) check_by_moving(l, entry, is_sum);
    }

    RowDerivatives moved(std::size_t l, Eigen::Index k, const Examples& examples) const {
        const auto is_enough = [this](const Estimate& estimate) { return is_decided(estimate); };
        return A_[l]->methods.plain.of_row(fewest_steps, k, examples, is_enough);
    }

    // Sums over the units behind; where a unit on a kink forbids that, or the sum does not decide, A itself moves.
    // Appends which of them are sums.
    RowDerivatives summed(std::size_t l, Eigen::Index k, const Examples& examples, std::vector<bool>& is_sum) const {
        const KinkedExamples& kinked = A_[l]->methods.plain.kinked();
        RowDerivatives row{
            .estimates = A_[l]->sums->of_row(k, examples.front(), static_cast<Eigen::Index>(examples.size())),
            .slopes = std::vector<std::shared_ptr<const KinkSlopes>>(examples.size())};
        Examples others;
        for (std::size_t n = 0; n < examples.size(); ++n) {
            is_sum.push_back(is_decided(row.estimates[n]) && !kinked.reaches({Row::Of::activation, l, k}, examples[n]));
            if (!is_sum.back()) others.push_back(examples[n]);
        }
        if (others.empty()) return row;
        RowDerivatives by_themselves = moved(l, k, others);
        for (std::size_t n = 0; n < others.size(); ++n) {
            const auto at = static_cast<std::size_t>(others[n] - examples.front());
            row.estimates[at] = std::move(by_themselves.estimates[n]);
            row.slopes[at] = std::move(by_themselves.slopes[n]);
        }
        return row;
    }

    // Estimates of a row's examples, better ones where the bar does not decide, each with what rounding may do to it.
    template <class RoundingAt>
    void report_examples(const RowDerivatives& row, const Examples& examples, const KinkedExamples& kinked,
                         ExtendedRow& extended, TensorEstimate& tensor, Eigen::Index j, const RoundingAt& rounding_at) {
        for (std::size_t n = 0; n < examples.size(); ++n) {
            const Eigen::Index i = examples[n];
            const EntryRounding<double> rounding = rounding_at(i);
            Estimate estimate = of_example(row, n, kinked, rounding_of_backward_);
            const bool moves = is_moved(estimate);
            if (!is_decided(with_own_rounding(estimate, rounding.stable))) estimate = extended.of_example(i);
            allow_for_rounding(estimate, rounding.stable, rounding.any, moves);
            tensor(j, i) = std::move(estimate);
        }
        loop_.add_done(examples.size());
    }

    Estimate& entry(std::size_t l, Eigen::Index j, Eigen::Index k) {
        return k == network_.layer(l).dense.W.cols() ? estimates_.db[l](j, 0) : estimates_.dW[l](j, k);
    }

    Estimate with_regularisation(std::size_t l, Eigen::Index j, Eigen::Index k, const Estimate& of_losses) const {
        const Matrix<double>& W = network_.layer(l).dense.W;
        if (k == W.cols()) return of_losses;
        return checks::with_regularisation(of_losses, W(j, k), network_.lambda, static_cast<double>(m_));
    }

    // The entries from `first` on, which move the row by `directions`.
    void report_means(std::size_t l, Eigen::Index j, Eigen::Index first, const RowDerivatives& row,
                      const Eigen::Ref<const Eigen::MatrixXd>& directions, ExtendedRow& extended) {
        const WeightRounding& rounding = Z_[l]->rounding;
        std::vector<Eigen::Index> wide;
        std::vector<bool> moves;
        Eigen::Index k = first;
        for (const Estimate& mean :
             means_along(row, directions, Z_[l]->methods.plain.kinked(), rounding_of_backward_)) {
            entry(l, j, k) = with_regularisation(l, j, k, mean);
            moves.push_back(is_moved(entry(l, j, k)));
            if (!is_decided(with_own_rounding(entry(l, j, k), rounding.stable(j, k)))) wide.push_back(k);
            ++k;
        }
        if (!wide.empty()) {
            const bool is_bias = first == network_.layer(l).dense.W.cols();
            const auto finish = [&](Eigen::Index n, const Estimate& mean) {
                return with_regularisation(l, j, wide[static_cast<std::size_t>(n)], mean);
            };
            const std::vector<Estimate> better =
                extended.means(is_bias ? Matrix<double>(directions) : extended_.activations(l - 1, wide), finish);
            for (std::size_t n = 0; n < wide.size(); ++n) entry(l, j, wide[n]) = better[n];
        }
        for (k = first; k < first + directions.rows(); ++k)
            allow_for_rounding(entry(l, j, k), rounding.stable(j, k), rounding.any(j, k),
                               moves[static_cast<std::size_t>(k - first)]);
        loop_.add_done(static_cast<std::size_t>(directions.rows()));
    }

    void check_by_moving(std::size_t l, const WeightEntry& moved, const RowDerivatives& row) {
        const Estimate by_itself =
            with_regularisation(l, moved.j, moved.k, differentiate_entry(Z_[l]->methods.plain, moved, row));
        double& worst = Z_[l]->contradictions[static_cast<std::size_t>(moved.j)];
        worst = std::max(worst, contradiction(by_itself, entry(l, moved.j, moved.k)));
    }

    // Moves the entry's activation or, where that was done anyway, that of the next example of the row.
    void check_by_moving(std::size_t l, const ActivationEntry& entry, const std::vector<bool>& is_sum) {
        for (Eigen::Index n = 0; n < m_; ++n) {
            const Eigen::Index i = (entry.i + n) % m_;
            if (!is_sum[static_cast<std::size_t>(i)]) continue;
            const Estimate by_itself =
                of_example(moved(l, entry.k, {i}), 0, A_[l]->methods.plain.kinked(), rounding_of_backward_);
            double& worst = A_[l]->contradictions[static_cast<std::size_t>(entry.k)];
            worst = std::max(worst, contradiction(by_itself, estimates_.dA[l](entry.k, i)));
            return;
        }
    }

    const Network<double>& network_;
    const DifferenceOptions& options_;
    Eigen::Index m_;
    RowProbe<double> probe_;
    Network<Dual<double>> dual_;
    ExtendedPass extended_;
    PassRounding<double> rounding_;
    double rounding_of_backward_;
    NetworkEstimates estimates_;
    TaskLoop loop_;
    std::vector<std::unique_ptr<const KinkedExamples>> kinked_;  // [l] from layer l + 1 on
    std::vector<std::unique_ptr<WeightLayer>> Z_;                // indexed by layer
    std::vector<std::unique_ptr<ActivationLayer>> A_;
};

}  // namespace

NetworkEstimates differentiate_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                       const DifferenceOptions& options) {
    if (network.example_weights.size() > 0) return differentiate_weighted(network, X, Y, options);
    return NetworkPass(network, X, Y, options).run();
}

}  // namespace gradproof::checks
