// SPDX-License-Identifier: MIT
#include "differences/network/pass_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "differences/network/roundoff.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index examples_at_once = 64;  // |X| is made so many examples at a time: X may be large

template <class S>
constexpr S smallest_normal = std::numeric_limits<S>::min();

// Whoever takes 1 / (1 + e^-z) has 0 where e^-z overflows, and vectorised exponentials end a little before: in double
// at ±700, not at 709.8.
template <class S>
constexpr S end_of_exponentials = S(0x1p13) * smallest_normal<S>;

// What is not a number bounds nothing.
template <class S>
void settle(Matrix<S>& bound) {
    for (S& entry : bound.reshaped())
        if (std::isnan(entry)) entry = std::numeric_limits<S>::infinity();
}

bool saturates(const AnyActivation& activation) {
    const Interval& range = activation.facts().range;
    return std::isfinite(range.lower) && std::isfinite(range.upper);
}

// The largest of what f gives for the ends of x ± shift, less what it gives for x. Not magnified: a function with a
// pole answers to a larger shift in another way, and a slope with a kink jumps.
template <class S, class F>
S answer_to(const F& f, const S& at, const S& x, const S& shift) {
    return std::max(std::abs(f(S(x + shift)) - at), std::abs(f(S(x - shift)) - at));
}

// Where 1 - p rounds to 0 it is still anything below half an ulp of 1.
template <class S>
S rest_of(const S& p) {
    return std::max(S(S(1) - p), unit_roundoff<S>());
}

// J v for v >= 0 and the Jacobian of a softmax in absolute values, p_k |δ_kj - p_j|.
template <class S>
Vector<S> through_softmax(const Vector<S>& p, const Vector<S>& v) {
    const S sum = p.dot(v);
    Vector<S> out(p.size());
    for (Eigen::Index k = 0; k < p.size(); ++k)
        out(k) = p(k) * (rest_of(p(k)) * v(k) + std::max(S(sum - p(k) * v(k)), S(0)));
    return out;
}

// The Jacobian of a vector activation at z, as dual numbers take it: column k from a motion of z_k. `sizes` are the
// absolute values of its entries, and what rounding may make of one that cancels; `terms` those of what an entry is
// made of.
template <class S>
struct Jacobian {
    Matrix<S> entries;
    Matrix<S> sizes;
    Matrix<S> terms;

    Jacobian(const AnyActivation& activation, const Vector<S>& z)
        : entries(z.size(), z.size()), sizes(z.size(), z.size()), terms(z.size(), z.size()) {
        const auto g = activation.on<Dual<S>>();
        Matrix<Dual<S>> moved(z.size(), 1);
        for (Eigen::Index k = 0; k < z.size(); ++k) moved(k, 0) = Dual<S>(z(k));
        for (Eigen::Index k = 0; k < z.size(); ++k) {
            moved(k, 0) = Dual<S>(z(k), S(1));
            const Matrix<Dual<S>> a = g.activate(moved);
            moved(k, 0) = Dual<S>(z(k));
            for (Eigen::Index j = 0; j < z.size(); ++j) {
                entries(j, k) = a(j, 0).derivative;
                terms(j, k) = a(j, 0).magnitude;
                sizes(j, k) = std::abs(a(j, 0).derivative) + a(j, 0).magnitude * unit_roundoff<S>();
            }
        }
    }
};

template <class S>
class PassBounds {
  public:
    PassBounds(const RowProbe<S>& probe, const Matrix<double>& X) : probe_(probe), network_(*probe.network), X_(X) {
        pass_.network = &network_;
        pass_.layers.resize(network_.depth() + 1);
        error_of_Z_.resize(network_.depth() + 1);
    }

    PassRounding<S> bounds() {
        for (std::size_t l = 1; l <= network_.depth(); ++l) go_forward(l);
        begin_backward();
        for (std::size_t l = network_.depth(); l > 1; --l) {
            finish(l);
            go_back(l);
        }
        finish(1);
        return std::move(pass_);
    }

  private:
    // How much more the terms of a slope are than it is itself. Terms of the value that cancel in the same way, as in
    // z - tanh z, round as z does.
    static S cancelled_by(const Dual<S>& a) { return std::max(S(a.magnitude - std::abs(a.derivative)), S(0)); }

