// SPDX-License-Identifier: MIT
#include "tests/lib/outside_values/table.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "spelling/named_case.hpp"

namespace gradproof::checks {
namespace {

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    return cells;
}

}  // namespace

double OutsideRow::point(std::size_t n) const {
    return std::stod(points[n]);
}

std::vector<OutsideRow> outside_rows(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);  // what made it
    std::getline(file, line);
    const std::size_t columns = cells_of(line).size();
    if (columns < 4) throw std::runtime_error(path + " is no table of values");
    std::vector<OutsideRow> rows;
    while (std::getline(file, line)) {
        std::vector<std::string> cells = cells_of(line);
        if (cells.size() != columns)
            throw std::runtime_error(fmt::format("{}: a row has {} columns: {}", path, cells.size(), line));
        rows.push_back({.name = cells.front(),
                        .points = {cells.begin() + 1, cells.end() - 2},
                        .value = cells[columns - 2],
                        .derivative = cells[columns - 1]});
    }
    return rows;
}

Computed computed_at(const OutsideRow& row) {
    if (row.is_column()) {
        const AnyActivation g = activation_named(row.name);
        const Matrix<double> z{{row.point(0)}, {row.point(1)}, {row.point(2)}};
        const Matrix<double> upstream{{row.point(3)}, {row.point(4)}, {row.point(5)}};
        const auto component = static_cast<Eigen::Index>(row.point(6));
        return {activate(g, z)(component, 0), pull_back(g, z, upstream)(component, 0)};
    }
    if (row.is_loss()) {
        const auto loss = loss_named(row.name).on<double>();
        return {loss.value(row.point(0), row.point(1)), loss.derivative(row.point(0), row.point(1))};
    }
    const auto g = activation_named(row.name).on<double>();
    return {g.value(row.point(0)), g.derivative(row.point(0))};
}

}  // namespace gradproof::checks
