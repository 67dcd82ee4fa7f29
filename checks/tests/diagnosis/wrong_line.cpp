// SPDX-License-Identifier: MIT
//
// The lines of code that the program shows are run: on the arrays of the file, in its layout and with its names, a
// wrong one gives the file's wrong numbers and a right one the right numbers.
#include "diagnosis/wrong_line.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/power/brought.hpp"
#include "diagnosis/search/planting.hpp"
#include "tests/diagnosis/numpy_value.hpp"

namespace gradproof::diagnosis {
namespace {

// The file's arrays by their names, and what a line names besides: Z and A of the forward pass, m and lambd. A bias and
// its gradient lie as a row of examples does.
NamedArrays arrays_of_owner(const Brought& b, const std::vector<npz::Array>& file, const Diagnosis& diagnosis) {
    NamedArrays arrays;
    const auto turned = [](const Tensor& t, bool turn) { return turn ? Tensor(t.transpose()) : t; };
    const bool rows = b.manner.layout.examples_in_rows;
    for (const npz::Array& array : file) arrays[array.name] = array.values;
    const auto name = [&](const std::string& course) { return name_in_file(diagnosis.names, course); };
    const Cache<double> cache = forward(b.point.network, b.point.X);
    for (std::size_t l = 1; l <= b.point.network.depth(); ++l) {
        arrays[name("Z" + std::to_string(l))] = turned(cache.Z[l], rows);
        arrays[name("A" + std::to_string(l))] = turned(cache.A[l], rows);
        for (const std::string letter : {"b", "db"}) {
            Tensor& bias = arrays.at(name(letter + std::to_string(l)));
            bias = turned(bias, rows);
        }
    }
    arrays["m"] = Tensor::Constant(1, 1, static_cast<double>(b.point.Y.cols()));
    arrays["examples_in_rows"] = Tensor::Constant(1, 1, rows ? 1 : 0);
    arrays["lambd"] = Tensor::Constant(1, 1, b.lambda);
    return arrays;
}

// Whether the line's right side gives the array on its left. A number in it has six digits.
void gives_its_array(const std::string& line, const NamedArrays& arrays) {
    BOOST_TEST_CONTEXT(line) {
        const auto equals = line.find(" = ");
        const Tensor& array = arrays.at(line.substr(0, equals));
        const Tensor value = numpy_value(line.substr(equals + 3), arrays);
        BOOST_TEST_REQUIRE((value.size() == array.size() || value.size() == 1));
        const Tensor whole = value.size() == 1 ? Tensor::Constant(array.rows(), array.cols(), value(0, 0)) : value;
        const double size = array.cwiseAbs().maxCoeff();
        // What comes to 0 is 0 to rounding.
        BOOST_TEST((whole - array).cwiseAbs().maxCoeff() <= 2e-5 * size + 1e-13);
    }
}

// With dZ and dA in the file, so that every line finds what it is made of; every fifth owner weighs the examples.
Brought with_everything(std::uint32_t seed) {
    Brought b = brought(seed);
    if (seed % 5 == 0) {
        b.point.network.example_weights = Tensor::Ones(1, b.point.Y.cols());
        for (Eigen::Index i = 0; i < b.point.Y.cols(); ++i)
            b.point.network.example_weights(0, i) += 0.25 * static_cast<double>(i * i % 7);
    }
    b.manner.naming = Naming::course;
    b.declared.l2 = b.manner.l2;
    return b;
}

std::vector<npz::Array> file_with_weights(const Brought& b, const Gradients<double>& gradients) {
    std::vector<npz::Array> file = file_of(b, gradients);
    const Tensor& weights = b.point.network.example_weights;
    if (weights.size() > 0)
        file.push_back({.name = "sample_weight",
                        .dtype = "<f8",
                        .shape = {static_cast<std::size_t>(weights.size())},
                        .values = weights.transpose()});
    return file;
}

BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(lines)

BOOST_AUTO_TEST_CASE(a_right_line_gives_the_right_numbers) {
    std::size_t lines = 0;
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const Brought b = with_everything(seed);
        const auto& network = b.point.network;
        const auto file = file_with_weights(b, right_gradients(network, forward(network, b.point.X), b.point.Y));
        const Submission s = make_submission(file, "right.npz", b.declared);
        Diagnosis diagnosis = diagnose(s);
        const NamedArrays arrays = arrays_of_owner(b, file, diagnosis);
        for (const Place place : backward_order(network.depth()))
            if (const std::string line = right_line({.place = place}, diagnosis); !line.empty() && place.l > 0) {
                BOOST_TEST_CONTEXT("seed " << seed) gives_its_array(line, arrays);
                ++lines;
            }
    }
    BOOST_TEST(lines > 400u);
}

BOOST_AUTO_TEST_CASE(a_wrong_line_gives_the_wrong_numbers) {
    std::map<std::string_view, std::size_t> lines;
    for (std::uint32_t seed = 1; seed <= 39; ++seed) {
        const Brought b = with_everything(seed);
        const auto& network = b.point.network;
        const Cache<double> cache = forward(network, b.point.X);
        const auto plantings = all_plantings(network, cache, b.point.Y);
        for (std::size_t n = 0; n < plantings.size(); ++n) {
            // Each so many-th, and those of which none was met yet.
            if (n % 13 != seed % 13 && lines[plantings[n].mistake->slug] > 0) continue;
            const auto planted = plant(network, cache, b.point.Y, {plantings[n]}, scale_of_gradients(b));
            if (!planted) continue;
            const auto file = file_with_weights(b, planted->gradients);
            const Diagnosis diagnosis = diagnose(make_submission(file, "wrong.npz", b.declared));
            // What is wrong may fit another reading of the file better than its owner's.
            if (diagnosis.layout != b.manner.layout || diagnosis.scale != b.point.factor ||
                diagnosis.mean_in_dZ != b.manner.mean_in_dZ || diagnosis.J.is_weighted_mean)
                continue;
            const NamedArrays arrays = arrays_of_owner(b, file, diagnosis);
            for (const Explanation& explanation : diagnosis.explanations)
                for (const Finding& finding : explanation.findings) {
                    const std::string line = numpy_line(finding, diagnosis);
                    if (line.empty()) continue;
                    BOOST_TEST_CONTEXT("seed " << seed << ", " << planted->what << ": " << describe(finding))
                    gives_its_array(line, arrays);
                    ++lines[finding.slug()];
                }
        }
    }
    // Those of which no line is shown.
    const std::set<std::string_view> without{"another-network",
                                             "float32-precision",
                                             "label-in-place-of-prediction",
                                             "shared-weights-at-one-place",
                                             "single-entries",
                                             "slope-at-kink",
                                             "stale-cache"};
    for (const Mistake& mistake : gradproof::diagnosis::catalogue())
        if (!without.contains(mistake.slug)) BOOST_TEST(lines[mistake.slug] > 0u, mistake.slug << " shows no line");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::diagnosis
