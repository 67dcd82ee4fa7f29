// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include "gradproof/checks/parallel.hpp"
#include "program/interrupt.hpp"
#include "program/progress.hpp"

namespace gradproof::program {

/// What a person sees of a long job and can do about it: a bar, and Ctrl-C, which ends it with what is known so far.
class Watch {
  public:
    explicit Watch(std::string what) : bar_(std::move(what)) {}

    /// To be called from time to time by the job, which must not outlive this.
    checks::Progress progress() {
        return [this](std::size_t done, std::size_t total) {
            bar_(done, total);
            interrupt_.look();
        };
    }
    std::stop_token stop() const { return interrupt_.token(); }

  private:
    Progress bar_;
    Interrupt interrupt_;
};

}  // namespace gradproof::program
