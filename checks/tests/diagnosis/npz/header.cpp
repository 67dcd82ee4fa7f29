// SPDX-License-Identifier: MIT
#include "diagnosis/npz/header.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "diagnosis/npz/array.hpp"

namespace gradproof::npz {
namespace {

void is_refused(const std::string& dictionary, const std::string& because) {
    BOOST_TEST_CONTEXT(dictionary) {
        BOOST_CHECK_EXCEPTION(read_header(dictionary, "f: array 'X'"), Error, [&](const Error& error) {
            const std::string text = error.what();
            BOOST_TEST_INFO(text);
            return text.starts_with("f: array 'X': ") && text.find(because) != std::string::npos &&
                   text.find('\n') == std::string::npos;
        });
    }
}

namespace header_suite {
BOOST_AUTO_TEST_SUITE(npz)
BOOST_AUTO_TEST_SUITE(header)

BOOST_AUTO_TEST_CASE(numpys_own_dictionary) {
    const Header header = read_header("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }      \n", "f");
    BOOST_TEST(header.dtype == "<f8");
    BOOST_TEST(!header.fortran_order);
    BOOST_TEST(header.shape == (std::vector<std::size_t>{3, 4}), boost::test_tools::per_element());
    BOOST_TEST(header.data_bytes() == 96u);
}

BOOST_AUTO_TEST_CASE(keys_in_any_order) {
    const Header header = read_header(R"({"shape":(5,),"fortran_order":True,"descr":">i4"})", "f");
    BOOST_TEST(header.fortran_order);
    BOOST_TEST(header.element.big_endian);
    BOOST_TEST(header.element.bytes == 4u);
    BOOST_TEST(header.data_bytes() == 20u);
    BOOST_TEST(read_header("{'descr': '|b1', 'fortran_order': False, 'shape': (), }", "f").data_bytes() == 1u);
    BOOST_TEST(read_header("{'descr': '<f8', 'fortran_order': False, 'shape': (3L, 4L), }", "f").data_bytes() == 96u);
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused) {
    is_refused("", "expected '{'");
    is_refused("{'descr': '<f8', 'fortran_order': False}", "all of descr, fortran_order and shape");
    is_refused("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", "each key once");
    is_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}", "only");
    is_refused("{'descr': '<f8', 'fortran_order': Maybe, 'shape': (1,)}", "True or False");
    is_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (3)}", "a comma");
    is_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}", "a length");
    is_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (3.0,)}", "expected ','");
    is_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} trailing", "nothing after the dictionary");
    is_refused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,", "a length");
    is_refused("{'descr': '<f8", "the closing quote");
}

BOOST_AUTO_TEST_CASE(a_dtype_that_is_no_real_number_is_refused) {
    const auto with = [](const std::string& dtype) {
        return "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': (1,)}";
    };
    is_refused(with("|O"), "save a list of layers as np.savez(file, X=X, Y=Y, **{f\"W{l}\": w for l, w in enumerate(W, 1)}");
    is_refused(with("<U5"), "strings");
    is_refused(with("|S3"), "strings");
    is_refused(with("<c16"), "complex");
    is_refused(with("<f2"), ".astype(np.float64)");
    is_refused(with("<f16"), ".astype(np.float64)");
    is_refused(with("=f8"), ".astype(np.float64)");
    is_refused(with("|f8"), ".astype(np.float64)");
    is_refused(with(""), ".astype(np.float64)");
    is_refused("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", "structured");
}

BOOST_AUTO_TEST_CASE(a_shape_too_large_to_address_is_refused) {
    const auto with = [](const std::string& shape) {
        return "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + "}";
    };
    is_refused(with("(4294967296, 4294967296)"), "address");
    is_refused(with("(18446744073709551615,)"), "address");
    is_refused(with("(0, 18446744073709551615)"), "address");
    is_refused(with("(99999999999999999999,)"), "below 2^64");
    BOOST_TEST(read_header(with("(2, 3, 4)"), "f").data_bytes() == 192u);
    std::string many = "(";
    for (std::size_t axis = 0; axis <= most_axes; ++axis) many += "1, ";
    is_refused(with(many + ")"), "33 axes; expected at most 32");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace header_suite

}  // namespace
}  // namespace gradproof::npz
