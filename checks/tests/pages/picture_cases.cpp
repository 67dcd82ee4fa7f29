// SPDX-License-Identifier: MIT
//
// The pictures of the notes: they are as the code has them, hold the numbers that the notes derive, each is shown with
// words for those who do not see it, and a doctored one is noticed.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/differences.hpp"
#include "pages/pictures/pictures.hpp"
#include "pages/pictures/worked_example.hpp"

namespace gradproof::pictures {
namespace {

namespace fs = std::filesystem;

const fs::path derivations = fs::path(GRADPROOF_SOURCE_DIR) / "derivations";

// A folder with the note of the worked example alone, up to date at first.
class Copy {
  public:
    explicit Copy(const std::string& name)
        : folder_(fs::temp_directory_path() / ("gradproof_pictures_" + name + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        fs::copy(derivations / "worked_example.md", folder_);
        write_files(picture_files(folder_), folder_);
    }
    ~Copy() { fs::remove_all(folder_); }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    const fs::path& folder() const { return folder_; }
    std::vector<std::string> outdated() const { return outdated_files(picture_files(folder_), folder_, "pictures"); }
    void replace(const fs::path& file, const std::string& old, const std::string& other) const {
        std::string text = text_of_file(folder_ / file);
        const auto at = text.find(old);
        BOOST_REQUIRE(at != std::string::npos);
        std::ofstream(folder_ / file, std::ios::binary) << text.replace(at, old.size(), other);
    }

  private:
    fs::path folder_;
};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

BOOST_AUTO_TEST_SUITE(pages)
BOOST_AUTO_TEST_SUITE(pictures)

BOOST_AUTO_TEST_CASE(are_up_to_date) {
    const auto messages = outdated_files(picture_files(derivations), derivations, "pictures");
    for (const auto& message : messages) BOOST_ERROR(message);
    BOOST_TEST(messages.empty());
}

BOOST_AUTO_TEST_CASE(doctored_ones_are_noticed) {
    const Copy copy("doctored");
    BOOST_TEST(copy.outdated().empty());
    copy.replace("pictures/softmax_jacobian.svg", "0.", "1.");
    fs::remove(copy.folder() / "pictures/step_size.svg");
    std::ofstream(copy.folder() / "pictures/other.svg") << "<svg/>";
    BOOST_TEST(copy.outdated().size() == 3U);
}

BOOST_AUTO_TEST_CASE(graph_has_the_numbers_of_its_note) {
    const std::string graph = worked_example_graph(derivations);
    // dW2, db2, dA1, dZ1, dW1, db1 as the note has them.
    for (const char* number : {"-0.3655", "-0.1155", "0.8068", "-0.5379", "0.7689", "0.2311", "1.3679", "0.1966"})
        BOOST_TEST(graph.find(std::string(">") + number + "<") != std::string::npos, number << " is not in the graph");
    const Copy copy("changed");
    copy.replace("worked_example.md", "W^{[2]} := \\begin{bmatrix} 3 & -2 & 1",
                 "W^{[2]} := \\begin{bmatrix} 3 & -2 & 4");
    const auto messages = copy.outdated();
    BOOST_REQUIRE(messages.size() == 1U);
    BOOST_TEST(messages[0].find("pictures/worked_example.svg") != std::string::npos);
    copy.replace("worked_example.md", "Y := ", "Y = ");
    BOOST_CHECK_THROW(read_worked_example(copy.folder()), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(convolution_shows_how_many_windows_saw_a_pixel) {
    // 2 x 3 windows of 3 x 3 fit into 4 x 5: by rows 1, 2, 2, 1 and by columns 1, 2, 3, 2, 1.
    const std::string windows = windows_of_convolution();
    for (const auto& [number, times] : {std::pair<int, std::size_t>{1, 4}, {2, 8}, {3, 2}, {4, 4}, {6, 2}})
        BOOST_TEST(count(windows, ">" + std::to_string(number) + "</text>") == times, number);
    const std::string stride = zeros_of_stride();
    BOOST_TEST(count(stride, ">1</text>") == 9U);
    BOOST_TEST(count(stride, ">0</text>") == 16U);
}

BOOST_AUTO_TEST_CASE(bars_of_the_shown_differences_hold_the_derivative) {
    const Tanh g;
    const checks::RealFunction value = [&](double z) { return g.value(z); };
    for (double z = -2.75; z < 3; z += 0.5) {
        const checks::Estimate at = checks::central_difference(value, z, 0.5, checks::noise_of(value, z, 1e-6));
        BOOST_TEST(std::abs(g.derivative(z) - at.value) <= at.error_bar, "at z = " << z);
    }
}

BOOST_AUTO_TEST_CASE(each_is_shown_with_words) {
    std::string shown;
    for (const auto& entry : fs::recursive_directory_iterator(derivations))
        if (entry.path().extension() == ".md") shown += text_of_file(entry.path());
    for (const DerivedFile& picture : picture_files(derivations)) {
        const auto at = shown.find(picture.name.generic_string() + ")");
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, picture.name << " is shown by no note");
        const auto begin = shown.rfind("![", at);
        BOOST_TEST(shown.find("](", begin) > begin + 30, picture.name << " has no words");
        BOOST_TEST(picture.text.find("<title>") != std::string::npos);
        BOOST_TEST(picture.text.find("nan") == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::pictures
