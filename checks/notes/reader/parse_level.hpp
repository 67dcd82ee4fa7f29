// SPDX-License-Identifier: MIT
#pragma once

#include "notes/reader/command.hpp"
#include "notes/reader/parser.hpp"

namespace gradproof::notes {

/// Counts how deep the parser is, so that a fence of ten thousand parentheses is an error and not a stack overflow.
class Parser::Level {
  public:
    explicit Level(Parser& parser) : parser_(parser) {
        if (++parser_.depth_ > deepest) {
            --parser_.depth_;
            parser_.fail_here("this formula is nested too deeply");
        }
    }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

  private:
    static constexpr int deepest = 300;  // four levels a parenthesis
    Parser& parser_;
};

}  // namespace gradproof::notes
