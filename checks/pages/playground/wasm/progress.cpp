// SPDX-License-Identifier: MIT
//
// program/progress.hpp in a page: whoever loaded the program is told, by Module.onProgress(done, total), at most ten
// times a second.
#include "program/progress.hpp"

#include <emscripten.h>

#include <utility>

// clang-format off
EM_JS(void, tell_progress, (double done, double total), {
    if (Module['onProgress']) Module['onProgress'](done, total);
})
// clang-format on

namespace gradproof::program {
namespace {

constexpr std::chrono::milliseconds between_updates{100};

}  // namespace

Progress::Progress(std::string what)
    : what_(std::move(what)), on_terminal_(false), begin_(std::chrono::steady_clock::now()), last_(begin_) {}

Progress::~Progress() = default;

void Progress::operator()(std::size_t done, std::size_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (total == 0 || now - last_ < between_updates) return;
    last_ = now;
    tell_progress(static_cast<double>(done), static_cast<double>(total));
}

}  // namespace gradproof::program
