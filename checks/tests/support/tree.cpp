// SPDX-License-Identifier: MIT
#include "tests/support/tree.hpp"

#include <boost/test/results_collector.hpp>
#include <boost/test/tree/decorator.hpp>
#include <boost/test/tree/test_case_counter.hpp>
#include <boost/test/tree/traverse.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>

namespace gradproof::checks {
namespace {

namespace ut = boost::unit_test;

struct Tree {
    std::map<std::string, ut::test_suite*> suites;
    std::set<std::string> cases;
};

// Boost.Test's own tree is global; this index of it lives as long.
Tree& tree() {
    static Tree instance;
    return instance;
}

ut::test_suite& suite_at(const std::string& path) {
    auto& suites = tree().suites;
    if (const auto found = suites.find(path); found != suites.end()) return *found->second;
    const auto slash = path.rfind('/');
    ut::test_suite& parent =
        slash == std::string::npos ? ut::framework::master_test_suite() : suite_at(path.substr(0, slash));
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    auto* suite = new ut::test_suite(name, __FILE__, __LINE__);  // Boost.Test's framework deletes it
    parent.add(suite);
    suites.emplace(path, suite);
    return *suite;
}

void write_ctest_file(const std::string& file, const std::string& program) {
    struct Writer : ut::test_tree_visitor {
        std::ofstream out;
        std::string program;

        void visit(const ut::test_case& unit) override {
            const std::string path = unit.full_name();
            std::string labels;
            for (const auto& label : unit.p_labels.get()) labels += (labels.empty() ? "" : ";") + label;
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
std::function<void()> that_asserts_something(std::function<void()> body) {
    return [body = std::move(body)] {
        body();
        const auto& results = ut::results_collector.results(ut::framework::current_test_case_id());
        if (results.p_assertions_passed + results.p_assertions_failed == 0) BOOST_ERROR("this case asserted nothing");
    };
}

bool initialise() {
    add_all_cases();
    return count_of_cases() > 0;
}

}  // namespace

void add_case(std::string_view path, std::function<void()> body, const std::vector<std::string>& labels) {
    const std::string whole(path);
    if (whole.empty() || whole.front() == '/' || whole.back() == '/' || whole.find("//") != std::string::npos)
        throw std::invalid_argument("the path of a test case has an empty part: '" + whole + "'");
    if (!tree().cases.insert(whole).second) throw std::invalid_argument("two test cases have the path '" + whole + "'");
    const auto slash = whole.rfind('/');
    auto* unit = ut::make_test_case(that_asserts_something(std::move(body)),
                                    whole.substr(slash == std::string::npos ? 0 : slash + 1), __FILE__, __LINE__);
    unit->add_label(whole.substr(0, whole.find('/')));
    for (const auto& label : labels) unit->add_label(label);
    if (slash == std::string::npos) {
        ut::framework::master_test_suite().add(unit);
    } else {
        suite_at(whole.substr(0, slash)).add(unit);
    }
}

std::size_t count_of_cases() {
    return tree().cases.size();
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
        boost::unit_test::framework::init(&initialise, 1, argv);
        write_ctest_file(std::string(std::string_view(arguments[1]).substr(option.size())), arguments[0]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", arguments[0], error.what());
        return 2;
    }
    return 0;
}