    // What comes down to A[l]: dA[l] with its terms and errors.
    struct Down {
        Matrix<S> dA;
        Matrix<S> terms;
        Matrix<S> stable;
        Matrix<S> any;
    };

    static S count(Eigen::Index n) { return static_cast<S>(n); }
    // A gradient that carries 1/m is rounded where it is so much smaller.
    S smallest_in_backward() const { return count(probe_.Y.cols() + 2) * smallest_normal<S>; }

    Matrix<S> terms_of(std::size_t l) const {
        const Dense<S>& dense = network_.layer(l).dense;
        return l == 1 ? largest_terms_of_Z(dense, Matrix<S>(X_.colwise().norm().template cast<S>()))
                      : terms_of_Z(dense, probe_.cache.A[l - 1]);
    }

    void go_forward(std::size_t l) {
        const DenseWithActivation<S>& layer = network_.layer(l);
        const Matrix<S>& Z = probe_.cache.Z[l];
        const Matrix<S>& A = probe_.cache.A[l];
        const S operations = roundings_of_sum_of_products<S>(layer.dense.W.cols());
        Matrix<S>& error = error_of_Z_[l];
        error = terms_of(l) * (operations * unit_roundoff<S>());
        error.array() += count(layer.dense.W.cols() + 2) * smallest_normal<S>;
        if (l > 1) error += product(absolute_values(layer.dense.W), pass_.layers[l - 1].A);
        settle(error);
        Matrix<S>& error_of_A = pass_.layers[l].A;
        error_of_A.resize(A.rows(), A.cols());
        if (is_elementwise(layer.activation)) {
            const auto formulas = layer.activation.template on<Dual<S>>();
            const auto g = [&formulas](const S& z) -> S { return formulas.value(Dual<S>(z, S(1))).value; };
            for (Eigen::Index n = 0; n < A.size(); ++n) {
                const S& z = Z.data()[n];
                error_of_A.data()[n] =
                    answer_to(g, A.data()[n], z, error.data()[n]) +
                    cancelled_by(formulas.value(Dual<S>(z, S(1)))) * std::abs(z) * formula_roundoff<S>();
            }
        } else {
            for (Eigen::Index i = 0; i < A.cols(); ++i) {
                const Vector<S> shift = error.col(i);
                if (const auto gain = layer.activation.facts().softmax_gain) {
                    error_of_A.col(i) = through_softmax(Vector<S>(A.col(i)), shift) * static_cast<S>(std::abs(*gain));
                } else {
                    error_of_A.col(i) = product(Jacobian<S>(layer.activation, Vector<S>(Z.col(i))).sizes, shift);
                }
            }
        }
        // A value that passed through unchanged, as on the right of relu, was rounded with Z.
        error_of_A += entrywise(
            [](const S& z, const S& a) -> S {
                return a == z ? S(0) : std::abs(a) * formula_roundoff<S>() + end_of_exponentials<S>;
            },
            Z, A);
        settle(error_of_A);
    }

    // What a kink within rounding may do is judged where kinks are.
    bool lies_on_kink_of_loss(const S& a, const S& y) const {
        if (!network_.loss.facts().has_kinks) return false;
        return std::ranges::any_of(network_.loss.kinks(static_cast<double>(y)), [&a](const Kink& kink) {
            return std::abs(a - S(kink.at)) <= S(margin_of_prediction(kink.at));
        });
    }

