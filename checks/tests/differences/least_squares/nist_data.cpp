// SPDX-License-Identifier: MIT
#include "tests/differences/least_squares/nist_data.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradproof::checks {
namespace {

class Lines {
  public:
    explicit Lines(std::string file) : file_(std::move(file)), in_(file_) {
        if (!in_) throw std::runtime_error(file_ + ": cannot be read");
    }

    bool next() {
        ++number_;
        return static_cast<bool>(std::getline(in_, line_));
    }

    [[noreturn]] void fail(std::string_view what) const {
        throw std::runtime_error(fmt::format("{}:{}: {}", file_, number_, what));
    }

    Eigen::VectorXd numbers(std::string_view text) const {
        std::vector<double> values;
        while (!text.empty()) {
            const auto comma = std::min(text.find(','), text.size());
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + comma, value);
            if (error != std::errc() || end != text.data() + comma) fail("expected numbers, separated by commas");
            values.push_back(value);
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
        return Eigen::VectorXd::Map(values.data(), static_cast<Eigen::Index>(values.size()));
    }

    // The numbers of the next line, which starts with `label`.
    Eigen::VectorXd labelled(std::string_view label) {
        if (!next() || !line_.starts_with(fmt::format("{},", label))) fail(fmt::format("expected '{},...'", label));
        return numbers(std::string_view(line_).substr(label.size() + 1));
    }

    const std::string& line() const { return line_; }

  private:
    std::string file_;
    std::ifstream in_;
    std::string line_;
    std::size_t number_ = 0;
};

}  // namespace

NistData read_nist(std::string_view name) {
    Lines lines(fmt::format("{}/{}.csv", GRADPROOF_NIST_DATA, name));
    NistData data;
    data.start_1 = lines.labelled("start 1");
    data.start_2 = lines.labelled("start 2");
    data.certified = lines.labelled("certified");
    data.residual_sum_of_squares = lines.labelled("residual sum of squares")(0);
    if (!lines.next() || !lines.line().starts_with("y,x")) lines.fail("expected 'y,x' or 'y,x1,x2'");
    std::vector<Eigen::VectorXd> rows;
    while (lines.next()) {
        rows.push_back(lines.numbers(lines.line()));
        if (rows.back().size() < 2 || rows.back().size() != rows.front().size()) lines.fail("a value is missing");
    }
    if (rows.empty()) lines.fail("no observations");
    const auto count = static_cast<Eigen::Index>(rows.size());
    data.y.resize(count);
    data.x.resize(count, rows.front().size() - 1);
    for (Eigen::Index i = 0; i < count; ++i) {
        const Eigen::VectorXd& row = rows[static_cast<std::size_t>(i)];
        data.y(i) = row(0);
        data.x.row(i) = row.tail(row.size() - 1).transpose();
    }
    return data;
}

}  // namespace gradproof::checks
