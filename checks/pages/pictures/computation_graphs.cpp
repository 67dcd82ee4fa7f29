// SPDX-License-Identifier: MIT
//
// The way forward and the way back through a network of two layers: with the numbers of the worked example, and with
// letters. What comes first stands below, so that "the layer above" is above.
#include <algorithm>
#include <string>
#include <vector>

#include "pages/pictures/drawing.hpp"
#include "pages/pictures/pictures.hpp"
#include "pages/pictures/worked_example.hpp"

namespace gradproof::pictures {
namespace {

constexpr double axis = 166;
constexpr double box_width = 80;

struct Numbers {
    std::string name;
    Matrix<double> values;
};

// One below the other.
double height_of(const std::vector<Numbers>& all) {
    double height = 8;
    for (const Numbers& one : all) height += line_height * static_cast<double>(one.values.rows() + 1) + 2;
    return height;
}

// Ending at `x`, or beginning there.
void add_all(Drawing& drawing, const std::vector<Numbers>& all, double x, double y, std::string_view look,
             Align align) {
    for (const Numbers& one : all) {
        add_matrix(drawing, {align == Align::right ? x - width_of(one.values) : x, y}, one.values, one.name, look);
        y += line_height * static_cast<double>(one.values.rows() + 1) + 2;
    }
}

void add_both_arrows(Drawing& drawing, double top, double bottom) {
    add_arrow(drawing, {axis - 6, bottom - 2}, {axis - 6, top + 3}, "c0");
    add_arrow(drawing, {axis + 6, top + 2}, {axis + 6, bottom - 3}, "c1", true);
}

void add_middle_box(Drawing& drawing, double y, double height, std::string_view words) {
    add_box(drawing, {axis - box_width / 2, y}, box_width, height, words);
}

// Builds from the top down.
class Tower {
  public:
    explicit Tower(Drawing& drawing) : drawing_(drawing) {}

    void edge(const std::vector<Numbers>& forward, const std::vector<Numbers>& backward) {
        const double height = std::max(height_of(forward), height_of(backward));
        add_both_arrows(drawing_, y_, y_ + height);
        add_all(drawing_, forward, axis - 14, y_, "m0", Align::right);
        add_all(drawing_, backward, axis + 18, y_, "m1", Align::left);
        y_ += height;
    }
    void box(std::string_view words, const std::vector<Numbers>& left, const std::vector<Numbers>& right) {
        const double height = std::max({34.0, height_of(left), height_of(right)});
        add_middle_box(drawing_, y_, height, words);
        add_all(drawing_, left, axis - box_width / 2 - 6, y_, "t", Align::right);
        add_all(drawing_, right, axis + box_width / 2 + 6, y_, "m1", Align::left);
        y_ += height;
    }
    double height() const { return y_; }

  private:
    Drawing& drawing_;
    double y_ = 36;
};

}  // namespace

std::string worked_example_graph(const std::filesystem::path& derivations) {
    const auto [network, X, Y] = read_worked_example(derivations);
    const Cache<double> cache = forward(network, X);
    const Gradients<double> gradients = backward(network, cache, Y, OutputRoute::through_dA);
    Drawing drawing{.title =
                        "The worked example as a graph. Left of each arrow the value on the way forward, right of it "
                        "its derivative on the way back; beside the boxes what is kept there.",
                    .width = 418,
                    .height = 0};
    add_text(drawing, {axis - 14, 22}, "forward ↑", Align::right, "m0");
    add_text(drawing, {axis + 20, 22}, "↓ backward", Align::left, "m1");
    Tower tower(drawing);
    tower.edge({{"loss", example_losses(network, cache, Y)}}, {{"dloss", Matrix<double>::Ones(1, Y.cols())}});
    tower.box("loss", {{"Y", Y}}, {});
    for (std::size_t l = network.depth(); l >= 1; --l) {
        const std::string number = std::to_string(l);
        const auto& [dense, g] = network.layer(l);
        const Matrix<double> ones = Matrix<double>::Ones(cache.Z[l].rows(), cache.Z[l].cols());
        tower.edge({{"A" + number, cache.A[l]}}, {{"dA" + number, gradients.dA[l]}});
        tower.box(g.facts().slug, {},
                  {{std::string(g.facts().slug) + "′(Z" + number + ")", pull_back(g, cache.Z[l], ones)}});
        tower.edge({{"Z" + number, cache.Z[l]}}, {{"dZ" + number, gradients.dZ[l]}});
        tower.box("W" + number + ", b" + number, {{"W" + number, dense.W}, {"b" + number, dense.b}},
                  {{"dW" + number, gradients.dW[l]}, {"db" + number, gradients.db[l]}});
    }
    tower.edge({{"X", X}}, {{"dA0", gradients.dA[0]}});
    drawing.height = tower.height() + 8;
    return svg_file(drawing);
}

std::string symbolic_graph() {
    constexpr double step = 40;
    Drawing drawing{.title =
                        "Two layers and the loss as a graph, what comes first below. Every dA is the slope of what "
                        "lies above times its derivative, every dZ is dA times the slope of the activation; the "
                        "loss stands where layer L+1 would be.",
                    .width = 430,
                    .height = 0};
    struct Level {
        std::string_view value;  // below the box, "" for none
        std::string_view derivative;
        std::string_view box;
        std::string_view rule;
        std::string_view look;
    };
    const std::vector<Level> levels{{"", "", "loss", "dAL = dloss/dAL * 1", "n2"},
                                    {"AL", "dAL", "sigmoid", "dZL = dAL * sigmoid′(ZL)", "n1"},
                                    {"ZL", "dZL", "W2, b2", "dA1 = W2.T dZL", "n2"},
                                    {"A1", "dA1", "relu", "dZ1 = dA1 * relu′(Z1)", "n1"},
                                    {"Z1", "dZ1", "W1, b1", "", ""}};
    const double right = axis + box_width / 2 + 6;
    const double rule_width = drawing.width - right - 6;
    add_text(drawing, {axis - 14, 22}, "forward ↑", Align::right, "m0");
    add_text(drawing, {axis + 20, 22}, "↓ backward", Align::left, "m1");
    double y = 36;
    const auto edge = [&](std::string_view value, std::string_view derivative) {
        add_both_arrows(drawing, y, y + step);
        add_text(drawing, {axis - 18, y + step / 2 + 5}, value, Align::right, "m0");
        add_text(drawing, {axis + 20, y + step / 2 + 5}, derivative, Align::left, "m1");
        y += step;
    };
    for (const Level& level : levels) {
        if (!level.value.empty()) edge(level.value, level.derivative);
        add_middle_box(drawing, y, 34, level.box);
        if (level.box == "loss") add_text(drawing, {axis - box_width / 2 - 6, y + 22}, "layer L+1", Align::right, "t");
        if (!level.rule.empty()) add_box(drawing, {right, y}, rule_width, 34, level.rule, level.look);
        y += 34;
    }
    edge("X", "");
    y += 12;
    for (const auto& [look, words] :
         {std::pair<std::string_view, std::string_view>{"n2", "dA: times the slope of what lies above"},
          {"n1", "dZ: times the slope of the activation"}}) {
        add_box(drawing, {20, y}, 34, 20, "", look);
        add_text(drawing, {62, y + 15}, words);
        y += 28;
    }
    drawing.height = y;
    return svg_file(drawing);
}

}  // namespace gradproof::pictures
