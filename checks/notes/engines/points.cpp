// SPDX-License-Identifier: MIT
#include "notes/engines/points.hpp"

#include <algorithm>
#include <array>

namespace gradproof::notes {
namespace {

std::uint64_t mixed(std::uint64_t x) {  // splitmix64
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

std::uint64_t hash_of(std::string_view text) {  // FNV-1a, the same everywhere
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

// In (0, 1), with 64 bits that are exact.
Real unit(std::uint64_t seed) {
    return (Real(mixed(seed) >> 1U) + Real(0.5)) / Real(9223372036854775808.0);
}

std::vector<Real> edges_of(const Domain& domain) {
    std::vector<Real> edges;
    if (domain.kind == Domain::Kind::finite) {
        for (const auto& member : domain.members) edges.push_back(real_of(member));
        return edges;
    }
    const auto reals = [](std::initializer_list<const char*> digits) {
        std::vector<Real> list;
        for (const char* one : digits) list.push_back(real_of(one));
        return list;
    };
    if (domain.lower.empty() && domain.upper.empty()) return reals({"0", "1", "-1", "0.5", "-30", "30", "-2.5", "3"});
    if (domain.upper.empty() || domain.lower.empty()) {
        const bool up = domain.upper.empty();
        const Real end = real_of(up ? domain.lower : domain.upper);
        if (up ? domain.closed_below : domain.closed_above) edges.push_back(end);
        for (const Real& step : reals({"1", "0.000001", "0.5", "30", "2.5", "0.001", "8"}))
            edges.push_back(up ? Real(end + step) : Real(end - step));
        return edges;
    }
    const Real lower = real_of(domain.lower);
    const Real width = real_of(domain.upper) - lower;
    if (domain.closed_below) edges.push_back(lower);
    if (domain.closed_above) edges.push_back(lower + width);
    for (const Real& part : reals({"0.5", "0.000001", "0.999999", "0.25", "0.9", "0.0000000001"}))
        edges.push_back(lower + width * part);
    return edges;
}

Real scattered(const Domain& domain, std::uint64_t seed, int point) {
    if (domain.kind == Domain::Kind::finite)
        return real_of(domain.members[static_cast<std::size_t>(mixed(seed) % domain.members.size())]);
    const Real u = unit(seed);
    if (domain.lower.empty() && domain.upper.empty()) return (u * 2 - 1) * (point % 4 == 3 ? 16 : 3);
    if (domain.upper.empty()) return real_of(domain.lower) + u * (point % 4 == 3 ? 16 : 3);
    if (domain.lower.empty()) return real_of(domain.upper) - u * (point % 4 == 3 ? 16 : 3);
    const Real lower = real_of(domain.lower);
    return lower + (real_of(domain.upper) - lower) * u;
}

}  // namespace

// A column that belongs together: one-hot, or non-negative with sum exactly 1.
Real Points::entry_of_column(const GraphNode& variable, const Domain& domain, int rows, int point,
                             std::uint64_t hash) const {
    const bool corner = domain.kind == Domain::Kind::one_hot || point % 4 == 0;
    if (corner) {
        const auto hot = (static_cast<std::uint64_t>(point / (domain.kind == Domain::Kind::one_hot ? 1 : 4)) + hash) %
                         static_cast<std::uint64_t>(rows);
        return Real(static_cast<int>(hot) == variable.row ? 1 : 0);
    }
    // Gaps between sorted multiples of 2^-32 are exact, and so is their sum.
    std::vector<std::uint64_t> cuts{0, 4294967296U};
    for (int i = 1; i < rows; ++i)
        cuts.push_back(mixed(hash + static_cast<std::uint64_t>(point) * 131U + static_cast<std::uint64_t>(i)) >> 32U);
    std::sort(cuts.begin(), cuts.end());
    const auto row = static_cast<std::size_t>(variable.row);
    return Real(cuts[row + 1] - cuts[row]) / Real(4294967296.0);
}

Real Points::value(const GraphNode& variable, const Domain& domain, int rows, int point) {
    const Symbol& free = symbol(variable.symbol);
    const auto hash = hash_of(free.name);
    if (domain.kind == Domain::Kind::one_hot || domain.kind == Domain::Kind::simplex)
        return entry_of_column(variable, domain, rows, point, hash);
    const auto place = static_cast<std::uint64_t>(variable.row) * 64U + static_cast<std::uint64_t>(variable.column);
    const auto seed = hash ^ mixed(static_cast<std::uint64_t>(point) * 8191U + place * 31U);
    if (point >= number_of_points / 2) return scattered(domain, seed, free.shape.is_number() ? point : 0);
    auto edges = edges_of(domain);
    if (!free.shape.is_number()) {
        // Of a matrix, some entries lie on an edge and the others anywhere. No large ones: sums of their products
        // would saturate whatever stands on top of them.
        std::erase_if(edges, [](const Real& edge) { return abs(edge) > 10; });
        if (mixed(seed) % 3 == 0 && !edges.empty())
            return edges[static_cast<std::size_t>(mixed(seed + 1) % edges.size())];
        return scattered(domain, seed, 0);
    }
    const auto count = edges.size();
    const int rank = ranks_.try_emplace(free.name, static_cast<int>(ranks_.size())).first->second;
    if (rank == 0) return edges[static_cast<std::size_t>(point) % count];
    if (rank == 1) return edges[static_cast<std::size_t>(point / 8) % count];
    return edges[static_cast<std::size_t>((static_cast<std::uint64_t>(point) * 5U + hash) % count)];
}

// slope . x + sum of sines: bounded apart from the linear part, so that what stands on top of it stays in range. The
// sines take less from the slope than the linear part gives, so an increasing function increases.
Real Points::opaque(int id, const std::vector<int>& orders, const std::vector<Real>& arguments, int point) const {
    const Symbol& function = symbol(id);
    const auto hash = hash_of(function.name) + static_cast<std::uint64_t>(point % 7);
    int order = 0;
    for (const int one : orders) order += one;
    Real sum = 0;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Real slope = (unit(hash + 31U * i) + Real(1)) / 4;  // 1/4 to 1/2
        const bool falls = !function.increasing && mixed(hash + 37U * i) % 2 == 0;
        if (order == 0) sum += falls ? Real(-slope * arguments[i]) : Real(slope * arguments[i]);
        if (order == 1 && orders[i] == 1) sum += falls ? Real(-slope) : slope;
    }
    for (std::uint64_t term = 0; term < 2; ++term) {
        Real phase = unit(hash + 101U * term) * 3;
        Real factor = (unit(hash + 103U * term) + Real(1)) / 20;  // 1/20 to 1/10
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const Real rate = unit(hash + 107U * term + 7U * i) + Real(0.25);  // at most 5/4
            phase += rate * arguments[i];
            for (int k = 0; k < orders[i]; ++k) factor *= rate;
        }
        switch (order % 4) {
            case 0:
                sum += factor * sin(phase);
                break;
            case 1:
                sum += factor * cos(phase);
                break;
            case 2:
                sum -= factor * sin(phase);
                break;
            default:
                sum -= factor * cos(phase);
                break;
        }
    }
    return sum;
}

}  // namespace gradproof::notes
