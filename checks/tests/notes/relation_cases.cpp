// SPDX-License-Identifier: MIT
//
// Every kind of claim once true and once false: a checker that accepts everything fails the second, one that refuses
// everything the first.
#include <boost/test/unit_test.hpp>

#include "tests/notes/families.hpp"
#include "tests/notes/in_memory.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::notes {
namespace {

struct Pair {
    std::string name;
    std::string holds;
    std::string fails;
};

const std::vector<Pair>& pairs() {
    static const std::vector<Pair> all{
        {"equal", R"(1 - \sigma(z) = \sigma(-z))", R"(1 + \sigma(z) = \sigma(-z))"},
        {"not_equal", R"(\sigma(z) \neq z)", R"(2 \sigma(z) \neq \sigma(z) + \sigma(z))"},
        {"less", R"(\sigma(z) < 1)", R"(\sigma(z) < \frac{1}{2})"},
        {"less_is_not_equal", R"(z < z + 1)", R"(z < z)"},
        {"less_equal", R"(y (1 - y) \le \frac{1}{4})", R"(y (1 - y) \le \frac{1}{5})"},
        {"less_equal_at_the_edge", R"(y \le 1)", R"(1 - y^2 \le 1 - y)"},
        {"greater", R"(e^{z} > 0)", R"(z > 0)"},
        {"greater_equal", R"(z^2 \ge 0)", R"(z^2 \ge \frac{1}{1000})"},
        {"approximately", R"(\sigma(1) \approx 0.7311)", R"(\sigma(1) \approx 0.7310)"},
        {"approximately_with_exponent", R"(e^{-10} \approx 4.54 \cdot 10^{-5})",
         R"(e^{-10} \approx 4.53 \cdot 10^{-5})"},
        {"approximately_by_entries",
         R"(\begin{pmatrix} \frac{1}{3} & 1 \end{pmatrix} \approx \begin{pmatrix} 0.33 & 1.0 \end{pmatrix})",
         R"(\begin{pmatrix} \frac{1}{3} & 1 \end{pmatrix} \approx \begin{pmatrix} 0.33 & 1.1 \end{pmatrix})"},
        {"chain", R"(2 \cdot 3 = 6 = 5 + 1)", R"(2 \cdot 3 = 6 = 5 - 1)"},
        {"aligned_chain",
         "\\begin{aligned}\n(z + 1)^2 &= z^2 + 2 z\n\\\\ &\\quad + 1 \\\\ &= z (z + 2) + 1\n\\end{aligned}",
         "\\begin{aligned}\n(z + 1)^2 &= z^2 + 2 z\n\\\\ &\\quad - 1 \\\\ &= z (z + 2) + 1\n\\end{aligned}"},
        {"condition", R"(|z| = z \qquad z > 0)", R"(|z| = z \qquad z > -1)"},
        {"condition_in_words", R"(|z| = z \text{ for } z \ge 0)", R"(|z| = z \text{ for } z \le 0)"},
        {"condition_in_a_set", R"(y^2 = y \qquad y \in \{0, 1\})", R"(y^2 = y \qquad y \in \{0, 0.5\})"},
        {"condition_in_an_interval", R"(z < 3 \qquad z \in (1, 2))", R"(z < 3 \qquad z \in (1, 4))"},
        {"condition_far_out", R"(\sigma(z) > 0.9999999 \qquad z > 40)", R"(\sigma(z) > 0.9999999 \qquad z > 1)"},
        {"finite_domain", R"(r^2 = r)", R"(r^3 = 2 r)"},
        {"positive_domain", R"(\sqrt{h^2} = h)", R"(\sqrt{z^2} = z)"},
        {"one_hot", R"(\sum_{k} v_k^2 = 1)", R"(\sum_{k} q_k^2 = 1)"},
        {"simplex", R"(\sum_{k=1}^{K} q_k = 1)", R"(\sum_{k=1}^{K} u_k = 1)"},
        {"cases", R"(\max(z, 0) = \begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases})",
         R"(\max(z, 0) = \begin{cases} z & z > 0 \\ 1 & \text{otherwise} \end{cases})"},
        {"cases_at_the_edge",
         R"(\begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases} = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases})",
         R"(\begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases} = \begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases})"},
        {"prime", R"(\sigma'(z) = \sigma(z) (1 - \sigma(z)))", R"(\sigma'(z) = \sigma(z) (1 + \sigma(z)))"},
        {"second_prime", R"(\sigma''(z) = \sigma'(z) (1 - 2 \sigma(z)))",
         R"(\sigma''(z) = \sigma'(z) (1 - \sigma(z)))"},
        {"partial_of_a_definition",
         R"(a := \sigma(z), \qquad L := a^2 y, \qquad \frac{\partial L}{\partial a} = 2 a y)",
         R"(a := \sigma(z), \qquad L := a^2 y, \qquad \frac{\partial L}{\partial a} = 2 a)"},
        {"partial_through_a_definition",
         R"(a := \sigma(z), \qquad L := a^2, \qquad \frac{\partial L}{\partial z} = 2 a^2 (1 - a))",
         R"(a := \sigma(z), \qquad L := a^2, \qquad \frac{\partial L}{\partial z} = 2 a)"},
        {"partial_of_a_function",
         R"(\ell(a, y) := (a - y)^2, \qquad \frac{\partial \ell(z, y)}{\partial z} = 2 (z - y))",
         R"(\ell(a, y) := (a - y)^2, \qquad \frac{\partial \ell(z, y)}{\partial z} = 2 (y - z))"},
        {"total_derivative", R"(\frac{d}{dz} \left( z^3 \right) = 3 z^2)",
         R"(\frac{d}{dz} \left( z^3 \right) = 2 z^3)"},
        {"derivative_of_a_bare_function", R"(\frac{d \sigma}{d z} = \sigma(z) \sigma(-z))",
         R"(\frac{d \sigma}{d z} = \sigma(z))"},
        {"second_partial", R"(p := z^2 h, \qquad \frac{\partial^2 p}{\partial z \partial h} = 2 z)",
         R"(p := z^2 h, \qquad \frac{\partial^2 p}{\partial z^2} = 2 z)"},
        {"partial_that_vanishes", R"(\frac{\partial z}{\partial y} = 0)", R"(\frac{\partial z}{\partial z} = 0)"},
        {"opaque_function", R"(p := g(z^2), \qquad \frac{\partial p}{\partial z} = 2 z \, g'(z^2))",
         R"(p := g(z^2), \qquad \frac{\partial p}{\partial z} = 2 z \, g'(z))"},
        {"increasing_function", R"(f'(z) > 0)", R"(g'(z) > \frac{1}{10})"},
        {"product_of_matrices", R"((W X)^{\top} = X^{\top} W^{\top})", R"((W X)^{\top} = -X^{\top} W^{\top})"},
        {"entries_of_a_product", R"((W X)^{\top}_{ik} = \sum_{j=1}^{4} W_{kj} X_{ji})",
         R"((W X)^{\top}_{ik} = \sum_{j=1}^{3} W_{kj} X_{ji})"},
        {"entrywise_binds_weaker", R"(W^{\top} D \odot X = (W^{\top} D) \odot X)",
         R"(W^{\top} D \odot X = W^{\top} D + X)"},
        {"function_of_a_matrix", R"(P := \sigma(X), \qquad P_{ij} = \sigma(X_{ij}))",
         R"(P := \sigma(X), \qquad P_{ij} = \sigma'(X_{ij}))"},
        {"ones", R"(D \mathbf{1}_m \mathbf{1}_m^{\top} \mathbf{1}_m = m D \mathbf{1}_m)",
         R"(D \mathbf{1}_m \mathbf{1}_m^{\top} \mathbf{1}_m = D \mathbf{1}_m)"},
        {"identity_and_diagonal", R"(\mathrm{diag}(u) - I_K \, z = \mathrm{diag}(u - z \mathbf{1}_K))",
         R"(\mathrm{diag}(u) = I_K)"},
        {"determinant", R"(\det(\mathrm{diag}(u)) = \prod_{k=1}^{K} u_k)",
         R"(\det(\mathrm{diag}(u)) = \sum_{k=1}^{K} u_k)"},
        {"trace_and_norm", R"(\lVert u \rVert^2 = \mathrm{tr}(u u^{\top}))",
         R"(\lVert u \rVert = \mathrm{tr}(u u^{\top}))"},
        {"delta", R"(\frac{\partial u_i}{\partial u_j} = \delta_{ij})", R"(\frac{\partial u_i}{\partial u_j} = 1)"},
        {"free_indices_with_condition", R"(\delta_{ij} u_i = 0 \cdot u_j \qquad i \neq j)",
         R"(\delta_{ij} u_i = 0 \cdot u_j \qquad i = j)"},
        {"jacobian", R"(p_i := e^{u_i}, \qquad \frac{\partial p}{\partial u} = \mathrm{diag}(p))",
         R"(p_i := e^{u_i}, \qquad \frac{\partial p}{\partial u} = \mathrm{diag}(u))"},
        {"gradient_by_a_matrix",
         R"(J := \sum_{k=1}^{3} \sum_{i=1}^{m} (W X)^{\top}_{ik} D_{ki}, \qquad \frac{\partial J}{\partial W} = D X^{\top})",
         R"(J := \sum_{k=1}^{3} \sum_{i=1}^{m} (W X)^{\top}_{ik} D_{ki}, \qquad \frac{\partial J}{\partial W} = \frac{1}{m} D X^{\top})"},
        {"maximum_over_an_index", R"(\max_k u_k \ge u_i)", R"(\max_k u_k > u_i)"},
        {"columns", R"(P := W X, \qquad P^{(i)} = W X^{(i)})", R"(P := W X, \qquad P^{(i)} = 2 W X^{(i)})"},
        {"definition_and_claim_in_a_chain", R"(p := z + z = 2 z)", R"(p := z + z = 3 z)"},
        {"error_function", R"(\mathrm{erf}(-z) = -\mathrm{erf}(z))", R"(\mathrm{erf}(-z) = \mathrm{erf}(z))"},
        {"arctangent", R"(\frac{d}{dz} \left( \arctan(2 z) \right) = \frac{2}{1 + 4 z^2})",
         R"(\frac{d}{dz} \left( \arctan(2 z) \right) = \frac{1}{1 + 4 z^2})"},
        {"small_difference", R"(z + 1 - 1 = z)", R"(z + \frac{1}{10^{30}} = z)"},
    };
    return all;
}

namespace relation_suite {
BOOST_AUTO_TEST_SUITE(notes_reader)
BOOST_AUTO_TEST_SUITE(failures)

BOOST_AUTO_TEST_CASE(name_place_relation_point_and_likeness) {
    const auto sign = verdict_on({R"(z - y = z - y = z + y \tag{a minus y})"});
    BOOST_TEST(sign.starts_with("n.md:25:15: claim \"a minus y\" (relation 2 of 2 in its chain) is refuted\n"
                                "    z - y  =  z + y\n    at          "),
               sign);
    BOOST_TEST(sign.find("looks like  the difference is 2 times y: a sign") != std::string::npos, sign);
}

BOOST_AUTO_TEST_CASE(look_like_a_sign_a_mean_a_slope) {
    const auto said = [](std::string_view fence) { return verdict_on({fence}); };
    BOOST_TEST(said("y - z = z - y").find("the right side is minus the left one: a sign") != std::string::npos);
    BOOST_TEST(said(R"(\frac{1}{m} D X^{\top} = D X^{\top})").find("m times the left one: a factor m") !=
               std::string::npos);
    BOOST_TEST(said("2 z = z").find("1/2 times the left one: a constant factor") != std::string::npos);
    BOOST_TEST(said(R"((z - y) \sigma'(z) = z - y)").find(R"(lacks the factor \sigma'(z))") != std::string::npos);
    BOOST_TEST(said(R"(W^{\top} D \odot g'(X) = W^{\top} D)").find("lacks the factor g'(X)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(verdicts)

BOOST_AUTO_TEST_CASE(too_few_points_are_not_green) {
    const auto said = verdict_on({R"(\log(z - 29) = \log(z - 29) \qquad z^3 > 24400)"});
    BOOST_TEST(said.find("is undecided") != std::string::npos, said);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace relation_suite

}  // namespace

void add_relation_cases() {
    for (const auto& pair : pairs()) {
        checks::add_case("notes_reader/relations/" + pair.name, [pair] {
            BOOST_TEST(verdict_on({pair.holds}) == "green");
            const auto said = verdict_on({pair.fails});
            BOOST_TEST(said.find(" is refuted\n") != std::string::npos,
                       "expected a refutation of " << pair.fails << "\nfound " << said);
        });
    }
}

}  // namespace gradproof::notes
