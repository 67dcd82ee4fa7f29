// SPDX-License-Identifier: MIT
#include "program/interrupt.hpp"

#include <atomic>

namespace gradproof::program {
namespace {

std::atomic<bool> has_come = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler must not wait for a lock");

void take_note(int) {
    has_come = true;
}

}  // namespace

Interrupt::Interrupt() {
    has_come = false;
    struct sigaction once {};
    once.sa_handler = take_note;
    once.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &once, &before_);
}

Interrupt::~Interrupt() {
    sigaction(SIGINT, &before_, nullptr);
}

void Interrupt::look() {
    if (has_come) source_.request_stop();
}

}  // namespace gradproof::program
