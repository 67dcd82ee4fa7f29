// SPDX-License-Identifier: MIT
#include "program/commands/check.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "program/check.hpp"
#include "program/command_line.hpp"

namespace gradproof::program {

void add_check(CLI::App& app, int& status) {
    const auto options = std::make_shared<CheckOptions>();
    auto* command = app.add_subcommand("check", "check the gradients in a .npz file and name the mistake");
    command->footer(
        "The file holds X, Y, W1, b1, ..., dW1, db1, ... and, if you have them, Z1, A1, dZ1, dA1, ..., cost:\n"
        "  np.savez(\"mine.npz\", X=X, Y=Y, **parameters, **grads)\n\n"
        "dW and db are checked as the derivatives of one cost J: the mean over the examples of the declared loss, "
        "summed\n"
        "over the outputs; --lambda adds lambda/(2m) (dls) or lambda/2 (cs231n, torch) times the sum of the squared\n"
        "weights. The formula of J, with its factor, is the second line of the output; gradproof list shows that of "
        "every\n"
        "loss. A cost in the file must be this J, or the file is refuted.\n\n" +
        app.get_footer());
    command->add_option("file", options->file, "the .npz file")->required();
    add_declaration(*command, *options);
    command->get_option("--output")->required();
    command->get_option("--loss")->required();
    command->add_option("--json", options->json, "write the report as JSON to this file, - for standard output");
    command->callback([options, &status] { status = run_check(*options); });
}

}  // namespace gradproof::program
