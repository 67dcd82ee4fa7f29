// SPDX-License-Identifier: MIT
//
// A wrong pull-back of every layer of arrays, in each of its inputs, by the check that confirms the right one: a wrong
// sign, a factor, one that is off by a millionth, two entries exchanged, one entry left out.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "differences/layer_point.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t seed = 5;

constexpr std::array<std::pair<const char*, double>, 3> factors{
    {{"the sign flipped", -1}, {"twice as large", 2}, {"off by a millionth", 1 + 1e-6}}};

// The right derivative in one input, and what is made of it.
struct Target {
    LayerPoint point;
    std::size_t input;
    Array<double> right;

    std::string name() const {
        return fmt::format("{}, d{}", name_of(point.layer), point.layer.facts().inputs[input].name);
    }
    // The entry at `n`, if the derivative is `claimed`.
    Verdict judged(const Array<double>& claimed, Eigen::Index n) const {
        return judge_input(point, input, claimed, {.inputs = {n}}).at(0).verdict;
    }
    void expect(Outcome outcome, const Array<double>& claimed, Eigen::Index n, const std::string& what) const {
        const Verdict verdict = judged(claimed, n);
        BOOST_TEST(verdict.outcome == outcome, fmt::format("{}, {}, entry {}: {}", name(), what, n, describe(verdict)));
    }
};

// Which entries are no rest of a sum: a millionth of it can be seen.
std::vector<Eigen::Index> entries_with_size(const Array<double>& array) {
    const Eigen::VectorXd sizes = array.values().cwiseAbs();
    std::vector<Eigen::Index> entries;
    for (Eigen::Index n = 0; n < sizes.size(); ++n)
        if (sizes(n) > sizes.maxCoeff() / 100) entries.push_back(n);
    return entries;
}

void expect_refuted(const Target& target) {
    const Array<double>& right = target.right;
    for (Eigen::Index n = 0; n < right.size(); ++n) target.expect(Outcome::confirmed, right, n, "right");
    for (const auto& [what, factor] : factors) {
        Array<double> wrong = right;
        wrong.values() *= factor;
        for (const Eigen::Index n : entries_with_size(right)) target.expect(Outcome::refuted, wrong, n, what);
    }
    Eigen::Index least = 0;
    Eigen::Index most = 0;
    right.values().minCoeff(&least);
    right.values().maxCoeff(&most);
    BOOST_TEST_REQUIRE(right.values()(least) < right.values()(most), target.name() << ": all entries are equal");
    Array<double> exchanged = right;
    std::swap(exchanged.values()(least), exchanged.values()(most));
    for (const Eigen::Index n : {least, most}) target.expect(Outcome::refuted, exchanged, n, "two entries exchanged");
    for (const Eigen::Index n : entries_with_size(right)) {
        Array<double> without = right;
        without.values()(n) = 0;
        target.expect(Outcome::refuted, without, n, "one entry left out");
    }
}

}  // namespace

void add_wrong_pull_back_cases() {
    for (const AnyLayer& layer : all_layers())
        for (std::size_t input = 0; input < layer.facts().inputs.size(); ++input) {
            const LayerInput& of = layer.facts().inputs[input];
            if (of.kind != InputKind::variable) continue;
            add_case(fmt::format("layers/{}/d{}/a_wrong_one_is_refuted", layer.facts().slug, of.name),
                     [layer, input] {
                         const LayerPoint point = random_point(layer, layer.example_shapes(), seed);
                         expect_refuted({point, input, point.pulled_back()[input]});
                     },
                     {"negative"});
        }
}

}  // namespace gradproof::checks
