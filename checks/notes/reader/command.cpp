// SPDX-License-Identifier: MIT
#include "notes/reader/command.hpp"

#include <algorithm>
#include <array>

#include "spelling/edit_distance.hpp"

namespace gradproof::notes {
namespace {

struct Command {
    std::string_view name;
    CommandClass meaning;
};

using enum CommandClass;

constexpr std::array commands{
    Command{"alpha", greek},       Command{"beta", greek},       Command{"gamma", greek},
    Command{"delta", greek},       Command{"epsilon", greek},    Command{"varepsilon", greek},
    Command{"zeta", greek},        Command{"eta", greek},        Command{"theta", greek},
    Command{"kappa", greek},       Command{"lambda", greek},     Command{"mu", greek},
    Command{"nu", greek},          Command{"xi", greek},         Command{"pi", greek},
    Command{"rho", greek},         Command{"sigma", greek},      Command{"tau", greek},
    Command{"phi", greek},         Command{"varphi", greek},     Command{"chi", greek},
    Command{"psi", greek},         Command{"omega", greek},      Command{"Gamma", greek},
    Command{"Delta", greek},       Command{"Theta", greek},      Command{"Lambda", greek},
    Command{"Xi", greek},          Command{"Pi", greek},         Command{"Sigma", greek},
    Command{"Phi", greek},         Command{"Psi", greek},        Command{"Omega", greek},
    Command{"ell", greek},         Command{"mathcal", alphabet}, Command{"mathbf", alphabet},
    Command{"mathrm", alphabet},   Command{",", space},          Command{";", space},
    Command{":", space},           Command{"!", space},          Command{" ", space},
    Command{"quad", wide},         Command{"qquad", wide},       Command{"left", sizing},
    Command{"right", sizing},      Command{"big", sizing},       Command{"Big", sizing},
    Command{"bigl", sizing},       Command{"bigr", sizing},      Command{"Bigl", sizing},
    Command{"Bigr", sizing},       Command{"bigg", sizing},      Command{"biggl", sizing},
    Command{"biggr", sizing},      Command{"cdot", product},     Command{"times", product},
    Command{"odot", structure},    Command{"log", function},     Command{"exp", function},
    Command{"tanh", function},     Command{"sinh", function},    Command{"cosh", function},
    Command{"sin", function},      Command{"cos", function},     Command{"arctan", function},
    Command{"max", extremum},      Command{"min", extremum},     Command{"sum", over},
    Command{"prod", over},         Command{"le", relation},      Command{"leq", relation},
    Command{"ge", relation},       Command{"geq", relation},     Command{"neq", relation},
    Command{"ne", relation},       Command{"approx", relation},  Command{"lvert", fence},
    Command{"rvert", fence},       Command{"lVert", fence},      Command{"rVert", fence},
    Command{"{", fence},           Command{"}", fence},          Command{"frac", structure},
    Command{"sqrt", structure},    Command{"top", structure},    Command{"prime", structure},
    Command{"partial", structure}, Command{"det", structure},    Command{"begin", structure},
    Command{"end", structure},     Command{"tag", structure},    Command{"text", structure},
    Command{"in", structure},      Command{"dots", structure},   Command{"ldots", structure},
    Command{"mathbb", structure},  Command{"infty", structure},  Command{"notin", structure},
};

struct Advice {
    std::string_view name;
    std::string_view text;
};

constexpr std::array advices{
    Advice{"operatorname", "write \\mathrm{...}: GitHub refuses \\operatorname"},
    Advice{"mbox", "write \\text{...}: GitHub refuses \\mbox"},
    Advice{"ln", "write \\log, which is the natural logarithm here"},
    Advice{"circ", "write \\odot for the product entry by entry"},
    Advice{"otimes", "write \\odot for the product entry by entry, or x y^{\\top} for the outer product"},
    Advice{"intercal", "write ^{\\top}"},
    Advice{"dfrac", "write \\frac"},
    Advice{"tfrac", "write \\frac"},
    Advice{"coloneqq", "write := to define"},
    Advice{"equiv", "write = to claim, or := to define"},
    Advice{"nabla", "write \\frac{\\partial J}{\\partial W}"},
    Advice{"label", "write \\tag{name}"},
    Advice{"hat", "write a letter of its own, for example p"},
    Advice{"bar", "write a letter of its own"},
    Advice{"tilde", "write a letter of its own"},
    Advice{"boldsymbol", "write \\mathbf{...}"},
    Advice{"mathsf", "write ^{\\top} for the transpose, \\mathrm{...} for a name"},
    Advice{"forall", "leave it out: a claim is meant for all values of its symbols"},
    Advice{"Rightarrow", "write two statements, or claim the product that vanishes"},
    Advice{"to", "write a limit as two inequalities"},
    Advice{"lim", "write a limit as two inequalities"},
    Advice{"int", "integrals cannot be checked: state the derivative instead"},
};

struct Replacement {
    std::string_view character;
    std::string_view written;
};

constexpr std::array replacements{
    Replacement{"−", "-"},         Replacement{"·", "\\cdot"},       Replacement{"×", "\\times"},
    Replacement{"∂", "\\partial"}, Replacement{"≤", "\\le"},         Replacement{"≥", "\\ge"},
    Replacement{"≠", "\\neq"},     Replacement{"≈", "\\approx"},     Replacement{"∑", "\\sum"},
    Replacement{"⊙", "\\odot"},    Replacement{"σ", "\\sigma"},      Replacement{"λ", "\\lambda"},
    Replacement{"δ", "\\delta"},   Replacement{"α", "\\alpha"},      Replacement{"β", "\\beta"},
    Replacement{"θ", "\\theta"},   Replacement{"π", "\\pi"},         Replacement{"′", "'"},
    Replacement{"²", "^2"},        Replacement{"ᵀ", "^{\\top}"},     Replacement{"ℝ", "\\mathbb{R}"},
    Replacement{"∈", "\\in"},      Replacement{"½", "\\frac{1}{2}"}, Replacement{"…", "\\dots"},
};

}  // namespace

std::optional<CommandClass> class_of(std::string_view command) {
    const auto* found =
        std::find_if(commands.begin(), commands.end(), [&](const Command& c) { return c.name == command; });
    if (found == commands.end()) return std::nullopt;
    return found->meaning;
}

std::string advice_for_command(std::string_view command) {
    for (const auto& advice : advices)
        if (advice.name == command) return std::string(advice.text);
    if (command.size() < 2 || command.size() > 40) return {};
    const Command* nearest = nullptr;
    std::size_t least = command.size() <= 3 ? 2 : 3;
    for (const auto& candidate : commands) {
        const auto distance = edit_distance(command, candidate.name);
        if (candidate.name.size() > 1 && distance < least) {
            least = distance;
            nearest = &candidate;
        }
    }
    return nearest ? "did you mean \\" + std::string(nearest->name) + "?" : std::string();
}

std::string advice_for_character(std::string_view utf8) {
    for (const auto& replacement : replacements)
        if (replacement.character == utf8) return "write " + std::string(replacement.written);
    return {};
}

}  // namespace gradproof::notes
