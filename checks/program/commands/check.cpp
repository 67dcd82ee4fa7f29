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
        "The file holds X, Y, the weights, the biases and their gradients and, if you have them, Z1, A1, dZ1, dA1, "
        "..., "
        "cost:\n"
        "  np.savez(\"mine.npz\", X=X, Y=Y, **parameters, **grads)\n"
        "Names like W1, w1, Theta1, fc1.weight and dW1, grad_W1, W1.grad are known; --rename says others. The layout "
        "is "
        "found\n"
        "by the shapes and the numbers.\n\n"
        "Common situations:\n"
        "  the course        --hidden relu --output sigmoid --loss binary_cross_entropy\n"
        "  classes           --hidden relu --output softmax --loss cross_entropy\n"
        "  regression        --hidden tanh --output linear --loss mse\n"
        "  with L2           ... --lambda 0.1              (which scale: found, or --l2 \"lambda/2\")\n"
        "  two activations   --hidden \"relu,leaky_relu(0.2)\" --output softmax --loss cross_entropy\n"
        "  other names       ... --rename theta_in=W1 --rename g_in=dW1\n\n"
        "dW and db are checked as the derivatives of one cost J, whose formula is the second line of the output. A "
        "cost in "
        "the\n"
        "file says which J is meant; if no usual reading gives it, the file is refuted. gradproof list shows the "
        "formula of "
        "every\n"
        "loss. Conventions: dls is examples in columns, W outputs by inputs, dZ without 1/m, lambda/(2m); cs231n is "
        "examples "
        "in\n"
        "rows, W inputs by outputs, dZ with 1/m, lambda/2; torch the same with W outputs by inputs.\n\n" +
        app.get_footer());
    command->add_option("file", options->file, "the .npz file")->required();
    add_declaration(*command, *options);
    command->get_option("--output")->required();
    command->get_option("--loss")->required();
    command->add_flag("--verbose", options->verbose, "every tensor and explanation in full");
    add_colour(*command, options->colour);
    command->add_flag("--quiet", options->quiet, "only the verdict, and what was done");
    command->add_option("--json", options->json, "write the report as JSON to this file, - for standard output");
    command->callback([options, &status] { status = run_check(*options); });
}

}  // namespace gradproof::program
