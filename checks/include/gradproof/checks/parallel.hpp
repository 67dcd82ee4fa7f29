// SPDX-License-Identifier: MIT
//
// A loop over independent tasks, shared between threads. Which thread takes a task never shows in the result.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <thread>

namespace gradproof::checks {

/// Told how many entries of how many are done.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// How work is shared, watched and stopped.
class TaskLoop {
  public:
    /// `threads` 0 means as many as the machine has. `progress` may be empty; it is called by the thread that makes
    /// this and calls for_each, and by no other.
    TaskLoop(unsigned threads, std::stop_token stop, Progress progress, std::size_t total);

    /// Runs task(0) to task(count - 1), in any order and from any of the threads. Returns early once stop is asked for.
    /// An exception of a task ends the loop and is thrown on.
    void for_each(std::size_t count, const std::function<void(std::size_t)>& task);

    /// Counts entries as done. May be called from any task.
    void add_done(std::size_t entries) { done_ += entries; }

    /// To be asked from time to time in a task that may be long: whether to go on with it. Also reports.
    bool keep_going() const;

  private:
    void report() const {
        if (progress_) progress_(done_, total_);
    }

    std::thread::id caller_;
    unsigned threads_;
    std::stop_token stop_;
    Progress progress_;
    std::size_t total_;
    std::atomic<std::size_t> done_ = 0;
};

}  // namespace gradproof::checks
