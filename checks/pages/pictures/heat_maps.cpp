// SPDX-License-Identifier: MIT
//
// Tables of numbers as heat maps: Jacobians, and what each pixel gets of a convolution. The number stands in each cell;
// its colour repeats it.
#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "gradproof/activations/softmax.hpp"
#include "gradproof/any_activation.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "pages/pictures/drawing.hpp"
#include "pages/pictures/pictures.hpp"

namespace gradproof::pictures {
namespace {

struct HeatMap {
    std::string name;
    Matrix<double> values;
    std::vector<std::string> columns{};
    std::vector<std::string> rows{};
    int decimals = 2;
};

constexpr double row_height = 34;

void add_heat_map(Drawing& drawing, Place at, double cell, const HeatMap& map) {
    constexpr double densest = 0.4;
    const double largest = map.values.cwiseAbs().maxCoeff();
    const auto n = [](Eigen::Index k) { return static_cast<double>(k); };
    const double body = at.y + (map.columns.empty() ? 26 : 50);
    add_text(drawing, {at.x, at.y + 16}, map.name);
    for (Eigen::Index column = 0; column < map.values.cols(); ++column)
        if (!map.columns.empty())
            add_text(drawing, {at.x + cell * (n(column) + 0.5), at.y + 42},
                     map.columns[static_cast<std::size_t>(column)], Align::middle, "t");
    for (Eigen::Index row = 0; row < map.values.rows(); ++row) {
        const double y = body + row_height * n(row);
        if (!map.rows.empty())
            add_text(drawing, {at.x - 8, y + 22}, map.rows[static_cast<std::size_t>(row)], Align::right, "t");
        for (Eigen::Index column = 0; column < map.values.cols(); ++column) {
            const double value = map.values(row, column);
            const double x = at.x + cell * n(column);
            drawing.body += fmt::format(
                "<rect x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" class=\"m{}\" fill-opacity=\"{:.2f}\"/>\n",
                x + 1, y + 1, cell - 2, row_height - 2, value < 0 ? 1 : 0,
                densest * std::sqrt(std::abs(value) / largest));
            const double rounded = std::round(value * std::pow(10, map.decimals)) + 0.0;
            add_text(drawing, {x + cell / 2, y + 22}, rounded == 0 ? "0" : fmt::format("{:.{}f}", value, map.decimals),
                     Align::middle);
        }
    }
}

// Column j is the derivatives of all values in the j-th number: its transpose is what pull_back gives, row by row.
Matrix<double> jacobian_of(Eigen::Index n, const std::function<Matrix<double>(const Matrix<double>&)>& pull_back) {
    Matrix<double> J(n, n);
    for (Eigen::Index i = 0; i < n; ++i) J.row(i) = pull_back(Matrix<double>::Identity(n, n).col(i)).transpose();
    return J;
}

std::vector<std::string> numbered(std::string_view before, Eigen::Index count) {
    constexpr std::string_view subscripts[]{"₁", "₂", "₃", "₄"};
    std::vector<std::string> names;
    for (Eigen::Index k = 0; k < count; ++k) names.push_back(fmt::format("{}{}", before, subscripts[k]));
    return names;
}

struct Convolved {
    Array<double> image;
    Array<double> weights;
    Conv2d layer;

