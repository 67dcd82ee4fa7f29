// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::cli {

struct PowerCommandOptions {
    int seeds = 1;          ///< networks drawn for each setting
    int every = 1;          ///< plant each n-th mistake only
    bool examples = false;  ///< also print the missed and wrongly named ones
};

/// Plants every mistake of the catalogue into many networks and prints how many the check catches and names, next to
/// rules with fixed tolerances, as Markdown. Returns 0, 1 if a wrong gradient was confirmed or a right one refuted, 2
/// for options that make no sense, 3 if Ctrl-C ended it before and nothing was wrong until then.
int run_power(const PowerCommandOptions& options);

}  // namespace gradproof::cli
