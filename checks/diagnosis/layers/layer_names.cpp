// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_names.hpp"

#include <map>

namespace gradproof::diagnosis {
namespace {

using Names = std::vector<std::string>;

// By lib's name, what else the inputs are called: DLS, CS231n and UMich, CMU 11-785, makemore, Deep Learning from
// Scratch, PyTorch.
const std::map<std::string_view, Names>& other_names_of_inputs() {
    static const std::map<std::string_view, Names> names{
        {"x", {"X", "inp", "input", "inputs", "xs", "A_prev", "a", "A", "Z", "hprebn"}},
        {"A_prev", {"x", "X", "inp", "input", "a", "A"}},
        {"X", {"x", "inp", "input"}},
        {"f", {"F", "fx", "f_x", "residual"}},
        {"W", {"w", "weight", "weights", "kernel", "filters"}},
        {"b", {"bias"}},
        {"gamma", {"g", "weight", "scale", "bngain", "BW"}},
        {"beta", {"bias", "shift", "b", "bnbias", "Bb"}},
        {"mask", {"D", "D1", "D2", "M", "m"}},
        {"C", {"W", "w", "weight", "table"}},
        {"index", {"idx", "indices", "ix", "x", "X", "Xb"}},
        {"xt", {"x", "x_t"}},
        {"a_prev", {"prev_h", "h_prev", "h"}},
        {"c_prev", {"prev_c", "c"}},
        {"h_prev", {"h_prev_t", "prev_h", "h", "a_prev"}},
        {"a0", {"h0"}},
        {"h0", {"a0"}},
        {"Wax", {"Wx", "W_ih", "Wxh", "w_x"}},
        {"Waa", {"Wh", "W_hh", "Whh", "w_h"}},
        {"ba", {"b", "bh"}},
        {"Q", {"q", "query"}},
        {"K", {"k", "key"}},
        {"V", {"v", "value"}},
        {"Wq", {"W_q", "w_q", "WQ", "W_Q"}},
        {"Wk", {"W_k", "w_k", "WK", "W_K"}},
        {"Wv", {"W_v", "w_v", "WV", "W_V"}},
        {"Wo", {"W_o", "w_o", "WO", "W_O"}},
        {"gate", {"x1", "h1", "gate_proj"}},
        {"up", {"x3", "h3", "up_proj"}},
        {"mean", {"mu", "loc", "input", "pred", "y_pred", "y_hat", "yhat"}},
        {"variance", {"var", "sigma2", "sigma_2", "sigma_sq", "sigma_squared"}},
        {"y", {"target", "targets", "label", "labels", "y_true", "Y", "t"}},
    };
    return names;
}

const std::map<std::string_view, Names>& other_names_of_outputs() {
    static const std::map<std::string_view, Names> names{
        {"a_next", {"next_h", "h_next", "h_t"}},
        {"c_next", {"next_c", "c_t"}},
        {"h_next", {"next_h", "h_t", "a_next"}},
        {"a", {"h", "hs"}},
        {"h", {"hs", "a"}},
        {"y", {"hpreact", "BZ", "emb"}},
        {"loss", {"nll", "losses"}},
    };
    return names;
}

// Whether p keeps (CS231n, DLS) or drops (UMich, PyTorch) is for its owner to say.
const std::map<std::string_view, std::vector<ParameterName>>& other_names_of_parameters() {
    static const std::map<std::string_view, std::vector<ParameterName>> names{
        {"padding", {{"pad"}}},
        {"stride", {{"s"}}},
        {"size", {{"f"}, {"kernel_size"}, {"pool_size"}, {"pool_height"}, {"pool_width"}, {"kernel"}, {"k"}}},
        {"keep",
         {{"keep_prob"},
          {"p", Reading::either},
          {"p_drop", Reading::complement},
          {"drop_prob", Reading::complement},
          {"dropout_rate", Reading::complement},
          {"rate", Reading::complement}}},
        {"groups", {{"G"}, {"num_groups"}}},
        {"heads", {{"num_heads"}, {"n_heads"}}},
        {"eps", {{"epsilon"}}},
        {"pieces", {{"num_pieces"}, {"pool_size"}}},
    };
    return names;
}

Names with_others(std::string_view name, const std::map<std::string_view, Names>& others) {
    Names names{std::string(name)};
    if (const auto found = others.find(name); found != others.end())
        names.insert(names.end(), found->second.begin(), found->second.end());
    return names;
}

}  // namespace

Names names_of_input(std::string_view input) {
    return with_others(input, other_names_of_inputs());
}

Names names_of_derivative(std::string_view array) {
    const std::string name(array);
    return {"d" + name, "d_" + name, "grad_" + name, name + "_grad", name + ".grad", "dLd" + name};
}

Names names_of_gradient(std::string_view input) {
    Names names;
    for (const std::string& name : names_of_input(input))
        for (const std::string& gradient : names_of_derivative(name)) names.push_back(gradient);
    return names;
}

Names names_of_output(std::string_view output, bool is_only) {
    Names names = with_others(output, other_names_of_outputs());
    if (is_only)
        for (const char* other : {"out", "output", "Z", "y"}) names.emplace_back(other);
    return names;
}

Names names_of_upstream(std::string_view output, bool is_only) {
    Names names;
    for (const std::string& name : with_others(output, other_names_of_outputs()))
        for (const std::string& upstream : names_of_derivative(name)) names.push_back(upstream);
    if (is_only)
        for (const char* other : {"dout", "d_out", "d_output", "dZ", "dA", "dy", "da", "da_next", "dh", "dh_next",
                                  "dnext_h", "dLdZ", "dLdA", "delta", "upstream", "grad_output", "out_grad"})
            names.emplace_back(other);
    return names;
}

std::vector<ParameterName> names_of_parameter(std::string_view parameter) {
    std::vector<ParameterName> names{{std::string(parameter)}};
    const auto& others = other_names_of_parameters();
    if (const auto found = others.find(parameter); found != others.end())
        names.insert(names.end(), found->second.begin(), found->second.end());
    return names;
}

}  // namespace gradproof::diagnosis
