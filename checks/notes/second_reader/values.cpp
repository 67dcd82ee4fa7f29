// SPDX-License-Identifier: MIT
#include "notes/second_reader/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>

#include "notes/second_reader/number.hpp"

namespace gradproof::notes::second {
namespace {

/// This point, or this claim, is beyond the evaluator.
class NoOpinion : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};
/// An index that an array does not have.
class OutOfRange : public NoOpinion {
  public:
    OutOfRange() : NoOpinion("an index out of range") {}
};

constexpr int points_per_claim = 5;
constexpr int tries_per_claim = 60;
constexpr int deepest_value = 600;  // a step down takes up to 3 KB of stack

Array number(double value) {
    return {1, 1, {{value, 0}}};
}

class Random {
  public:
    explicit Random(std::string_view seed) {
        for (const char c : seed) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(next() >> 11U) * 0x1p-53;
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

  private:
    std::uint64_t state_ = 0xcbf29ce484222325U;
    std::uint64_t next() {  // splitmix64
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t x = state_;
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
        return x ^ (x >> 31U);
    }
};

using Locals = std::map<std::string, Array, std::less<>>;
using Indices = std::map<std::string, int, std::less<>>;

std::optional<double> as_digits(std::string_view text) {
    if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
    return std::stod(std::string(text));
}

class Evaluator {
  public:
    Evaluator(const Declarations& declarations, Random& random, long& steps)
        : declarations_(declarations), random_(random), steps_(steps) {}

    void new_point() {
        drawn_.clear();
        memo_.clear();
    }
    const Locals& point() const { return drawn_; }

    Array value(const Reading& reading, const Locals& locals, const Indices& indices) {
        if (depth_ >= deepest_value) throw NoOpinion("too deep to evaluate");
        struct Level {
            int& depth;
            explicit Level(int& of) : depth(++of) {}
            ~Level() { --depth; }
            Level(const Level&) = delete;
            Level& operator=(const Level&) = delete;
        } const level(depth_);
        Array result = computed(reading, locals, indices);
        spend(1 + result.entries.size() / 8);
        return result;
    }

    /// Whether a condition holds; NoOpinion where that cannot be told.
    bool holds(const Reading& condition, const Locals& locals, const Indices& indices) {
        if (condition.head == "otherwise") return true;
        if (condition.head == "in") return is_member(condition, locals, indices);
        if (condition.head == "notin") return !is_member(condition, locals, indices);
        const Number left = only(value(condition.parts.at(0), locals, indices));
        const Number right = only(value(condition.parts.at(1), locals, indices));
        return compare(condition.head, left, right);
    }

    int index(const Reading& reading, const Indices& indices) {
        if (reading.head.starts_with("index ")) {
            const auto found = indices.find(std::string_view(reading.head).substr(6));
            if (found == indices.end()) throw NoOpinion("an index without a value");
            return found->second;
        }
        if (reading.parts.size() == 2) {
            const int right = index(reading.parts[1], indices);
            return index(reading.parts[0], indices) + (reading.head == "+" ? right : -right);
        }
        return static_cast<int>(only(value(reading, {}, indices)).value);
    }

    int size(std::string_view name) {
        if (const auto digits = as_digits(name)) return static_cast<int>(*digits);
        const auto found = declarations_.find(name);
        if (found == declarations_.end() || found->second.role != Role::size || found->second.values.empty())
            throw NoOpinion("a size without a value");
        return std::stoi(found->second.values[0]);
    }

  private:
    const Declarations& declarations_;
    Random& random_;
    Locals drawn_;  // free symbols at this point
    Locals held_;   // what is varied by a derivative
    Locals memo_;   // definitions at this point
    std::vector<std::string> evaluated_;
    long& steps_;
    int depth_ = 0;

    void spend(std::size_t steps) {
        steps_ -= static_cast<long>(steps);
        if (steps_ < 0) throw NoOpinion("too long to evaluate");
    }

