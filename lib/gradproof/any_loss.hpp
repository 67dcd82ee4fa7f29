// SPDX-License-Identifier: MIT
//
// A loss chosen at run time, with its formulas in each type of number, as any_activation.hpp has it for activations;
// and what can be asked of a loss with an output activation.
#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_activation.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

/// What is known of a loss besides its formulas.
struct LossFacts {
    CaseId id;
    std::string_view slug;
    std::string name;  ///< with the parameters that are not their defaults
    Interval prediction_domain;
    Interval label_domain;
    Labels labels;
    bool is_elementwise;       ///< whether it is a sum over the components; cosine is one of the whole column
    std::string_view formula;  ///< of a loss of the whole column, as it declares it
    bool has_kinks;            ///< its derivative jumps somewhere
    std::vector<AnyActivation> canonical;  ///< the activation for which dZ = A - Y, if there is one
    std::vector<ParameterValue> parameters;
};

/// The formulas of one type of loss on numbers of type S; null where it has none.
template <Scalar S>
struct LossTable {
    S (*value)(const void* loss, const S& a, const S& y);
    S (*derivative)(const void* loss, const S& a, const S& y);
    Matrix<S> (*example_losses)(const void* loss, const Matrix<S>& A, const Matrix<S>& Y);
    Matrix<S> (*loss_derivative)(const void* loss, const Matrix<S>& A, const Matrix<S>& Y);
    Matrix<S> (*losses_from_pre_activation)(const void* loss, const Matrix<S>& Z, const Matrix<S>& Y);
};

/// The formulas of one loss on numbers of type S. value() and derivative() are there for elementwise losses, the others
/// for all.
template <Scalar S>
class LossFormulas {
  public:
    LossFormulas(std::shared_ptr<const void> loss, const LossTable<S>& table)
        : loss_(std::move(loss)), table_(&table) {}

    bool is_elementwise() const { return table_->value != nullptr; }

    /// One component.
    S value(const S& a, const S& y) const { return table_->value(loss_.get(), a, y); }
    S derivative(const S& a, const S& y) const { return table_->derivative(loss_.get(), a, y); }

    /// 1 × m, from the predictions, and with a canonical activation also from its pre-activations.
    Matrix<S> example_losses(const Matrix<S>& A, const Matrix<S>& Y) const {
        return table_->example_losses(loss_.get(), A, Y);
    }
    bool has_losses_from_pre_activation() const { return table_->losses_from_pre_activation != nullptr; }
    Matrix<S> losses_from_pre_activation(const Matrix<S>& Z, const Matrix<S>& Y) const {
        return table_->losses_from_pre_activation(loss_.get(), Z, Y);
    }

    Matrix<S> loss_derivative(const Matrix<S>& A, const Matrix<S>& Y) const {
        return table_->loss_derivative(loss_.get(), A, Y);
    }

  private:
    std::shared_ptr<const void> loss_;
    const LossTable<S>* table_;
};

/// The table of a type of loss on S, null if its formulas do not run on S. See compile_cases.hpp.
template <Scalar S, class L>
const LossTable<S>* loss_table();

template <Scalar S>
using CompiledLoss = CompiledCase<LossTable<S>>;
/// The tables of all losses on S.
template <Scalar S>
std::span<const CompiledLoss<S>> compiled_losses();

class AnyLoss {
  public:
    /// No loss yet; to ask anything of it is a mistake.
    AnyLoss() = default;
    /// Of a type in losses/: others have no table.
    template <Loss L>
    AnyLoss(const L& loss) : loss_(std::make_shared<L>(loss)) {
        auto parameters = parameters_of(loss);
        LossFacts facts{.id = case_id<L>(),
                        .slug = L::name,
                        .name = name_of_case(loss, parameters),
                        .prediction_domain = loss.prediction_domain,
                        .label_domain = loss.label_domain,
                        .labels = loss.labels,
                        .is_elementwise = ElementwiseLoss<L>,
                        .formula = {},
                        .has_kinks = HasLossKinks<L>,
                        .canonical = {},
                        .parameters = std::move(parameters)};
        if constexpr (ColumnLoss<L>) facts.formula = L::formula;
        if constexpr (HasCanonicalActivation<L>) facts.canonical.emplace_back(typename L::Canonical{});
        facts_ = std::make_shared<const LossFacts>(std::move(facts));
        set_ = [](const void* object, std::string_view parameter, double value) -> AnyLoss {
            return with_parameter(*static_cast<const L*>(object), parameter, value);
        };
        if constexpr (HasLossKinks<L>)
            kinks_ = [](const void* object, double y) -> std::vector<Kink> {
                const auto kinks = static_cast<const L*>(object)->kinks(y);
                return {std::begin(kinks), std::end(kinks)};
            };
        if constexpr (HasLossSeams<L>)
            seams_ = [](const void* object, double y) -> std::vector<double> {
                const auto seams = static_cast<const L*>(object)->seams(y);
                return {std::begin(seams), std::end(seams)};
            };
    }