    // The derivative of each loss in its prediction, from a little inside the domain if the prediction has rounded to
    // its edge: a finite gradient cannot have come from the edge itself.
    Down derivative_of_loss() const {
        const std::size_t L = network_.depth();
        const Matrix<S>& error = pass_.layers[L].A;
        Down down;
        for (Matrix<S>* const matrix : {&down.dA, &down.terms, &down.stable}) matrix->resizeLike(error);
        if (!is_elementwise(network_.loss)) {
            for (Eigen::Index i = 0; i < error.cols(); ++i) derivative_of_column_loss(i, down);
            settle(down.stable);
            down.any = down.stable;
            return down;
        }
        const auto loss = network_.loss.template on<Dual<S>>();
        const Interval& domain = network_.loss.facts().prediction_domain;
        for (Eigen::Index n = 0; n < error.size(); ++n) {
            const S y = probe_.Y.data()[n];
            const auto derivative = [&](const S& a) {
                return loss.value(Dual<S>(inside(a, domain), S(1)), Dual<S>(y));
            };
            const S a = probe_.cache.A[L].data()[n];
            const Dual<S> here = derivative(a);
            down.dA.data()[n] = here.derivative;
            const S shift = error.data()[n];
            const auto derivative_at = [&](const S& moved) -> S { return derivative(moved).derivative; };
            const S answer = lies_on_kink_of_loss(a, y) ? S(0) : answer_to(derivative_at, here.derivative, a, shift);
            // A loss on all numbers is one of residuals: its derivative is made of terms as large as a, times
            // how fast it changes with it. One with an edge has a pole there, and no such terms.
            const bool is_of_residuals = !std::isfinite(domain.lower) && !std::isfinite(domain.upper);
            const S of_residual = is_of_residuals && shift > S(0) ? std::abs(a) * (answer / shift) : S(0);
            down.terms.data()[n] = here.magnitude + of_residual;
            down.stable.data()[n] = answer + here.magnitude * formula_roundoff<S>() + smallest_in_backward();
        }
        settle(down.stable);
        down.any = down.stable;
        return down;
    }

    // The same of a loss of the whole column: each of its derivatives answers to every prediction.
    void derivative_of_column_loss(Eigen::Index i, Down& down) const {
        const std::size_t L = network_.depth();
        const Interval& domain = network_.loss.facts().prediction_domain;
        const Matrix<S> y = probe_.Y.col(i);
        Matrix<S> a = probe_.cache.A[L].col(i);
        for (S& entry : a.reshaped()) entry = inside(entry, domain);
        const auto cast = [](const Matrix<S>& column) {
            Matrix<Dual<S>> result(column.rows(), 1);
            for (Eigen::Index k = 0; k < column.rows(); ++k) result(k, 0) = Dual<S>(column(k, 0));
            return result;
        };
        Matrix<Dual<S>> moved = cast(a);
        const Matrix<Dual<S>> labels = cast(y);
        for (Eigen::Index k = 0; k < a.rows(); ++k) {
            moved(k, 0) = Dual<S>(a(k, 0), S(1));
            const Dual<S> loss = example_losses(network_.loss, moved, labels)(0, 0);
            moved(k, 0) = Dual<S>(a(k, 0));
            down.dA(k, i) = loss.derivative;
            down.terms(k, i) = loss.magnitude;
            down.stable(k, i) = loss.magnitude * formula_roundoff<S>() + smallest_in_backward();
        }
        const Matrix<S> here = loss_derivative(network_.loss, a, y);
        for (Eigen::Index k = 0; k < a.rows(); ++k) {
            const S shift = pass_.layers[L].A(k, i);
            const auto there = [&](const S& by) -> Matrix<S> {
                Matrix<S> other = a;
                other(k, 0) = inside(S(a(k, 0) + by), domain);
                return absolute_values(Matrix<S>(loss_derivative(network_.loss, other, y) - here));
            };
            down.stable.col(i) += Vector<S>(there(shift).cwiseMax(there(-shift)));
        }
    }

    static S inside(const S& a, const Interval& domain) {
        S in = a;
        const auto distance = [](double edge) {
            return edge == 0 ? S(1024) * std::numeric_limits<S>::min() : S(std::abs(edge)) * unit_roundoff<S>();
        };
        if (std::isfinite(domain.lower)) in = std::max(in, S(S(domain.lower) + distance(domain.lower)));
        if (std::isfinite(domain.upper)) in = std::min(in, S(S(domain.upper) - distance(domain.upper)));
        return in;
    }

    void begin_backward() {
        const std::size_t L = network_.depth();
        Down down = derivative_of_loss();
        pass_.dA_output = down.stable;
        pass_.terms_of_dA_output = down.terms;
        pull_back(L, down);
        if (!is_canonical_pair(network_.layers.back().activation, network_.loss)) return;
        // By A - Y, which takes nothing from the derivative of the loss.
        LayerRounding<S>& layer = pass_.layers[L];
        const Matrix<S>& A = probe_.cache.A[L];
        layer.dZ = A - probe_.Y;
        layer.terms = absolute_values(A) + absolute_values(probe_.Y);
        layer.stable = layer.A + layer.terms * (S(2) * unit_roundoff<S>());
        layer.stable.array() += smallest_in_backward();
        layer.any = entrywise([](const S& a, const S& b) -> S { return std::max(a, b); }, layer.any, layer.stable);
    }

