// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <map>
#include <string>

#include "diagnosis/npz/archive.hpp"
#include "tests/diagnosis/npz/bytes.hpp"

namespace gradproof::npz {
namespace {

std::map<std::string, Array> by_name(const std::vector<Array>& arrays) {
    std::map<std::string, Array> out;
    for (const Array& array : arrays) out.emplace(array.name, array);
    return out;
}

void equals(const Array& array, const Eigen::MatrixXd& expected) {
    BOOST_TEST_CONTEXT(array.name) {
        BOOST_TEST_REQUIRE(array.values.rows() == expected.rows());
        BOOST_TEST_REQUIRE(array.values.cols() == expected.cols());
        BOOST_TEST((array.values.array() == expected.array()).all());
    }
}

// checks/tests/diagnosis/npz/fixtures/make.py wrote these files with NumPy.
void as_numpy_saved_them(const std::string& file) {
    const auto arrays = by_name(read_arrays(std::filesystem::path("checks/tests/diagnosis/npz/fixtures") / file));
    BOOST_TEST_REQUIRE(arrays.size() == 9u);
    equals(arrays.at("f8"), (Eigen::MatrixXd(2, 3) << 1.5, -2.25, 3e-300, 4, 5, -6).finished());
    equals(arrays.at("f4"), (Eigen::MatrixXd(2, 2) << 1.5, -2.25, double(0.1F), double(1e-3F)).finished());
    equals(arrays.at("fortran"), (Eigen::MatrixXd(2, 3) << 1, 2, 3, 4, 5, 6).finished());
    equals(arrays.at("big"), (Eigen::MatrixXd(2, 2) << 1, 2, 3, -4).finished());
    equals(arrays.at("i8"), (Eigen::MatrixXd(1, 3) << 1, 1, 0).finished());
    equals(arrays.at("b1"), (Eigen::MatrixXd(3, 1) << 1, 0, 1).finished());
    equals(arrays.at("u1"), (Eigen::MatrixXd(1, 2) << 0, 255).finished());
    equals(arrays.at("scalar"), Eigen::MatrixXd::Constant(1, 1, 2.5));
    equals(arrays.at("empty"), Eigen::MatrixXd(0, 3));
    BOOST_TEST(arrays.at("f4").is_float32());
    BOOST_TEST(!arrays.at("f8").is_integer());
    BOOST_TEST(arrays.at("i8").is_integer());
    BOOST_TEST(arrays.at("b1").shape.size() == 1u);
    BOOST_TEST(arrays.at("scalar").shape.empty());
}

namespace arrays_suite {
BOOST_AUTO_TEST_SUITE(npz)
BOOST_AUTO_TEST_SUITE(arrays)

BOOST_AUTO_TEST_CASE(a_single_array) {
    const auto arrays = read_arrays(std::filesystem::path("checks/tests/diagnosis/npz/fixtures/numpy_single.npy"));
    BOOST_TEST_REQUIRE(arrays.size() == 1u);
    BOOST_TEST(arrays[0].name == "numpy_single");
    equals(arrays[0], (Eigen::MatrixXd(2, 3) << 1.5, -2.25, 3e-300, 4, 5, -6).finished());
}

BOOST_AUTO_TEST_CASE(a_folder_of_arrays) {
    const auto arrays = read_arrays(std::filesystem::path("checks/tests/diagnosis/npz/fixtures"));
    BOOST_TEST_REQUIRE(arrays.size() == 1u);
    BOOST_TEST(arrays[0].name == "numpy_single");
}

BOOST_AUTO_TEST_CASE(every_version_of_the_header) {
    const std::string dictionary = dictionary_of("<f8", "(2,)");
    for (const char major : {'\x01', '\x02', '\x03'}) {
        const auto arrays = read_arrays(npy_bytes(dictionary, f8_bytes({7, -8}), std::string{major, '\0'}), "mine");
        equals(arrays.at(0), (Eigen::MatrixXd(2, 1) << 7, -8).finished());
    }
    BOOST_TEST(complaint(npy_bytes(dictionary, f8_bytes({7, -8}), {"\x04\x00", 2})) ==
               "mine.npz: version 4.0 of the .npy format; expected 1.0, 2.0 or 3.0");
    BOOST_TEST(complaint(npy_bytes(dictionary, f8_bytes({7, -8}), {"\x01\x01", 2})) ==
               "mine.npz: version 1.1 of the .npy format; expected 1.0, 2.0 or 3.0");
}

BOOST_AUTO_TEST_CASE(integers_of_every_width_and_order) {
    const auto one = [](std::string_view dtype, std::string_view raw) {
        return read_arrays(npy_bytes(dictionary_of(dtype, "()"), raw), "mine").at(0).values(0, 0);
    };
    BOOST_TEST(one("|i1", "\xff") == -1);
    BOOST_TEST(one("|u1", "\xff") == 255);
    BOOST_TEST(one("<i2", {"\xfe\xff", 2}) == -2);
    BOOST_TEST(one(">u2", {"\x01\x02", 2}) == 258);
    BOOST_TEST(one(">i4", {"\xff\xff\xff\xfd", 4}) == -3);
    BOOST_TEST(one("<u4", {"\x00\x00\x00\x80", 4}) == 2147483648.0);
    BOOST_TEST(one("<i8", {"\xfc\xff\xff\xff\xff\xff\xff\xff", 8}) == -4);
    BOOST_TEST(one(">u8", {"\x00\x00\x00\x00\x00\x00\x00\x05", 8}) == 5);
    BOOST_TEST(one(">f4", {"\x3f\xc0\x00\x00", 4}) == 1.5);
    BOOST_TEST(complaint(npy_bytes(dictionary_of("<u8", "()"), "\xff\xff\xff\xff\xff\xff\xff\x7f")).find("2^53") !=
               std::string::npos);
    BOOST_TEST(complaint(npy_bytes(dictionary_of("|b1", "()"), "\x02")).find("a bool is stored as 2") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_large_array_comes_in_chunks) {
    // 100,003 numbers are more than ten chunks, and not a whole number of them.
    std::vector<double> numbers(100003);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i) / 3;
    const auto bytes = zip_bytes({{"X.npy", f8_array("(100003,)", numbers)}}, true);
    const auto arrays = read_arrays(bytes, "mine");
    BOOST_TEST_REQUIRE(arrays.at(0).values.size() == 100003);
    BOOST_TEST(std::equal(numbers.begin(), numbers.end(), arrays[0].values.data()));
}

BOOST_AUTO_TEST_CASE(as_numpy_stored_them) {
    as_numpy_saved_them("numpy_stored.npz");
}

BOOST_AUTO_TEST_CASE(as_numpy_compressed_them) {
    as_numpy_saved_them("numpy_compressed.npz");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace arrays_suite

}  // namespace
}  // namespace gradproof::npz