    const LossFacts& facts() const {
        if (!facts_) throw std::logic_error("the network has no loss yet");
        return *facts_;
    }
    template <class L>
    bool is() const {
        return facts().id == case_id<L>();
    }

    /// The same loss with a parameter set, as with_parameter() has it.
    AnyLoss with(std::string_view parameter, double value) const {
        static_cast<void>(facts());
        return set_(loss_.get(), parameter, value);
    }

    /// The predictions at which its derivative jumps for a label, with the value taken there; none of a smooth loss.
    std::vector<Kink> kinks(double y) const {
        static_cast<void>(facts());
        return kinks_ ? kinks_(loss_.get(), y) : std::vector<Kink>{};
    }

    /// The predictions at which its derivative bends.
    std::vector<double> seams(double y) const {
        static_cast<void>(facts());
        return seams_ ? seams_(loss_.get(), y) : std::vector<double>{};
    }
    /// Whether it is not smooth for some label.
    bool has_kinks_or_seams() const { return kinks_ || seams_; }

    /// Its formulas on S. Throws std::invalid_argument if they need an order that S lacks.
    template <Scalar S>
    LossFormulas<S> on() const {
        const LossTable<S>* table = table_on<S>();
        if (!table) detail::refuse_scalar(facts().slug);
        return {loss_, *table};
    }
    /// Whether its formulas run on S: those that compare numbers do not run on complex ones.
    template <Scalar S>
    bool runs_on() const {
        return table_on<S>() != nullptr;
    }

  private:
    template <Scalar S>
    const LossTable<S>* table_on() const {
        return table_of(facts().id, compiled_losses<S>(), facts().name, "losses");
    }

    std::shared_ptr<const void> loss_;
    std::shared_ptr<const LossFacts> facts_;
    AnyLoss (*set_)(const void* loss, std::string_view parameter, double value) = nullptr;
    std::vector<Kink> (*kinks_)(const void* loss, double y) = nullptr;
    std::vector<double> (*seams_)(const void* loss, double y) = nullptr;
};

/// Every loss with its default parameters, in the order of the folder losses/.
const std::vector<AnyLoss>& all_losses();

inline const std::string& name_of(const AnyLoss& loss) {
    return loss.facts().name;
}
inline bool is_elementwise(const AnyLoss& loss) {
    return loss.facts().is_elementwise;
}

/// Whether dZ[L] = A[L] - Y holds for this output activation and loss. derivations/canonical_pairings.md
inline bool is_canonical_pair(const AnyActivation& activation, const AnyLoss& loss) {
    const std::vector<AnyActivation>& canonical = loss.facts().canonical;
    return !canonical.empty() && canonical.front().facts().id == activation.facts().id;
}

/// Whether every value of the activation is a prediction that the loss accepts.
inline bool are_compatible(const AnyActivation& activation, const AnyLoss& loss) {
    return activation.facts().range.is_within(loss.facts().prediction_domain);
}

/// The losses of the m examples (1 × m) from their predictions A.
template <Scalar S>
Matrix<S> example_losses(const AnyLoss& loss, const Matrix<S>& A, const Matrix<S>& Y) {
    return loss.on<S>().example_losses(A, Y);
}

/// The losses of the m examples (1 × m) from the last layer: by the stable form from Z where the pairing is canonical,
/// elsewhere from A = g(Z).
template <Scalar S>
Matrix<S> example_losses(const AnyActivation& activation, const AnyLoss& loss, const Matrix<S>& Z, const Matrix<S>& A,
                         const Matrix<S>& Y) {
    const LossFormulas<S> formulas = loss.on<S>();
    if (is_canonical_pair(activation, loss) && formulas.has_losses_from_pre_activation())
        return formulas.losses_from_pre_activation(Z, Y);
    return formulas.example_losses(A, Y);
}

/// dA[L], the derivative of each example's loss with respect to its prediction. derivations/network.md (dA output)
template <Scalar S>
Matrix<S> loss_derivative(const AnyLoss& loss, const Matrix<S>& A, const Matrix<S>& Y) {
    return loss.on<S>().loss_derivative(A, Y);
}

/// dZ[L] by the general chain, through dA. derivations/output_layer.md (dZ)
template <Scalar S>
Matrix<S> dZ_through_dA(const AnyActivation& activation, const AnyLoss& loss, const Matrix<S>& Z, const Matrix<S>& A,
                        const Matrix<S>& Y) {
    return pull_back(activation, Z, loss_derivative(loss, A, Y));
}

}  // namespace gradproof
