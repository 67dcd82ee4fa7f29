// SPDX-License-Identifier: MIT
//
// A budget of work. It is counted, not timed, so that a verdict does not depend on the machine.
#pragma once

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace gradproof::notes {

/// A formula is too large for an engine: another one may still decide it.
struct TooLarge : std::length_error {
    using std::length_error::length_error;
};

class Work {
  public:
    explicit Work(long most = std::numeric_limits<long>::max()) : most_(most) {}
    /// Throws TooLarge once more has been spent than there was.
    void spend(double amount) {
        constexpr double far_too_much = 1e15;
        spent_ += static_cast<long>(std::clamp(amount, 0.0, far_too_much));
        if (spent_ > most_) throw TooLarge("too large: it takes more work than a claim is given");
    }
    long spent() const { return spent_; }

  private:
    long most_;
    long spent_ = 0;
};

}  // namespace gradproof::notes
