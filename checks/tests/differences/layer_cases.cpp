// SPDX-License-Identifier: MIT
//
// The check of one layer refutes each mistake in its pull-back, in the tensor where it is made and in no other.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "gradproof/activations/tanh.hpp"
#include "gradproof/any_activation.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/layer.hpp"
#include "gradproof/dense.hpp"
#include "gradproof/prelu.hpp"

namespace gradproof::checks {
namespace {

using M = Matrix<double>;

// A dense layer whose pull-back is whatever is given.
struct OwnDense {
    using PullBack = std::function<PulledBack<Dense<double>, double>(const Dense<double>&, const M&, const M&)>;
    static constexpr std::string_view name = "own_dense";

    Dense<double> dense;
    PullBack own;

    M forward(const M& A_prev) const { return dense.forward(A_prev); }
    PulledBack<OwnDense, double> pull_back(const M& A_prev, const M& dZ) const {
        auto [d_input, d_parameters] = own(dense, A_prev, dZ);
        return {.d_input = std::move(d_input), .d_parameters = {.dense = std::move(d_parameters), .own = {}}};
    }
    template <class Visit>
    void visit_parameters(const Visit& visit) const {
        dense.visit_parameters(visit);
    }
    template <class Visit>
    void visit_parameters(const Visit& visit) {
        dense.visit_parameters(visit);
    }
};
static_assert(Layer<OwnDense> && Layer<Dense<double>> && Layer<Dense<long double>, long double> &&
              Layer<AnyActivation> && !Layer<Tanh>);

std::set<std::string> refuted_by(const OwnDense::PullBack& own) {
    CourseRandom random(2);
    // W is square, so that a forgotten transpose fits.
    const OwnDense layer{.dense = {.W = random.randn(3, 3), .b = random.randn(3, 1)}, .own = own};
    std::set<std::string> refuted;
    for (const TensorVerdict& verdict : check_layer(layer, M(random.randn(3, 4)), M(random.randn(3, 4)))) {
        BOOST_TEST((verdict.outcome() != Outcome::undecided), describe(verdict));
        if (verdict.outcome() == Outcome::refuted) refuted.insert(verdict.name);
    }
    return refuted;
}

// The right pull-back with one change.
OwnDense::PullBack changed(const std::function<void(PulledBack<Dense<double>, double>&, const M& W, const M& dZ)>& by) {
    return [by](const Dense<double>& dense, const M& A_prev, const M& dZ) {
        auto pulled = dense.pull_back(A_prev, dZ);
        by(pulled, dense.W, dZ);
        return pulled;
    };
}

// A rectifier with learned slopes whose derivative in them is whatever is given.
struct OwnPrelu : Prelu<double> {
    std::function<void(Prelu<double>& d_parameters, const M& Z, const M& dA)> change;

    PulledBack<OwnPrelu, double> pull_back(const M& Z, const M& dA) const {
        auto [d_input, d_parameters] = Prelu::pull_back(Z, dA);
        change(d_parameters, Z, dA);
        return {.d_input = std::move(d_input), .d_parameters = {std::move(d_parameters), {}}};
    }
};
static_assert(Layer<OwnPrelu> && Layer<Prelu<double>>);

bool is_slope_refuted(const std::function<void(Prelu<double>&, const M&, const M&)>& change) {
    CourseRandom random(3);
    const OwnPrelu layer{{.slope = random.randn(3, 1)}, change};
    const std::vector<TensorVerdict> verdicts = check_layer(layer, M(random.randn(3, 6)), M(random.randn(3, 6)));
    BOOST_TEST((verdicts.at(0).outcome() == Outcome::confirmed), describe(verdicts.at(0)));
    BOOST_TEST(verdicts.at(1).name == "dslope");
    return verdicts.at(1).outcome() == Outcome::refuted;
}

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(a_learned_slope_has_its_own_derivative, *boost::unit_test::label("negative")) {
    using Slopes = Prelu<double>;
    BOOST_TEST(!is_slope_refuted([](Slopes&, const M&, const M&) {}));
    BOOST_TEST(is_slope_refuted([](Slopes& d, const M&, const M&) { d.slope /= 6; }));
    BOOST_TEST(
        is_slope_refuted([](Slopes& d, const M& Z, const M& dA) { d.slope = dA.cwiseProduct(Z).rowwise().sum(); }));
    BOOST_TEST(is_slope_refuted([](Slopes& d, const M& Z, const M& dA) { d.slope = Slopes::d_slope(-Z, dA); }));
    BOOST_TEST(is_slope_refuted([](Slopes& d, const M&, const M&) { d.slope.setConstant(d.slope.sum()); }));
}

BOOST_AUTO_TEST_CASE(the_right_pull_back_is_confirmed) {
    BOOST_TEST(refuted_by(changed([](auto&, const M&, const M&) {})).empty());
}

BOOST_AUTO_TEST_CASE(each_mistake_is_refuted_where_it_is, *boost::unit_test::label("negative")) {
    using Refuted = std::set<std::string>;
    BOOST_TEST(
        (refuted_by(changed([](auto& p, const M& W, const M& dZ) { p.d_input = W * dZ; })) == Refuted{"d_input"}));
    BOOST_TEST((refuted_by(changed([](auto& p, const M&, const M&) { p.d_parameters.W.transposeInPlace(); })) ==
                Refuted{"dW"}));
    BOOST_TEST((refuted_by(changed([](auto& p, const M&, const M&) { p.d_parameters.b /= 4; })) == Refuted{"db"}));
    BOOST_TEST((refuted_by(changed([](auto& p, const M&, const M&) { p.d_parameters.W(2, 1) *= 1 + 1e-6; })) ==
                Refuted{"dW"}));
}

BOOST_AUTO_TEST_CASE(the_place_of_a_wrong_entry_is_told) {
    CourseRandom random(2);
    const M Z = random.randn(2, 3);
    M derivative = M::Ones(2, 3);
    derivative(1, 2) = 2;
    const TensorVerdict verdict = check_derivative(
        "dZ", [](const M& at) { return at.sum(); }, derivative, Z);
    BOOST_TEST((verdict.name == "dZ" && verdict.rows == 2 && verdict.columns == 3 && verdict.refuted == 1U));
    BOOST_TEST((verdict.worst.front().row == 1 && verdict.worst.front().column == 2));
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_fit_are_named, *boost::unit_test::label("negative")) {
    const auto says = [](const std::string& message) {
        return [message](const std::exception& error) { return error.what() == message; };
    };
    const AnyActivation g = Tanh{};
    BOOST_CHECK_EXCEPTION(static_cast<void>(check_layer(g, M(M::Ones(2, 3)), M(M::Ones(3, 2)))), std::invalid_argument,
                          says("d_output is 3 x 2, but the output is 2 x 3"));
    BOOST_CHECK_EXCEPTION(static_cast<void>(check_derivative(
                              "dZ", [](const M& at) { return at.sum(); }, M::Ones(2, 2), M::Ones(2, 3))),
                          std::invalid_argument, says("dZ is 2 x 2, but what it is the derivative in is 2 x 3"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
