// SPDX-License-Identifier: MIT
#include "notes/engines/engines.hpp"

#include <flint/flint.h>

#include "notes/engines/certified_engine.hpp"
#include "notes/engines/code_distance.hpp"
#include "notes/engines/exact_engine.hpp"

namespace gradproof::proof {
namespace {

// FLINT keeps memory for each thread until it is told that the thread ends.
struct Cleanup {
    Cleanup() = default;
    Cleanup(const Cleanup&) = delete;
    Cleanup& operator=(const Cleanup&) = delete;
    ~Cleanup() { flint_cleanup(); }
};

// The same function, after which a thread leaves nothing behind.
template <class Function>
auto tidily(Function function) {
    return [function](auto&&... arguments) {
        thread_local const Cleanup at_the_end;
        return function(arguments...);
    };
}

}  // namespace

std::vector<notes::NamedEngine> engines() {
    return {{"exact", tidily(prove_exactly)}, {"balls", tidily(certify)}};
}

notes::DistanceBound distance_bound() {
    return tidily(distances_by_balls);
}

}  // namespace gradproof::proof
