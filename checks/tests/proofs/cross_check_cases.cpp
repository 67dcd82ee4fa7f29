// SPDX-License-Identifier: MIT
//
// Cases proof/cross_checks: the tagged formulas of the notes are lib's functions, for all values and on every branch.
#include "tests/proofs/cross_check_cases.hpp"

#include <fmt/core.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/any_loss.hpp"
#include "gradproof/losses/kullback_leibler.hpp"
#include "gradproof/losses/squared_log_error.hpp"
#include "gradproof/pairing.hpp"
#include "notes/engines/graph_formulas.hpp"
#include "notes/reader/tagged_formula.hpp"
#include "tests/proofs/claims.hpp"
#include "tests/proofs/in_field.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

/// The free symbols of a note by name, as columns of symbols.
using Argument = std::function<Vector<Symbol>(const std::string& name)>;
/// What lib gives, entry by entry.
using ColumnCode = std::function<Vector<Symbol>(const Argument& at)>;

std::filesystem::path note_of(const std::string& name) {
    return std::filesystem::path(GRADPROOF_SOURCE_DIR) / "derivations" / (name + ".md");
}

// A free symbol of a note.
notes::Tree name_in(const notes::Document& document, const std::string& name) {
    const auto meant = document.names.find(name);
    if (meant == document.names.end())
        throw std::runtime_error(document.note.path.string() + ": there is no symbol " + name);
    notes::Tree tree;
    tree.kind = notes::Kind::symbol;
    tree.symbol = meant->second;
    return tree;
}

Vector<Symbol> column(GraphFormulas& formulas, const std::vector<notes::NodeId>& nodes) {
    Vector<Symbol> result(static_cast<Eigen::Index>(nodes.size()));
    for (std::size_t i = 0; i < nodes.size(); ++i) result(static_cast<Eigen::Index>(i)) = formulas.of(nodes[i]);
    return result;
}

// Proves that the formula tagged `tag` in a note is what the code gives.
Claim prove_cross_check(const std::string& note, const std::string& tag, const ColumnCode& code, bool with_ties) {
    Claim claim(prove_equal);
    notes::Library library;
    const auto& document = library.read(note_of(note));
    for (const auto& workspace : notes::workspaces_of(document, library.symbols())) {
        const auto formula = notes::tagged_formula(document, *workspace, tag).entries;
        for_each_branch(
            [&] {
                const Field field(96);
                GraphFormulas formulas(workspace->graph, workspace->symbols, {}, true);
                const Argument argument = [&](const std::string& name) {
                    return column(formulas, workspace->expander.entries(name_in(document, name)).nodes);
                };
                const Vector<Symbol> given = code(argument);
                claim.equal(tag, Matrix<Symbol>(given), Matrix<Symbol>(column(formulas, formula)));
            },
            {.with_ties = with_ties});
    }
    return claim;
}

std::string path_of(const std::string& note) {
    return "proof/cross_checks/" + note + "/";
}

void add_cross_check(const std::string& note, const std::string& tag, const ColumnCode& code, bool with_ties = false) {
    checks::add_case(path_of(note) + tag, [=] {
        const Claim claim = prove_cross_check(note, tag, code, with_ties);
        BOOST_TEST(claim.proved(), claim.report());
    });
}

// `function` of each entry of z.
template <class Function>
ColumnCode on_each_entry(const Function& function) {
    return [function](const Argument& at) -> Vector<Symbol> { return at("z").unaryExpr(function); };
}

Matrix<Symbol> z_of(const Argument& at) {
    return at("z");
}
Matrix<Symbol> y_of(const Argument& at) {
    return at("y");
}

// Ties are the kinks of an elementwise activation, where note and code have to agree, too.
void cross_check_activation(const AnyActivation& activation) {
    const std::string note = "activations/" + std::string(activation.facts().slug);
    if (!checks::is_asked_for(path_of(note)) || !is_in_field(activation)) return;
    const auto g = activation.on<Symbol>();
    const auto add = [&](const std::string& tag, const std::function<Symbol(const Symbol&)>& function) {
        add_cross_check(note, tag, on_each_entry(function), true);
    };
    if (g.is_elementwise()) {
        add("value", [g](const Symbol& z) { return g.value(z); });
        add("derivative", [g](const Symbol& z) { return g.derivative(z); });
        if (g.has_derivative_from_value())
            add("derivative_from_value", [g](const Symbol& z) { return g.derivative_from_value(g.value(z)); });
        if (g.has_second_derivative())
            add("second_derivative", [g](const Symbol& z) { return g.second_derivative(z); });
    } else {
        add_cross_check(note, "value", [g](const Argument& at) -> Vector<Symbol> { return g.activate(at("z")); });
        add_cross_check(note, "pull_back",
                        [g](const Argument& at) -> Vector<Symbol> { return g.pull_back(at("z"), at("u")); });
    }
}

