// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_names.hpp"

#include <map>

namespace gradproof::diagnosis {
namespace {

using Names = std::vector<std::string>;

// By lib's name, what else they are called: DLS, CS231n, UMich, makemore, PyTorch.
const std::map<std::string_view, Names>& other_names() {
    static const std::map<std::string_view, Names> names{
        {"x", {"X", "inp", "input", "A_prev", "a", "A", "hprebn"}},
        {"A_prev", {"x", "X", "inp", "input"}},
        {"W", {"w", "weight", "kernel", "filters"}},
        {"b", {"bias"}},
        {"gamma", {"g", "weight", "bngain"}},
        {"beta", {"bias", "bnbias", "b"}},
        {"mask", {"D", "D1", "M", "m"}},
        {"C", {"W", "weight", "table", "emb"}},
        {"index", {"idx", "indices", "ix", "x"}},
        {"xt", {"x"}},
        {"a_prev", {"prev_h", "h_prev"}},
        {"c_prev", {"prev_c"}},
        {"a0", {"h0"}},
        {"Q", {"q", "query"}},
        {"K", {"k", "key"}},
        {"V", {"v", "value"}},
        {"padding", {"pad"}},
        {"size", {"f", "kernel_size", "pool_size"}},
        {"keep", {"keep_prob", "p"}},
        {"eps", {"epsilon"}},
    };
    return names;
}

Names with_others(std::string_view name) {
    Names names{std::string(name)};
    if (const auto found = other_names().find(name); found != other_names().end())
        names.insert(names.end(), found->second.begin(), found->second.end());
    return names;
}

}  // namespace

Names names_of_input(std::string_view input) {
    return with_others(input);
}

Names names_of_gradient(std::string_view input) {
    Names names;
    for (const std::string& name : with_others(input))
        for (const std::string& gradient : {"d" + name, "d_" + name, "grad_" + name, name + "_grad", name + ".grad"})
            names.push_back(gradient);
    return names;
}

Names names_of_output(std::string_view output, bool is_only) {
    Names names{std::string(output)};
    if (is_only)
        for (const char* other : {"out", "output", "Z", "A", "y"}) names.emplace_back(other);
    return names;
}

Names names_of_upstream(std::string_view output, bool is_only) {
    Names names{"d" + std::string(output), "d_" + std::string(output), "grad_" + std::string(output)};
    if (is_only)
        for (const char* other : {"dout", "d_out", "d_output", "dZ", "dA", "dy", "da", "da_next", "dh", "dnext_h",
                                  "upstream", "grad_output", "out_grad"})
            names.emplace_back(other);
    return names;
}

Names names_of_parameter(std::string_view parameter) {
    return with_others(parameter);
}

}  // namespace gradproof::diagnosis
