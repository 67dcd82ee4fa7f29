// SPDX-License-Identifier: MIT
#include "tests/diagnosis/numpy_value.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "diagnosis/numpy_formula.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {
namespace {

std::invalid_argument cannot(const std::string& what) {
    return std::invalid_argument("cannot run " + what);
}

Tensor broadcast(const Tensor& a, const Tensor& b, const std::function<double(double, double)>& f) {
    const Eigen::Index rows = std::max(a.rows(), b.rows());
    const Eigen::Index cols = std::max(a.cols(), b.cols());
    for (const Tensor* t : {&a, &b})
        if ((t->rows() != rows && t->rows() != 1) || (t->cols() != cols && t->cols() != 1))
            throw cannot("these shapes");
    Tensor out(rows, cols);
    for (Eigen::Index j = 0; j < cols; ++j)
        for (Eigen::Index i = 0; i < rows; ++i)
            out(i, j) =
                f(a(a.rows() == 1 ? 0 : i, a.cols() == 1 ? 0 : j), b(b.rows() == 1 ? 0 : i, b.cols() == 1 ? 0 : j));
    return out;
}

// ":1", "-1:", "::-1" and ":" of n.
std::vector<Eigen::Index> chosen(const std::string& slice, Eigen::Index n) {
    std::vector<Eigen::Index> all;
    for (Eigen::Index i = 0; i < n; ++i) all.push_back(i);
    if (slice == "::-1") {
        std::ranges::reverse(all);
    } else if (slice == ":1") {
        all.resize(1);
    } else if (slice == "-1:") {
        all = {n - 1};
    } else if (slice != ":") {
        throw cannot("the slice " + slice);
    }
    return all;
}

class Evaluation {
  public:
    explicit Evaluation(const NamedArrays& arrays) : arrays_(arrays) {}

    Tensor of(const Node& node) const {
        switch (node.kind) {
            case NodeKind::number:
                return Tensor::Constant(1, 1, std::stod(node.text));
            case NodeKind::name: {
                const auto found = arrays_.find(node.text);
                if (found == arrays_.end()) throw cannot(node.text);
                return found->second;
            }
            case NodeKind::group:
                return of(node.children[0]);
            case NodeKind::transposed:
                return of(node.children[0]).transpose();
            case NodeKind::slice: {
                const Tensor whole = of(node.children[0]);
                // An axis more, of an array of one.
                if (node.rows == "None") return whole.reshaped(1, whole.size());
                if (node.columns == "None") return whole.reshaped(whole.size(), 1);
                return whole(chosen(node.rows, whole.rows()), chosen(node.columns, whole.cols()));
            }
            case NodeKind::negative:
                return -of(node.children[0]);
            case NodeKind::call:
                return call(node);
            case NodeKind::binary:
                return binary(node);
            case NodeKind::named_argument:
                break;
        }
        throw cannot(node.text);
    }

  private:
    Tensor binary(const Node& node) const {
        const Tensor a = of(node.children[0]);
        const Tensor b = of(node.children[1]);
        if (node.text == "@") {
            if (a.cols() != b.rows()) throw cannot("this product");
            return a * b;
        }
        if (node.text == "+") return broadcast(a, b, std::plus<>());
        if (node.text == "-") return broadcast(a, b, std::minus<>());
        if (node.text == "*") return broadcast(a, b, std::multiplies<>());
        if (node.text == "/") return broadcast(a, b, std::divides<>());
        if (node.text == "**") return broadcast(a, b, [](double x, double y) { return std::pow(x, y); });
        throw cannot(node.text);
    }

    // -1 where no axis is said.
    static int axis(const Node& call) {
        for (const Node& argument : call.children)
            if (argument.kind == NodeKind::named_argument && argument.text == "axis")
                return std::stoi(argument.children[0].text);
        return -1;
    }

    Tensor call(const Node& node) const {
        const Tensor argument = of(node.children[0]);
        if (node.text == "np.sum" || node.text == "np.mean") {
            const int along = axis(node);
            const Tensor sum = along == 0   ? Tensor(argument.colwise().sum())
                               : along == 1 ? Tensor(argument.rowwise().sum())
                                            : Tensor::Constant(1, 1, argument.sum());
            return node.text == "np.sum"
                       ? sum
                       : Tensor(sum * (static_cast<double>(sum.size()) / static_cast<double>(argument.size())));
        }
        if (node.text == "np.abs") return argument.cwiseAbs();
        if (node.text == "np.dot") return argument * of(node.children[1]);
        if (node.text == "np.roll") {
            const bool down = axis(node) == 0;
            const auto by = static_cast<Eigen::Index>(of(node.children[1])(0, 0));
            Tensor rolled(argument.rows(), argument.cols());
            for (Eigen::Index j = 0; j < argument.cols(); ++j)
                for (Eigen::Index i = 0; i < argument.rows(); ++i)
                    rolled((i + (down ? by + argument.rows() : 0)) % argument.rows(),
                           (j + (down ? 0 : by + argument.cols())) % argument.cols()) = argument(i, j);
            return rolled;
        }
        const bool is_slope = node.text.ends_with('\'');
        const AnyActivation activation = activation_named(node.text.substr(0, node.text.size() - (is_slope ? 1 : 0)));
        if (is_slope) return derivative_of(activation, argument);
        const bool is_turned = !is_elementwise(activation) && arrays_.at("examples_in_rows")(0, 0) == 1;
        return is_turned ? Tensor(activate(activation, Tensor(argument.transpose())).transpose())
                         : activate(activation, argument);
    }

    const NamedArrays& arrays_;
};

}  // namespace

Tensor numpy_value(std::string_view formula, const NamedArrays& arrays) {
    return Evaluation(arrays).of(numpy_formula(formula));
}

}  // namespace gradproof::diagnosis
