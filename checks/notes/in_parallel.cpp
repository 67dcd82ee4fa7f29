// SPDX-License-Identifier: MIT
#include "notes/in_parallel.hpp"

#include <mpfr.h>

#include "gradproof/checks/parallel.hpp"

namespace gradproof::notes {

void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& turn) {
    checks::TaskLoop(threads, {}, {}, count).for_each(count, [&turn](std::size_t n) {
        turn(n);
        mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);  // which each thread has of its own, and would leave behind
    });
}

}  // namespace gradproof::notes
