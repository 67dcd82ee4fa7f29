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
bool can_be_written(const Formula& formula) {
    try {
        along_one_branch([](std::size_t) { return true; },
                         [&] {
                             Field field;
                             formula();
                         });
        return true;
    } catch (const std::domain_error&) {
        return false;
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

}  // namespace gradproof::proof
