// SPDX-License-Identifier: MIT
#include "program/command_line.hpp"

#include <CLI/CLI.hpp>
#include <map>

namespace gradproof::program {

void add_colour(CLI::App& command, Colour& colour) {
    static const std::map<std::string, Colour> choices{
        {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
    command
        .add_option_function<std::string>(
            "--color", [&colour](const std::string& when) { colour = choices.at(when); }, "auto, always or never")
        ->type_name("WHEN")
        ->check(CLI::IsMember(choices).description(""));
}

void add_declaration(CLI::App& command, CheckOptions& options) {
    command.add_option("--hidden", options.hidden,
                       "the hidden activation, or one for each hidden layer: relu,tanh; a name or a formula in z");
    command.add_option("--output", options.output, "the output activation, a name or a formula in z");
    command.add_option(
        "--loss", options.loss,
        "the loss, or what a framework calls it, perhaps with a factor: \"m/2 * mse\"; or a formula in a and y");
    command.add_option("--lambda", options.lambda, "weight of the L2 regularisation");
    command.add_option(
        "--convention", options.convention,
        "dls (DeepLearning.AI Deep Learning Specialization), cs231n or torch: layout, 1/m and L2 as there; found "
        "from the shapes and numbers if left out");
    command.add_option(
        "--l2", options.l2,
        "what stands in front of the squared weights: lambda/(2m), lambda/2, lambda/m or lambda; found from "
        "the numbers if left out");
    command.add_option("--dz", options.dz,
                       "mean: dZ and dA carry the 1/m; sum: they do not; found from the numbers if left out");
    command.add_option("--rename", options.renames, "OLD=NEW: read the array OLD as if it were called NEW, like dW1")
        ->allow_extra_args(false);
    command.add_option("--set", options.settings, "alpha=0.9: a number for a letter in a formula")
        ->allow_extra_args(false);
    command.add_option("--tie", options.ties, "W2=W1.T: these weights are one, and so is their gradient")
        ->allow_extra_args(false);
    command.add_option("--layers", options.layers,
                       "sizes, as 30,20,7,5,1, taken from the shapes if left out; or all steps of a network of other "
                       "layers: \"conv2d(padding=1), relu, flatten, dense, softmax\"");
}

}  // namespace gradproof::program
