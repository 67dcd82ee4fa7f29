// SPDX-License-Identifier: MIT
#include "notes/in_parallel.hpp"

#include <mpfr.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace gradproof::notes {

void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& turn) {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failing;
    const auto work = [&] {
        try {
            for (std::size_t n = next++; n < count; n = next++) turn(n);
        } catch (...) {
            next = count;
            const std::lock_guard lock(failing);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t n = 1; n < std::min<std::size_t>(threads, count); ++n)
            helpers.emplace_back([&work] {
                work();
                mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);  // which each thread has of its own
            });
        work();
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace gradproof::notes
