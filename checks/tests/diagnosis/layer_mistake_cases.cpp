// SPDX-License-Identifier: MIT
//
// Each mistake of the layer catalogue, planted in each of its layers, is refuted and named; where it gives the right
// numbers it is said that it cannot be seen; right numbers and other wrong ones have no name.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "diagnosis/layers/attention_code.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/layers/add.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/dropout.hpp"
#include "gradproof/layers/embedding.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"
#include "gradproof/layers/glu.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/max_pool2d.hpp"
#include "gradproof/layers/maxout.hpp"
#include "gradproof/layers/multi_head_attention.hpp"
#include "gradproof/layers/rms_norm.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"
#include "gradproof/layers/swiglu.hpp"
#include "tests/diagnosis/layer_examples.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::LayerPoint;
using checks::Outcome;
using checks::random_point;

// With seeds at which no entry of the right derivatives is left undecided.
constexpr std::uint32_t seeds[]{1, 5, 6};

// Normally distributed numbers tie nowhere; whole ones do often.
void add_ties(LayerPoint& point) {
    if (point.layer.is<MaxPool2d>())
        for (double& number : point.inputs[0].values()) number = std::round(number);
}

std::vector<LayerPoint> points_of(const AnyLayer& layer) {
    std::vector<LayerPoint> points;
    for (const LayerSizes& sizes : sizes_of_layers())
        if (sizes.layer.facts().id == layer.facts().id)
            for (const std::uint32_t seed : seeds) points.push_back(random_point(sizes.layer, sizes.shapes, seed));
    if (points.empty())
        for (const std::uint32_t seed : seeds) points.push_back(random_point(layer, layer.example_shapes(), seed));
    return points;
}

// Mistakes that need more than sizes to show: ties need equal numbers; queries and keys, as many of one as of the
// other.
constexpr std::string_view shows_with_ties = "ties-take-all";
constexpr std::string_view shows_with_equal_sizes = "query-and-key-exchanged";
// And one needs a variance that is divided by n - 1, which half of the points have.
constexpr std::string_view shows_with_bessel_correction = "bessel-correction-left-out";

void is_named(const AnyLayer& layer, const LayerMistake& mistake) {
    std::size_t visible = 0;
    const std::vector<LayerPoint> points = points_of(layer);
    for (LayerPoint point : points) {
        if (mistake.slug == shows_with_ties) add_ties(point);
        const Arrays<double> derivatives = mistake.derivatives(point);
        const std::vector<std::string> changed = names_of_changed(point, derivatives);
        if (changed.empty()) continue;
        ++visible;
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, derivatives));
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            // At ties each entry is a subgradient, and that together they are none may leave them undecided.
            const bool may_be_undecided = mistake.slug == shows_with_ties;
            BOOST_TEST((diagnosis.outcome() == Outcome::refuted ||
                        (may_be_undecided && diagnosis.outcome() == Outcome::undecided)));
            BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
            BOOST_TEST(diagnosis.findings.front().slug == mistake.slug);
            // No other mistake gives the same numbers, or it would be added.
            BOOST_TEST(diagnosis.findings.front().explanation.starts_with(mistake.explanation));
            BOOST_TEST(diagnosis.findings.front().tensors == changed, boost::test_tools::per_element());
            BOOST_TEST(diagnosis.findings.front().note.starts_with("derivations/layers/"));
        }
    }
    // Half of the points have equal sizes; a sequence has as many queries as keys everywhere.
    const bool is_hidden_in_half = (mistake.slug == shows_with_equal_sizes && layer.is<Attention>()) ||
                                   mistake.slug == shows_with_bessel_correction;
    BOOST_TEST(visible == (is_hidden_in_half ? points.size() / 2 : points.size()));
}

