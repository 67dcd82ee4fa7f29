// SPDX-License-Identifier: MIT
//
// What somebody hands in: a network at one point, and the gradients their program computed there; perhaps the forward
// pass and the cost as well. Held in the course's layout and scale, whatever the file's were.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/layout.hpp"
#include "diagnosis/search/step.hpp"
#include "diagnosis/ties.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

/// What stands in front of the sum of the squared weights in a cost.
enum class L2Scale { lambda_over_2m, lambda_over_2, lambda_over_m, lambda };
inline constexpr std::array<std::pair<L2Scale, std::string_view>, 4> l2_scales{
    {{L2Scale::lambda_over_2m, "lambda/(2m)"},
     {L2Scale::lambda_over_2, "lambda/2"},
     {L2Scale::lambda_over_m, "lambda/m"},
     {L2Scale::lambda, "lambda"}}};
std::string_view name_of(L2Scale scale);
/// The λ of the scale λ/(2m) that gives the same term.
double in_course_scale(double lambda, L2Scale scale, double m);

/// How somebody's numbers stand to those of the mean loss: their J is `factor` times the mean over the examples of the
/// sum over the outputs, plus the L2 term.
struct Scaling {
    double factor = 1;
    double lambda = 0;
    L2Scale l2 = L2Scale::lambda_over_2m;
    bool with_biases = false;  ///< the L2 term has the squared biases in it too
    bool mean_in_dZ = false;   ///< there are dZ or dA, and they carry the 1/m; dW and db always do
    double count = 0;          ///< the sum of the examples' weights, if the losses are divided by it; 0: by m
};
/// What dW, db and the cost are multiplied by against those of the course's cost.
double factor_of_parameters(const Scaling& scaling, double m);
/// And dZ and dA.
double factor_of_examples(const Scaling& scaling, double m);

/// Ways of a course or a framework: layout, 1/m and L2 together.
enum class Convention {
    /// DeepLearning.AI Deep Learning Specialization: examples in columns, W is n_l × n_{l-1}; dZ and dA without 1/m; L2
    /// term λ/(2m) ΣW²
    deep_learning_specialization,
    cs231n,  ///< examples in rows, W is n_{l-1} × n_l; dZ and dA with 1/m; L2 term λ/2 ΣW²
    torch,   ///< examples in rows, W is n_l × n_{l-1}; dZ and dA with 1/m; L2 term λ/2 ΣW²
};

inline constexpr std::array<std::pair<Convention, std::string_view>, 3> conventions{
    {{Convention::deep_learning_specialization, "dls"}, {Convention::cs231n, "cs231n"}, {Convention::torch, "torch"}}};
std::string_view name_of(Convention convention);
Layout layout_of(Convention convention);

struct Submission {
    std::string file;
    Network<double> network;
    Tensor X;
    Tensor Y;
    Cache<double> cache;          ///< the user's; empty where not given, indexed 0..L
    Gradients<double> gradients;  ///< the user's; empty where not given, indexed 0..L
    std::optional<double> cost;
    std::string weights{};  ///< of the examples, as a row of NumPy: "sample_weight[None, :]"; empty if they have none
    bool has_class_weights = false;   ///< they are those of the classes that the examples are of
    std::optional<Tensor> hessian{};  ///< second derivatives of each example's loss in the last Z, one for each of them
    Layout layout{};
    Scaling scaling{};
    std::vector<Tie> ties{};                     ///< layers that share their weights
    std::set<std::size_t> function_layers{};     ///< layers with the identity for W, which only apply a function
    bool biases_in_weights = false;              ///< the biases are a column of W, and so may be in its L2 term
    std::string right_for_word{};                ///< what people call the cost of `right_for`
    std::optional<Scaling> right_for{};          ///< another reading of the cost, under which all gradients are right
    std::map<std::string, std::string> names{};  ///< what the file calls dW1, where it is another name
    bool single_precision = false;       ///< X and all weights are float32, so all of it was computed in float32
    std::set<std::string> in_float32{};  ///< gradients saved as float32
    std::vector<std::string> remarks{};  ///< what was found out about the file

    std::size_t L() const { return network.depth(); }
    double m() const { return static_cast<double>(Y.cols()); }
};

/// Whether the file has any dZ or dA.
bool has_dZ_or_dA(const Submission& submission);

/// How the numbers in the file stand to those that are held here.
GradientScale scale_of_gradients(const Submission& submission);

/// What the file calls a tensor that the course calls `name`; `names` is that of a submission.
std::string name_in_file(const std::map<std::string, std::string>& names, const std::string& name);

/// What the L2 term multiplies W by in dW, in the user's scale.
double l2_slope(const Scaling& scaling, double m);

/// A cost of the course's scale in the user's.
double cost_in_users_scale(const Submission& submission, double cost);

/// The formula of the cost that the gradients are taken for, in the user's scale.
checks::CostFormula cost_formula_of(const Submission& submission);
/// The same in another scale.
checks::CostFormula cost_formula_of(const Submission& submission, const Scaling& scaling);

}  // namespace gradproof::diagnosis