    void go_back(std::size_t l) {
        const Matrix<S>& W = network_.layer(l).dense.W;
        const LayerRounding<S>& above = pass_.layers[l];
        const Matrix<S> transposed = absolute_values(Matrix<S>(W.transpose()));
        Down down{.dA = product(W.transpose(), above.dZ),
                  .terms = product(transposed, above.terms),
                  .stable = product(transposed, above.stable),
                  .any = product(transposed, above.any)};
        for (Matrix<S>* const error : {&down.stable, &down.any}) error->array() += smallest_in_backward();
        pull_back(l - 1, down);
    }

    // What the sums over the units of layer l round, on the way down.
    void finish(std::size_t l) {
        LayerRounding<S>& layer = pass_.layers[l];
        const Matrix<S> of_sums =
            absolute_values(layer.dZ) * (roundings_of_sum_of_products<S>(layer.dZ.rows()) * unit_roundoff<S>());
        for (Matrix<S>* const error : {&layer.stable, &layer.any}) *error += of_sums;
    }

    // From dA[l] to dZ[l].
    void pull_back(std::size_t l, const Down& down) {
        LayerRounding<S>& layer = pass_.layers[l];
        for (Matrix<S>* const matrix : {&layer.dZ, &layer.terms, &layer.stable, &layer.any})
            matrix->resizeLike(down.dA);
        if (is_elementwise(network_.layer(l).activation)) {
            pull_back_entries(l, down, layer);
        } else {
            const auto gain = network_.layer(l).activation.facts().softmax_gain;
            for (Eigen::Index i = 0; i < down.dA.cols(); ++i) {
                if (gain) {
                    pull_back_softmax(l, i, down, static_cast<S>(*gain), layer);
                } else {
                    pull_back_column(l, i, down, layer);
                }
            }
        }
        for (Matrix<S>* const error : {&layer.stable, &layer.any}) {
            error->array() += smallest_in_backward();
            settle(*error);
        }
        settle(layer.terms);
    }

    void pull_back_entries(std::size_t l, const Down& down, LayerRounding<S>& layer) const {
        const AnyActivation& activation = network_.layer(l).activation;
        const bool is_saturating = saturates(activation);
        const auto formulas = activation.on<Dual<S>>();
        const auto slope_at = [&formulas](const S& z) -> S { return formulas.value(Dual<S>(z, S(1))).derivative; };
        const std::vector<Kink>& kinks = activation.facts().kinks;
        for (Eigen::Index n = 0; n < down.dA.size(); ++n) {
            const S z = probe_.cache.Z[l].data()[n];
            const S shift = error_of_Z_[l].data()[n];
            const S slope = std::abs(slope_at(z));
            // What a kink within rounding may do is judged where kinks are. At a seam the slope does not jump.
            const bool is_near_kink =
                std::ranges::any_of(kinks, [&](const Kink& kink) { return std::abs(z - S(kink.at)) <= shift; });
            S error_of_slope = slope * formula_roundoff<S>() + end_of_exponentials<S>;
            if (!is_near_kink) error_of_slope += answer_to(slope_at, slope_at(z), z, shift);
            // As 1 - a² or a(1 - a) a slope has absolute accuracy only, and is made of terms as large as a.
            const S a = std::abs(probe_.cache.A[l].data()[n]);
            const S error_of_formula = is_saturating ? a * (S(4) * unit_roundoff<S>()) : S(0);
            const S size = std::abs(down.dA.data()[n]);
            // The terms of dA[L] may be pulled back one by one.
            const S size_of_terms = l == network_.depth() ? std::max(size, down.terms.data()[n]) : size;
            // Differentiated operation by operation, 1 / (1 + e^-z) gives dA a² e^-z, of which dA a² may underflow.
            const S of_square =
                is_saturating && a > S(0) ? std::min(S(size_of_terms * a), S(smallest_in_backward() / a)) : S(0);
            layer.dZ.data()[n] = down.dA.data()[n] * slope_at(z);
            layer.terms.data()[n] = down.terms.data()[n] * (is_saturating ? std::max(slope, a) : slope);
            layer.stable.data()[n] = slope * down.stable.data()[n] + size * error_of_slope;
            layer.any.data()[n] =
                slope * down.any.data()[n] + size * error_of_slope + size_of_terms * error_of_formula + of_square;
        }
    }