    Array computed(const Reading& reading, const Locals& locals, const Indices& indices) {
        const std::string_view head = reading.head;
        const auto part = [&](std::size_t i) { return value(reading.parts.at(i), locals, indices); };
        if (const auto digits = as_digits(head)) {
            const bool exact = head.size() <= 15 && head.find('.') == std::string_view::npos;
            return {1, 1, {exact ? Number{*digits, 0} : rounded(*digits, 0)}};
        }
        if (head.starts_with("constant "))
            return {1, 1, {rounded(head.ends_with('e') ? 2.718281828459045 : 3.141592653589793, 0)}};
        if (head.starts_with("index ")) return number(index(reading, indices));
        if (head.starts_with("local ")) {
            const auto found = locals.find(head.substr(6));
            if (found == locals.end()) throw NoOpinion("a parameter without a value");
            return found->second;
        }
        if (head.starts_with("call ")) return call(reading, locals, indices);
        if (head == "entry") return entry(reading, locals, indices);
        if (head == "column") {
            const Array matrix = part(0);
            const auto which = static_cast<std::size_t>(index(reading.parts[1], indices)) - 1;
            if (which >= matrix.columns) throw OutOfRange();
            Array column{matrix.rows, 1, {}};
            for (std::size_t i = 0; i < matrix.rows; ++i)
                column.entries.push_back(matrix.entries[i * matrix.columns + which]);
            return column;
        }
        if (head == "+") return entrywise(part(0), part(1), plus);
        if (head == "-" && reading.parts.size() == 1) return each(part(0), minus);
        if (head == "-") return entrywise(part(0), each(part(1), minus), plus);
        if (head == "odot") return entrywise(part(0), part(1), times);
        if (head == "/") return entrywise(part(0), part(1), over);
        if (head == "*") return product(part(0), part(1));
        if (head == "^") return {1, 1, {power(only(part(0)), only(part(1)))}};
        if (head == "top") return transposed(part(0));
        if (head == "max" || head == "min") {
            Array best = part(0);
            for (std::size_t i = 1; i < reading.parts.size(); ++i)
                best = entrywise(best, part(i),
                                 [&](Number a, Number b) { return (a.value > b.value) == (head == "max") ? a : b; });
            return best;
        }
        if (const auto space = head.find(" over "); space != std::string_view::npos)
            return over_index(reading, head.substr(0, space), std::string(head.substr(space + 6)), locals, indices);
        if (head == "delta")
            return number(index(reading.parts.at(0), indices) == index(reading.parts.at(1), indices) ? 1 : 0);
        if (head == "ones" || head == "identity") {
            const auto size = static_cast<std::size_t>(only(part(0)).value);
            Array made{size, head == "ones" ? 1 : size, {}};
            for (std::size_t i = 0; i < made.rows * made.columns; ++i)
                made.entries.push_back({head == "ones" || i % (size + 1) == 0 ? 1.0 : 0.0, 0});
            return made;
        }
        if (head == "cases") return cases(reading, locals, indices);
        if (head == "derivative") return derivative(reading, locals, indices);
        if (head == "matrix") {
            Array made{reading.parts.size(), reading.parts.at(0).parts.size(), {}};
            for (const auto& row : reading.parts)
                for (const auto& one : row.parts) made.entries.push_back(only(value(one, locals, indices)));
            return made;
        }
        if (head == "norm") {
            Number squares;
            for (const Number one : part(0).entries) squares = plus(squares, times(one, one));
            return {1, 1, {elementary("sqrt", squares)}};
        }
        if (head == "tr") {
            const Array matrix = part(0);
            Number sum;
            for (std::size_t i = 0; i < matrix.rows; ++i) sum = plus(sum, matrix.entries.at(i * (matrix.columns + 1)));
            return {1, 1, {sum}};
        }
        if (head == "diag") {
            const Array column = part(0);
            Array made{column.rows, column.rows, std::vector<Number>(column.rows * column.rows)};
            for (std::size_t i = 0; i < column.rows; ++i) made.entries[i * (column.rows + 1)] = column.entries.at(i);
            return made;
        }
        if (head == "det") return {1, 1, {determinant(part(0))}};
        if (reading.parts.size() == 1) return each(part(0), [&](Number a) { return elementary(head, a); });
        if (!reading.parts.empty()) throw NoOpinion("an operation that is not evaluated");
        return named(reading.head);
    }