void cross_check_loss(const AnyLoss& loss) {
    const std::string note = "losses/" + std::string(loss.facts().slug);
    if (!checks::is_asked_for(path_of(note))) return;
    // The field does not take log(u / v) apart, and tries a label of 0 where the note has none.
    if (!is_in_field(loss) || loss.is<SquaredLogError>() || loss.is<KullbackLeibler>()) return;
    if (!is_elementwise(loss)) {
        add_cross_check(note, "value", [=](const Argument& at) -> Vector<Symbol> {
            return example_losses(loss, Matrix<Symbol>(at("a")), Matrix<Symbol>(at("y")));
        });
        add_cross_check(note, "gradient", [=](const Argument& at) -> Vector<Symbol> {
            return loss_derivative(loss, Matrix<Symbol>(at("a")), Matrix<Symbol>(at("y")));
        });
        return;
    }
    if (!loss.on<double>().has_losses_from_pre_activation()) {
        const auto number = [](const Argument& at, const std::string& letter) -> Symbol { return at(letter)(0); };
        add_cross_check(note, "value", [=](const Argument& at) -> Vector<Symbol> {
            return Vector<Symbol>::Constant(1, loss.on<Symbol>().value(number(at, "a"), number(at, "y")));
        });
        add_cross_check(note, "derivative", [=](const Argument& at) -> Vector<Symbol> {
            return Vector<Symbol>::Constant(1, loss.on<Symbol>().derivative(number(at, "a"), number(at, "y")));
        });
        return;
    }
    const AnyActivation g = loss.facts().canonical.front();
    add_cross_check(note, "value", [=](const Argument& at) -> Vector<Symbol> {
        return example_losses(loss, activate(g, z_of(at)), y_of(at));
    });
    add_cross_check(note, "derivative", [=](const Argument& at) -> Vector<Symbol> {
        return loss_derivative(loss, activate(g, z_of(at)), y_of(at));
    });
    add_cross_check(note, "value_from_pre_activation", [=](const Argument& at) -> Vector<Symbol> {
        return loss.on<Symbol>().losses_from_pre_activation(z_of(at), y_of(at));
    });
}

void cross_check_canonical_pairing(const AnyLoss& loss) {
    if (!loss.on<double>().has_losses_from_pre_activation()) return;
    const AnyActivation g = loss.facts().canonical.front();
    const std::string pairing = fmt::format("pairings/{}_{}", g.facts().slug, loss.facts().slug);
    if (!checks::is_asked_for(path_of(pairing)) || !is_in_field(loss)) return;
    add_cross_check(pairing, "dz", [=](const Argument& at) -> Vector<Symbol> {
        return dZ_through_dA(g, loss, z_of(at), activate(g, z_of(at)), y_of(at));
    });
    add_cross_check(pairing, "a_minus_y", [=](const Argument& at) -> Vector<Symbol> {
        return dZ_as_a_minus_y(activate(g, z_of(at)), y_of(at));
    });
}

namespace cross_check_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(cross_checks)

BOOST_AUTO_TEST_CASE(another_function_is_refuted) {
    const ColumnCode wrong = on_each_entry([](const Symbol& z) -> Symbol { return Sigmoid{}.value(z); });
    const Claim claim = prove_cross_check("activations/sigmoid", "derivative", wrong, true);
    BOOST_TEST(claim.refuted(), "sigmoid passes for its own derivative: " << claim.report());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace cross_check_suite

}  // namespace

void add_cross_check_cases() {
    for (const AnyActivation& g : all_activations()) cross_check_activation(g);
    for (const AnyLoss& loss : all_losses()) {
        cross_check_loss(loss);
        cross_check_canonical_pairing(loss);
    }
}

}  // namespace gradproof::proof