    // dZ = Jᵀ dA for any Jacobian.
    void pull_back_column(std::size_t l, Eigen::Index i, const Down& down, LayerRounding<S>& layer) const {
        const AnyActivation& activation = network_.layer(l).activation;
        const Matrix<S> z = probe_.cache.Z[l].col(i);
        const Matrix<S> dA = down.dA.col(i);
        const Jacobian<S> J(activation, Vector<S>(z));
        const auto through = [i](const Matrix<S>& sizes, const Matrix<S>& v) -> Vector<S> {
            return product(sizes.transpose(), Vector<S>(v.col(i)));
        };
        layer.dZ.col(i) = product(J.entries.transpose(), Vector<S>(dA));
        layer.terms.col(i) = through(J.terms, down.terms);
        Vector<S> own =
            through(J.terms, absolute_values(down.dA)) * (formula_roundoff<S>() + count(z.rows()) * unit_roundoff<S>());
        const Matrix<S> here = gradproof::pull_back(activation, z, dA);
        for (Eigen::Index k = 0; k < z.rows(); ++k) {
            const auto there = [&](const S& by) -> Matrix<S> {
                Matrix<S> moved = z;
                moved(k, 0) += by;
                return absolute_values(Matrix<S>(gradproof::pull_back(activation, moved, dA) - here));
            };
            const S shift = error_of_Z_[l](k, i);
            own += Vector<S>(there(shift).cwiseMax(there(-shift)));
        }
        layer.stable.col(i) = through(J.sizes, down.stable) + own;
        layer.any.col(i) = through(J.sizes, down.any) + own;
    }

    // dZ = gain p (dA - mean), with mean = pᵀ dA.
    void pull_back_softmax(std::size_t l, Eigen::Index i, const Down& down, S gain, LayerRounding<S>& layer) const {
        const S factor = std::abs(gain);
        Vector<S> p = probe_.cache.A[l].col(i);
        if (l == network_.depth())
            for (S& entry : p) entry = inside(entry, network_.layer(l).activation.facts().range);
        const Vector<S> error_of_p = layer.A.col(i);
        const Vector<S> dA = down.dA.col(i);
        const Vector<S> size = absolute_values(dA);
        const S mean = p.dot(dA);
        Vector<S> centred(p.size());
        for (Eigen::Index k = 0; k < p.size(); ++k) centred(k) = rest_of(p(k)) * dA(k) - (mean - p(k) * dA(k));
        layer.dZ.col(i) = p.cwiseProduct(centred) * gain;
        layer.terms.col(i) =
            (through_softmax(p, Vector<S>(down.terms.col(i))) + terms_of_difference(l, i, p, down)) * factor;
        const Vector<S> distance = absolute_values(centred);
        const Vector<S> own = error_of_p.cwiseProduct(distance) + p * error_of_p.dot(distance) +
                              p.cwiseProduct(Vector<S>(size.array() + p.dot(size))) *
                                  (formula_roundoff<S>() + count(p.size()) * unit_roundoff<S>());
        layer.stable.col(i) = (through_softmax(p, Vector<S>(down.stable.col(i))) + own) * factor;
        // Whoever takes the loss of each output from the logarithm of a sum of exponentials adds as many terms of up to
        // p = exp(z - log sum), where the difference rounds as z does.
        const S of_logarithms =
            formula_roundoff<S>() + S(2) * unit_roundoff<S>() * factor * probe_.cache.Z[l].col(i).cwiseAbs().maxCoeff();
        layer.any.col(i) =
            (through_softmax(p, Vector<S>(down.any.col(i))) + own + p * (count(p.size()) * of_logarithms)) * factor;
    }