    static Number only(const Array& array) {
        if (!array.is_number()) throw NoOpinion("an array where a number stands");
        return array.entries[0];
    }
    template <class F>
    static Array each(Array array, const F& f) {
        for (auto& one : array.entries) one = f(one);
        return array;
    }
    template <class F>
    static Array entrywise(const Array& a, const Array& b, const F& f) {
        if (a.is_number()) return each(b, [&](Number one) { return f(a.entries[0], one); });
        if (b.is_number()) return each(a, [&](Number one) { return f(one, b.entries[0]); });
        if (a.rows != b.rows || a.columns != b.columns) throw NoOpinion("shapes that do not fit");
        Array made = a;
        for (std::size_t i = 0; i < made.entries.size(); ++i) made.entries[i] = f(a.entries[i], b.entries[i]);
        return made;
    }
    Array product(const Array& a, const Array& b) {
        if (a.is_number() || b.is_number()) return entrywise(a, b, times);
        if (a.columns != b.rows) throw NoOpinion("shapes that do not fit");
        spend(a.rows * a.columns * b.columns / 8);
        Array made{a.rows, b.columns, std::vector<Number>(a.rows * b.columns)};
        for (std::size_t i = 0; i < a.rows; ++i)
            for (std::size_t j = 0; j < b.columns; ++j)
                for (std::size_t k = 0; k < a.columns; ++k)
                    made.entries[i * b.columns + j] =
                        plus(made.entries[i * b.columns + j],
                             times(a.entries[i * a.columns + k], b.entries[k * b.columns + j]));
        return made;
    }
    static Array transposed(const Array& a) {
        Array made{a.columns, a.rows, {}};
        for (std::size_t j = 0; j < a.columns; ++j)
            for (std::size_t i = 0; i < a.rows; ++i) made.entries.push_back(a.entries[i * a.columns + j]);
        return made;
    }
    static Number determinant(const Array& a) {
        if (a.rows == 1) return a.entries.at(0);
        if (a.rows != a.columns || a.rows > 6) throw NoOpinion("a large determinant");
        Number sum;
        for (std::size_t skip = 0; skip < a.columns; ++skip) {
            Array minor{a.rows - 1, a.columns - 1, {}};
            for (std::size_t i = 1; i < a.rows; ++i)
                for (std::size_t j = 0; j < a.columns; ++j)
                    if (j != skip) minor.entries.push_back(a.entries[i * a.columns + j]);
            const Number term = times(a.entries[skip], determinant(minor));
            sum = plus(sum, skip % 2 == 0 ? term : minus(term));
        }
        return sum;
    }
    static Number power(Number base, Number exponent) {
        const double n = exponent.value;
        if (exponent.error == 0 && n == std::floor(n) && n >= 0 && n <= 8) {
            Number result{1, 0};
            for (int i = 0; i < static_cast<int>(n); ++i) result = times(result, base);
            return result;
        }
        const double value = std::pow(base.value, n);
        const double by_base = base.error == 0 ? 0 : std::abs(n * std::pow(base.value, n - 1)) * base.error;
        const double by_exponent = exponent.error == 0 ? 0 : std::abs(value * std::log(base.value)) * exponent.error;
        return rounded(value, by_base + by_exponent);
    }
    static Number elementary(std::string_view name, Number a) {
        const double x = a.value;
        if (name == "log") return mapped(std::log(x), 1 / x, a);
        if (name == "exp") return mapped(std::exp(x), std::exp(x), a);
        if (name == "sqrt") return mapped(std::sqrt(x), 0.5 / std::sqrt(x), a);
        if (name == "tanh") return mapped(std::tanh(x), 1, a);
        if (name == "sinh") return mapped(std::sinh(x), std::cosh(x), a);
        if (name == "cosh") return mapped(std::cosh(x), std::sinh(x), a);
        if (name == "sin") return mapped(std::sin(x), 1, a);
        if (name == "cos") return mapped(std::cos(x), 1, a);
        if (name == "arctan") return mapped(std::atan(x), 1 / (1 + x * x), a);
        if (name == "erf") return mapped(std::erf(x), 1.13, a);
        if (name == "abs") return {std::abs(x), a.error};
        throw NoOpinion("an operation that is not evaluated");
    }

