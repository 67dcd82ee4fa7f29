// SPDX-License-Identifier: MIT
#include "diagnosis/layers/file_arrays.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "diagnosis/layers/layer_arrangement.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {

const npz::Array* UnreadArrays::take(const std::vector<std::string>& names, std::string_view what) {
    for (const std::string& name : names)
        for (const npz::Array& array : arrays_)
            if (array.name == name && taken_.insert(name).second) {
                choices_.push_back({name, std::string(what), names});
                return &array;
            }
    return nullptr;
}

const npz::Array& UnreadArrays::require(const std::vector<std::string>& names, std::string_view what) {
    if (const npz::Array* const array = take(names, what)) return *array;
    throw npz::Error(fmt::format("{}: no {}; expected one of {}{}", file_, what, fmt::join(names, ", "), and_has()));
}

bool UnreadArrays::has(std::string_view name) const {
    return std::ranges::find(arrays_, name, &npz::Array::name) != arrays_.end();
}

std::vector<std::string> UnreadArrays::left() const {
    std::vector<std::string> names;
    for (const npz::Array& array : arrays_)
        if (!taken_.contains(array.name)) names.push_back(npz::printable(array.name));
    return names;
}

std::string UnreadArrays::and_has() const {
    return left().empty() ? "" : fmt::format("; the file has {}", fmt::join(left(), ", "));
}

void UnreadArrays::require_no_rivals() const {
    for (const Choice& choice : choices_)
        for (const npz::Array& array : arrays_) {
            if (taken_.contains(array.name)) continue;
            if (std::ranges::find(choice.names, array.name) == choice.names.end()) continue;
            if (choice.name == choice.names.front() && plain_word(choice.name) != plain_word(array.name)) continue;
            throw npz::Error(fmt::format("{}: {} and {} are both names for {}; save one of them", file_,
                                         npz::printable(choice.name), npz::printable(array.name), choice.what));
        }
}

Array<double> as_saved(const npz::Array& array) {
    Shape shape;
    for (const std::size_t dim : array.shape) shape.push_back(static_cast<Eigen::Index>(dim));
    return {std::move(shape), array.values.reshaped<Eigen::RowMajor>()};
}

void require_positive(const npz::Array& array, const std::string& file) {
    const Array<double> saved = as_saved(array);
    for (Eigen::Index n = 0; n < saved.size(); ++n)
        if (!(saved.values()(n) > 0))
            throw npz::Error(fmt::format("{}: {}[{}] is {}, expected a number above 0", file,
                                         npz::printable(array.name),
                                         fmt::join(index_in_file(n, saved.shape(), {}), ", "), saved.values()(n)));
}

}  // namespace gradproof::diagnosis