// Noise on one of the tensors that the mistake changes is no mistake of the catalogue; the others keep their name.
void is_unknown_with_noise(const AnyLayer& layer, const LayerMistake& mistake) {
    LayerPoint point = points_of(layer).back();
    if (mistake.slug == shows_with_ties) add_ties(point);
    const Arrays<double> derivatives = mistake.derivatives(point);
    std::size_t noisy = 0;
    checks::CourseRandom random(4);
    for (std::size_t n = 0; n < derivatives.size(); ++n) {
        const std::string name = fmt::format("d{}", point.layer.facts().inputs[n].name);
        const std::vector<std::string> changed = names_of_changed(point, derivatives);
        if (std::ranges::find(changed, name) == changed.end()) continue;
        ++noisy;
        Arrays<double> with_noise = derivatives;
        for (double& number : with_noise[n].values()) number += 1e-3 * random.randn();
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, with_noise));
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
            const auto finding =
                std::ranges::find_if(diagnosis.findings, [&](const LayerFinding& f) { return f.tensors[0] == name; });
            BOOST_TEST_REQUIRE((finding != diagnosis.findings.end()));
            BOOST_TEST(finding->slug == "unknown-mistake");
            BOOST_TEST(finding->tensors.size() == 1U);
        }
    }
    BOOST_TEST(noisy > 0U);
}

void right_ones_are_confirmed(const AnyLayer& layer) {
    const std::vector<LayerPoint> points = points_of(layer);
    BOOST_TEST(points.size() >= std::size(seeds));
    for (const LayerPoint& point : points) {
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, point.pulled_back()));
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
            BOOST_TEST(diagnosis.findings.empty());
        }
    }
}

// A point at which a mistake gives the right numbers.
struct Hidden {
    std::string_view slug;
    LayerPoint point;
};

LayerPoint changed_point(const AnyLayer& layer, const std::vector<Shape>& shapes,
                         const std::function<void(LayerPoint&)>& change = {}) {
    LayerPoint point = random_point(layer, shapes, 6);
    if (change) change(point);
    return point;
}