    static bool compare(std::string_view relation, Number left, Number right) {
        const double difference = left.value - right.value;
        const double error = left.error + right.error;
        if (!(std::abs(difference) > 4 * error) && error > 0) throw NoOpinion("a condition at its very end");
        if (relation == "=") return difference == 0;
        if (relation == "!=") return difference != 0;
        if (relation == "<") return difference < 0;
        if (relation == "<=") return difference <= 0;
        if (relation == ">") return difference > 0;
        if (relation == ">=") return difference >= 0;
        throw NoOpinion("a relation that is no condition");
    }

    bool is_member(const Reading& membership, const Locals& locals, const Indices& indices) {
        const Number x = only(value(membership.parts.at(0), locals, indices));
        const Reading& set = membership.parts.at(1);
        if (set.head == "reals") return true;
        const auto end = [&](const Reading& reading) { return only(value(reading, locals, indices)); };
        if (set.head == "set")
            return std::any_of(set.parts.begin(), set.parts.end(),
                               [&](const Reading& one) { return compare("=", x, end(one)); });
        const bool closed_below = set.head[9] == '[';
        const bool closed_above = set.head[10] == ']';
        const auto& lower = set.parts.at(0);
        const auto& upper = set.parts.at(1);
        return (lower.head == "infinity" || compare(closed_below ? ">=" : ">", x, end(lower))) &&
               (upper.head == "infinity" || compare(closed_above ? "<=" : "<", x, end(upper)));
    }

    Array cases(const Reading& reading, const Locals& locals, const Indices& indices) {
        for (std::size_t i = 0; i + 1 < reading.parts.size(); i += 2)
            if (holds(reading.parts[i + 1], locals, indices)) return value(reading.parts[i], locals, indices);
        throw NoOpinion("no case holds");
    }

    Array entry(const Reading& reading, const Locals& locals, const Indices& indices) {
        const Array matrix = value(reading.parts.at(0), locals, indices);
        const auto at = [&](std::size_t i, std::size_t bound) {
            const int found = index(reading.parts[i], indices);
            if (found < 1 || static_cast<std::size_t>(found) > bound) throw OutOfRange();
            return static_cast<std::size_t>(found) - 1;
        };
        if (reading.parts.size() == 3) {
            const auto row = at(1, matrix.rows);
            return {1, 1, {matrix.entries[row * matrix.columns + at(2, matrix.columns)]}};
        }
        const auto& digits = reading.parts[1].head;
        if (matrix.columns != 1 && digits.size() == 2 && as_digits(digits))  // W_{12}
            return entry({"entry", {reading.parts[0], {digits.substr(0, 1), {}}, {digits.substr(1), {}}}}, locals,
                         indices);
        if (matrix.columns != 1) throw NoOpinion("one index of a matrix");
        return {1, 1, {matrix.entries[at(1, matrix.rows)]}};
    }

    Array over_index(const Reading& reading, std::string_view which, const std::string& name, const Locals& locals,
                     const Indices& indices) {
        const bool bounded = reading.parts.size() == 3;
        const int from = bounded ? index(reading.parts[1], indices) : 1;
        const int to = bounded ? index(reading.parts[2], indices) : 99;
        std::optional<Array> all;
        Indices inner = indices;
        for (int i = from; i <= to; ++i) {
            inner[name] = i;
            try {
                const Array one = value(reading.parts[0], locals, inner);
                if (!all) {
                    all = one;
                } else if (which == "max") {
                    all = entrywise(*all, one, [](Number a, Number b) { return a.value > b.value ? a : b; });
                } else {
                    all = which == "sum" ? entrywise(*all, one, plus) : product(*all, one);
                }
            } catch (const OutOfRange&) {
                if (bounded || i == 1) throw;
                break;
            }
        }
        return all ? *all : number(which == "sum" ? 0 : 1);
    }

