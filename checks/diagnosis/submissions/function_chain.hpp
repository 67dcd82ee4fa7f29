// SPDX-License-Identifier: MIT
//
// Several functions on one layer, softmax(tanh): in the network each but the first is a layer of its own, whose weights
// are the identity.
#pragma once

#include <string_view>
#include <vector>

#include "diagnosis/submissions/read_submission.hpp"

namespace gradproof::diagnosis {

/// The functions of "softmax(tanh)" in the order in which they are applied, tanh first; of any other text the one that
/// it names. Throws what the reader throws.
std::vector<AnyActivation> functions_in(std::string_view text, const CaseReader& read);

/// Where the layers of a file stand in the network, both counted from 1: `first` has the weights, `last` the output.
/// For layer 0, X, both are 0.
struct LayersInNetwork {
    std::vector<std::size_t> first{0};
    std::vector<std::size_t> last{0};

    std::size_t depth() const { return last.back(); }
    /// The place of the file's tensor: A and dA are behind all functions of a layer, all others before them.
    std::size_t place_of(std::string_view letter, std::size_t l) const {
        return letter == "A" || letter == "dA" ? last[l] : first[l];
    }
};

}  // namespace gradproof::diagnosis
