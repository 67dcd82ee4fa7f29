// SPDX-License-Identifier: MIT
#include "claims/real_data/csv.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "spelling/trimmed.hpp"

namespace gradproof::checks {
namespace {

struct Place {
    std::string file;
    std::size_t line;
};

[[noreturn]] void fail(const Place& place, const std::string& message) {
    throw std::runtime_error(fmt::format("{}:{}: {}", place.file, place.line, message));
}

std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t start = 0;;) {
        const auto comma = line.find(',', start);
        fields.push_back(trimmed(line.substr(start, comma - start)));
        if (comma == std::string_view::npos) return fields;
        start = comma + 1;
    }
}

std::optional<double> number(std::string_view field) {
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc{} || end != field.data() + field.size()) return std::nullopt;
    return value;
}

// A header is a line with text in it; one that begins with two whole numbers says how many examples and features
// follow.
bool is_header(const std::vector<std::string_view>& fields) {
    for (const std::string_view field : fields)
        if (!field.empty() && !number(field)) return true;
    return false;
}

std::vector<double> row_of(const std::vector<std::string_view>& fields, const Place& place) {
    std::vector<double> row;
    for (std::size_t column = 0; column < fields.size(); ++column) {
        const auto value = number(fields[column]);
        if (!value)
            fail(place, fmt::format("column {} holds '{}', expected a number like 17.99", column + 1, fields[column]));
        if (!std::isfinite(*value))
            fail(place, fmt::format("column {} holds {}, expected a finite number", column + 1, fields[column]));
        row.push_back(*value);
    }
    if (row.back() != 0 && row.back() != 1)
        fail(place, fmt::format("the label in column {} is {}, expected 0 or 1", row.size(), row.back()));
    return row;
}

}  // namespace

LabelledData read_labelled_csv(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in || std::filesystem::is_directory(file))
        throw std::runtime_error(
            fmt::format("{}: cannot be read, expected a file of comma-separated numbers", file.string()));
    std::vector<std::vector<double>> rows;
    std::vector<double> counts;
    Place place{file.string(), 0};
    for (std::string line; std::getline(in, line);) {
        ++place.line;
        if (trimmed(line).empty()) continue;
        const auto fields = split(line);
        if (rows.empty() && counts.empty() && place.line == 1 && is_header(fields)) {
            if (fields.size() >= 2 && number(fields[0]) && number(fields[1]))
                counts = {*number(fields[0]), *number(fields[1])};
            continue;
        }
        if (fields.size() < 2)
            fail(place,
                 fmt::format("holds {} column, expected features and a label, separated by commas", fields.size()));
        if (!rows.empty() && fields.size() != rows.front().size())
            fail(place, fmt::format("holds {} columns, expected {} as in the lines before", fields.size(),
                                    rows.front().size()));
        rows.push_back(row_of(fields, place));
    }
    if (rows.empty())
        throw std::runtime_error(fmt::format("{}: holds no example, expected a line of numbers for each", place.file));
    const auto m = static_cast<Eigen::Index>(rows.size());
    const auto features = static_cast<Eigen::Index>(rows.front().size()) - 1;
    if (!counts.empty() && (counts[0] != static_cast<double>(m) || counts[1] != static_cast<double>(features)))
        throw std::runtime_error(
            fmt::format("{}:1: the header says {} examples of {} features, but the file holds {} of {}", place.file,
                        counts[0], counts[1], m, features));
    LabelledData data{.X = Eigen::MatrixXd(features, m), .Y = Eigen::MatrixXd(1, m)};
    for (Eigen::Index i = 0; i < m; ++i) {
        const auto& row = rows[static_cast<std::size_t>(i)];
        for (Eigen::Index k = 0; k < features; ++k) data.X(k, i) = row[static_cast<std::size_t>(k)];
        data.Y(0, i) = row.back();
    }
    return data;
}

Eigen::MatrixXd standardised(const Eigen::MatrixXd& X) {
    const Eigen::VectorXd mean = X.rowwise().mean();
    Eigen::MatrixXd centred = X.colwise() - mean;
    for (Eigen::Index k = 0; k < centred.rows(); ++k) {
        const double deviation = std::sqrt(centred.row(k).squaredNorm() / static_cast<double>(X.cols()));
        if (deviation > 0) centred.row(k) /= deviation;
    }
    return centred;
}

}  // namespace gradproof::checks
