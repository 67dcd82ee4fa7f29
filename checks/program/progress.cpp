// SPDX-License-Identifier: MIT
#include "program/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace gradproof::program {
namespace {

constexpr std::chrono::milliseconds before_it_shows{1000};
constexpr std::chrono::milliseconds between_updates{100};
constexpr std::size_t width = 30;

}  // namespace

Progress::Progress(std::string what)
    : what_(std::move(what)),
      on_terminal_(isatty(STDERR_FILENO) == 1),
      begin_(std::chrono::steady_clock::now()),
      last_(begin_) {}

Progress::~Progress() {
    if (drawn_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::operator()(std::size_t done, std::size_t total) {
    if (!on_terminal_ || total == 0) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - begin_ < before_it_shows || now - last_ < between_updates) return;
    last_ = now;
    drawn_ = true;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double rate = static_cast<double>(done) / seconds;
    const std::size_t filled = width * done / total;
    const std::string left =
        done == 0 ? ""
                  : fmt::format(", {:.0f} a second, {:.0f} s left", rate, static_cast<double>(total - done) / rate);
    fmt::print(stderr, "\r\x1b[K{} [{:#<{}}{:.<{}}] {} of {}{}", what_, "", filled, "", width - filled, done, total,
               left);
    std::fflush(stderr);
}

}  // namespace gradproof::program
