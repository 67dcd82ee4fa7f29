// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "diagnosis/npz/archive.hpp"
#include "tests/diagnosis/npz/bytes.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::npz {
namespace {

std::string file_bytes(const std::string& name) {
    std::ifstream in("checks/tests/diagnosis/npz/fixtures/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void says(const std::string& bytes, const std::string& expected) {
    const std::string text = complaint(bytes);
    BOOST_TEST_INFO("it says: " << text);
    BOOST_TEST(text.find(expected) != std::string::npos);
    BOOST_TEST(text.find('\n') == std::string::npos);
}

void every_truncation_is_refused(const std::string& name) {
    const std::string whole = file_bytes(name);
    BOOST_TEST_REQUIRE(whole.size() > 100u);
    BOOST_TEST_REQUIRE(complaint(whole) == "");
    std::size_t accepted = 0;
    for (std::size_t length = 0; length < whole.size(); ++length)
        if (complaint(whole.substr(0, length)).empty()) ++accepted;
    BOOST_TEST(accepted == 0u);
}

// A flipped bit is refused, or it hit what the numbers do not depend on (a date, an attribute): then they are the same.
void every_flipped_bit_is_refused_or_harmless(const std::string& name) {
    const std::string whole = file_bytes(name);
    const auto right = read_arrays(whole, "mine");
    std::size_t refused = 0;
    std::size_t changed = 0;
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
        std::string flipped = whole;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        try {
            const auto arrays = read_arrays(flipped, "mine");
            // A name is under no checksum; that a renamed array is missing, the caller finds.
            bool same = arrays.size() == right.size();
            for (const Array& array : arrays)
                same = same && std::ranges::any_of(right, [&](const Array& r) {
                           return r.shape == array.shape && r.values == array.values;
                       });
            changed += same ? 0 : 1;
        } catch (const Error&) {
            ++refused;
        }
    }
    BOOST_TEST(changed == 0u);
    BOOST_TEST(refused > whole.size());
}

namespace damage_suite {
BOOST_AUTO_TEST_SUITE(npz)
BOOST_AUTO_TEST_SUITE(damage)

BOOST_AUTO_TEST_CASE(what_is_no_npz) {
    says("", "holds no array");
    says("hello", "not a complete .npz file");
    says(zip_bytes({{"readme.txt", "hello"}}), "member 'readme.txt' is no .npy array");
    says(zip_bytes({{"X.npy", "hello"}}), "array 'X': not a NumPy array: it starts with 'hello'");
    says(zip_bytes({{"X.npy", ""}}), "array 'X': not a NumPy array");
    says(file_bytes("numpy_objects.npz"), "array 'grads': dtype '|O' holds Python objects, a pickle");
    BOOST_CHECK_EXCEPTION(read_arrays(std::filesystem::path("no/such/file.npz")), Error, [](const Error& error) {
        return std::string(error.what()) == "no/such/file.npz: there is no such file";
    });
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_there) {
    says(f8_array("(3,)", {1, 2}), "shape (3,) of dtype <f8 needs 24 bytes of numbers, but the file holds 16");
    says(f8_array("(2,)", {1, 2, 3}), "needs 16 bytes of numbers, but the file holds 24");
    says(zip_bytes({{"W1.npy", f8_array("(99999999, 9999)", {1})}}, true), "array 'W1': shape (99999999, 9999)");
    says(npy_bytes(std::string(70000, ' '), "", {"\x02\x00", 2}), "the header claims 70000 bytes");
}

BOOST_AUTO_TEST_CASE(a_zip_bomb_is_refused_before_it_is_unpacked) {
    // 200 MB of zeros in 200 kB: under the ratio a zip can have, above the limit given.
    const std::string zeros(200'000'000, '\0');
    const std::string bomb = zip_bytes({{"X.npy", npy_bytes(dictionary_of("<f8", "(25000000,)"), zeros)}}, true);
    BOOST_TEST(bomb.size() < 400'000u);
    BOOST_CHECK_EXCEPTION(
        read_arrays(bomb, "mine", Limits{.entries = 10, .bytes = 100'000'000}), Error, [](const Error& error) {
            return std::string(error.what()).find("above the limit of 100000000 bytes") != std::string::npos;
        });
}

BOOST_AUTO_TEST_CASE(too_many_or_repeated_members_are_refused) {
    std::vector<std::pair<std::string, std::string>> members;
    for (int i = 0; i < 1001; ++i) members.emplace_back("W" + std::to_string(i) + ".npy", f8_array("()", {1}));
    says(zip_bytes(members), "holds 1001 members; expected at most 1000");

    // libzip writes no name twice, so the second is renamed in the bytes, where the name stands two times.
    std::string twice = zip_bytes({{"W1.npy", f8_array("()", {1})}, {"W2.npy", f8_array("()", {2})}});
    for (std::size_t at = 0; (at = twice.find("W2.npy", at)) != std::string::npos;) twice.replace(at, 6, "W1.npy");
    BOOST_TEST(complaint(twice) != "");
}

BOOST_AUTO_TEST_CASE(a_name_cannot_break_the_line) {
    says(zip_bytes({{"X\n\x1b[31m.npy", "no"}}), "array 'X\\x0a\\x1b[31m': not a NumPy array");
    says(zip_bytes({{std::string(500, 'a') + ".npy", "no"}}), std::string(60, 'a') + "...'");
    BOOST_TEST(complaint(zip_bytes({{"../X.npy", f8_array("()", {1})}})) == "");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace damage_suite

}  // namespace
}  // namespace gradproof::npz

void gradproof::checks::add_all_cases() {
    for (const std::string name : {"numpy_stored.npz", "numpy_compressed.npz", "numpy_single.npy"}) {
        const std::string stem = name.substr(0, name.find('.'));
        add_case("npz/damage/" + stem + "/every_truncation_is_refused",
                 [name] { npz::every_truncation_is_refused(name); });
        if (name.ends_with(".npz"))
            add_case("npz/damage/" + stem + "/every_flipped_bit_is_refused_or_harmless",
                     [name] { npz::every_flipped_bit_is_refused_or_harmless(name); });
    }
}
