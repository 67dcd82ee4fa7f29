// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <stop_token>

namespace gradproof::program {

/// While it lives, the first Ctrl-C does not end the program but asks the work to stop and say what is known so far; a
/// second one ends the program as usual. A signal handler may only take note, so the work has to ask now and then.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// Passes a Ctrl-C that has come on to those who hold the token.
    void look();

    std::stop_token token() const { return source_.get_token(); }

  private:
    std::stop_source source_;
    struct sigaction before_;
};

}  // namespace gradproof::program
