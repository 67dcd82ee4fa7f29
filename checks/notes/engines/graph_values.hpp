// SPDX-License-Identifier: MIT
//
// The values of a graph's nodes as series, and derivatives by numbers with a slope (duals): a derivative node is
// evaluated with the node it is taken by as value + ε, everything that does not depend on it held fixed.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <map>

#include "notes/engines/series.hpp"
#include "notes/engines/work.hpp"
#include "notes/graph/graph.hpp"

namespace gradproof::proof {

/// value + slope ε with ε² = 0.
template <class T>
struct Slope {
    T value;
    T slope;

    Series::Format format() const { return value.format(); }
    int sign() const { return value.sign(); }

    Slope operator-() const { return {-value, -slope}; }
    friend Slope operator+(const Slope& a, const Slope& b) { return {a.value + b.value, a.slope + b.slope}; }
    friend Slope operator-(const Slope& a, const Slope& b) { return {a.value - b.value, a.slope - b.slope}; }
    friend Slope operator*(const Slope& a, const Slope& b) {
        return {a.value * b.value, a.slope * b.value + a.value * b.slope};
    }
    friend Slope operator/(const Slope& a, const Slope& b) {
        const T quotient = a.value / b.value;
        return {quotient, (a.slope - quotient * b.slope) / b.value};
    }
};

inline Series constant_like(const Series& like, const std::string& digits) {
    return Series::number(digits, like.format());
}
template <class T>
Slope<T> constant_like(const Slope<T>& like, const std::string& digits) {
    return {constant_like(like.value, digits), constant_like(like.value, "0")};
}

template <class T>
Slope<T> exp(const Slope<T>& u) {
    const T value = exp(u.value);
    return {value, value * u.slope};
}
template <class T>
Slope<T> log(const Slope<T>& u) {
    return {log(u.value), u.slope / u.value};
}
template <class T>
Slope<T> sqrt(const Slope<T>& u) {
    const T value = sqrt(u.value);
    return {value, u.slope / (value + value)};
}
template <class T>
Slope<T> sin(const Slope<T>& u) {
    return {sin(u.value), cos(u.value) * u.slope};
}
template <class T>
Slope<T> cos(const Slope<T>& u) {
    return {cos(u.value), -(sin(u.value) * u.slope)};
}
template <class T>
Slope<T> atan(const Slope<T>& u) {
    return {atan(u.value), u.slope / (constant_like(u.value, "1") + u.value * u.value)};
}
template <class T>
Slope<T> erf(const Slope<T>& u) {
    // erf(u)' = 2/√π e^{-u²}
    const T bell = exp(-(u.value * u.value));
    const T root = sqrt(constant_pi_like(u.value));
    return {erf(u.value), (bell + bell) / root * u.slope};
}

inline Series constant_pi_like(const Series& like) {
    return Series::constant("pi", like.format());
}
template <class T>
Slope<T> constant_pi_like(const Slope<T>& like) {
    return {constant_pi_like(like.value), constant_like(like.value, "0")};
}

/// A claim asks for something that this engine does not evaluate.
struct NotEvaluated : std::domain_error {
    using std::domain_error::domain_error;
};

template <class T>
struct Depth;
template <>
struct Depth<Series> {
    static constexpr int value = 0;
};
template <class T>
struct Depth<Slope<T>> {
    static constexpr int value = Depth<T>::value + 1;
};

/// Derivatives may be nested this deep, a slope taken by the engine itself included.
inline constexpr int deepest = 4;

/// Whether what `node` is computed from includes `cut`; answers are kept in `known`.
bool depends_on(const notes::Graph& graph, notes::NodeId node, notes::NodeId cut, std::map<notes::NodeId, bool>& known);

template <class T>
class GraphValues {
  public:
    using Source = std::function<T(notes::NodeId)>;

