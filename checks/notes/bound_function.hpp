// SPDX-License-Identifier: MIT
//
// What bindings are made of: the values of a note's symbols as lib takes them, and a function of them at a tag. Heavy:
// includes real.hpp.
#pragma once

#include <boost/multiprecision/eigen.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gradproof/array.hpp"
#include "notes/bindings.hpp"

namespace gradproof::notes {

template <class S>
const Values<S>& argument(const Arguments<S>& arguments, const std::string& name) {
    const auto found = arguments.find(name);
    if (found == arguments.end()) throw std::invalid_argument("the note declares no free symbol " + name);
    return found->second;
}

template <class S>
S number(const Arguments<S>& arguments, const std::string& name) {
    return argument(arguments, name).entries.at(0);
}

template <class S>
Matrix<S> matrix(const Arguments<S>& arguments, const std::string& name) {
    const auto& values = argument(arguments, name);
    Matrix<S> result(values.rows, values.columns);
    for (int r = 0; r < values.rows; ++r)
        for (int c = 0; c < values.columns; ++c)
            result(r, c) = values.entries[static_cast<std::size_t>(r) * static_cast<std::size_t>(values.columns) +
                                          static_cast<std::size_t>(c)];
    return result;
}

/// The entries row by row, as an array of this shape.
template <class S>
Array<S> array(const Arguments<S>& arguments, const std::string& name, const gradproof::Shape& shape) {
    const auto& entries = argument(arguments, name).entries;
    if (static_cast<Eigen::Index>(entries.size()) != size_of(shape))
        throw std::invalid_argument(name + " is not " + text_of(shape));
    return {shape, Eigen::Map<const Vector<S>>(entries.data(), static_cast<Eigen::Index>(entries.size()))};
}

template <class Derived>
auto entries_of(const Eigen::MatrixBase<Derived>& m) {
    std::vector<typename Derived::Scalar> entries;
    for (Eigen::Index r = 0; r < m.rows(); ++r)
        for (Eigen::Index c = 0; c < m.cols(); ++c) entries.push_back(m(r, c));
    return entries;
}

/// `function` is generic in its scalar, <S>(const Arguments<S>&) -> vector of S.
template <class Function>
Binding compared(std::string note, std::string tag, Function function, std::string left = {}) {
    Binding binding;
    binding.note = std::move(note);
    binding.tag = std::move(tag);
    binding.left = std::move(left);
    binding.precisely = function;
    binding.in_double = function;
    return binding;
}

/// The same, with a bound of what its roundings may do.
template <class Function>
Binding bound(std::string note, std::string tag, Function function) {
    Binding binding = compared(std::move(note), std::move(tag), function);
    binding.with_bound = function;
    return binding;
}

}  // namespace gradproof::notes
