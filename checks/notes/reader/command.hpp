// SPDX-License-Identifier: MIT
//
// The accepted notation. A formula may use the commands of the one table in command.cpp and nothing else; whatever is
// accepted is rendered by GitHub, KaTeX and MathJax. In short:
//
//     names       a letter, a Greek letter, \mathcal{L}, \mathbf{x}, \mathrm{relu}; d before a name (dZ); each with a
//                 sub- and a superscript that belong to it: W_1, Z^{[l]}, A^{[l-1]}, a_{\mathrm{prev}}
//     numbers     2, 0.25; e, \pi
//     sums        a + b, a - b, -a; a number next to a matrix stands for a matrix filled with it
//     products    a b, a \cdot b, a \times b, of numbers or matrices; A \odot B entry by entry. W^{\top} D \odot G is
//                 (W^{\top} D) \odot G: a product binds tighter than \odot, \odot tighter than a sum
//     quotients   \frac{a}{b}, a / b; entry by entry for two matrices of one shape
//     powers      x^2, e^{-z}, \sqrt{x}; of a matrix write A \odot A
//     matrices    A^{\top}, \mathbf{1}_n, I_n, \mathrm{diag}(p), \det(A), \mathrm{tr}(A), \lVert W \rVert,
//                 \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} (and bmatrix)
//     entries     z_k, W_{ij}, W^{[1]}_{ij}; x^{(i)} is column i of x
//     functions   \log (natural) \exp \tanh \sinh \cosh \sin \cos \arctan, \mathrm{erf}, |x|, \max(a, b), \min(a, b);
//     without
//                 parentheses they take the next factor: y \log a is y times \log a
//     own ones    g(z), g'(z), g''(z), of a matrix entry by entry; a name in front of ( is called only if it is a
//                 function, else it is a product
//     indices     \sum_{k=1}^{K}, \sum_{k}, \prod_{k}, \max_{k} of the following term, up to the next + or -;
//                 \delta_{ij}; an index that is free is meant for all its values
//     cases       \begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}, \text{if}, \text{otherwise}
//     sets        z \in (0, 1], z \notin \{0, 1\}, z \in [0, \infty), z \in \mathbb{R}, as conditions
//     derivatives \frac{\partial L}{\partial a}, \frac{d f}{d x}, \frac{\partial^2 L}{\partial z^2},
//                 \frac{d}{dz} \left( ... \right)
//     relations   := defines; = \neq < > \le \ge \approx claim, each step of a chain by itself
//     layout      \begin{aligned} ... \end{aligned}, one \tag{name} a fence, behind everything; a comma and \quad or
//                 \qquad between two statements; without the comma, or behind \text{for}, \text{if}, \text{where},
//                 stands a condition of the statement before it: z > 0, z \neq 0, y \in \{0,1\}, i \neq j
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gradproof::notes {

/// What a command is to the parser.
enum class CommandClass : std::uint8_t {
    greek,
    alphabet,  ///< \mathcal, \mathbf, \mathrm: one braced group, part of a name
    space,     ///< \, and its like: no meaning
    wide,      ///< \quad, \qquad: ends a statement
    sizing,    ///< \left, \right, \bigl ...: no meaning
    product,   ///< \cdot, \times
    function,  ///< of one number
    extremum,  ///< \max, \min
    over,      ///< \sum, \prod
    relation,
    fence,      ///< \lvert ..., \{ ...
    structure,  ///< whatever the parser asks for by name
};

/// The class of a command (without its backslash), or nothing if it is not accepted.
std::optional<CommandClass> class_of(std::string_view command);

/// What to say about a command that is not accepted: "write \log, which is the natural logarithm here", or
/// "did you mean \sigma?", or nothing.
std::string advice_for_command(std::string_view command);

/// What to write in place of a character outside ASCII, or nothing.
std::string advice_for_character(std::string_view utf8);

}  // namespace gradproof::notes
