// SPDX-License-Identifier: MIT
//
// Random small networks of every activation, hidden and at the output, and every loss: the right gradient is never
// refuted, and undecided only for a reason that is written down here; a value a little off is refuted. In three of four
// networks something lies exactly on a kink: pre-activations through whole numbers or weights of 0, predictions that
// are their labels.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "claims/points.hpp"
#include "gradproof/activations/tanh_shrink.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/checks/network_differences.hpp"
#include "gradproof/checks/verdict.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t networks_of_each = 200;
constexpr double largest_pre_activation = 8;
constexpr double largest_cost = 1e4;

enum class Kind { ordinary, whole_numbers, zero_weights, labels_on_kinks };
constexpr std::uint32_t kinds = 4;

struct RandomNetwork {
    std::string what;
    Network<double> network;
    Matrix<double> X;
    Matrix<double> Y;
};

// Numbers that a random generator with a printed seed draws.
class Draws {
  public:
    explicit Draws(std::uint32_t seed) : random_(seed) {}

    int whole(int least, int most) { return least + static_cast<int>(random_.rand() * (most - least + 1)); }
    bool one_of(int n) { return whole(1, n) == 1; }
    double normal() { return random_.randn(); }
    template <class T>
    const T& of(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(whole(0, static_cast<int>(choices.size()) - 1))];
    }

  private:
    CourseRandom random_;
};

Matrix<double> labels_for(const AnyLoss& loss, Eigen::Index n, Eigen::Index m, Draws& draws) {
    Matrix<double> Y(n, m);
    const std::vector<double> allowed = label_points(loss.facts());
    for (double& y : Y.reshaped()) y = draws.of(allowed);
    if (loss.facts().labels == Labels::distribution)
        for (Eigen::Index i = 0; i < m; ++i) {
            Y.col(i).setZero();
            Y(draws.whole(0, static_cast<int>(n) - 1), i) += 0.75;
            Y(draws.whole(0, static_cast<int>(n) - 1), i) += 0.25;
        }
    return Y;
}

// Halves weights until no pre-activation is so large that activations saturate, and no loss so large that it overflows;
// zeros stay zeros.
void keep_small(RandomNetwork& random) {
    for (std::size_t l = 1; l <= random.network.depth(); ++l) {
        Dense<double>& dense = random.network.layer(l).dense;
        while (true) {
            const Cache<double> cache = forward(random.network, random.X);
            const bool is_small = cache.Z[l].cwiseAbs().maxCoeff() <= largest_pre_activation;
            if (is_small && (l < random.network.depth() || !(cost(random.network, cache, random.Y) > largest_cost)))
                break;
            dense.W /= 2;
            dense.b /= 2;
        }
    }
}

// A unit of each layer with kinks that lies on one in every example.
void put_units_on_kinks(Network<double>& network, Draws& draws) {
    for (auto& layer : network.layers) {
        std::vector<double> at = layer.activation.facts().seams;
        for (const Kink& kink : layer.activation.facts().kinks)
            if (!kink.value_jumps) at.push_back(kink.at);
        if (at.empty()) continue;
        const Eigen::Index unit = draws.whole(0, static_cast<int>(layer.dense.W.rows()) - 1);
        layer.dense.W.row(unit).setZero();
        layer.dense.b(unit) = draws.of(at);
    }
}

// Labels for which a prediction lies on a kink of the loss, as far as there are any.
void put_predictions_on_kinks(RandomNetwork& random, Draws& draws) {
    const LossFacts& loss = random.network.loss.facts();
    if (loss.labels != Labels::numbers) return;
    const Matrix<double> A = forward(random.network, random.X).A.back();
    for (Eigen::Index i = 0; i < A.size(); ++i) {
        const double a = A.data()[i];
        if (draws.one_of(loss.has_kinks ? 2 : 8) && loss.label_domain.contains(a)) random.Y.data()[i] = a;
    }
}

