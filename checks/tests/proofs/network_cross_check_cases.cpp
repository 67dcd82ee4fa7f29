// SPDX-License-Identifier: MIT
//
// Cases proof/cross_checks/network: the tagged formulas of the note on the network are what lib's forward and backward
// pass give, entry by entry and for all values. The note's "any smooth function" is tanh here.
#include "tests/proofs/network_cross_check_cases.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/network.hpp"
#include "notes/algebra/branches.hpp"
#include "notes/engines/graph_formulas.hpp"
#include "notes/reader/tagged_formula.hpp"
#include "tests/proofs/claims.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

// The entries of the note's matrices, their functions, and those of the symbols that derivatives are taken by.
constexpr std::size_t tie_capacity = 512;

/// What lib gives for one tag.
using NetworkCode =
    std::function<Matrix<Symbol>(const Network<Symbol>& network, const Cache<Symbol>& cache, const Matrix<Symbol>& Y)>;

/// The note's free symbols as symbols of a field.
class NoteValues {
  public:
    NoteValues(const notes::Document& document, notes::Workspace& workspace)
        : document_(document), workspace_(workspace), formulas_(workspace.graph, workspace.symbols, {}, false) {}

    Matrix<Symbol> operator()(const std::string& name) {
        notes::Tree tree;
        tree.kind = notes::Kind::symbol;
        tree.symbol = document_.names.at(name);
        const auto entries = workspace_.expander.entries(tree);
        return matrix(entries.nodes, entries.rows, entries.columns);
    }

    Matrix<Symbol> matrix(const std::vector<notes::NodeId>& nodes, Eigen::Index rows, Eigen::Index columns) {
        Matrix<Symbol> result(rows, columns);
        for (Eigen::Index r = 0; r < rows; ++r)
            for (Eigen::Index c = 0; c < columns; ++c)
                result(r, c) = formulas_.of(nodes.at(static_cast<std::size_t>(r * columns + c)));
        return result;
    }

  private:
    const notes::Document& document_;
    notes::Workspace& workspace_;
    GraphFormulas formulas_;
};

Network<Symbol> network_of(NoteValues& value) {
    Network<Symbol> network;
    network.layers.push_back({{value("W^{[1]}"), Vector<Symbol>(value("b^{[1]}"))}, Tanh{}});
    network.layers.push_back({{value("W^{[2]}"), Vector<Symbol>(value("b^{[2]}"))}, Sigmoid{}});
    network.loss = BinaryCrossEntropy{};
    network.lambda = value("\\lambda")(0, 0);
    return network;
}

// Proves that a tagged formula of the note, of those about `left`, is what the code gives.
Claim prove_cross_check(const std::string& tag, const std::string& left, const NetworkCode& code) {
    Claim claim(prove_equal);
    notes::Library library;
    const auto& document = library.read(std::filesystem::path(GRADPROOF_SOURCE_DIR) / "derivations" / "network.md");
    const auto symbols = notes::with_tanh(library.symbols(), document);
    for (const auto& workspace : notes::workspaces_of(document, symbols)) {
        const auto formula = notes::tagged_formula(document, *workspace, tag, left).entries;
        // lib's sigmoid branches where its two forms agree (proof/activations/sigmoid): any branch stands for all. On
        // this one, all outputs positive, there are points enough to refute what is wrong.
        along_one_branch([](std::size_t) { return true; },
                         [&] {
                             const Field field(tie_capacity);
                             NoteValues value(document, *workspace);
                             const Network<Symbol> network = network_of(value);
                             const Matrix<Symbol> given = code(network, forward(network, value("X")), value("Y"));
                             BOOST_REQUIRE(static_cast<std::size_t>(given.size()) == formula.size());
                             claim.equal(tag, given, value.matrix(formula, given.rows(), given.cols()));
                         });
    }
    return claim;
}

void add_cross_check(const std::string& tag, const std::string& left, const std::string& name,
                     const NetworkCode& code) {
    checks::add_case("proof/cross_checks/network/" + name, [=] {
        const Claim claim = prove_cross_check(tag, left, code);
        BOOST_TEST(claim.proved(), claim.report());
    });
}

// `pick` takes a matrix out of the gradients.
template <class Pick>
NetworkCode gradient(Pick pick) {
    return [pick](const Network<Symbol>& network, const Cache<Symbol>& cache, const Matrix<Symbol>& Y) {
        return Matrix<Symbol>(pick(backward(network, cache, Y, OutputRoute::through_dA)));
    };
}

namespace network_cross_check_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(cross_checks)
BOOST_AUTO_TEST_SUITE(network)

BOOST_AUTO_TEST_CASE(another_layer_is_refuted) {
    const auto wrong = gradient([](const auto& gradients) { return gradients.dA[1]; });
    const Claim claim = prove_cross_check("dz", "dZ^{[1]}", wrong);
    BOOST_TEST(claim.refuted(), "dA passes for dZ: " << claim.report());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace network_cross_check_suite

}  // namespace

void add_network_cross_check_cases() {
    const auto in_cache = [](auto pick) -> NetworkCode {
        return [pick](const auto&, const Cache<Symbol>& cache, const auto&) { return pick(cache); };
    };
    add_cross_check("z", "Z^{[1]}", "z", in_cache([](const auto& cache) { return cache.Z[1]; }));
    add_cross_check("a", "A^{[1]}", "a", in_cache([](const auto& cache) { return cache.A[1]; }));
    add_cross_check("cost", "J", "cost", [](const auto& network, const auto& cache, const auto& Y) {
        return Matrix<Symbol>(Matrix<Symbol>::Constant(1, 1, cost(network, cache, Y)));
    });
    add_cross_check("da_output", "dA^{[2]}", "da_output",
                    gradient([](const auto& gradients) { return gradients.dA[2]; }));
    add_cross_check("dz_output", "dZ^{[2]}", "dz_output",
                    gradient([](const auto& gradients) { return gradients.dZ[2]; }));
    add_cross_check("da", "dA^{[1]}", "da", gradient([](const auto& gradients) { return gradients.dA[1]; }));
    add_cross_check("dz", "dZ^{[1]}", "dz", gradient([](const auto& gradients) { return gradients.dZ[1]; }));
    add_cross_check("dw", "dW^{[2]}", "dw_2", gradient([](const auto& gradients) { return gradients.dW[2]; }));
    add_cross_check("dw", "dW^{[1]}", "dw_1", gradient([](const auto& gradients) { return gradients.dW[1]; }));
    add_cross_check("db", "db^{[2]}", "db_2", gradient([](const auto& gradients) { return gradients.db[2]; }));
    add_cross_check("db", "db^{[1]}", "db_1", gradient([](const auto& gradients) { return gradients.db[1]; }));
}

}  // namespace gradproof::proof
