// SPDX-License-Identifier: MIT
#include "diagnosis/search/fit.hpp"

#include <algorithm>
#include <cmath>

namespace gradproof::diagnosis {
namespace {

// θ comes out of rounded numbers; at this distance two values of θ are the same.
constexpr double same_parameter = 1e-9;

bool is_whole(double x) {
    const double nearest = std::round(x);
    return nearest != 0 && std::abs(x - nearest) <= same_parameter * std::abs(x);
}

double largest(const Tensor& tensor) {
    return tensor.size() == 0 ? 0.0 : tensor.cwiseAbs().maxCoeff();
}

// θ of the least squares over all tensors, and how many entries have a say in it.
struct Parameter {
    double value = 0;
    Eigen::Index witnesses = 0;
};

Parameter parameter_of(const std::vector<Prediction>& predictions) {
    double along = 0;
    double length = 0;
    for (const auto& [yours, value, direction, rounding, magnitude] : predictions) {
        along += (yours - value).cwiseProduct(direction).sum();
        length += direction.squaredNorm();
    }
    Parameter parameter{.value = along / length};
    for (const Prediction& p : predictions)
        parameter.witnesses += (p.direction.array().abs() > 1e-6 * largest(p.direction)).count();
    return parameter;
}

}  // namespace

bool is_simple_number(double x, double m) {
    for (const double scale : {1.0, m, 1 / m})
        for (int denominator = 1; denominator <= 12; ++denominator)
            if (std::abs(x * scale * denominator) < 1000 && is_whole(x * scale * denominator)) return true;
    for (double power = 10; power <= 1e6; power *= 10)
        if (std::abs(x * power) < 1000 && is_whole(x * power)) return true;
    return false;
}

std::optional<Fit> fit(const std::vector<Prediction>& predictions, const std::vector<double>& excluded, double m,
                       double unit_roundoff) {
    std::optional<double> theta;
    const bool has_parameter =
        std::any_of(predictions.begin(), predictions.end(), [](const auto& p) { return p.direction.size() > 0; });
    for (const Prediction& p : predictions)
        if (!p.value.allFinite() || !p.direction.allFinite() || p.value.rows() != p.yours.rows() ||
            p.value.cols() != p.yours.cols())
            return std::nullopt;
    if (has_parameter) {
        const auto [value, witnesses] = parameter_of(predictions);
        if (!std::isfinite(value)) return std::nullopt;
        const double wanted = std::max(same_parameter, 1e3 * unit_roundoff);
        for (const double other : excluded)
            if (std::abs(value - other) <= wanted * std::max(1.0, std::abs(other))) return std::nullopt;
        if (witnesses < 2 && !is_simple_number(value, m)) return std::nullopt;
        theta = value;
    }
    Fit result{.parameter = theta, .residual = 0};
    for (const Prediction& p : predictions) {
        const Tensor predicted = theta ? Tensor(p.value + *theta * p.direction) : p.value;
        const double magnitude = largest(predicted);
        const double growth = p.right_magnitude > 0 ? std::max(1.0, magnitude / p.right_magnitude) : 1.0;
        // A wrong formula rounds where the right one may not (an entry that is exactly 0): by the size of its largest.
        const double own =
            (16 + m + static_cast<double>(predicted.rows() + predicted.cols())) * unit_roundoff * magnitude;
        const Tensor deviation = (p.yours - predicted).cwiseAbs();
        if (!(deviation.array() <= 4 * growth * p.rounding.array() + own).all()) return std::nullopt;
        if (magnitude > 0) result.residual = std::max(result.residual, largest(deviation) / magnitude);
    }
    return result;
}

}  // namespace gradproof::diagnosis
