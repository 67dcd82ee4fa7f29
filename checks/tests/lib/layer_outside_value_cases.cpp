// SPDX-License-Identifier: MIT
//
// Outputs and pulled back derivatives of every layer of arrays, against those that outside_values/make_layers.py took
// from PyTorch. How far apart they may be is computed: each layer runs once more on numbers that carry a bound on what
// its roundings have done to them, whatever the order of the sums; PyTorch computed the same in double, too, and has as
// much again.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "notes/engines/rounded.hpp"
#include "tests/families.hpp"
#include "tests/lib/outside_values/layer_table.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

const std::string folder_of_layers = "checks/tests/lib/outside_values/layers/";

std::vector<OutsideLayer> stored(const AnyLayer& layer) {
    return outside_layers(fmt::format("{}{}.tsv", folder_of_layers, layer.facts().slug));
}

Arrays<notes::Rounded> rounded(const Arrays<double>& arrays) {
    Arrays<notes::Rounded> all;
    for (const Array<double>& array : arrays) all.push_back(cast<notes::Rounded>(array));
    return all;
}

// An array of the layer, as lib computes it and as it is stored.
struct Pair {
    std::string name;
    Array<double> computed;
    Eigen::VectorXd allowed;  // how far apart the two may be
    Array<double> outside;

    bool agree(Eigen::Index n, double stored_number) const {
        return std::abs(computed.values()(n) - stored_number) <= allowed(n);
    }
};

Pair pair_of(std::string name, const Array<double>& computed, const Array<notes::Rounded>& with_bounds,
             const Array<double>& outside) {
    Eigen::VectorXd allowed(computed.size());
    for (Eigen::Index n = 0; n < computed.size(); ++n) allowed(n) = 2 * with_bounds.values()(n).error();
    return {std::move(name), computed, allowed, outside};
}

std::vector<Pair> pairs_of(const OutsideLayer& outside) {
    const LayerPoint& point = outside.point;
    const auto with_bounds = rounded(point.inputs);
    std::vector<Pair> pairs;
    const Arrays<double> outputs = point.layer.forward(point.inputs);
    const auto bounded_outputs = point.layer.forward(with_bounds);
    for (std::size_t n = 0; n < outputs.size(); ++n)
        pairs.push_back(pair_of(outside.outputs[n].name, outputs[n], bounded_outputs[n], outside.outputs[n].array));
    const Arrays<double> derivatives = point.pulled_back();
    const auto bounded_derivatives = point.layer.pull_back(with_bounds, rounded(point.d_outputs));
    for (const auto& [name, array] : outside.derivatives) {
        const std::size_t n = point.layer.facts().input(name);
        pairs.push_back(pair_of("d" + name, derivatives[n], bounded_derivatives[n], array));
    }
    return pairs;
}

void agrees_with_pytorch(const AnyLayer& layer) {
    for (const OutsideLayer& outside : stored(layer))
        for (const Pair& pair : pairs_of(outside))
            for (Eigen::Index n = 0; n < pair.computed.size(); ++n)
                BOOST_TEST(pair.agree(n, pair.outside.values()(n)),
                           fmt::format("{}, {}, number {} of {}: {:.17g}, PyTorch says {:.17g}; rounding explains a "
                                       "difference of {:.2g}. derivations/layers/{}.md",
                                       name_of(outside.point.layer), pair.name, n, text_of(pair.computed.shape()),
                                       pair.computed.values()(n), pair.outside.values()(n), pair.allowed(n),
                                       layer.facts().slug));
}

// The largest relative error that a bound may hide, of numbers that are not near 0 beside the others.
constexpr double planted = 1e-9;

void a_planted_error_is_seen(const AnyLayer& layer) {
    for (const OutsideLayer& outside : stored(layer))
        for (const Pair& pair : pairs_of(outside)) {
            const double largest = pair.outside.values().cwiseAbs().maxCoeff();
            for (Eigen::Index n = 0; n < pair.computed.size(); ++n) {
                const double number = pair.outside.values()(n);
                // What is left over where terms cancel, or where nothing comes, is measured by the others.
                const double size = largest == 0 ? 1 : std::max(std::abs(number), largest / 1000);
                const double error = planted * size;
                for (const double wrong : {number + error, number - error})
                    BOOST_TEST(!pair.agree(n, wrong),
                               fmt::format("{}, {}, number {}: {:.17g} passes for {:.17g}; allowed is {:.2g}",
                                           name_of(outside.point.layer), pair.name, n, wrong, number, pair.allowed(n)));
            }
        }
}

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(a_layer_without_a_file_is_named, *boost::unit_test::label("negative")) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(outside_layers(folder_of_layers + "no_such_layer.tsv")), std::runtime_error,
                          [](const std::runtime_error& error) {
                              return std::string(error.what()).find("no_such_layer.tsv") != std::string::npos;
                          });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_layer_outside_value_cases() {
    for (const AnyLayer& layer : all_layers()) {
        const std::string path = fmt::format("layers/{}/", layer.facts().slug);
        add_case(path + "values_from_outside", [layer] { agrees_with_pytorch(layer); });
        add_case(path + "a_planted_error_is_seen", [layer] { a_planted_error_is_seen(layer); }, {"negative"});
        add_case(path + "values_from_outside_with_two_settings", [layer] { BOOST_TEST(stored(layer).size() >= 2U); });
    }
}

}  // namespace gradproof::checks
