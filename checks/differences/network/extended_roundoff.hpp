// SPDX-License-Identifier: MIT
//
// What a long double is worth: its functions may have fewer digits than it has.
#pragma once

namespace gradproof::checks {

/// What one operation on long double can be relied on to be off by at most, relative to its result. Where the
/// elementary functions keep what the type promises it is half an ulp, or that of 64 bits where the type has more: a
/// verdict is to be the same everywhere. Where they do not, as in a C library that computes them in double, it is a
/// double's.
long double extended_roundoff();

}  // namespace gradproof::checks
