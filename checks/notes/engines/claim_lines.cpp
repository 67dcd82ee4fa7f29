// SPDX-License-Identifier: MIT
#include "notes/engines/claim_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "notes/engines/graph_values.hpp"

namespace gradproof::proof {
namespace {

constexpr double far = 8;          // where an infinite interval ends
constexpr double margin = 0x1p-6;  // how far inside an open end a box ends
constexpr std::size_t most_lines = 64;

std::pair<double, double> ends(const notes::Domain& domain) {
    const bool below = !domain.lower.empty();
    const bool above = !domain.upper.empty();
    double lower = below ? number_of(domain.lower) : -far;
    double upper = above ? number_of(domain.upper) : std::max(far, lower + far);
    if (!below) lower = std::min(lower, upper - far);
    const double inside = std::min(margin, (upper - lower) / 8);
    if (below && !domain.closed_below) lower += inside;
    if (above && !domain.closed_above) upper -= inside;
    return {lower, upper};
}

// A double exactly, in digits.
std::string digits(double value) {
    return fmt::format("{:.60g}", value);
}

}  // namespace

std::map<Coordinate, std::string> point_on(const Line& line, double running) {
    auto result = line.fixed;
    if (line.running) result[*line.running] = digits(running);
    return result;
}

// All ways to fix what is finite or affine, each leaving the one other coordinate to run.
std::vector<Line> lines_of(const ClaimDomain& domains, const notes::Question& question,
                           const notes::Instance& instance) {
    const auto degree = [&](const std::set<Coordinate>& in) {
        int highest = std::max(domains.degree(instance.left, in), domains.degree(instance.right, in));
        for (const auto& condition : question.conditions)
            if (domains.degree(condition.left, in) + domains.degree(condition.right, in) > 0) highest = 2;
        return highest;
    };
    std::vector<Line> result(1);
    const auto branch = [&](const std::vector<std::map<Coordinate, std::string>>& options) {
        if (result.size() * options.size() > most_lines) throw NotEvaluated("too many choices of finite values");
        std::vector<Line> extended;
        for (const auto& line : result)
            for (const auto& option : options) {
                extended.push_back(line);
                extended.back().fixed.insert(option.begin(), option.end());
            }
        result = std::move(extended);
    };
    std::set<std::pair<int, int>> columns_done;
    std::optional<Coordinate> running;
    for (const auto& at : domains.coordinates()) {
        const notes::Domain& domain = domains.domain(at.symbol);
        if (degree({at}) == 0 && domain.kind == notes::Domain::Kind::interval) {
            branch({{{at, digits((ends(domain).first + ends(domain).second) / 2)}}});
        } else if (domain.kind == notes::Domain::Kind::finite) {
            std::vector<std::map<Coordinate, std::string>> options;
            for (const auto& member : domain.members) options.push_back({{at, member}});
            branch(options);
        } else if (domain.kind == notes::Domain::Kind::interval) {
            auto [lower, upper] = ends(domain);
            domains.narrow(at, margin, lower, upper);
            if (degree({at}) == 1) {
                branch({{{at, digits(lower)}}, {{at, digits(upper)}}});
            } else if (!running) {
                running = at;
                for (auto& line : result) {
                    line.running = at;
                    line.lower = lower;
                    line.upper = upper;
                }
            } else {
                throw NotEvaluated("it is not affine in " + domains.name(*running) + " nor in " + domains.name(at));
            }
        } else if (columns_done.insert({at.symbol, at.column}).second) {
            const int rows = domains.rows(at.symbol);
            std::set<Coordinate> column;
            for (int row = 0; row < rows; ++row) column.insert({at.symbol, row, at.column});
            // What is affine on a simplex is bounded by its values at the corners.
            if (domain.kind == notes::Domain::Kind::simplex && degree(column) > 1)
                throw NotEvaluated("it is not affine in " + domains.name(at));
            std::vector<std::map<Coordinate, std::string>> options;
            for (int one = 0; one < rows; ++one) {
                options.emplace_back();
                for (int row = 0; row < rows; ++row)
                    options.back()[{at.symbol, row, at.column}] = row == one ? "1" : "0";
            }
            branch(options);
        }
    }
    for (auto& line : result) line.running = running;
    return result;
}

}  // namespace gradproof::proof
