// SPDX-License-Identifier: MIT
#include "gradproof/checks/tensor_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>

namespace gradproof::checks {
namespace {

bool entry_is_worse(const EntryVerdict& a, const EntryVerdict& b) {
    return is_worse(a.verdict, b.verdict);
}

// Keeps the `most_worst` worst entries: the list is a heap whose front is the least bad of them.
void keep_if_worse(std::vector<EntryVerdict>& worst, const EntryVerdict& entry) {
    if (worst.size() < most_worst) {
        worst.push_back(entry);
        std::push_heap(worst.begin(), worst.end(), entry_is_worse);
    } else if (entry_is_worse(entry, worst.front())) {
        std::pop_heap(worst.begin(), worst.end(), entry_is_worse);
        worst.back() = entry;
        std::push_heap(worst.begin(), worst.end(), entry_is_worse);
    }
}

void count(TensorVerdict& tensor, const Verdict& verdict) {
    switch (verdict.outcome) {
        case Outcome::confirmed:
            ++tensor.confirmed;
            break;
        case Outcome::undecided:
            ++tensor.undecided;
            break;
        case Outcome::refuted:
            ++tensor.refuted;
            break;
    }
    if (verdict.remark == Remark::not_exercised) {
        ++tensor.not_exercised;
        return;
    }
    if (verdict.remark == Remark::subgradient || verdict.remark == Remark::kink_convention) ++tensor.subgradients;
    if (verdict.estimate.method == Method::extended_difference || verdict.estimate.method == Method::dual_number)
        ++tensor.by_fallback;
    if (verdict.remark == Remark::zero_within_bar) {
        ++tensor.zeros_within_bar;
        return;
    }
    tensor.least_digits = std::min(tensor.least_digits, verdict.digits);
    if (const double reference = reference_magnitude(verdict.estimate); reference > 0)
        tensor.widest_bar = std::max(tensor.widest_bar, verdict.estimate.error_bar / reference);
}

void take(TensorVerdict& tensor, const EntryVerdict& entry) {
    count(tensor, entry.verdict);
    keep_if_worse(tensor.worst, entry);
}

}  // namespace

TensorEstimate::TensorEstimate(std::string name_, Eigen::Index rows_, Eigen::Index columns_)
    : name(std::move(name_)), rows(rows_), columns(columns_), entries(static_cast<std::size_t>(rows_ * columns_)) {}

Estimate& TensorEstimate::operator()(Eigen::Index row, Eigen::Index column) {
    return entries[static_cast<std::size_t>(column * rows + row)];
}

const Estimate& TensorEstimate::operator()(Eigen::Index row, Eigen::Index column) const {
    return entries[static_cast<std::size_t>(column * rows + row)];
}

Outcome TensorVerdict::outcome() const {
    if (refuted > 0) return Outcome::refuted;
    return undecided > 0 || checked() == 0 ? Outcome::undecided : Outcome::confirmed;
}

TensorVerdict judge_tensor(const Eigen::Ref<const Eigen::MatrixXd>& analytic, const TensorEstimate& estimate,
                           int required_digits) {
    if (analytic.rows() != estimate.rows || analytic.cols() != estimate.columns)
        throw std::invalid_argument(fmt::format("{} is {} x {}, but the parameter it belongs to is {} x {}",
                                                estimate.name, analytic.rows(), analytic.cols(), estimate.rows,
                                                estimate.columns));
    TensorVerdict tensor{.name = estimate.name, .rows = estimate.rows, .columns = estimate.columns};
    for (Eigen::Index column = 0; column < analytic.cols(); ++column)
        for (Eigen::Index row = 0; row < analytic.rows(); ++row)
            take(tensor, {row, column, judge(analytic(row, column), estimate(row, column), required_digits)});
    std::sort_heap(tensor.worst.begin(), tensor.worst.end(), entry_is_worse);
    return tensor;
}

TensorVerdict tensor_of(std::string name, Eigen::Index rows, Eigen::Index columns,
                        const std::vector<EntryVerdict>& entries) {
    TensorVerdict tensor{.name = std::move(name), .rows = rows, .columns = columns};
    for (const EntryVerdict& entry : entries) take(tensor, entry);
    std::sort_heap(tensor.worst.begin(), tensor.worst.end(), entry_is_worse);
    return tensor;
}

void absorb(TensorVerdict& verdict, const TensorVerdict& other) {
    verdict.confirmed += other.confirmed;
    verdict.undecided += other.undecided;
    verdict.refuted += other.refuted;
    verdict.not_exercised += other.not_exercised;
    verdict.subgradients += other.subgradients;
    verdict.zeros_within_bar += other.zeros_within_bar;
    verdict.by_fallback += other.by_fallback;
    verdict.least_digits = std::min(verdict.least_digits, other.least_digits);
    verdict.widest_bar = std::max(verdict.widest_bar, other.widest_bar);
    verdict.worst.insert(verdict.worst.end(), other.worst.begin(), other.worst.end());
    std::stable_sort(verdict.worst.begin(), verdict.worst.end(), entry_is_worse);
    if (verdict.worst.size() > most_worst) verdict.worst.resize(most_worst);
}

Outcome outcome_of(const std::vector<TensorVerdict>& tensors) {
    Outcome worst = tensors.empty() ? Outcome::undecided : Outcome::confirmed;
    for (const TensorVerdict& tensor : tensors) worst = std::max(worst, tensor.outcome());
    return worst;
}

std::string describe(const std::vector<TensorVerdict>& tensors) {
    constexpr std::size_t most_shown = 3;
    std::vector<const TensorVerdict*> order;
    for (const TensorVerdict& tensor : tensors) order.push_back(&tensor);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->outcome() > b->outcome(); });
    std::string text =
        fmt::format("{:<8} {:>12} {:>10} {:>8} {:>10} {:>8} {:>7} {:>6} {:>8}  {}\n", "tensor", "shape", "confirmed",
                    "refuted", "undecided", "not ex.", "at kink", "digits", "bar", "verdict");
    for (const TensorVerdict* tensor : order)
        text += fmt::format(
            "{:<8} {:>12} {:>10} {:>8} {:>10} {:>8} {:>7} {:>6} {:>8.1e}  {}\n", tensor->name,
            fmt::format("{} x {}", tensor->rows, tensor->columns), tensor->confirmed, tensor->refuted,
            tensor->undecided, tensor->not_exercised, tensor->subgradients,
            tensor->not_exercised == tensor->checked() ? std::string("-") : fmt::format("{:.1f}", tensor->least_digits),
            tensor->widest_bar, name_of(tensor->outcome()));
    for (const TensorVerdict* tensor : order) {
        if (tensor->outcome() == Outcome::confirmed) continue;
        const std::span worst(tensor->worst);
        for (const EntryVerdict& entry : worst.first(std::min(most_shown, worst.size()))) {
            if (entry.verdict.outcome == Outcome::confirmed) break;
            text += fmt::format("  {}[{}, {}] {}\n", tensor->name, entry.row + 1, entry.column + 1,
                                describe(entry.verdict));
        }
    }
    return text;
}

std::string describe(const TensorVerdict& tensor) {
    return describe(std::vector{tensor});
}

}  // namespace gradproof::checks