std::vector<Hidden> hidden_mistakes() {
    const std::vector<Shape> rows{{5, 3}, {3}, {3}};
    const std::vector<Shape> images{{2, 5, 4, 3}};
    const std::vector<Shape> convolution{{2, 6, 5, 3}, {3, 2, 3, 4}, {4}};
    const std::vector<Shape> one_step{{2, 3, 1}, {3, 3}, {3, 2}, {3, 3}, {3, 1}};
    const std::vector<Shape> one_lstm_step{{2, 2, 1}, {3, 2}, {3, 5}, {3, 1}, {3, 5},
                                           {3, 1},    {3, 5}, {3, 1}, {3, 5}, {3, 1}};
    std::vector<Shape> one_gru_step = Gru{}.example_shapes();
    one_gru_step[0] = {2, 4, 1};
    const std::vector<Shape> one_column{{4, 1}, {5, 1}, {5, 2}};
    const std::vector<Shape> dropped{{4, 3}, {4, 3}};
    const std::vector<Shape> choices{{4, 3}, {4}};

    const auto ones = [](std::size_t input) {
        return [input](LayerPoint& point) { point.inputs[input].values().setOnes(); };
    };
    // An upstream derivative whose product with gamma has mean 0 in every column.
    const auto centred_columns = [](LayerPoint& point) {
        Matrix<double> dy = as_matrix(point.d_outputs[0]);
        dy.rowwise() -= dy.colwise().mean().eval();
        point.d_outputs[0] = as_array(dy, point.d_outputs[0].shape());
    };
    // One number at every place of a filter.
    const auto same_all_over = [](LayerPoint& point) {
        Array<double>& W = point.inputs[1];
        for (Eigen::Index p = 0; p < W.dim(0); ++p)
            for (Eigen::Index q = 0; q < W.dim(1); ++q)
                for (Eigen::Index c = 0; c < W.dim(2); ++c)
                    for (Eigen::Index k = 0; k < W.dim(3); ++k) W(p, q, c, k) = W(0, 0, c, k);
    };
    const auto later_steps_only = [](LayerPoint& point) {
        Array<double>& da = point.d_outputs[0];
        for (Eigen::Index n = 0; n < da.size(); ++n)
            if (n % da.dim(2) != da.dim(2) - 1) da.values()(n) = 0;
    };
    const auto no_upstream = [](LayerPoint& point) { point.d_outputs[0].values().setZero(); };
    const auto gaussian = [](const std::function<void(LayerPoint&)>& change) {
        return changed_point(GaussianNegativeLogLikelihood{}, GaussianNegativeLogLikelihood{}.example_shapes(), change);
    };
    const auto means_of_labels = [](LayerPoint& point) { point.inputs[0] = point.inputs[2]; };
    const auto not_repeated = [](LayerPoint& point) { point.inputs[1].values() << 2, 0, 3, 1; };

    std::vector<Hidden> all{
        {"gamma-left-out", changed_point(BatchNorm{}, rows, ones(1))},
        {"bessel-correction-left-out", random_point(BatchNorm{}, rows, 1)},
        {"dgamma-from-output", changed_point(LayerNorm{}, rows,
                                             [](LayerPoint& point) {
                                                 point.inputs[1].values().setOnes();
                                                 point.inputs[2].values().setZero();
                                             })},
        {"eps-left-out", changed_point(BatchNorm{.eps = 0}, rows)},
        {"mean-path-twice", changed_point(BatchNorm{}, rows, centred_columns)},
        {"mean-path-left-out", changed_point(BatchNorm{}, rows, centred_columns)},
        {"variance-path-left-out",
         changed_point(BatchNorm{}, rows, [](LayerPoint& point) { point.d_outputs[0].values().setOnes(); })},
        {"divided-by-examples", changed_point(LayerNorm{}, {{1, 3}, {3}, {3}})},
        {"mask-left-out", changed_point(Dropout{}, dropped, ones(1))},
        {"mask-and-scale-left-out", changed_point(Dropout{.keep = 1}, dropped, ones(1))},
        {"dropout-scale-left-out", changed_point(Dropout{.keep = 1}, dropped)},
        {"keep-and-drop-exchanged", changed_point(Dropout{.keep = 0.5}, dropped)},
        {"stride-left-out", changed_point(Conv2d{}, convolution)},
        {"stride-left-out", changed_point(MaxPool2d{.stride = 1}, images)},
        {"remainder-rows-left-out", changed_point(Conv2d{.stride = 2}, convolution)},
        {"remainder-rows-left-out", changed_point(Conv2d{.padding = 1}, convolution)},
        {"kernel-flipped", changed_point(Conv2d{}, convolution, same_all_over)},
        {"padding-not-cropped", changed_point(Conv2d{.stride = 2}, convolution)},
        {"channels-reshaped", changed_point(Conv2d{}, {{2, 6, 5, 1}, {3, 2, 1, 4}, {4}})},
        {"bias-summed-over-units", changed_point(Conv2d{}, {{2, 6, 5, 3}, {3, 2, 3, 1}, {1}})},
        {"window-assigned", changed_point(Conv2d{.stride = 3}, convolution)},
        {"window-assigned", changed_point(MaxPool2d{}, images)},
        {"window-assigned", changed_point(AveragePool2d{}, images)},
        {"ties-take-all", changed_point(MaxPool2d{}, images)},
        {"average-divided-by-side", changed_point(AveragePool2d{.size = 1, .stride = 1}, images)},
        {"stops-early", changed_point(AveragePool2d{}, {{1, 5, 4, 3}})},
        {"state-not-carried", changed_point(Rnn{}, one_step)},
        {"older-steps-left-out", changed_point(Rnn{}, one_step)},
        {"weights-assigned-over-steps", changed_point(Rnn{}, one_step)},
        {"upstream-of-last-step-only", changed_point(Rnn{}, Rnn{}.example_shapes(), later_steps_only)},
        {"memory-not-carried", changed_point(Lstm{}, one_lstm_step)},
        {"nothing-carried", changed_point(Lstm{}, one_lstm_step)},
        {"memory-derivative-left-out", changed_point(LstmCell{}, LstmCell{}.example_shapes(),
                                                     [](LayerPoint& point) { point.d_outputs[1].values().setZero(); })},
        {"sigmoid-of-forget-gate", changed_point(LstmCell{}, LstmCell{}.example_shapes(),
                                                 [](LayerPoint& point) { point.inputs[2].values().setZero(); })},
        {"attention-mask-left-out", changed_point(Attention{}, Attention{}.example_shapes())},
        {"attention-scale-left-out", changed_point(Attention{}, one_column)},
        {"attention-scale-twice", changed_point(Attention{}, one_column)},
        {"channels-dealt-to-groups", changed_point(GroupNorm{.groups = 1}, {{3, 4}, {4}, {4}})},
        {"channels-dealt-to-groups", changed_point(GroupNorm{.groups = 4}, {{3, 5, 4}, {4}, {4}})},
        {"stride-left-out", changed_point(Conv1d{}, {{2, 7, 3}, {4, 3, 5}, {5}})},
        {"stride-left-out", changed_point(ConvTranspose2d{}, ConvTranspose2d{}.example_shapes())},
        {"padding-not-cropped", changed_point(Conv1d{.stride = 2}, {{2, 7, 3}, {4, 3, 5}, {5}})},
        {"window-assigned", changed_point(Conv1d{.stride = 4}, {{2, 8, 3}, {4, 3, 5}, {5}})},
        {"channels-reshaped", changed_point(ConvTranspose2d{}, {{2, 4, 5, 1}, {3, 2, 4, 1}, {4}})},
        {"state-not-carried", changed_point(Gru{}, one_gru_step)},
        {"upstream-of-last-step-only", changed_point(Gru{}, Gru{}.example_shapes(), later_steps_only)},
        {"attention-mask-left-out", changed_point(MultiHeadAttention{}, MultiHeadAttention{}.example_shapes())},
        {"attention-scale-left-out", changed_point(MultiHeadAttention{}, {{3, 5}, {5, 2}, {5, 2}, {5, 2}, {2, 4}})},
        {"attention-scale-of-all-heads",
         changed_point(MultiHeadAttention{.heads = 1}, {{3, 5}, {5, 2}, {5, 2}, {5, 2}, {2, 4}})},
        {"attention-paths-not-summed", changed_point(MultiHeadAttention{}, {{1, 5}, {5, 4}, {5, 4}, {5, 4}, {4, 3}})},
        {"identity-path-left-out", changed_point(Add{}, Add{}.example_shapes(), no_upstream)},
        {"block-path-left-out", changed_point(Add{}, Add{}.example_shapes(), no_upstream)},
        {"gate-slope-left-out", changed_point(Swiglu{}, Swiglu{}.example_shapes(),
                                              [](LayerPoint& point) { point.inputs[0].values().setZero(); })},
        {"halves-exchanged", changed_point(Glu{}, Glu{}.example_shapes(), no_upstream)},
        {"pieces-dealt-to-units", changed_point(Maxout{}, {{4, 2}})},
        {"every-piece-takes-all", changed_point(Maxout{.pieces = 1}, Maxout{}.example_shapes())},
        {"derivative-in-log-variance", gaussian(ones(1))},
        {"derivative-in-standard-deviation",
         gaussian([](LayerPoint& point) { point.inputs[1].values().setConstant(0.25); })},
        {"error-not-squared",
         gaussian([](LayerPoint& point) { point.inputs[0].values() = point.inputs[2].values().array() - 1; })},
        {"error-not-squared", gaussian(means_of_labels)},
        {"divisor-not-squared", gaussian(ones(1))},
        {"divisor-not-squared", gaussian(means_of_labels)},
        {"slope-of-reciprocal-without-minus", gaussian(means_of_labels)},
        {"half-left-out", gaussian(no_upstream)},
        {"two-of-square-left-out", gaussian(means_of_labels)},
        {"error-turned-round", gaussian(means_of_labels)},
        {"repeated-index-counted-once", changed_point(Embedding{}, choices, not_repeated)},
    };
    return all;
}

