// SPDX-License-Identifier: MIT
//
// Lines of code with words in braces, which stand for what differs from one network and one file to the next:
// - {l} {p} {n}: the layer, the one before it and the one after it; A{p} is X in the first
// - {g} {g'}: the layer's activation and its slope: tanh, tanh'
// - {/m} {*m}: " / m" where dZ carries no 1/m, else nothing; nothing there, else " * m"
// - {L2} {+L2}: what W is multiplied by for the L2 term in dW: "lambd / m"; and the whole term, or nothing without one
// - {theta}: the number that was found; {theta of W}, {theta of dW} the same in front of W or dW
// - {w}: the weights of the examples, as a row. A formula made of the labels is multiplied by them where there are
// some,
//   but for one with {own w}, which stands for nothing: it says itself what becomes of them
// - {k}: what a catalogue's entry fills in itself
#pragma once

#include <string>
#include <string_view>

#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

/// "dW{l}"
std::string tensor_template(Step step);

/// Every `word` in the text becomes `meaning`.
void replace_word(std::string& text, std::string_view word, std::string_view meaning);

}  // namespace gradproof::diagnosis
