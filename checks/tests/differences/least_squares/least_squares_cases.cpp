// SPDX-License-Identifier: MIT
//
// check_jacobian on public least-squares problems, and the proofs that the problems are what their sources say.
#include <boost/test/unit_test.hpp>
#include <limits>
#include <stdexcept>
#include <string_view>

#include "tests/differences/least_squares/census.hpp"
#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"
#include "tests/differences/least_squares/nist.hpp"
#include "tests/differences/least_squares/proofs.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

void right_is_not_refuted_and_wrong_is_not_confirmed(const LeastSquaresProblem& problem) {
    std::size_t right = 0;
    std::size_t wrong = 0;
    for (const Point& point : problem.points) {
        const Census census = census_at(problem, point);
        BOOST_TEST(census.right.refuted == 0U,
                   problem.name << " at " << point.name << ": a right entry is refuted\n"
                                << describe({check_jacobian(problem.residuals, problem.jacobian(point.x), point.x)})
                                << describe(census));
        right += census.right.total();
        for (const Plant plant : all_plants) {
            BOOST_TEST(census[plant].confirmed_values() == 0U, first_wrong_entry_confirmed(problem, point, plant)
                                                                   << describe(census));
            wrong += census[plant].total();
        }
    }
    BOOST_TEST(right > 0U);
    BOOST_TEST(wrong > 0U);
}

// A third of what it took to look at every entry closely.
void expect_few_calls(const std::vector<NamedProblem>& problems) {
    const Census census = census_of(problems);
    BOOST_TEST(census.columns > 300U);
    BOOST_TEST(census.calls <= 75 * census.columns, describe(census));
    BOOST_TEST(census.right.confirmed > 5 * census.right.undecided, describe(census));
}

void holds(const Proof& proof) {
    BOOST_TEST(proof.checked > 0U);
    for (const std::string& fault : proof.faults) BOOST_ERROR(fault);
}

// The proofs and the plants themselves: one wrong digit or sign turns them red.

LeastSquaresProblem beale() {
    for (const NamedProblem& problem : two_parameter_problems())
        if (problem.name == "beale") return problem.make();
    throw std::logic_error("beale is missing");
}

void add_problems(const std::string& suite, const std::vector<NamedProblem>& problems, std::size_t expected) {
    if (problems.size() != expected) throw std::logic_error(suite + " lacks problems");
    for (const NamedProblem& problem : problems) {
        const std::string path = "functions/" + suite + "/" + problem.name + "/";
        add_case(path + "right_is_not_refuted_and_wrong_is_not_confirmed",
                 [problem] { right_is_not_refuted_and_wrong_is_not_confirmed(problem.make()); });
        add_case(path + "the_minimum_is_the_published_one",
                 [problem] { holds(minima_are_the_published_ones(problem.make())); });
        add_case(path + "the_jacobian_is_right_to_its_last_place",
                 [problem] { holds(jacobian_is_right_to_its_last_place(problem.make())); });
    }
}

BOOST_AUTO_TEST_SUITE(functions)
BOOST_AUTO_TEST_SUITE(nist)

BOOST_AUTO_TEST_CASE(calls_are_few) {
    expect_few_calls(nist_problems());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(more_garbow_hillstrom)

BOOST_AUTO_TEST_CASE(calls_are_few) {
    expect_few_calls(more_garbow_hillstrom_problems());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(proofs)

BOOST_AUTO_TEST_CASE(a_wrong_jacobian_is_no_proof, *boost::unit_test::label("negative")) {
    LeastSquaresProblem problem = beale();
    const auto right = problem.jacobian;
    problem.jacobian = [right](const Eigen::VectorXd& x) {
        Eigen::MatrixXd J = right(x);
        J(0, 1) *= 1 + 0x1p-51;
        return J;
    };
    BOOST_TEST(jacobian_is_right_to_its_last_place(problem).faults.size() == problem.points.size());
    problem.jacobian = [right](const Eigen::VectorXd& x) { return Eigen::MatrixXd(right(x).transpose()); };
    BOOST_TEST(jacobian_is_right_to_its_last_place(problem).faults.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_wrong_minimum_is_no_proof, *boost::unit_test::label("negative")) {
    LeastSquaresProblem problem = beale();
    problem.points.back().x(0) += 1e-8;
    BOOST_TEST(minima_are_the_published_ones(problem).faults.size() == 1U);
    problem.points.pop_back();
    BOOST_TEST(minima_are_the_published_ones(problem).checked == 0U);
}

BOOST_AUTO_TEST_CASE(missing_data_are_named) {
    BOOST_CHECK_EXCEPTION(read_nist("misra1e"), std::runtime_error, [](const std::exception& error) {
        return std::string_view(error.what()).ends_with("checks/data/nist/misra1e.csv: cannot be read");
    });
}

BOOST_AUTO_TEST_CASE(a_plant_leaves_no_entry_right) {
    constexpr double tiny = std::numeric_limits<double>::denorm_min();
    const Eigen::MatrixXd right{{1, 0, -1e-200}, {-3, tiny, 1e200}};
    for (const Plant plant : all_plants) {
        const Planted wrong = planted(right, plant);
        const bool keeps_tiny = plant == Plant::off_by_a_thousandth || plant == Plant::off_by_a_millionth;
        BOOST_TEST(wrong.count == (keeps_tiny ? 4U : 5U));
        BOOST_TEST((wrong.jacobian.array() != right.array()).all());
    }
}

BOOST_AUTO_TEST_CASE(a_census_counts_every_entry_once) {
    const LeastSquaresProblem problem = beale();
    const Point& point = problem.points.back();
    const Census census = census_at(problem, point);
    BOOST_TEST(census.right.total() == 6U);
    for (const Plant plant : all_plants) {
        BOOST_TEST(census[plant].total() == 6U);
        BOOST_TEST(census[plant].refuted == 6U);
        BOOST_TEST(first_wrong_entry_confirmed(problem, point, plant).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_all_cases() {
    add_problems("nist", nist_problems(), 27);
    add_problems("more_garbow_hillstrom", more_garbow_hillstrom_problems(), 35);
}

}  // namespace gradproof::checks
