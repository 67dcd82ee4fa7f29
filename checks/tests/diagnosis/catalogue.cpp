// SPDX-License-Identifier: MIT
#include "diagnosis/catalogue.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "diagnosis/own_backward.hpp"
#include "diagnosis/search/planting.hpp"
#include "gradproof/activations/log_softmax.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/cosine.hpp"
#include "gradproof/losses/negative_log_likelihood.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "gradproof/losses/squared_log_error.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::diagnosis {
namespace {

// Networks in which every formula of the catalogue applies somewhere: equal widths, m equal to a width, L2 and none,
// canonical and not, relu and smooth, residuals and ratios.
struct Point {
    Network<double> network;
    Tensor X;
    Tensor Y;
};
std::vector<Point> points() {
    std::vector<Point> out;
    checks::CourseRandom random(5);
    const auto add = [&](const std::vector<Eigen::Index>& sizes, Eigen::Index m, const AnyActivation& hidden,
                         const AnyActivation& output, const AnyLoss& loss, double lambda) {
        Point p;
        p.network.loss = loss;
        p.network.lambda = lambda;
        for (std::size_t l = 1; l < sizes.size(); ++l)
            p.network.layers.push_back({{random.randn(sizes[l], sizes[l - 1]), random.randn(sizes[l], 1)},
                                        l + 1 < sizes.size() ? hidden : output});
        p.X = random.randn(sizes.front(), m);
        p.Y = Tensor::Zero(sizes.back(), m);
        for (Eigen::Index i = 0; i < m; ++i) p.Y((i * i + 1) % sizes.back(), i) = 1;
        out.push_back(std::move(p));
    };
    add({4, 5, 3, 2}, 7, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 0);
    add({4, 4, 4, 4}, 4, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 0.6);
    add({3, 4, 4, 3}, 5, Relu{}, Softmax{}, CategoricalCrossEntropy{}, 0.6);
    add({3, 4, 4, 3}, 5, Softplus{}, Tanh{}, SquaredError{}, 0);
    add({3, 4, 4, 3}, 5, Tanh{}, LogSoftmax{}, NegativeLogLikelihood{}, 0);
    add({3, 4, 4, 3}, 5, Softplus{}, Tanh{}, Cosine{}, 0);
    add({3, 4, 2}, 5, Tanh{}, Softplus{}, SquaredLogError{}, 0);
    const auto weigh = [&](std::vector<double> weights) {
        out.back().network.example_weights = Eigen::Map<Tensor>(weights.data(), 1, out.back().X.cols());
    };
    add({3, 4, 2}, 5, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 0.6);
    weigh({2, 0.5, 1, 3, 0.25});
    add({3, 4, 2}, 5, Tanh{}, Softplus{}, SquaredError{}, 0);
    weigh({1, 0, 2, 0, 1});
    return out;
}

// Planted into a right backward pass, the mistake is refuted and named; the right pass is confirmed and names nothing.
void is_named(const Mistake& mistake) {
    std::size_t visible = 0;
    for (const Point& p : points()) {
        const Cache<double> cache = forward(p.network, p.X);
        const auto estimates = checks::differentiate_network(p.network, p.X, p.Y, {.activations = false});
        std::vector<Planted> planted;
        for (const Planting& planting : all_plantings(p.network, cache, p.Y))
            if (planting.mistake == &mistake)
                if (auto one = plant(p.network, cache, p.Y, {planting})) planted.push_back(std::move(*one));
        if (mistake.variants.empty())
            for (Planted& one : plant_without_formula(p.network, p.X, p.Y))
                if (one.slugs.front() == mistake.slug) planted.push_back(std::move(one));
        for (const Planted& one : planted) {
            Submission s = submission_of(p.network, p.X, p.Y, one.gradients);
            for (auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
                for (Tensor& tensor : *tensors) tensor.resize(0, 0);
            const Diagnosis diagnosis = diagnose(s, estimates);
            if (diagnosis.outcome() == checks::Outcome::confirmed) continue;  // it does not show here
            ++visible;
            BOOST_TEST_CONTEXT(one.what) {
                BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
                const bool named = std::ranges::any_of(diagnosis.explanations, [&](const Explanation& e) {
                    return std::ranges::any_of(e.findings, [&](const Finding& f) { return f.slug() == mistake.slug; });
                });
                BOOST_TEST(named);
            }
        }
    }
    BOOST_TEST(visible > 0u);
}

BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(every_entry_is_complete) {
    std::set<std::string_view> slugs;
    for (const Mistake& mistake : gradproof::diagnosis::catalogue()) {
        BOOST_TEST_CONTEXT(mistake.slug) {
            BOOST_TEST(slugs.insert(mistake.slug).second);
            BOOST_TEST(std::ranges::count(mistake.explanation, '.') >= 2);
            BOOST_TEST(mistake.note.starts_with("derivations/"));
            for (const Variant& variant : mistake.variants) BOOST_TEST(!variant.steps.empty());
        }
    }
    BOOST_TEST(slugs.size() >= 40u);
}

// A note that nobody can open helps nobody. The part in brackets is the label of an equation in it.
BOOST_AUTO_TEST_CASE(every_note_is_there) {
    for (const Mistake& mistake : gradproof::diagnosis::catalogue()) {
        BOOST_TEST_CONTEXT(mistake.slug) {
            const auto bracket = mistake.note.find(" (");
            const std::filesystem::path file(mistake.note.substr(0, bracket));
            BOOST_TEST_REQUIRE(std::filesystem::exists(file));
            if (bracket == std::string_view::npos) continue;
            const std::string label(mistake.note.substr(bracket + 2, mistake.note.size() - bracket - 3));
            std::ifstream in(file);
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            BOOST_TEST_INFO("label " << label);
            BOOST_TEST(text.find("\\tag{" + label + "}") != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_fixed_slugs_are_all_there) {
    const std::set<std::string_view> fixed{"missing-mean",
                                           "mean-applied-twice",
                                           "wrong-sign",
                                           "constant-factor",
                                           "missing-activation-derivative",
                                           "derivative-at-activation-instead-of-pre-activation",
                                           "derivative-of-wrong-layer",
                                           "missing-transpose",
                                           "wrong-layer-weights",
                                           "updated-weights-in-backward",
                                           "bias-summed-over-wrong-axis",
                                           "missing-regularisation",
                                           "regularisation-scaled-wrong",
                                           "regularised-bias",
                                           "shortcut-without-canonical-pairing",
                                           "output-derivative-applied-twice",
                                           "softmax-jacobian-taken-as-diagonal",
                                           "relu-derivative-at-wrong-side",
                                           "swapped-labels",
                                           "stale-cache",
                                           "float32-precision",
                                           "single-entries"};
    for (const std::string_view slug : fixed) {
        BOOST_TEST_INFO(slug);
        BOOST_TEST(std::ranges::count(gradproof::diagnosis::catalogue(), slug, &Mistake::slug) == 1);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(right_gradients_have_no_name) {
    for (const Point& p : points()) {
        const Gradients<double> right = right_gradients(p.network, forward(p.network, p.X), p.Y);
        const Diagnosis diagnosis = diagnose(submission_of(p.network, p.X, p.Y, right));
        BOOST_TEST((diagnosis.outcome() == checks::Outcome::confirmed));
        BOOST_TEST(diagnosis.explanations.empty());
        BOOST_TEST((diagnosis.outcome() == checks::Outcome::confirmed));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::diagnosis

void gradproof::checks::add_all_cases() {
    using namespace diagnosis;
    for (const Mistake& mistake : catalogue())
        if (!mistake.is_convention)
            // A network of layers that share weights is planted in ties.cpp.
            if (mistake.slug != "shared-weights-at-one-place")
                add_case("mistakes/" + std::string(mistake.slug) + "/is_named", [&mistake] { is_named(mistake); });
}
