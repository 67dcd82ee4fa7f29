// SPDX-License-Identifier: MIT
#include <pybind11/eigen.h>
#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "diagnosis/search/pattern.hpp"
#include "differences/jacobian_verdicts.hpp"
#include "python/bindings.hpp"

namespace py = pybind11;

namespace gradproof::python {
namespace {

using Numbers = py::array_t<double, py::array::c_style>;

// A Python callable as a function of a vector. It takes no argument: it reads the memory that its arrays are views of,
// into which each point is written before.
class PythonField {
  public:
    PythonField(py::function evaluate, py::function is_outside, Numbers memory, std::stop_source stop)
        : evaluate_(std::move(evaluate)),
          is_outside_(std::move(is_outside)),
          memory_(std::move(memory)),
          numbers_(memory_.mutable_data()),
          stop_(std::move(stop)) {}

    Eigen::VectorXd operator()(const Eigen::VectorXd& point) {
        if (stop_.stop_requested()) throw std::runtime_error("stopped");
        const std::size_t bytes = static_cast<std::size_t>(point.size()) * sizeof(double);
        std::memcpy(numbers_, point.data(), bytes);
        ++calls;
        Eigen::VectorXd values;
        try {
            values = evaluate_().cast<Eigen::VectorXd>();
        } catch (py::error_already_set& raised) {
            if (!py::cast<bool>(is_outside_(raised.value()))) {
                error = raised;
                stop_.request_stop();
            }
            throw std::runtime_error("undefined here");
        }
        if (std::memcmp(numbers_, point.data(), bytes) != 0) {
            for (changed = 0; numbers_[changed] == point(changed);) ++changed;
            stop_.request_stop();
        }
        return values;
    }

    std::size_t calls = 0;
    Eigen::Index changed = -1;                   // an input that the callable wrote to
    std::optional<py::error_already_set> error;  // that ended the check

  private:
    py::function evaluate_;
    py::function is_outside_;
    Numbers memory_;
    double* numbers_;
    std::stop_source stop_;
};

// All verdicts, as columns of a table.
struct Verdicts {
    std::vector<checks::EntryVerdict> entries;
    std::size_t calls = 0;
    Eigen::Index changed = -1;
    std::optional<py::error_already_set> error;

    template <class Of>
    Numbers column(const Of& of) const {
        Numbers numbers(static_cast<py::ssize_t>(entries.size()));
        double* at = numbers.mutable_data();
        for (const checks::EntryVerdict& entry : entries) *at++ = of(entry.verdict);
        return numbers;
    }
    py::list outcomes() const {
        py::list names;
        for (const checks::EntryVerdict& entry : entries) names.append(name_of(entry.verdict.outcome));
        return names;
    }
    std::string explanation(std::size_t n) const { return explain(entries.at(n).verdict); }
    // Raises what ended the check, if something did.
    void raise_error() const {
        if (error) throw py::error_already_set(*error);
    }
};

Verdicts judge(const py::function& evaluate, const py::function& is_outside, const Numbers& memory,
               const Eigen::MatrixXd& claimed, std::vector<Eigen::Index> inputs, const Eigen::VectorXd& rounding,
               int required_digits, const std::optional<checks::StackedField>& stacked,
               const std::optional<checks::Progress>& progress) {
    const Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(memory.data(), memory.size());
    const std::stop_source stop;
    PythonField field(evaluate, is_outside, memory, stop);
    const checks::JacobianOptions options{.required_digits = required_digits,
                                          .inputs = std::move(inputs),
                                          .rounding = rounding,
                                          .stacked = stacked.value_or(checks::StackedField()),
                                          .progress = progress.value_or(checks::Progress()),
                                          .stop = stop.get_token()};
    Verdicts verdicts;
    verdicts.entries =
        judge_jacobian([&field](const Eigen::VectorXd& point) { return field(point); }, claimed, x, options);
    verdicts.calls = field.calls;
    verdicts.changed = field.changed;
    verdicts.error = std::move(field.error);
    return verdicts;
}

std::string pattern(const Eigen::MatrixXd& claimed, const Eigen::MatrixXd& numerical, const Eigen::MatrixXd& bars) {
    return diagnosis::pattern_of(claimed, numerical, bars).text;
}

}  // namespace

void bind_function_check(py::module_& module) {
    py::class_<Verdicts>(module, "Verdicts")
        .def_readonly("calls", &Verdicts::calls)
        .def_readonly("changed", &Verdicts::changed)
        .def("outcomes", &Verdicts::outcomes)
        .def("claimed", [](const Verdicts& v) { return v.column([](const auto& of) { return of.analytic; }); })
        .def("numerical", [](const Verdicts& v) { return v.column([](const auto& of) { return of.estimate.value; }); })
        .def("lower", [](const Verdicts& v) { return v.column([](const auto& of) { return of.estimate.lower(); }); })
        .def("upper", [](const Verdicts& v) { return v.column([](const auto& of) { return of.estimate.upper(); }); })
        .def("error_bars", [](const Verdicts& v) { return v.column([](const auto& of) { return of.bar; }); })
        .def("digits", [](const Verdicts& v) { return v.column([](const auto& of) { return of.digits; }); })
        .def("explanation", &Verdicts::explanation, py::arg("n"))
        .def("raise_error", &Verdicts::raise_error);
    module.def("judge", &judge, py::arg("evaluate"), py::arg("is_outside"), py::arg("memory"), py::arg("claimed"),
               py::arg("inputs"), py::arg("rounding"), py::arg("required_digits"), py::arg("stacked"),
               py::arg("progress"));
    module.def("pattern", &pattern, py::arg("claimed"), py::arg("numerical"), py::arg("bars"));
}

}  // namespace gradproof::python