RandomNetwork drawn_network(std::uint32_t seed, const AnyActivation& hidden, const AnyActivation& output,
                            const AnyLoss& loss) {
    Draws draws(seed);
    const auto kind = static_cast<Kind>(seed % kinds);
    RandomNetwork random;
    const auto m = static_cast<Eigen::Index>(draws.whole(1, 5));
    const int depth = draws.whole(1, 3);
    std::vector<Eigen::Index> sizes;
    for (int l = 0; l <= depth; ++l) sizes.push_back(draws.whole(1, 4));
    // The only probability of one class is 1, which lies outside the domain of a cross-entropy.
    if (!is_elementwise(output)) sizes.back() = draws.whole(2, 4);
    const bool is_whole = kind != Kind::ordinary;
    const auto number = [&] { return is_whole ? draws.whole(-2, 2) : draws.normal(); };
    random.X.resize(sizes.front(), m);
    for (double& x : random.X.reshaped()) x = number();
    for (std::size_t l = 1; l < sizes.size(); ++l) {
        DenseWithActivation<double> layer{{Matrix<double>(sizes[l], sizes[l - 1]), Vector<double>(sizes[l])},
                                          l + 1 == sizes.size() ? output : hidden};
        for (double& w : layer.dense.W.reshaped()) w = number();
        for (double& b : layer.dense.b) b = kind == Kind::labels_on_kinks ? 0 : number();
        random.network.layers.push_back(std::move(layer));
    }
    random.network.loss = loss;
    random.network.lambda = draws.one_of(4) ? 0.5 : 0;
    random.Y = labels_for(loss, sizes.back(), m, draws);
    keep_small(random);
    if (kind == Kind::zero_weights) put_units_on_kinks(random.network, draws);
    keep_small(random);
    if (kind == Kind::labels_on_kinks) put_predictions_on_kinks(random, draws);
    random.what = fmt::format("seed {}: {} layers of {}, then {}, {}, {} examples", seed, depth - 1, name_of(hidden),
                              name_of(output), name_of(loss), m);
    return random;
}

// Whether a unit lies where its value jumps, or within rounding of it: then the cost is one of two.
bool lies_on_jump(const RandomNetwork& random) {
    const Cache<double> cache = forward(random.network, random.X);
    for (std::size_t l = 1; l <= random.network.depth(); ++l)
        for (const Kink& kink : random.network.layer(l).activation.facts().kinks)
            if (kink.value_jumps && (cache.Z[l].array() - kink.at).abs().minCoeff() < 1e-12) return true;
    return false;
}

// Where a direction has no cosine with a column of zeros, and on a jump, where nothing is decided, the next draw is
// taken.
RandomNetwork random_network(std::uint32_t seed, const AnyActivation& hidden, const AnyActivation& output,
                             const AnyLoss& loss) {
    constexpr std::uint32_t next = kinds * 10000;
    while (true) {
        RandomNetwork random = drawn_network(seed, hidden, output, loss);
        const bool has_cost = std::isfinite(cost(random.network, forward(random.network, random.X), random.Y));
        if (has_cost && !lies_on_jump(random)) return random;
        seed += next;
    }
}

// Whether a pre-activation lies beside a kink and no farther than rounding puts it.
bool rounding_decides(const RandomNetwork& random) {
    const Cache<double> cache = forward(random.network, random.X);
    for (std::size_t l = 1; l <= random.network.depth(); ++l)
        for (const Kink& kink : random.network.layer(l).activation.facts().kinks)
            for (const double z : cache.Z[l].reshaped())
                if (z != kink.at && std::abs(z - kink.at) < 1e-12) return true;
    return false;
}

// z - tanh z near 0 is rounding of z, and differences of it that cannot know this contradict each other.
bool is_tanh_shrink_near_0(const RandomNetwork& random) {
    const Cache<double> cache = forward(random.network, random.X);
    for (std::size_t l = 1; l <= random.network.depth(); ++l)
        if (random.network.layer(l).activation.is<TanhShrink>() && cache.Z[l].cwiseAbs().minCoeff() < 0.1) return true;
    return false;
}

// Why a right value may be left undecided; empty for no reason.
std::string reason_for(const Verdict& verdict, const RandomNetwork& random) {
    const Estimate& estimate = verdict.estimate;
    // The label is what the prediction has rounded to, or slopes have made the gradient vanish.
    constexpr double nothing = 1e-11;
    const double size =
        std::max({std::abs(verdict.analytic), std::abs(estimate.from_below), std::abs(estimate.from_above)});
    if (size < std::max(nothing, estimate.rounding)) return "nothing but rounding is left";
    if (verdict.remark == Remark::mixed_convention && rounding_decides(random))
        return "rounding decides on which side of a kink a unit lies";
    if (std::isinf(estimate.error_bar) && is_tanh_shrink_near_0(random)) return "tanh_shrink near 0 is rounding of z";
    return "";
}

struct Tally {
    std::size_t networks = 0;
    std::size_t entries = 0;
    std::size_t at_kinks = 0;
    std::size_t wrong = 0;                         // values that were refuted once they were a little off
    std::map<std::string, std::size_t> undecided;  // by reason
};

// Whether the bar is so much narrower than the value that a value a little off must be refuted.
constexpr double a_little = 1e-5;
bool is_sharp(const Verdict& verdict) {
    return !verdict.estimate.is_at_kink() &&
           2 * (verdict.bar + verdict.estimate.rounding) < a_little * std::abs(verdict.analytic);
}

