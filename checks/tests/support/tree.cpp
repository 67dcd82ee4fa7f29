// SPDX-License-Identifier: MIT
#include "tests/support/tree.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <boost/make_shared.hpp>
#include <boost/test/results_collector.hpp>
#include <boost/test/tree/fixture.hpp>
#include <boost/test/tree/traverse.hpp>
#include <boost/test/unit_test.hpp>
#include <boost/test/unit_test_parameters.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <span>
#include <stdexcept>

namespace gradproof::checks {
namespace {

namespace ut = boost::unit_test;

// What --run_test says; empty without it.
std::vector<std::string> filters() {
    namespace config = ut::runtime_config;
    if (!config::has(config::btrt_run_filters)) return {};
    return config::get<std::vector<std::string>>(config::btrt_run_filters);
}

// The suite of this name in `parent`, be it made here or by BOOST_AUTO_TEST_SUITE. Throws std::invalid_argument when a
// case has the name.
ut::test_suite& suite_in(ut::test_suite& parent, const std::string& name) {
    if (const ut::test_unit_id id = parent.get(name); id != ut::INV_TEST_UNIT_ID) {
        if (ut::framework::get(id, ut::TUT_ANY).p_type != ut::TUT_SUITE)
            throw std::invalid_argument("a test case and a suite are both called '" + name + "'");
        return ut::framework::get<ut::test_suite>(id);
    }
    auto* suite = new ut::test_suite(name, __FILE__, __LINE__);  // Boost.Test's framework deletes it
    parent.add(suite);
    return *suite;
}

// The labels of a unit and of the suites around it.
std::set<std::string> labels_of(const ut::test_unit& unit) {
    std::set<std::string> labels(unit.p_labels->begin(), unit.p_labels->end());
    if (unit.p_parent_id != ut::INV_TEST_UNIT_ID)
        labels.merge(labels_of(ut::framework::get(unit.p_parent_id, ut::TUT_SUITE)));
    return labels;
}

void write_ctest_file(const std::string& file, const std::string& program) {
    struct Writer : ut::test_tree_visitor {
        std::ofstream out;
        std::string program;

        void visit(const ut::test_case& unit) override {
            const std::string path = unit.full_name();
            const std::string labels = fmt::format("{}", fmt::join(labels_of(unit), ";"));
            out << "add_test([==[" << path << "]==] [==[" << program << "]==] [==[--run_test=" << path
                << "]==] --report_level=no --color_output=no)\n"
                << "set_tests_properties([==[" << path << "]==] PROPERTIES LABELS \"" << labels
                << "\" WORKING_DIRECTORY [==[" << GRADPROOF_SOURCE_DIR << "]==] TIMEOUT 300)\n";
        }
    } writer;
    writer.out.open(file);
    writer.program = program;
    ut::traverse_test_tree(ut::framework::master_test_suite(), writer, true);
    if (!writer.out.flush()) throw std::runtime_error("cannot write " + file);
}

// Boost.Test passes a case that asserts nothing; here that is a failure.
void fail_unless_it_asserted() {
    const auto& results = ut::results_collector.results(ut::framework::current_test_case_id());
    if (results.p_assertions_passed + results.p_assertions_failed == 0) BOOST_ERROR("this case asserted nothing");
}

// What all cases have, be they added here or by BOOST_AUTO_TEST_CASE.
void finish_all_cases() {
    struct Finisher : ut::test_tree_visitor {
        std::size_t cases = 0;

        void visit(const ut::test_case& unit) override {
            const std::string path = unit.full_name();
            auto& own = ut::framework::get<ut::test_case>(unit.p_id);
            own.add_label(path.substr(0, path.find('/')));
            own.p_fixtures.value.push_back(
                boost::make_shared<ut::function_based_fixture>(boost::function<void()>(), fail_unless_it_asserted));
            ++cases;
        }
    } finisher;
    ut::traverse_test_tree(ut::framework::master_test_suite(), finisher, true);
    if (finisher.cases == 0)
        throw std::logic_error(filters().empty() ? "this program has no test cases"
                                                 : fmt::format("no test case is at {}", fmt::join(filters(), " or ")));
}

bool initialise() {
    add_all_cases();
    finish_all_cases();
    return true;
}

}  // namespace

// Weak, for the programs whose cases all stand alone.
[[gnu::weak]] void add_all_cases() {}

bool is_asked_for(std::string_view path) {
    const std::vector<std::string> all = filters();
    // What these stand for (several paths, labels, "all but") Boost.Test alone understands; in a path it has _ for
    // them.
    constexpr std::string_view special = "*,:!+@";
    std::string name(path);
    std::ranges::replace_if(
        name, [&](char c) { return special.find(c) != std::string_view::npos; }, '_');
    return all.empty() || std::ranges::any_of(all, [&](std::string_view filter) {
               if (filter.find_first_of(special) != std::string_view::npos) return true;
               return name.starts_with(filter) || filter.starts_with(name);
           });
}

void add_case(std::string_view path, std::function<void()> body, const std::vector<std::string>& labels) {
    if (!is_asked_for(path)) return;
    const std::string whole(path);
    if (whole.empty() || whole.front() == '/' || whole.back() == '/' || whole.find("//") != std::string::npos)
        throw std::invalid_argument("the path of a test case has an empty part: '" + whole + "'");
    ut::test_suite* suite = &ut::framework::master_test_suite();
    std::size_t start = 0;
    for (std::size_t slash = whole.find('/'); slash != std::string::npos; slash = whole.find('/', start)) {
        suite = &suite_in(*suite, whole.substr(start, slash - start));
        start = slash + 1;
    }
    const std::string name = whole.substr(start);
    if (suite->get(name) != ut::INV_TEST_UNIT_ID)
        throw std::invalid_argument("two test cases have the path '" + whole + "'");
    auto* unit = ut::make_test_case(std::move(body), name, __FILE__, __LINE__);
    for (const auto& label : labels) unit->add_label(label);
    suite->add(unit);
}

}  // namespace gradproof::checks

// Boost.Test's own main, and before it the one option it lacks: write the cases as a ctest file.
int main(int argc, char* argv[]) {
    using namespace gradproof::checks;
    constexpr std::string_view option = "--write-ctest=";
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    if (argc != 2 || !std::string_view(arguments[1]).starts_with(option))
        return boost::unit_test::unit_test_main(&initialise, argc, argv);
    try {
        // Cases may come from a table of the source; they run there too.
        std::filesystem::current_path(GRADPROOF_SOURCE_DIR);
        boost::unit_test::framework::init(&initialise, 1, argv);
        boost::unit_test::framework::finalize_setup_phase();  // gives each case the labels written beside its name
        write_ctest_file(std::string(std::string_view(arguments[1]).substr(option.size())), arguments[0]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", arguments[0], error.what());
        return 2;
    }
    return 0;
}