    // A smooth function like any other, which increases in its first argument; each name has its own.
    static Array some_function(std::string_view name, const std::vector<Array>& arguments) {
        const double phase = static_cast<double>(Random(name).below(100)) * 0.05;
        Array made = arguments.at(0);
        double weight = 1;
        for (std::size_t i = 1; i < arguments.size(); ++i) {
            weight *= 0.7;
            made = entrywise(made, arguments[i], [weight](Number a, Number b) {
                return plus(a, times({weight, 0}, times(b, plus({1, 0}, times({0.3, 0}, a)))));
            });
        }
        return each(made, [phase](Number a) { return plus(a, mapped(0.5 * std::sin(a.value + phase), 0.5, a)); });
    }

    Array call(const Reading& reading, const Locals& locals, const Indices& indices) {
        std::string name = reading.head.substr(5);
        int primes = 0;
        for (; name.ends_with('\''); name.pop_back()) ++primes;
        std::vector<Array> arguments;
        for (const auto& part : reading.parts) arguments.push_back(value(part, locals, indices));
        const auto found = declarations_.find(name);
        if (found == declarations_.end() || found->second.ambiguous) throw NoOpinion("an ambiguous name");
        const Declaration& function = found->second;
        const auto apply = [&](const std::vector<Array>& at) {
            if (function.body.empty()) return some_function(name, at);
            Locals inner;
            for (std::size_t i = 0; i < function.parameters.size(); ++i) inner[function.parameters[i]] = at.at(i);
            return value(function.body[0], inner, {});
        };
        const bool of_numbers = std::none_of(function.parameters.begin(), function.parameters.end(), [&](auto& one) {
            const auto like = declarations_.find(one);
            return like != declarations_.end() && !like->second.shape.empty();
        });
        if (primes > 0) {
            return each(arguments.at(0), [&](Number x) {
                const std::function<Array(double, int)> slope = [&](double at, int order) -> Array {
                    if (order == 0) return apply({number(at)});
                    return differentiated([&](double t) { return slope(t, order - 1); }, at);
                };
                Number found_slope = only(slope(x.value, primes));
                found_slope.error += 100 * x.error;
                return found_slope;
            });
        }
        std::size_t most = 0;
        for (std::size_t i = 0; i < arguments.size(); ++i)
            if (arguments[i].entries.size() > arguments[most].entries.size()) most = i;
        if (!of_numbers || arguments.at(most).is_number()) return apply(arguments);
        Array made = arguments[most];
        for (std::size_t i = 0; i < made.entries.size(); ++i) {
            std::vector<Array> at;
            for (const auto& one : arguments) {
                if (!one.is_number() && one.entries.size() != made.entries.size())
                    throw NoOpinion("shapes that do not fit");
                at.push_back({1, 1, {one.is_number() ? one.entries[0] : one.entries[i]}});
            }
            made.entries[i] = only(apply(at));
        }
        return made;
    }

    // Central differences of steps h, 2 h, 4 h, extrapolated twice; what the last extrapolation changes is 15 times its
    // error. Where the slopes on both sides differ, at a kink, there is no opinion.
    static Array differentiated(const std::function<Array(double)>& f, double at) {
        constexpr double h = 0x1p-8;
        const Array here = f(at);
        std::vector<Array> steps;
        for (const double step : {h, 2 * h, 4 * h}) {
            const Array above = f(at + step);
            const Array below = f(at - step);
            if (step == h)
                for (std::size_t i = 0; i < here.entries.size(); ++i) {
                    const double right = (above.entries.at(i).value - here.entries[i].value) / h;
                    const double left = (here.entries[i].value - below.entries.at(i).value) / h;
                    if (!(std::abs(right - left) <= 0.1 * (1 + std::abs(right) + std::abs(left))))
                        throw NoOpinion("a kink");
                }
            steps.push_back(each(entrywise(above, each(below, minus), plus), [step](Number difference) {
                return over(difference, {2 * step, 0});
            }));
        }
        Array slope = here;
        for (std::size_t i = 0; i < slope.entries.size(); ++i) {
            const auto extrapolated = [&](std::size_t from) {
                return (4 * steps[from].entries[i].value - steps[from + 1].entries[i].value) / 3;
            };
            slope.entries[i] = {extrapolated(0),
                                std::abs(extrapolated(0) - extrapolated(1)) + 2 * steps[0].entries[i].error};
        }
        return slope;
    }

