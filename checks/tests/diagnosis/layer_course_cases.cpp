// SPDX-License-Identifier: MIT
//
// Numbers that DLS prints as expected in its exercises on layers, from its own seeds: which derivatives they are, and
// which mistakes the course's checks let pass.
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradproof/checks/course_random.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/max_pool2d.hpp"
#include "gradproof/time_steps.hpp"
#include "tests/diagnosis/layer_examples.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::CourseRandom;
using checks::LayerPoint;
using checks::Outcome;

Array<double> randn(CourseRandom& random, const Shape& shape) {
    Array<double> array(shape);
    for (double& number : array.values()) number = random.randn();
    return array;
}

// np.isclose
bool is_close(double a, double b) {
    return std::abs(a - b) <= 1e-8 + 1e-5 * std::abs(b);
}

// C5W1, lstm_backward: seven steps forward, of which four go back.
LayerPoint lstm_point() {
    CourseRandom random(1);
    const Array<double> seven_steps = randn(random, {3, 10, 7});
    Array<double> x({3, 10, 4});
    for (Eigen::Index t = 0; t < 4; ++t) set_step(x, t, step_of(seven_steps, t));
    LayerPoint point{.layer = Lstm{}, .inputs = Arrays<double>(10), .d_outputs = {}};
    point.inputs[0] = x;
    point.inputs[1] = randn(random, {5, 10});
    for (const std::size_t W : {2U, 4U, 8U, 6U}) {  // f, i, o, c
        point.inputs[W] = randn(random, {5, 8});
        point.inputs[W + 1] = randn(random, {5, 1});
    }
    point.d_outputs = {randn(random, {5, 10, 4})};
    return point;
}

// What the exercise prints, with its digits.
struct Printed {
    double dx_1_2[4];
    double da0_2_3;
    double dWf_3_1;
    double dWi_1_2;
};
constexpr Printed printed_first{
    {-0.00173313, 0.08287442, -0.30545663, -0.43281115}, -0.095911501954, -0.0698198561274, 0.102371820249};
constexpr Printed printed_later{
    {0.00218254, 0.28205375, -0.48292508, -0.43281115}, 0.312770310257, -0.0809802310938, 0.40512433093};

bool are_printed(const Arrays<double>& derivatives, const Printed& printed) {
    bool are = std::abs(derivatives[1](2, 3) - printed.da0_2_3) < 1e-12 &&
               std::abs(derivatives[2](3, 1) - printed.dWf_3_1) < 1e-12 &&
               std::abs(derivatives[4](1, 2) - printed.dWi_1_2) < 1e-11;
    for (Eigen::Index t = 0; t < 4; ++t) are = are && std::abs(derivatives[0](1, 2, t) - printed.dx_1_2[t]) < 0.6e-8;
    return are;
}

// C4W1, conv_backward: the output of conv_forward serves as dZ.
LayerPoint convolution_point() {
    CourseRandom random(1);
    LayerPoint point{.layer = Conv2d{.stride = 2, .padding = 2}, .inputs = {}, .d_outputs = {}};
    for (const Shape& shape : {Shape{10, 4, 4, 3}, {2, 2, 3, 8}, {8}}) point.inputs.push_back(randn(random, shape));
    point.d_outputs = point.layer.forward(point.inputs);
    return point;
}

bool passes_the_course(const Arrays<double>& derivatives) {
    return is_close(derivatives[0].values().mean(), 1.4524377775388075) &&
           is_close(derivatives[1].values().mean(), 1.7269914583139097) &&
           is_close(derivatives[2].values().mean(), 7.839232564616838);
}

// C4W1, pool_backward.
LayerPoint pooling_point(const AnyLayer& layer) {
    CourseRandom random(1);
    LayerPoint point{
        .layer = layer.with("size", 2).with("stride", 1), .inputs = {randn(random, {5, 5, 3, 2})}, .d_outputs = {}};
    point.d_outputs = {randn(random, {5, 4, 2, 2})};
    return point;
}

