// SPDX-License-Identifier: MIT
#include "gradproof/checks/layer.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace gradproof::checks {

TensorVerdict check_derivative(std::string name, const std::function<double(const Matrix<double>&)>& f,
                               const Matrix<double>& derivative, const Matrix<double>& at) {
    if (derivative.rows() != at.rows() || derivative.cols() != at.cols())
        throw std::invalid_argument(fmt::format("{} is {} x {}, but what it is the derivative in is {} x {}", name,
                                                derivative.rows(), derivative.cols(), at.rows(), at.cols()));
    const auto of_entries = [&](const Eigen::VectorXd& entries) { return f(entries.reshaped(at.rows(), at.cols())); };
    TensorVerdict verdict =
        check_gradient(of_entries, Eigen::VectorXd(derivative.reshaped()), Eigen::VectorXd(at.reshaped()));
    verdict.name = std::move(name);
    verdict.rows = at.rows();
    verdict.columns = at.cols();
    for (EntryVerdict& entry : verdict.worst) {
        const Eigen::Index n = entry.column;
        entry.row = n % at.rows();
        entry.column = n / at.rows();
    }
    return verdict;
}

namespace detail {

void require_shape_of_output(const Matrix<double>& output, const Matrix<double>& d_output) {
    if (output.rows() != d_output.rows() || output.cols() != d_output.cols())
        throw std::invalid_argument(fmt::format("d_output is {} x {}, but the output is {} x {}", d_output.rows(),
                                                d_output.cols(), output.rows(), output.cols()));
}

}  // namespace detail
}  // namespace gradproof::checks