    // What is differentiated by is a name, an entry of it or a parameter; it keeps its value, and what is computed from
    // it follows.
    Array derivative(const Reading& reading, const Locals& locals, const Indices& indices) {
        return derivative(reading, 1, locals, indices);
    }
    Array derivative(const Reading& reading, std::size_t from, const Locals& locals, const Indices& indices) {
        if (from == reading.parts.size()) return value(reading.parts[0], locals, indices);
        const Reading& by = reading.parts[from];
        const Reading& base = by.head == "entry" ? by.parts[0] : by;
        const Array whole = value(base, locals, indices);
        const auto varied = [&](std::size_t which, double t) {
            Array changed = whole;
            changed.entries[which] = {t, 0};
            if (base.head.starts_with("local ")) {
                Locals inner = locals;
                inner[base.head.substr(6)] = changed;
                return derivative(reading, from + 1, inner, indices);
            }
            if (!base.parts.empty()) throw NoOpinion("a derivative by a formula");
            const auto held = held_;
            const auto memo = memo_;
            for (const auto& [name, array] : memo) spend(1 + array.entries.size() / 8);
            held_[base.head] = changed;
            memo_.clear();
            const auto restore = [&] {
                held_ = held;
                memo_ = memo;
            };
            try {
                Array result = derivative(reading, from + 1, locals, indices);
                restore();
                return result;
            } catch (...) {
                restore();
                throw;
            }
        };
        const auto slope = [&](std::size_t which) {
            return differentiated([&](double t) { return varied(which, t); }, whole.entries[which].value);
        };
        if (by.head == "entry") {
            const auto row = static_cast<std::size_t>(index(by.parts[1], indices)) - 1;
            const auto column = by.parts.size() > 2 ? static_cast<std::size_t>(index(by.parts[2], indices)) - 1 : 0;
            if (row >= whole.rows || column >= whole.columns) throw OutOfRange();
            return slope(row * whole.columns + column);
        }
        if (whole.is_number()) return slope(0);
        Array gradient = whole;
        for (std::size_t i = 0; i < whole.entries.size(); ++i) gradient.entries[i] = only(slope(i));
        return gradient;
    }

    Array named(const std::string& name) {
        for (const Locals* known : {&held_, &memo_, &drawn_})
            if (const auto found = known->find(name); found != known->end()) return found->second;
        const auto found = declarations_.find(name);
        if (found == declarations_.end() || found->second.ambiguous) throw NoOpinion("an ambiguous name");
        const Declaration& declaration = found->second;
        if (declaration.role == Role::size) return number(size(name));
        if (declaration.role != Role::value) throw NoOpinion("a name that has no value");
        if (declaration.body.empty()) return drawn_[name] = draw(declaration);
        if (std::find(evaluated_.begin(), evaluated_.end(), name) != evaluated_.end() || evaluated_.size() > 200)
            throw NoOpinion("a definition through itself");
        evaluated_.push_back(name);
        struct Leave {
            std::vector<std::string>& names;
            ~Leave() { names.pop_back(); }
        } const leave{evaluated_};
        Array made;
        if (declaration.indices.empty()) {
            made = value(declaration.body[0], {}, {});
        } else {
            made.rows = static_cast<std::size_t>(size(declaration.shape.at(0)));
            made.columns = declaration.indices.size() > 1 ? static_cast<std::size_t>(size(declaration.shape.at(1))) : 1;
            for (std::size_t i = 0; i < made.rows * made.columns; ++i) {
                Indices indices{{declaration.indices[0], static_cast<int>(i / made.columns) + 1}};
                if (declaration.indices.size() > 1)
                    indices[declaration.indices[1]] = static_cast<int>(i % made.columns) + 1;
                made.entries.push_back(only(value(declaration.body[0], {}, indices)));
            }
        }
        return memo_[name] = made;
    }

