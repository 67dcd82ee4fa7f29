// SPDX-License-Identifier: MIT
//
// Ctrl-C in the middle of a check that would last for minutes: the program says what it knows so far, and that it is
// not all.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/diagnosis/npz/bytes.hpp"
#include "tests/program/child.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::program {
namespace {

std::pair<std::string, std::string> member(const std::string& name, const Matrix<double>& tensor) {
    std::vector<double> in_rows;
    for (Eigen::Index r = 0; r < tensor.rows(); ++r)
        for (Eigen::Index c = 0; c < tensor.cols(); ++c) in_rows.push_back(tensor(r, c));
    return {name + ".npy", npz::f8_array(fmt::format("({}, {})", tensor.rows(), tensor.cols()), in_rows)};
}

// A file of right gradients, in a folder of its own that goes with it.
class LargeFile {
  public:
    LargeFile() : folder_(std::filesystem::temp_directory_path() / "gradproof_XXXXXX") {
        std::string name = folder_.string();
        BOOST_TEST_REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
        const auto [network, X, Y] =
            checks::small_network({20, 200, 200, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 600);
        const Gradients<double> gradients = backward(network, forward(network, X), Y);
        std::vector<std::pair<std::string, std::string>> members{member("X", X), member("Y", Y)};
        for (std::size_t l = 1; l <= network.depth(); ++l) {
            members.push_back(member(fmt::format("W{}", l), network.layer(l).dense.W));
            members.push_back(member(fmt::format("b{}", l), network.layer(l).dense.b));
            members.push_back(member(fmt::format("dW{}", l), gradients.dW[l]));
            members.push_back(member(fmt::format("db{}", l), gradients.db[l]));
        }
        std::ofstream(path(), std::ios::binary) << npz::zip_bytes(members);
    }
    ~LargeFile() { std::filesystem::remove_all(folder_); }
    LargeFile(const LargeFile&) = delete;
    LargeFile& operator=(const LargeFile&) = delete;

    std::string path() const { return folder_ / "large.npz"; }

  private:
    std::filesystem::path folder_;
};

std::vector<std::string> check_of(const LargeFile& file) {
    return {"check", file.path(), "--hidden", "tanh", "--output", "sigmoid", "--loss", "binary_cross_entropy"};
}

void tells_what_it_knows(const Child& child, int status) {
    BOOST_TEST(status == 3, "ended with " << status << ":\n" << child.output());
    for (const char* text :
         {"large.npz: ", "undecided", "entries were checked; nothing is said of the other", "not checked"})
        BOOST_TEST(child.output().find(text) != std::string::npos, "no '" << text << "' in\n" << child.output());
    BOOST_TEST(child.output().find("refuted") == std::string::npos, child.output());
}

BOOST_AUTO_TEST_SUITE(program)
BOOST_AUTO_TEST_SUITE(ctrl_c)

BOOST_AUTO_TEST_CASE(on_a_terminal_a_bar_and_then_the_report) {
    const LargeFile file;
    Child child(GRADPROOF_PROGRAM, check_of(file), Child::Output::terminal);
    BOOST_TEST_REQUIRE(child.wait_for("entries ["), child.output());
    BOOST_TEST_REQUIRE(child.wait_for("a second"), child.output());
    BOOST_TEST_REQUIRE(child.wait_for("s left"), child.output());
    child.press_ctrl_c();
    tells_what_it_knows(child, child.wait());
}

BOOST_AUTO_TEST_CASE(into_a_pipe_the_report_without_a_bar) {
    const LargeFile file;
    Child child(GRADPROOF_PROGRAM, check_of(file), Child::Output::pipe);
    BOOST_TEST_REQUIRE(child.wait_for_handler());
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));  // a bar would show after one second
    child.press_ctrl_c();
    tells_what_it_knows(child, child.wait());
    BOOST_TEST(child.output().find_first_of("\r\x1b") == std::string::npos, child.output());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::program