void is_said_to_be_hidden(const Hidden& hidden) {
    const LayerMistake mistake = layer_mistake(hidden.point.layer, hidden.slug);
    const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(hidden.point, mistake.derivatives(hidden.point)));
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        // Sums that cancel to 0 here and there are undecided.
        BOOST_TEST((diagnosis.outcome() != Outcome::refuted));
        BOOST_TEST(diagnosis.findings.empty());
        const std::string expected = fmt::format("{} ({})", mistake.slug, mistake.hidden_when);
        BOOST_TEST_INFO(expected);
        BOOST_TEST(std::ranges::count(diagnosis.warnings, expected) == 1);
    }
}

// The right derivatives with some tensors of one mistake and some of another.
LayerDiagnosis diagnose_two(const LayerPoint& point, std::string_view first, std::size_t at_first,
                            std::string_view second, std::size_t at_second) {
    Arrays<double> derivatives = point.pulled_back();
    derivatives[at_first] = layer_mistake(point.layer, first).derivatives(point)[at_first];
    derivatives[at_second] = layer_mistake(point.layer, second).derivatives(point)[at_second];
    return diagnose_layer(layer_submission(point, derivatives));
}

void are_both_named(const LayerPoint& point, std::string_view first, std::string_view at_first, std::string_view second,
                    std::string_view at_second) {
    const LayerFacts& facts = point.layer.facts();
    const LayerDiagnosis diagnosis = diagnose_two(point, first, facts.input(at_first), second, facts.input(at_second));
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
        BOOST_TEST_REQUIRE(diagnosis.findings.size() == 2U);
        const auto is_named_at = [&](std::string_view slug, std::string_view input) {
            return std::ranges::any_of(diagnosis.findings, [&](const LayerFinding& finding) {
                return finding.slug == slug && finding.tensors == std::vector{fmt::format("d{}", input)};
            });
        };
        BOOST_TEST(is_named_at(first, at_first));
        BOOST_TEST(is_named_at(second, at_second));
    }
}