    // A value that the table allows.
    Array draw(const Declaration& declaration) {
        const auto& pieces = declaration.values;
        Array made;
        if (!declaration.shape.empty()) made.rows = static_cast<std::size_t>(size(declaration.shape[0]));
        if (declaration.shape.size() > 1) made.columns = static_cast<std::size_t>(size(declaration.shape[1]));
        const auto count = made.rows * made.columns;
        if (declaration.words.starts_with("one-hot")) {
            made.entries.assign(count, {0, 0});
            made.entries[random_.below(count)] = {1, 0};
            return made;
        }
        if (declaration.words.starts_with("simplex")) {
            Number sum;
            for (std::size_t i = 0; i < count; ++i) {
                made.entries.push_back({random_.between(0.2, 1), 0});
                sum = plus(sum, made.entries.back());
            }
            return each(made, [sum](Number one) { return over(one, sum); });
        }
        for (std::size_t i = 0; i < count; ++i) made.entries.push_back({entry_of(declaration.words, pieces), 0});
        return made;
    }

    double entry_of(std::string_view words, const std::vector<std::string>& pieces) {
        if (words.starts_with("positive")) return random_.between(0.1, 3);
        const auto number_at = [&pieces](std::size_t& at) -> std::optional<double> {
            const bool negative = pieces.at(at) == "-";
            if (negative) ++at;
            const auto digits = as_digits(pieces.at(at));
            ++at;
            return digits ? std::optional(negative ? -*digits : *digits) : std::nullopt;
        };
        const bool interval = !pieces.empty() && (pieces[0] == "(" || pieces[0] == "[");
        if (interval) {
            std::size_t at = 1;
            const auto lower = number_at(at);
            ++at;
            const auto upper = number_at(at);
            const double low = lower ? *lower : upper ? *upper - 3 : -3;
            const double high = upper ? *upper : lower ? *lower + 3 : 3;
            if (pieces[0] == "[" && lower && random_.below(8) == 0) return low;
            if (pieces.at(at) == "]" && upper && random_.below(8) == 0) return high;
            return low + (high - low) * random_.between(0.1, 0.9);
        }
        const bool set = !pieces.empty() && (pieces[0] == "\\{" || as_digits(pieces[0]) || pieces[0] == "-");
        if (set) {
            std::vector<double> members;
            for (std::size_t at = pieces[0] == "\\{" ? 1 : 0; at < pieces.size(); ++at)
                if (const auto member = number_at(at)) members.push_back(*member);
            return members.at(random_.below(members.size()));
        }
        constexpr double special[] = {0, 1, -1, 0.5, 2, -0.5, 3, -2};
        return random_.below(4) == 0 ? special[random_.below(8)] : random_.between(-2.5, 2.5);
    }
};

void collect_indices(const Reading& reading, std::vector<std::string> inside, std::set<std::string>& free) {
    if (const auto space = reading.head.find(" over "); space != std::string::npos)
        inside.push_back(reading.head.substr(space + 6));
    if (reading.head.starts_with("index ")) {
        const auto name = reading.head.substr(6);
        if (std::find(inside.begin(), inside.end(), name) == inside.end()) free.insert(name);
    }
    for (const auto& part : reading.parts) collect_indices(part, inside, free);
}

// One unit of the last digit that is written in 0.25, -0.25 or 2.5 \cdot 10^{-3}.
std::optional<double> last_place(const Reading& reading) {
    if (as_digits(reading.head)) {
        const auto point = reading.head.find('.');
        return std::pow(10.0, point == std::string::npos ? 0.0 : -static_cast<double>(reading.head.size() - point - 1));
    }
    if (reading.head == "-" && reading.parts.size() == 1) return last_place(reading.parts[0]);
    if (reading.head == "^" && reading.parts[0].head == "10") {
        const auto& exponent = reading.parts[1];
        const bool negative = exponent.head == "-" && exponent.parts.size() == 1;
        const auto digits = as_digits(negative ? exponent.parts[0].head : exponent.head);
        if (digits) return std::pow(10.0, negative ? -*digits : *digits);
    }
    if (reading.head == "*") {
        const auto left = last_place(reading.parts[0]);
        const auto right = last_place(reading.parts[1]);
        if (left && right) return *left * *right;
    }
    return std::nullopt;
}

// Whether a relation fails by more than can be error. The bounds are of first order, and those of differences an
// estimate: four times as much is none.
bool fails(const Reading& claim, Number left, Number right) {
    const double difference = left.value - right.value;
    const double error = 4 * (left.error + right.error);
    if (claim.head == "=") return std::abs(difference) > error;
    if (claim.head == "!=") return difference == 0 && error == 0;
    if (claim.head == "<" || claim.head == "<=")
        return difference > error || (claim.head == "<" && difference == 0 && error == 0);
    if (claim.head == ">" || claim.head == ">=")
        return -difference > error || (claim.head == ">" && difference == 0 && error == 0);
    const auto unit = last_place(claim.parts[1]);
    return unit && std::abs(difference) > *unit + error;
}

// Whether the values say anything: the error is small beside them.
bool is_known(Number left, Number right) {
    const double error = left.error + right.error;
    const double size = std::max(std::abs(left.value), std::abs(right.value));
    return std::isfinite(left.value) && std::isfinite(right.value) && error <= 1e-4 * (1 + size);
}

}  // namespace

Evaluation evaluate(const Reading& claim, const Declarations& declarations, long& steps) {
    Evaluation evaluation;
    evaluation.reason = "too long to evaluate";
    long of_claim = std::min(steps, most_steps_of_claim);
    const long before = of_claim;
    struct Spend {
        long& steps;
        const long& left;
        long before;
        ~Spend() { steps -= before - left; }
    } const spend{steps, of_claim, before};
    Random random(spelled(claim));
    Evaluator evaluator(declarations, random, of_claim);
    std::set<std::string> free;
    for (const auto& part : claim.parts) collect_indices(part, {}, free);
    for (int attempt = 0; attempt < tries_per_claim && evaluation.points < points_per_claim && of_claim > 0;
         ++attempt) {
        evaluator.new_point();
        try {
            Indices indices;
            for (const auto& name : free) {
                const auto declared = declarations.find(name);
                std::string range = range_of(name, claim, declarations);
                if (range.empty() && declared != declarations.end() && declared->second.role == Role::index)
                    range = declared->second.values.back();
                const int last = range.empty() ? 3 : evaluator.size(range);
                indices[name] = 1 + static_cast<int>(random.below(static_cast<std::size_t>(last)));
            }
            bool meant = true;
            for (std::size_t i = 2; i < claim.parts.size() && meant; ++i)
                meant = evaluator.holds(claim.parts[i], {}, indices);
            if (!meant) {
                evaluation.reason = "no point fulfils the conditions";
                continue;
            }
            const Array left = evaluator.value(claim.parts[0], {}, indices);
            const Array right = evaluator.value(claim.parts[1], {}, indices);
            if (!left.is_number() && !right.is_number() && (left.rows != right.rows || left.columns != right.columns))
                throw NoOpinion("shapes that do not fit");
            const auto count = std::max(left.entries.size(), right.entries.size());
            for (std::size_t i = 0; i < count; ++i) {
                const Number a = left.entries[left.is_number() ? 0 : i];
                const Number b = right.entries[right.is_number() ? 0 : i];
                if (!is_known(a, b)) throw NoOpinion("not accurate enough");
                if (!fails(claim, a, b)) continue;
                std::string at;
                for (const auto& [name, value] : evaluator.point())
                    at += fmt::format("{}{} = {}{}", at.empty() ? "" : ", ", name, value.entries[0].value,
                                      value.is_number() ? "" : ", ...");
                for (const auto& [name, value] : indices)
                    at += fmt::format("{}{} = {}", at.empty() ? "" : ", ", name, value);
                evaluation.contradiction =
                    fmt::format("{:.12g} and {:.12g}{}{}", a.value, b.value, at.empty() ? "" : " at ", at);
                return evaluation;
            }
            ++evaluation.points;
        } catch (const std::exception& error) {  // also of std::stod and at(): a value that is not understood
            evaluation.reason = error.what();
        }
    }
    return evaluation;
}

}  // namespace gradproof::notes::second
