// SPDX-License-Identifier: MIT
#include "program/commands/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>

#include "program/check.hpp"
#include "program/command_line.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::program {

namespace {

const std::string footer =
    R"help(The file holds X, Y, the weights, the biases and their gradients and, if you have them,
Z1, A1, dZ1, dA1, ..., cost, sample_weight:
  np.savez("mine.npz", X=X, Y=Y, **parameters, **grads)
Names like W1, w1, Theta1, fc1.weight and dW1, grad_W1, W1.grad are known; --rename says
others. The layout is found by the shapes and the numbers.

Common situations:
  the course       check mine.npz --hidden relu --output sigmoid --loss binary_cross_entropy
  classes          check mine.npz --hidden relu --output softmax --loss cross_entropy
  regression       check mine.npz --hidden tanh --output linear --loss mse
  with L2          check mine.npz --hidden relu --output softmax --loss cross_entropy --lambda 0.1
  two activations  check mine.npz --hidden "relu,leaky_relu(0.2)" --output sigmoid --loss bce
  other names      check mine.npz --output sigmoid --loss bce --rename theta=W1 --rename g=dW1
  one layer        check mine.npz --layer "conv2d(stride=2, padding=1)"
  many layers      check mine.npz --layers "dense, batch_norm, relu, dense, softmax" --loss cross_entropy

With --layer the file holds the layer's inputs, the upstream derivative and what the backward
function made of them: np.savez("mine.npz", x=x, w=w, b=b, dout=dout, dx=dx, dw=dw, db=db).

dW and db are checked as the derivatives of one cost J, whose formula the output begins with.
A cost in the file says which J is meant; if no usual reading gives it, the file is refuted.
gradproof list shows the formula of every loss.

Conventions:
  dls     examples in columns, W outputs by inputs, dZ without 1/m, L2 term lambda/(2m)
  cs231n  examples in rows, W inputs by outputs, dZ with 1/m, L2 term lambda/2
  torch   examples in rows, W outputs by inputs, dZ with 1/m, L2 term lambda/2

)help";

}  // namespace

void add_check(CLI::App& app, int& status) {
    const auto options = std::make_shared<CheckOptions>();
    auto* command = app.add_subcommand("check", "check the gradients in a .npz file and name the mistake");
    command->footer(footer + app.get_footer());
    command->add_option("file", options->file, "the .npz file")->required();
    add_declaration(*command, *options);
    command->add_option(
        "--layer", options->layer,
        "one backward function instead of a network: " + fmt::format("{}", fmt::join(layer_names(), ", ")));
    command->add_flag("--verbose", options->verbose, "every tensor and explanation in full");
    add_colour(*command, options->colour);
    command->add_flag("--quiet", options->quiet, "only the verdict, and what was done");
    command->add_option("--json", options->json, "write the report as JSON to this file, - for standard output");
    command->callback([options, &status] {
        if (options->layer.empty())
            for (const auto& [name, text] : {std::pair("--output", options->output), {"--loss", options->loss}})
                if (text.empty() && !(names_steps(options->layers) && name == std::string_view("--output")))
                    throw CLI::RequiredError(name);
        status = run_check(*options);
    });
}

}  // namespace gradproof::program