namespace layer_mistake_suite {
BOOST_AUTO_TEST_SUITE(mistakes_of_layers)

BOOST_AUTO_TEST_CASE(every_entry_is_complete) {
    std::set<std::string_view> slugs;
    std::size_t layers = 0;
    for (const AnyLayer& layer : all_layers()) {
        std::set<std::string_view> of_layer;
        for (const LayerMistake& mistake : layer_mistakes(layer)) BOOST_TEST_CONTEXT(mistake.slug) {
                BOOST_TEST(of_layer.insert(mistake.slug).second);
                slugs.insert(mistake.slug);
                BOOST_TEST(std::ranges::count(mistake.explanation, '.') >= 2);
                BOOST_TEST(!mistake.line.empty());
                BOOST_TEST(!mistake.hidden_when.empty());
                BOOST_TEST(!mistake.hidden_when.ends_with('.'));
            }
        if (!of_layer.empty()) ++layers;
    }
    BOOST_TEST(layers >= 20U);
    BOOST_TEST(slugs.size() >= 60U);
}

BOOST_AUTO_TEST_CASE(two_mistakes_in_two_tensors_are_both_named) {
    are_both_named(random_point(Conv2d{.stride = 2, .padding = 1}, {{2, 6, 5, 3}, {3, 2, 3, 4}, {4}}, 1),
                   "kernel-flipped", "A_prev", "mean-over-windows", "W");
    are_both_named(random_point(BatchNorm{}, {{6, 4}, {4}, {4}}, 1), "variance-path-left-out", "x",
                   "dgamma-from-output", "gamma");
    are_both_named(random_point(GaussianNegativeLogLikelihood{}, {{4, 3}, {4, 3}, {4, 3}}, 1), "error-turned-round",
                   "mean", "derivative-in-log-variance", "variance");
    are_both_named(random_point(Rnn{}, Rnn{}.example_shapes(), 1), "state-not-carried", "x", "bias-summed-over-units",
                   "ba");
    are_both_named(random_point(Attention{.causal = 1}, Attention{}.example_shapes(), 1), "softmax-dot-term-left-out",
                   "Q", "attention-scale-left-out", "K");
}

// With one window the mean over the examples and the windows is the mean over the examples.
BOOST_AUTO_TEST_CASE(mistakes_that_give_the_same_numbers_are_both_named) {
    const LayerPoint point = random_point(Conv2d{}, {{3, 4, 2, 2}, {4, 2, 2, 3}, {3}}, 1);
    const Arrays<double> derivatives = layer_mistake(point.layer, "mean-over-windows").derivatives(point);
    const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, derivatives));
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
        BOOST_TEST(diagnosis.findings[0].slug == "divided-by-examples");
        BOOST_TEST(diagnosis.findings[0].same_numbers == std::vector<std::string>{"mean-over-windows"},
                   boost::test_tools::per_element());
    }
}