    /// `source` gives the values of the variables; `work`, if there is one, is spent.
    explicit GraphValues(const notes::Graph& graph, Source source, notes::Work* work = nullptr)
        : graph_(graph), source_(std::move(source)), work_(work), length_(source_(-1).format().length) {}
    /// Cut at a node: it has the value `at`, and what does not depend on it the value that `source` gives.
    GraphValues(const notes::Graph& graph, Source source, notes::NodeId cut, const T& at, notes::Work* work)
        : graph_(graph), source_(std::move(source)), work_(work), length_(at.format().length), cut_(cut) {
        known_.emplace(cut, at);
    }

    /// Gives a node a value, whatever it is computed from.
    void give(notes::NodeId node, const T& value) { known_.insert_or_assign(node, value); }

    /// A reference that stays: series are long.
    const T& of(notes::NodeId node) {
        if (const auto known = known_.find(node); known != known_.end()) return known->second;
        const bool outside = cut_ >= 0 && !depends_on(graph_, node, cut_, depends_);
        return known_.emplace(node, outside ? source_(node) : compute(node)).first->second;
    }

    bool holds(notes::Relation relation, const T& left, const T& right) {
        return holds(relation, (left - right).sign());
    }

  private:
    static bool holds(notes::Relation relation, int sign) {
        switch (relation) {
            case notes::Relation::less:
                return sign < 0;
            case notes::Relation::less_equal:
                return sign <= 0;
            case notes::Relation::greater:
                return sign > 0;
            case notes::Relation::greater_equal:
                return sign >= 0;
            case notes::Relation::equal:
                return sign == 0;
            default:
                return sign != 0;
        }
    }

    // Whatever is computed behind a cut depends on it, and has no derivative by it where branches meet.
    int sign_of_branch(const T& difference) const {
        const int sign = difference.sign();
        if (sign == 0 && cut_ >= 0) throw Unclear("a derivative where branches meet");
        return sign;
    }

    // In multiplications of numbers of 50 digits, as measured: a product of duals takes three, of series a third of
    // their terms, and a function twenty products.
    double cost_of(const notes::GraphNode& node) const {
        const bool function = node.operation == notes::Operation::elementary ||
                              node.operation == notes::Operation::power || node.operation == notes::Operation::divide;
        const double products = function ? 20 : 5 + static_cast<double>(node.children.size());
        return products * std::ceil(static_cast<double>(length_) / 3) * std::pow(3.0, Depth<T>::value);
    }

    T compute(notes::NodeId id) {
        using notes::Operation;
        const notes::GraphNode& node = graph_[id];
        if (work_ != nullptr) work_->spend(cost_of(node));
        switch (node.operation) {
            case Operation::variable:
                return source_(id);
            case Operation::number:
                return constant_like(like(), node.text);
            case Operation::constant:
                return node.text == "pi" ? constant_pi_like(like()) : exp(constant_like(like(), "1"));
            case Operation::alias:
                return of(node.children[0]);
            case Operation::add:
            case Operation::multiply: {
                T result = of(node.children[0]);
                for (std::size_t i = 1; i < node.children.size(); ++i) {
                    const T& next = of(node.children[i]);
                    result = node.operation == Operation::add ? result + next : result * next;
                }
                return result;
            }
            case Operation::subtract:
                return of(node.children[0]) - of(node.children[1]);
            case Operation::negate:
                return -of(node.children[0]);
            case Operation::divide:
                return of(node.children[0]) / of(node.children[1]);
            case Operation::power:
                return power(node);
            case Operation::elementary:
                return elementary(node.text, of(node.children[0]));
            case Operation::maximum:
            case Operation::minimum:
                return extremum(node);
            case Operation::cases:
                for (std::size_t i = 0; i + 1 < node.children.size(); i += 2)
                    if (condition_holds(node.children[i + 1])) return of(node.children[i]);
                throw Unclear("no case applies");
            case Operation::derivative:
                return derivative(node);
            case Operation::opaque:
                throw NotEvaluated("a function of which only the name is known");
            case Operation::compare:
            case Operation::all:
            case Operation::any:
            case Operation::otherwise:
                break;
        }
        throw std::logic_error("a condition has no value");
    }

    // Some value, for its format.
    T like() {
        if (!known_.empty()) return known_.begin()->second;
        return source_(-1);
    }

