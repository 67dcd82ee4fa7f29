// SPDX-License-Identifier: MIT
#include "gradproof/checks/parallel.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <vector>

namespace gradproof::checks {

TaskLoop::TaskLoop(unsigned threads, std::stop_token stop, Progress progress, std::size_t total)
    : caller_(std::this_thread::get_id()),
      threads_(threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads),
      stop_(std::move(stop)),
      progress_(std::move(progress)),
      total_(total) {}

void TaskLoop::for_each(std::size_t count, const std::function<void(std::size_t)>& task) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex failing;
    const auto work = [&](bool reports) {
        try {
            for (std::size_t n = next++; n < count && !stop_.stop_requested(); n = next++) {
                task(n);
                if (reports) report();
            }
        } catch (...) {
            next = count;
            const std::lock_guard lock(failing);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t n = 1; n < std::min<std::size_t>(threads_, count); ++n) helpers.emplace_back(work, false);
        work(true);
    }
    if (failure) std::rethrow_exception(failure);
    report();
}

bool TaskLoop::keep_going() const {
    if (std::this_thread::get_id() == caller_) report();
    return !stop_.stop_requested();
}

}  // namespace gradproof::checks
