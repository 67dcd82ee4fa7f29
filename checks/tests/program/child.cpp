// SPDX-License-Identifier: MIT
#include "tests/program/child.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace gradproof::program {
namespace {

constexpr std::chrono::milliseconds patience{60'000};

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<char*> words;
    words.push_back(const_cast<char*>(program.c_str()));
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    execv(program.c_str(), words.data());
    _exit(127);
}

}  // namespace

Child::Child(const std::string& program, const std::vector<std::string>& arguments, Output output) : kind_(output) {
    if (output == Output::terminal) {
        pid_ = forkpty(&from_child_, nullptr, nullptr, nullptr);
        if (pid_ == 0) become(program, arguments);
    } else {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe can be made");
        pid_ = fork();
        if (pid_ == 0) {
            for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) dup2(ends[1], stream);
            for (const int end : ends) close(end);
            become(program, arguments);
        }
        close(ends[1]);
        from_child_ = ends[0];
    }
    if (pid_ < 0) throw std::runtime_error("no process can be made");
}

Child::~Child() {
    if (pid_ > 0) {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    close(from_child_);
}

bool Child::read_more() {
    pollfd readable{.fd = from_child_, .events = POLLIN, .revents = 0};
    if (poll(&readable, 1, static_cast<int>(patience.count())) <= 0) return false;
    std::array<char, 4096> part{};
    const ssize_t size = read(from_child_, part.data(), part.size());
    if (size <= 0) return false;
    text_.append(part.data(), static_cast<std::size_t>(size));
    return true;
}

bool Child::wait_for(const std::string& text) {
    while (text_.find(text) == std::string::npos)
        if (!read_more()) return false;
    return true;
}

bool Child::wait_for_handler() const {
    for (const auto end = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < end;) {
        std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
        for (std::string word; status >> word;)
            if (word == "SigCgt:" && status >> word && (std::stoull(word, nullptr, 16) >> (SIGINT - 1)) % 2 == 1)
                return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

void Child::press_ctrl_c() const {
    if (kind_ == Output::pipe) {
        kill(pid_, SIGINT);
        return;
    }
    constexpr char key = '\x03';
    if (write(from_child_, &key, 1) != 1) throw std::runtime_error("the terminal takes no key");
}

int Child::wait() {
    while (read_more()) {
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace gradproof::program
