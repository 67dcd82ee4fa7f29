// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cmath>

#include "diagnosis/submissions/layout.hpp"

namespace gradproof::diagnosis {
namespace {

// Classes counted from `first`.
Tensor one_hot(const npz::Array& array, Eigen::Index classes, Eigen::Index first, const std::string& file) {
    Tensor Y = Tensor::Zero(classes, array.values.size());
    for (Eigen::Index i = 0; i < array.values.size(); ++i) {
        const double label = array.values.reshaped()(i) - static_cast<double>(first);
        if (label < 0 || label >= static_cast<double>(classes) || label != std::floor(label))
            throw npz::Error(fmt::format("{}: Y[{}] is {}; expected a class from 0 to {} (the output has {} units)",
                                         file, i, array.values.reshaped()(i), classes - 1, classes));
        Y(static_cast<Eigen::Index>(label), i) = 1;
    }
    return Y;
}

}  // namespace

Tensor labels_of(const Expectation& expected, Eigen::Index n, Eigen::Index m, std::vector<std::string>& remarks) {
    const npz::Array& array = expected.keys.at("Y");
    expected.require_finite(array);
    Tensor Y = with_examples_in_columns(array, expected.layout, n);
    if (n > 1 && is_line(array) && array.values.size() == m && !(Y.rows() == n && Y.cols() == m)) {
        const bool from_1 = array.values.minCoeff() >= 1 && array.values.maxCoeff() == static_cast<double>(n);
        remarks.push_back(
            fmt::format("Y holds class numbers{}: read as one-hot columns of {} classes", from_1 ? " from 1" : "", n));
        return one_hot(array, n, from_1 ? 1 : 0, expected.keys.file);
    }
    if (n == 1 && is_line(array) && array.values.size() == m) return array.values.reshaped(1, m);
    expected.require_shape(array, Y, n, m, "by the output layer and X");
    return Y;
}

void require_labels_of_loss(const AnyLoss& loss, const Tensor& Y, const std::string& file) {
    const Interval& domain = loss.facts().label_domain;
    for (Eigen::Index i = 0; i < Y.cols(); ++i)
        for (Eigen::Index k = 0; k < Y.rows(); ++k)
            if (!domain.contains(Y(k, i)))
                throw npz::Error(fmt::format("{}: the label Y[{}, {}] = {} is none that {} can have; expected {} to {}",
                                             file, k, i, Y(k, i), gradproof::name_of(loss), domain.lower,
                                             domain.upper));
    if (loss.facts().labels != Labels::distribution) return;
    for (Eigen::Index i = 0; i < Y.cols(); ++i)
        if (std::abs(Y.col(i).sum() - 1) > 1e-6)
            throw npz::Error(fmt::format("{}: the labels of example {} add up to {}; {} expects 1 (one-hot)", file, i,
                                         Y.col(i).sum(), gradproof::name_of(loss)));
}

}  // namespace gradproof::diagnosis