    bool condition_holds(notes::NodeId condition) {
        using notes::Operation;
        const notes::GraphNode& node = graph_[condition];
        const auto one_holds = [this](notes::NodeId child) { return condition_holds(child); };
        if (node.operation == Operation::otherwise) return true;
        if (node.operation == Operation::all) return std::all_of(node.children.begin(), node.children.end(), one_holds);
        if (node.operation == Operation::any) return std::any_of(node.children.begin(), node.children.end(), one_holds);
        const notes::NodeId left = node.children[0];
        const notes::NodeId right = node.children[1];
        if (left == right) return static_cast<void>(of(left)), holds(node.relation, 0);
        const T difference = of(left) - of(right);
        const bool is_cut =
            cut_ >= 0 && (depends_on(graph_, left, cut_, depends_) || depends_on(graph_, right, cut_, depends_));
        return holds(node.relation, is_cut ? sign_of_branch(difference) : difference.sign());
    }

    T power(const notes::GraphNode& node) {
        const notes::GraphNode& base = graph_[node.children[0]];
        const notes::GraphNode& exponent = graph_[node.children[1]];
        if (base.operation == notes::Operation::constant && base.text == "e") return exp(of(node.children[1]));
        const bool negative = exponent.operation == notes::Operation::negate;
        const notes::GraphNode& size = negative ? graph_[exponent.children[0]] : exponent;
        if (size.operation == notes::Operation::number && size.text.size() <= 3 &&
            size.text.find_first_not_of("0123456789") == std::string::npos) {
            T result = constant_like(like(), "1");
            const T& factor = of(node.children[0]);
            const auto times = static_cast<unsigned>(std::stoi(size.text));
            for (unsigned bit = std::bit_floor(times); bit > 0; bit /= 2) {
                result = result * result;
                if ((times & bit) != 0) result = result * factor;
            }
            return negative ? constant_like(result, "1") / result : result;
        }
        return exp(of(node.children[1]) * log(of(node.children[0])));
    }

    T elementary(const std::string& function, const T& u) {
        if (function == "exp") return exp(u);
        if (function == "log") return log(u);
        if (function == "sqrt") return sqrt(u);
        if (function == "sin") return sin(u);
        if (function == "cos") return cos(u);
        if (function == "arctan") return atan(u);
        if (function == "erf") return erf(u);
        if (function == "abs") return sign_of_branch(u) < 0 ? -u : u;
        const T one = constant_like(u, "1");
        const T two = constant_like(u, "2");
        if (function == "tanh") return one - two / (exp(u + u) + one);
        if (function == "sinh") return (exp(u) - exp(-u)) / two;
        if (function == "cosh") return (exp(u) + exp(-u)) / two;
        throw NotEvaluated(function + " is not evaluated");
    }

    T extremum(const notes::GraphNode& node) {
        T result = of(node.children[0]);
        for (std::size_t i = 1; i < node.children.size(); ++i) {
            const T next = of(node.children[i]);
            const int sign = sign_of_branch(next - result);
            if (node.operation == notes::Operation::maximum ? sign > 0 : sign < 0) result = next;
        }
        return result;
    }

    T derivative(const notes::GraphNode& node) {
        if constexpr (Depth<T>::value >= deepest) {
            throw NotEvaluated("derivatives nested too deep");
        } else {
            const notes::NodeId by = node.children[1];
            const T& at = of(by);
            const T zero = constant_like(at, "0");
            GraphValues<Slope<T>> cut(
                graph_,
                [this, zero](notes::NodeId outside) -> Slope<T> {
                    return {of(outside), zero};
                },
                by, {at, constant_like(at, "1")}, work_);
            return cut.of(node.children[0]).slope;
        }
    }

    const notes::Graph& graph_;
    Source source_;
    notes::Work* work_;
    slong length_;
    notes::NodeId cut_ = -1;
    std::map<notes::NodeId, T> known_;
    std::map<notes::NodeId, bool> depends_;
};

}  // namespace gradproof::proof
