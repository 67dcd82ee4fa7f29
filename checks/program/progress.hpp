// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace gradproof::program {

/// A bar on standard error: only on a terminal, and only for work that takes over a second. It is wiped when the work
/// is done.
class Progress {
  public:
    explicit Progress(std::string what);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// Shows that `done` of `total` pieces are done, how many a second, and the time left.
    void operator()(std::size_t done, std::size_t total);

  private:
    std::string what_;
    bool on_terminal_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point begin_;
    std::chrono::steady_clock::time_point last_;
};

}  // namespace gradproof::program
