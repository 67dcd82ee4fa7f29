// SPDX-License-Identifier: MIT
#include "pages/pictures/worked_example.hpp"

#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "notes/reader/note.hpp"

namespace gradproof::pictures {
namespace {

// "1 & -1 \\ 2 & 1" as a matrix.
Matrix<double> matrix_in(std::string_view text) {
    std::vector<std::vector<double>> rows(1);
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        if (word == "\\\\")
            rows.emplace_back();
        else if (word != "&")
            rows.back().push_back(std::stod(word));
    }
    Matrix<double> matrix(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows[0].size()));
    for (Eigen::Index row = 0; row < matrix.rows(); ++row)
        for (Eigen::Index column = 0; column < matrix.cols(); ++column)
            matrix(row, column) = rows[static_cast<std::size_t>(row)].at(static_cast<std::size_t>(column));
    return matrix;
}

// What stands behind "name :=" in the first fence that has it: a matrix, or one number.
Matrix<double> defined(const notes::Note& note, std::string_view name) {
    const std::string sign = std::string(name) + " := ";
    constexpr std::string_view begin = "\\begin{bmatrix}";
    for (const notes::Fence& fence : note.fences) {
        const auto at = fence.text.find(sign);
        if (at == std::string::npos) continue;
        const std::string_view right = std::string_view(fence.text).substr(at + sign.size());
        if (!right.starts_with(begin)) return matrix_in(right.substr(0, right.find_first_of(",\n")));
        return matrix_in(right.substr(begin.size(), right.find("\\end{bmatrix}") - begin.size()));
    }
    throw std::runtime_error("derivations/worked_example.md: there is no definition of " + std::string(name));
}

}  // namespace

WorkedExample read_worked_example(const std::filesystem::path& derivations) {
    const notes::Note note = notes::read_note(derivations / "worked_example.md");
    WorkedExample example{
        .network = {.layers = {}, .loss = BinaryCrossEntropy{}}, .X = defined(note, "X"), .Y = defined(note, "Y")};
    const auto add_layer = [&](const std::string& number, const AnyActivation& g) {
        const Matrix<double> W = defined(note, "W^{[" + number + "]}");
        const Matrix<double> b = defined(note, "b^{[" + number + "]}");
        example.network.layers.push_back({{W, b.col(0)}, g});
    };
    add_layer("1", Relu{});
    add_layer("2", Sigmoid{});
    return example;
}

}  // namespace gradproof::pictures