// dA_prev[1, 1], row by row.
bool has_printed_slice(const Array<double>& dA_prev, const double (&printed)[3][2]) {
    bool has = true;
    for (Eigen::Index w = 0; w < 3; ++w)
        for (Eigen::Index c = 0; c < 2; ++c) has = has && std::abs(dA_prev(1, 1, w, c) - printed[w][c]) < 0.6e-8;
    return has;
}
constexpr double printed_max[3][2]{{0, 0}, {5.05844394, -1.68282702}, {0, 0}};
constexpr double printed_average[3][2]{{0.08485462, 0.2787552}, {1.26461098, -0.25749373}, {1.17975636, -0.53624893}};

namespace course_suite_of_layers {
BOOST_AUTO_TEST_SUITE(mistakes_of_layers)
BOOST_AUTO_TEST_SUITE(course)

// What was printed as expected first is the numbers of a loop that carries neither da_prevt nor dc_prevt.
BOOST_AUTO_TEST_CASE(the_first_numbers_of_lstm_backward_carry_nothing) {
    const LayerPoint point = lstm_point();
    const Arrays<double> carrying_nothing = layer_mistake(point.layer, "nothing-carried").derivatives(point);
    BOOST_TEST(are_printed(carrying_nothing, printed_first));
    BOOST_TEST(!are_printed(point.pulled_back(), printed_first));
    for (const char* const other : {"state-not-carried", "memory-not-carried"})
        BOOST_TEST(!are_printed(layer_mistake(point.layer, other).derivatives(point), printed_first));
    const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, carrying_nothing));
    BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
    BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
    BOOST_TEST(diagnosis.findings[0].slug == "nothing-carried");
}

BOOST_AUTO_TEST_CASE(the_later_numbers_of_lstm_backward_are_right) {
    const LayerPoint point = lstm_point();
    BOOST_TEST(are_printed(point.pulled_back(), printed_later));
    BOOST_TEST((diagnose_layer(layer_submission(point, point.pulled_back())).outcome() == Outcome::confirmed));
}

// Three means see neither a filter that is flipped nor one whose axes are exchanged.
BOOST_AUTO_TEST_CASE(the_means_of_conv_backward_accept_three_mistakes) {
    const LayerPoint point = convolution_point();
    BOOST_TEST(passes_the_course(point.pulled_back()));
    for (const char* const accepted : {"kernel-flipped", "filter-gradient-flipped", "filter-gradient-axes-exchanged"})
        BOOST_TEST_CONTEXT(accepted) {
            const Arrays<double> derivatives = layer_mistake(point.layer, accepted).derivatives(point);
            BOOST_TEST(passes_the_course(derivatives));
            const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, derivatives));
            BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
            BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
            BOOST_TEST(diagnosis.findings[0].slug == accepted);
        }
    for (const char* const rejected : {"stride-left-out", "filter-assigned", "padding-not-cropped"})
        BOOST_TEST(!passes_the_course(layer_mistake(point.layer, rejected).derivatives(point)), rejected);
}

// One slice of the second example does not see that the others were never come to.
BOOST_AUTO_TEST_CASE(the_slice_of_pool_backward_accepts_two_examples) {
    for (const AnyLayer& layer : {AnyLayer(MaxPool2d{}), AnyLayer(AveragePool2d{})}) {
        const LayerPoint point = pooling_point(layer);
        const auto& printed = layer.is<MaxPool2d>() ? printed_max : printed_average;
        BOOST_TEST(has_printed_slice(point.pulled_back()[0], printed));
        LayerPoint two_examples = point;
        two_examples.d_outputs[0].values().tail(3 * point.d_outputs[0].size() / 5).setZero();
        const Array<double> dA_prev = two_examples.pulled_back()[0];
        BOOST_TEST(has_printed_slice(dA_prev, printed));
        const LayerDiagnosis diagnosis = diagnose_layer(layer_submission(point, {dA_prev}));
        BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
        BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
        BOOST_TEST(diagnosis.findings[0].slug == "stops-early");
        BOOST_TEST(!has_printed_slice(layer_mistake(layer, "window-assigned").derivatives(point)[0], printed));
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace course_suite_of_layers

}  // namespace
}  // namespace gradproof::diagnosis