// One derivative comes down: to the first, to another, or in equal shares, it is right; to each of them it is not,
// though each entry by itself is a subgradient.
BOOST_AUTO_TEST_CASE(a_tie_may_be_shared_out_in_any_way_that_sums_to_one) {
    LayerPoint point = random_point(MaxPool2d{.size = 2, .stride = 2}, {{1, 2, 4, 1}}, 1);
    point.inputs[0].values() << 3, 1, 0, 2, 3, 2, 2, 2;  // the first window ties twice, the second three times
    point.d_outputs[0].values() << 6, 12;
    const auto diagnosis_of = [&](const std::vector<double>& dA_prev) {
        Array<double> derivative(point.inputs[0].shape());
        std::ranges::copy(dA_prev, derivative.values().begin());
        return diagnose_layer(layer_submission(point, {derivative}));
    };
    for (const std::vector<double>& right : {std::vector<double>{6, 0, 0, 12, 0, 0, 0, 0},
                                             {0, 0, 0, 0, 6, 0, 0, 12},
                                             {3, 0, 0, 4, 3, 0, 4, 4},
                                             {1, 0, 0, 12, 5, 0, 0, 0}}) {
        const LayerDiagnosis diagnosis = diagnosis_of(right);
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
            BOOST_TEST(diagnosis.findings.empty());
        }
    }
    const LayerDiagnosis diagnosis = diagnosis_of({6, 0, 0, 12, 6, 0, 12, 12});
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST((diagnosis.outcome() != Outcome::confirmed));
        BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
        BOOST_TEST(diagnosis.findings[0].slug == "ties-take-all");
    }
}

