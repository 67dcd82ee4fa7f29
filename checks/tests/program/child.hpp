// SPDX-License-Identifier: MIT
//
// The program as a child process that one can watch and interrupt while it works.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace gradproof::program {

class Child {
  public:
    enum class Output { terminal, pipe };

    /// Starts `program` with its standard output and standard error on a terminal of its own, or into a pipe.
    Child(const std::string& program, const std::vector<std::string>& arguments, Output output);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Reads until `text` has come. Returns whether it has; not if the program ended or a minute passed before.
    bool wait_for(const std::string& text);

    /// Waits until the program has taken SIGINT into its own hands. Returns whether it has, within a minute.
    bool wait_for_handler() const;

    /// What Ctrl-C does: the terminal's key, or without one the signal itself.
    void press_ctrl_c() const;

    /// Reads all that comes and waits for the end. Returns the exit status, -1 if a signal ended the program.
    int wait();

    const std::string& output() const { return text_; }

  private:
    bool read_more();

    Output kind_;
    pid_t pid_ = -1;
    int from_child_ = -1;
    std::string text_;
};

}  // namespace gradproof::program