    // What arrives at each pixel if 1 leaves each place of the output.
    Matrix<double> arriving() const {
        const Arrays<double> inputs{image, weights, Array<double>({1})};
        Array<double> dZ(layer.forward(inputs)[0].shape(), 1.0);
        const Array<double> dA = layer.pull_back(inputs, {dZ})[0];
        Matrix<double> arrived(image.dim(1), image.dim(2));
        for (Eigen::Index row = 0; row < arrived.rows(); ++row)
            for (Eigen::Index column = 0; column < arrived.cols(); ++column)
                arrived(row, column) = dA(0, row, column, 0);
        return arrived;
    }
};

}  // namespace

std::string softmax_jacobian() {
    const Matrix<double> Z = Vector<double>{{1, 0, -1, 0.5}};
    const AnyActivation g = Softmax{};
    const Matrix<double> p = activate(g, Z);
    const Matrix<double> J = jacobian_of(Z.rows(), [&](const Matrix<double>& dA) { return pull_back(g, Z, dA); });
    constexpr double cell = 76;
    Drawing drawing{.title =
                        "The Jacobian of a softmax of four classes as a heat map: positive on the diagonal, negative "
                        "elsewhere, every row sums to 0",
                    .width = 400,
                    .height = 0};
    add_heat_map(drawing, {80, 6}, cell, {.name = "z", .values = Z.transpose(), .decimals = 1});
    add_heat_map(drawing, {80, 76}, cell, {.name = "p = softmax(z)", .values = p.transpose()});
    add_heat_map(drawing, {80, 152}, cell,
                 {.name = "slope of each p by each z",
                  .values = J.transpose(),
                  .columns = numbered("of p", Z.rows()),
                  .rows = numbered("by z", Z.rows())});
    drawing.height = 152 + 50 + row_height * 4 + 12;
    return svg_file(drawing);
}

std::string batch_norm_jacobian() {
    const BatchNorm layer;
    const Array<double> x({4, 1}, Vector<double>{{-1, 0, 1, 4}});
    const Arrays<double> inputs{x, Array<double>({1}, 1.0), Array<double>({1})};
    const Vector<double> x_hat = layer.forward(inputs)[0].values();
    const Matrix<double> J = jacobian_of(4, [&](const Matrix<double>& dy) {
        return Matrix<double>(layer.pull_back(inputs, {Array<double>({4, 1}, dy.col(0))})[0].values());
    });
    // dx = scale (dy - mean(dy) - x_hat mean(dy x_hat)): the three ways by which a number of x reaches y.
    const double scale = J(0, 0) / (1 - 0.25 - x_hat(0) * x_hat(0) / 4);
    const Matrix<double> direct = scale * Matrix<double>::Identity(4, 4);
    const Matrix<double> by_mean = Matrix<double>::Constant(4, 4, -scale / 4);
    const Matrix<double> by_variance = J - direct - by_mean;
    constexpr double cell = 62;
    Drawing drawing{
        .title =
            "The Jacobian of batch norm for four examples: the direct way, the way through the mean, the way "
            "through the variance, and their sum",
        .width = 570,
        .height = 0};
    const double down = 26 + row_height * 4 + 16;
    add_heat_map(drawing, {20, 8}, cell, {.name = "directly", .values = direct});
    add_heat_map(drawing, {302, 8}, cell, {.name = "+ through the mean", .values = by_mean});
    add_heat_map(drawing, {20, 8 + down}, cell, {.name = "+ through the variance", .values = by_variance});
    add_heat_map(drawing, {302, 8 + down}, cell, {.name = "= slope of y by x", .values = J});
    drawing.height = 8 + 2 * down;
    return svg_file(drawing);
}

std::string windows_of_convolution() {
    const Convolved convolution{Array<double>({1, 4, 5, 1}), Array<double>({3, 3, 1, 1}, 1.0), Conv2d{}};
    Drawing drawing{
        .title = "How many windows of 3 x 3 saw each pixel of a 4 x 5 image: one at the corners, six in the middle",
        .width = 380,
        .height = 26 + row_height * 4 + 18};
    add_heat_map(drawing, {20, 6}, 68,
                 {.name = "windows that saw each pixel", .values = convolution.arriving(), .decimals = 0});
    return svg_file(drawing);
}

std::string zeros_of_stride() {
    const Convolved convolution{Array<double>({1, 5, 5, 1}), Array<double>({1, 1, 1, 1}, 1.0), Conv2d{.stride = 2}};
    Drawing drawing{
        .title = "Stride 2, a window of one pixel: derivatives arrive at every second row and column, all else is 0",
        .width = 380,
        .height = 26 + row_height * 5 + 18};
    add_heat_map(drawing, {20, 6}, 68,
                 {.name = "dA_prev where every dZ is 1", .values = convolution.arriving(), .decimals = 0});
    return svg_file(drawing);
}

}  // namespace gradproof::pictures
