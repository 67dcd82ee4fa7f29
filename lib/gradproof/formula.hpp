// SPDX-License-Identifier: MIT
//
// A formula that was not known when this was compiled, as somebody types it: a list of steps, each made of those before
// it. It runs on every type of number, as the templates of this library do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "gradproof/scalar.hpp"

namespace gradproof {

struct Formula {
    enum class Operation : std::uint8_t {
        input,   ///< the number `left` of those that the formula is taken at
        number,  ///< `number`, as it is written in decimal
        add,     ///< of the steps `left` and `right`, as the next ones
        subtract,
        multiply,
        divide,
        power,  ///< `left` to the whole number `right`, which is no step
        exp,    ///< of the step `left`, as the next ones
        log,
        sqrt,
        tanh,
        sin,
        cos,
        atan,
        erf,
        less,      ///< a condition: left < right
        equal,     ///< a condition
        both,      ///< of two conditions
        either,    ///< of two conditions
        opposite,  ///< of the condition `left`
        choose,    ///< the step `right` where the condition `left` holds, else the step `otherwise`
    };
    struct Step {
        Operation operation = Operation::number;
        std::size_t left = 0;
        std::size_t right = 0;
        std::size_t otherwise = 0;
        double number = 0;
    };
    std::vector<Step> steps;  ///< the last is the formula's value

    /// The value at these inputs; only the steps that it needs are taken. Throws std::logic_error for an empty formula.
    template <Scalar S>
    S at(std::span<const S> inputs) const {
        if (steps.empty()) throw std::logic_error("an empty formula has no value");
        std::vector<std::optional<S>> known(steps.size());
        return value(steps.size() - 1, inputs, known);
    }

  private:
    template <Scalar S>
    S value(std::size_t n, std::span<const S> inputs, std::vector<std::optional<S>>& known) const {
        if (!known[n]) known[n] = computed(n, inputs, known);
        return *known[n];
    }

    template <Scalar S>
    S computed(std::size_t n, std::span<const S> inputs, std::vector<std::optional<S>>& known) const {
        const Step& step = steps[n];
        const auto of = [&](std::size_t other) -> S { return value(other, inputs, known); };
        switch (step.operation) {
            case Operation::input:
                return inputs[step.left];
            case Operation::number:
                return as_written<S>(step.number);
            case Operation::add:
                return of(step.left) + of(step.right);
            case Operation::subtract:
                return of(step.left) - of(step.right);
            case Operation::multiply:
                return of(step.left) * of(step.right);
            case Operation::divide:
                return of(step.left) / of(step.right);
            case Operation::power: {
                const S base = of(step.left);
                S product = S(1);
                for (std::size_t times = 0; times < step.right; ++times) product = product * base;
                return product;
            }
            case Operation::exp:
                return exp(of(step.left));
            case Operation::log:
                return log(of(step.left));
            case Operation::sqrt:
                return sqrt(of(step.left));
            case Operation::tanh:
                return tanh(of(step.left));
            case Operation::sin:
                return sin(of(step.left));
            case Operation::cos:
                return cos(of(step.left));
            case Operation::atan:
                return atan(of(step.left));
            case Operation::erf:
                return erf(of(step.left));
            case Operation::choose:
                return of(holds(step.left, inputs, known) ? step.right : step.otherwise);
            case Operation::less:
            case Operation::equal:
            case Operation::both:
            case Operation::either:
            case Operation::opposite:
                break;
        }
        throw std::logic_error("a condition has no value");
    }

    template <Scalar S>
    bool holds(std::size_t n, std::span<const S> inputs, std::vector<std::optional<S>>& known) const {
        const Step& step = steps[n];
        const auto of = [&](std::size_t other) -> S { return value(other, inputs, known); };
        switch (step.operation) {
            case Operation::less:
                return real_part(of(step.left)) < real_part(of(step.right));
            case Operation::equal: {
                const auto left = real_part(of(step.left));
                const auto right = real_part(of(step.right));
                return !(left < right) && !(right < left);
            }
            case Operation::both:
                return holds(step.left, inputs, known) && holds(step.right, inputs, known);
            case Operation::either:
                return holds(step.left, inputs, known) || holds(step.right, inputs, known);
            case Operation::opposite:
                return !holds(step.left, inputs, known);
            default:
                throw std::logic_error("a value is no condition");
        }
    }
};

}  // namespace gradproof