// A return one level too deep may stand in any of the loops; a mask that is drawn anew may be any.
BOOST_AUTO_TEST_CASE(mistakes_of_many_numbers_are_named_by_what_they_have_in_common) {
    const LayerPoint images = random_point(MaxPool2d{}, {{3, 5, 4, 3}}, 2);
    const Eigen::Index entries = images.d_outputs[0].size();
    for (const Eigen::Index done : {2 * entries / 3, entries / 3, entries / 6, Eigen::Index{3}, Eigen::Index{1}}) {
        LayerPoint stopped = images;
        stopped.d_outputs[0].values().tail(entries - done).setZero();
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(images, stopped.pulled_back()));
        BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
        BOOST_TEST(diagnosis.findings[0].slug == "stops-early");
    }
    const LayerPoint sequence = random_point(MultiHeadAttention{}, MultiHeadAttention{}.example_shapes(), 1);
    const auto paths = paths_of_self_attention(sequence);
    for (std::size_t left_out = 0; left_out < paths.size(); ++left_out) {
        Arrays<double> with_two = sequence.pulled_back();
        with_two[0].values() -= paths[left_out].values();
        Arrays<double> with_one = sequence.pulled_back();
        with_one[0] = paths[left_out];
        for (const Arrays<double>& derivatives : {with_two, with_one}) {
            const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(sequence, derivatives));
            BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
            BOOST_TEST(diagnosis.findings[0].slug == "attention-paths-not-summed");
        }
    }
    // The error may stand either way round where its square belongs.
    const LayerPoint labels = random_point(GaussianNegativeLogLikelihood{}, {{4, 3}, {4, 3}, {4, 3}}, 1);
    LayerPoint turned = labels;
    std::swap(turned.inputs[0], turned.inputs[2]);
    Arrays<double> of_turned = labels.pulled_back();
    of_turned[1] = layer_mistake(labels.layer, "error-not-squared").derivatives(turned)[1];
    const LayerDiagnosis of_labels = diagnose_layer(layer_submission(labels, of_turned));
    BOOST_TEST_REQUIRE(of_labels.findings.size() == 1U);
    BOOST_TEST(of_labels.findings[0].slug == "error-not-squared");
    const LayerPoint dropped = random_point(Dropout{}, {{4, 3}, {4, 3}}, 3);
    LayerPoint otherwise = dropped;
    checks::CourseRandom random(5);
    for (double& kept : otherwise.inputs[1].values()) kept = random.rand() < 0.8 ? 1 : 0;
    const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(dropped, otherwise.pulled_back()));
    BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
    BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
    BOOST_TEST(diagnosis.findings[0].slug == "another-mask");
}

// The blocks of one matrix for all gates, cut in lib's order, f i c o, though they lay in another one.
BOOST_AUTO_TEST_CASE(the_order_of_the_gates_is_found) {
    const LayerPoint point = random_point(Lstm{}, Lstm{}.example_shapes(), 1);
    const Arrays<double> right = point.pulled_back();
    const auto says = [&](const std::string& gates, const std::string& said) {
        Arrays<double> derivatives = right;
        for (std::size_t place = 0; place < gates.size(); ++place)
            for (std::size_t kind = 0; kind < 2; ++kind)
                derivatives[2 + 2 * place + kind] = right[2 + 2 * std::string("fico").find(gates[place]) + kind];
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, derivatives));
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
            BOOST_TEST(diagnosis.findings[0].slug == "gate-order-exchanged");
            BOOST_TEST(diagnosis.findings[0].explanation.ends_with(said));
        }
    };
    says("ifoc", "are those of i, f, o, c, as CS231n has them.");
    says("ifco", "are those of i, f, c, o, as PyTorch has them.");
    says("fcio", "are those of f, c, i, o, as Deep Learning from Scratch has them.");
    says("ocif", "are those of o, c, i, f.");
    says("ffco", "are those of f, f, c, o.");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace layer_mistake_suite

}  // namespace
}  // namespace gradproof::diagnosis

void gradproof::checks::add_all_cases() {
    using namespace diagnosis;
    for (const AnyLayer& layer : all_layers()) {
        const std::string path = fmt::format("mistakes_of_layers/{}/", layer.facts().slug);
        add_case(path + "the_right_derivatives_are_confirmed", [layer] { right_ones_are_confirmed(layer); });
        for (const LayerMistake& mistake : layer_mistakes(layer)) {
            const std::string of_mistake = fmt::format("{}{}/", path, mistake.slug);
            add_case(of_mistake + "is_refuted_and_named", [layer, mistake] { is_named(layer, mistake); }, {"negative"});
            add_case(of_mistake + "has_no_name_with_noise", [layer, mistake] { is_unknown_with_noise(layer, mistake); },
                     {"negative"});
        }
    }
    std::map<std::string, std::vector<Hidden>> hidden;
    for (const Hidden& one : hidden_mistakes())
        hidden[fmt::format("mistakes_of_layers/{}/{}/is_said_to_be_hidden", one.point.layer.facts().slug, one.slug)]
            .push_back(one);
    for (const auto& of_mistake : hidden)
        add_case(of_mistake.first, [points = of_mistake.second] {
            for (const Hidden& one : points) is_said_to_be_hidden(one);
        });
}
