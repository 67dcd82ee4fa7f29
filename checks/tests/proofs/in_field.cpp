// SPDX-License-Identifier: MIT
#include "tests/proofs/in_field.hpp"

#include <stdexcept>

#include "notes/algebra/branches.hpp"
#include "notes/algebra/field.hpp"
#include "notes/algebra/symbol.hpp"
#include "tests/proofs/claims.hpp"

namespace gradproof::proof {
namespace {

template <class Formula>
bool can_be_written(const Formula& formula, bool branch = true) {
    try {
        along_one_branch([branch](std::size_t) { return branch; },
                         [&] {
                             Field field;
                             formula();
                         });
        return true;
    } catch (const std::domain_error&) {
        return false;
    } catch (const std::length_error&) {
        return true;  // large, which says nothing against it
    }
}

}  // namespace

bool is_in_field(const AnyActivation& g) {
    if (!is_elementwise(g)) return true;
    return can_be_written([&] {
        const Symbol z = Field::current().symbol("z");
        static_cast<void>(g.on<Symbol>().value(z));
        static_cast<void>(g.on<Symbol>().derivative(z));
    });
}

bool is_in_field(const AnyLoss& loss) {
    if (!is_elementwise(loss))
        return can_be_written([&] {
            const Matrix<Symbol> a = symbols("a", classes, 1, loss.facts().prediction_domain);
            const Matrix<Symbol> y = symbols("y", classes, 1, loss.facts().label_domain);
            static_cast<void>(example_losses(loss, a, y));
            static_cast<void>(loss_derivative(loss, a, y));
        });
    return can_be_written([&] {
        const Symbol a = symbols("a", 1, 1, loss.facts().prediction_domain)(0, 0);
        const Symbol y = symbols("y", 1, 1, loss.facts().label_domain)(0, 0);
        static_cast<void>(loss.on<Symbol>().value(a, y));
        static_cast<void>(loss.on<Symbol>().derivative(a, y));
    });
}

bool is_in_field(const AnyActivation& g, const AnyLoss& loss) {
    const Eigen::Index entries = is_elementwise(g) && is_elementwise(loss) ? 1 : classes;
    const auto formula = [&] {
        const Matrix<Symbol> Z = symbols("z", entries, 1);
        const Matrix<Symbol> Y = symbols("y", entries, 1, loss.facts().label_domain);
        static_cast<void>(loss_derivative(loss, activate(g, Z), Y));
        static_cast<void>(example_losses(loss, activate(g, Z), Y));
    };
    return can_be_written(formula, true) && can_be_written(formula, false);
}

}  // namespace gradproof::proof
