// SPDX-License-Identifier: MIT
//
// A loop over notes, shared between threads.
#pragma once

#include <cstddef>
#include <functional>

namespace gradproof::notes {

/// Runs turn(0) to turn(count - 1), in any order; 0 threads are as many as the machine has. An exception of a turn ends
/// the loop and is thrown on.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& turn);

}  // namespace gradproof::notes