void judge_right_tensor(const Matrix<double>& right, const TensorEstimate& estimates, const RandomNetwork& random,
                        Tally& tally) {
    BOOST_REQUIRE((right.rows() == estimates.rows && right.cols() == estimates.columns));
    for (Eigen::Index column = 0; column < right.cols(); ++column)
        for (Eigen::Index row = 0; row < right.rows(); ++row) {
            const Verdict verdict = judge(right(row, column), estimates(row, column));
            ++tally.entries;
            tally.at_kinks += verdict.estimate.is_at_kink();
            if (verdict.outcome == Outcome::confirmed) {
                if (!is_sharp(verdict)) continue;
                const Verdict wrong = judge(right(row, column) * (1 + a_little), estimates(row, column));
                BOOST_TEST(wrong.outcome == Outcome::refuted,
                           fmt::format("{}\n{}[{}, {}], a little off, {}", random.what, estimates.name, row, column,
                                       describe(wrong)));
                ++tally.wrong;
                continue;
            }
            const std::string reason = reason_for(verdict, random);
            BOOST_TEST((verdict.outcome == Outcome::undecided && !reason.empty()),
                       fmt::format("{}\n{}[{}, {}] {}", random.what, estimates.name, row, column, describe(verdict)));
            ++tally.undecided[reason];
        }
}

void judge_right_gradient(const RandomNetwork& random, Tally& tally) {
    const Cache<double> cache = forward(random.network, random.X);
    Gradients<double> right = backward(random.network, cache, random.Y);
    right.dA.back() = loss_derivative(random.network, cache, random.Y);
    const NetworkEstimates estimates = differentiate_network(random.network, random.X, random.Y, {.threads = 1});
    ++tally.networks;
    judge_right_tensor(right.dA[0], estimates.dA[0], random, tally);
    for (std::size_t l = 1; l <= random.network.depth(); ++l) {
        judge_right_tensor(right.dW[l], estimates.dW[l], random, tally);
        judge_right_tensor(right.db[l], estimates.db[l], random, tally);
        judge_right_tensor(right.dZ[l], estimates.dZ[l], random, tally);
        judge_right_tensor(right.dA[l], estimates.dA[l], random, tally);
    }
}

// The others that a case is combined with, each as often as the others.
template <class T>
const T& turn(const std::vector<T>& choices, std::uint32_t seed) {
    return choices[(seed / kinds) % choices.size()];
}

std::vector<AnyLoss> losses_after(const AnyActivation& output) {
    std::vector<AnyLoss> losses;
    for (const AnyLoss& loss : all_losses())
        if (are_compatible(output, loss)) losses.push_back(loss);
    return losses;
}

std::vector<AnyActivation> outputs_before(const AnyLoss& loss) {
    std::vector<AnyActivation> outputs;
    for (const AnyActivation& output : all_activations())
        if (are_compatible(output, loss)) outputs.push_back(output);
    return outputs;
}

template <class MakeNetwork>
void no_false_alarm(const MakeNetwork& network) {
    Tally tally;
    for (std::uint32_t seed = 1; seed <= networks_of_each; ++seed) judge_right_gradient(network(seed), tally);
    BOOST_TEST(tally.networks == networks_of_each);
    BOOST_TEST(tally.entries > 10 * networks_of_each);
    BOOST_TEST(tally.wrong > 5 * networks_of_each);
    BOOST_TEST_MESSAGE(tally.entries << " entries, " << tally.at_kinks << " of them at kinks");
    std::size_t undecided = 0;
    for (const auto& [reason, count] : tally.undecided) {
        BOOST_TEST_MESSAGE(count << " undecided: " << reason);
        undecided += count;
    }
    BOOST_TEST(undecided * 50 < tally.entries);
}

void as_hidden(const AnyActivation& hidden) {
    no_false_alarm([&](std::uint32_t seed) {
        const AnyActivation& output = turn(all_activations(), 7 * seed);
        return random_network(seed, hidden, output, turn(losses_after(output), 13 * seed));
    });
}

void as_output(const AnyActivation& output) {
    const std::vector<AnyLoss> losses = losses_after(output);
    no_false_alarm([&](std::uint32_t seed) {
        return random_network(1000 + seed, turn(all_activations(), 11 * seed), output, turn(losses, seed));
    });
}

void of_loss(const AnyLoss& loss) {
    const std::vector<AnyActivation> outputs = outputs_before(loss);
    no_false_alarm([&](std::uint32_t seed) {
        return random_network(2000 + seed, turn(all_activations(), 11 * seed), turn(outputs, seed), loss);
    });
}

}  // namespace

void add_all_cases() {
    for (const AnyActivation& g : all_activations()) {
        add_case(fmt::format("activations/{}/no_false_alarm_where_it_is_hidden", name_of(g)), [g] { as_hidden(g); });
        add_case(fmt::format("activations/{}/no_false_alarm_where_it_is_the_output", name_of(g)),
                 [g] { as_output(g); });
    }
    for (const AnyLoss& loss : all_losses())
        add_case(fmt::format("losses/{}/no_false_alarm", name_of(loss)), [loss] { of_loss(loss); });
}

}  // namespace gradproof::checks
