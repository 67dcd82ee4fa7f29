// SPDX-License-Identifier: MIT
//
// The program and its commands.
#include <array>

#include "program/commands/check.hpp"
#include "program/commands/check_formula.hpp"
#include "program/commands/explain.hpp"
#include "program/commands/list.hpp"
#include "program/commands/notes.hpp"
#include "program/commands/power.hpp"
#include "program/commands/report.hpp"
#include "program/commands/verify.hpp"
#include "program/run.hpp"

namespace {

using namespace gradproof::program;

constexpr auto examples = R"help(examples:
  gradproof verify
  gradproof verify --data checks/data/breast_cancer.csv
  gradproof explain sigmoid binary_cross_entropy
  gradproof check mine.npz --hidden relu --output sigmoid --loss binary_cross_entropy
  gradproof check-formula "tanh(z)" --derivative "1 - z^2"
  gradproof notes derivations/the_question.md
  gradproof list
  gradproof report --out report --data checks/data/breast_cancer.csv

A file for gradproof check is written in Python by
  np.savez("mine.npz", X=X, Y=Y, **parameters, **grads)

)help";

constexpr std::array<AddCommand, 8> commands{add_verify,        add_list,  add_explain, add_check,
                                             add_check_formula, add_notes, add_power,   add_report};

}  // namespace

int main(int argc, char** argv) {
    return run(argc, argv, commands, examples);
}