    // p_k (dA_k - mean) is a difference, and so is p - y. At an output a term p_k dA_k counts as no more than the
    // label: by the pole of a loss alone it may be far larger, but then there are routes that never make it.
    Vector<S> terms_of_difference(std::size_t l, Eigen::Index i, const Vector<S>& p, const Down& down) const {
        Vector<S> terms = p.cwiseProduct(down.terms.col(i));
        if (l == network_.depth())
            for (Eigen::Index k = 0; k < p.size(); ++k)
                terms(k) = std::min(terms(k), std::max(std::abs(probe_.Y(k, i)), S(1)));
        return terms + p * terms.sum();
    }

    const RowProbe<S>& probe_;
    const Network<S>& network_;
    const Matrix<double>& X_;
    PassRounding<S> pass_;
    std::vector<Matrix<S>> error_of_Z_;
};

}  // namespace

template <class S>
EntryRounding<S> PassRounding<S>::of_dZ(std::size_t l, Eigen::Index j, Eigen::Index i) const {
    const LayerRounding<S>& layer = layers[l];
    return {layer.terms(j, i), layer.stable(j, i), layer.any(j, i)};
}

template <class S>
EntryRounding<S> PassRounding<S>::of_dA(std::size_t l, Eigen::Index j, Eigen::Index i) const {
    if (l == network->depth()) return {terms_of_dA_output(j, i), dA_output(j, i), dA_output(j, i)};
    const Matrix<S>& W = network->layer(l + 1).dense.W;
    const LayerRounding<S>& above = layers[l + 1];
    EntryRounding<S> sum;
    for (Eigen::Index r = 0; r < W.rows(); ++r) {
        const S w = std::abs(W(r, j));
        sum.terms += w * above.terms(r, i);
        sum.stable += w * above.stable(r, i);
        sum.any += w * above.any(r, i);
    }
    const S least = static_cast<S>(W.rows() + above.dZ.cols() + 2) * smallest_normal<S>;
    return {sum.terms, sum.stable + least, sum.any + least};
}

template <class S>
PassRounding<S> rounding_of_pass(const RowProbe<S>& probe, const Matrix<double>& X) {
    return PassBounds<S>(probe, X).bounds();
}

WeightRounding rounding_of_weights(const PassRounding<double>& pass, const RowProbe<double>& probe, std::size_t l) {
    const DenseWithActivation<double>& layer = probe.network->layer(l);
    const LayerRounding<double>& own = pass.layers[l];
    const Matrix<double>& A = probe.A(l - 1);
    const Eigen::Index n = layer.dense.W.rows();
    const auto m = static_cast<double>(A.cols());
    Matrix<double> errors(2 * n, A.cols());  // both at once, so that |A| is made once
    errors << own.stable, own.any;
    Matrix<double> sums = Matrix<double>::Zero(2 * n, A.rows() + 1);
    for (Eigen::Index i = 0; i < A.cols(); i += examples_at_once) {
        const Eigen::Index size = std::min(examples_at_once, A.cols() - i);
        const Matrix<double> sizes = A.middleCols(i, size).cwiseAbs();
        sums.leftCols(A.rows()) += product(errors.middleCols(i, size), sizes.transpose());
    }
    sums.rightCols(1) = errors.rowwise().sum();
    if (l > 1) {
        const Matrix<double> moved = product(own.dZ.cwiseAbs(), pass.layers[l - 1].A.transpose());
        sums.topLeftCorner(n, A.rows()) += moved;
        sums.bottomLeftCorner(n, A.rows()) += moved;
    }
    sums = (sums.array() / m + (m + 2) * smallest_normal<double>).matrix();
    const Matrix<double> of_regularisation =
        layer.dense.W.cwiseAbs() * (4 * unit_roundoff<double>() * std::abs(probe.network->lambda) / m);
    sums.topLeftCorner(n, A.rows()) += of_regularisation;
    sums.bottomLeftCorner(n, A.rows()) += of_regularisation;
    settle(sums);
    return {sums.topRows(n), sums.bottomRows(n)};
}

template struct PassRounding<double>;
template struct PassRounding<long double>;
template PassRounding<double> rounding_of_pass(const RowProbe<double>&, const Matrix<double>&);
template PassRounding<long double> rounding_of_pass(const RowProbe<long double>&, const Matrix<double>&);

}  // namespace gradproof::checks
