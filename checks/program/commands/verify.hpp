// SPDX-License-Identifier: MIT
#pragma once

namespace CLI {
class App;
}

namespace gradproof::program {

/// gradproof verify: checks every claim, prints the table of activations and losses, and on `data` trains a network and
/// confirms all its gradients. Sets the exit status: 0 if every claim came out as it must and everything on the data
/// was confirmed, 1 if not, 3 if Ctrl-C ended it with nothing wrong until then; what is known so far is printed all the
/// same. `app` keeps a reference to `status`.
void add_verify(CLI::App& app, int& status);

}  // namespace gradproof::program
