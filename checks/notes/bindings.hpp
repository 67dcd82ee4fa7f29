// SPDX-License-Identifier: MIT
//
// The library's side of the cross-checks between notes and code: what the shipped functions give, by note and tag. The
// list follows from the type lists of lib, so a case without a note, or a tag that is gone, shows. Heavy: includes
// real.hpp.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "notes/engines/real.hpp"
#include "notes/engines/rounded.hpp"

namespace gradproof::notes {

/// A matrix, row by row.
template <class S>
struct Values {
    int rows = 1;
    int columns = 1;
    std::vector<S> entries;
};

/// The free symbols of a note by name, with values.
template <class S>
using Arguments = std::map<std::string, Values<S>>;

/// One tagged formula and the library's function for it.
struct Binding {
    std::string note;  ///< "activations/sigmoid"
    std::string tag;   ///< as a slug: "derivative_from_value"
    std::string left;  ///< the symbol that the fence makes the claim about, where it makes several: "dW^{[1]}"
    std::vector<std::string> parameters;  ///< symbols that are data members, so doubles, in the code
    bool at_value = false;  ///< whether the function takes a, not z: then the note's a is given a value and cut off
    std::function<std::vector<Real>(const Arguments<Real>&)> value;  ///< what a is of z, if `at_value`
    std::function<std::vector<Real>(const Arguments<Real>&)> precisely;
    std::function<std::vector<double>(const Arguments<double>&)> in_double;
    std::function<std::vector<Rounded>(const Arguments<Rounded>&)> with_bound;  ///< empty for whole networks
};

/// One for each function of lib that a note derives.
std::vector<Binding> bindings();

}  // namespace gradproof::notes
