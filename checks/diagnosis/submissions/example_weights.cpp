// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/example_weights.hpp"

#include <fmt/format.h>

#include <string>

namespace gradproof::diagnosis {
namespace {

npz::Error refused(const Expectation& expected, const npz::Array& array, const std::string& what) {
    return npz::Error(fmt::format("{}: {} has shape {}; {}", expected.keys.file, npz::printable(array.name),
                                  npz::shape_text(array.shape), what));
}

// One weight for each example, by its class. With one output the classes are its labels 0 and 1, or -1 and 1.
Tensor by_class(const Expectation& expected, const npz::Array& array, const Tensor& Y) {
    const Eigen::Index classes = Y.rows() == 1 ? 2 : Y.rows();
    if (array.values.size() != classes)
        throw refused(expected, array, fmt::format("expected {} weights, one for each class", classes));
    const Tensor of_class = array.values.reshaped();
    Tensor weights(1, Y.cols());
    for (Eigen::Index i = 0; i < Y.cols(); ++i) {
        Eigen::Index c = Y(0, i) == 1 ? 1 : 0;
        bool is_class = Y(0, i) == 1 || Y(0, i) == 0 || Y(0, i) == -1;
        if (Y.rows() > 1) is_class = Y.col(i).maxCoeff(&c) == 1 && Y.col(i).cwiseAbs().sum() == 1;
        if (!is_class)
            throw refused(expected, array,
                          fmt::format("but example {} is of no single class: its labels are not one-hot", i));
        weights(0, i) = of_class(c, 0);
    }
    return weights;
}

}  // namespace

bool is_mask(const Tensor& weights) {
    return weights.size() > 0 && (weights.array() == 0 || weights.array() == 1).all();
}

void read_example_weights(const Expectation& expected, Submission& submission) {
    const npz::Array* found = nullptr;
    for (const std::string letter : {"w", "mask", "class_weight"}) {
        const npz::Array* const array = expected.keys.find(letter);
        if (!array) continue;
        if (found)
            throw npz::Error(fmt::format("{}: {} and {} both weigh the examples; leave one of them out",
                                         expected.keys.file, npz::printable(found->name), npz::printable(array->name)));
        found = array;
        expected.require_finite(*array);
        Tensor& weights = submission.network.example_weights;
        if (letter == "class_weight") {
            weights = by_class(expected, *array, submission.Y);
            submission.weights = "w";
            submission.has_class_weights = true;
        } else {
            const Eigen::Index m = submission.Y.cols();
            if (array->values.size() != m)
                throw refused(expected, *array, fmt::format("expected a weight for each of the {} examples", m));
            weights = array->values.reshaped(1, m);
            submission.weights = npz::printable(array->name);
            if (array->shape.size() != 1) submission.weights = fmt::format("np.ravel({})", submission.weights);
        }
        if ((weights.array() == 0).all())
            throw npz::Error(fmt::format("{}: {} gives every example the weight 0: nothing is left of the cost",
                                         expected.keys.file, npz::printable(array->name)));
        submission.names["w"] = npz::printable(array->name);
    }
}

}  // namespace gradproof::diagnosis
