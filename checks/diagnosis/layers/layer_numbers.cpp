// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradproof::diagnosis {
namespace {

constexpr std::string_view keep_name = "keep";

// Two numbers that were to be the same, perhaps in float32.
bool are_close(double a, double b) {
    return std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b));
}

double value_of(const npz::Array& array, Reading reading, const std::string& file) {
    if (array.values.size() != 1)
        throw npz::Error(fmt::format("{}: {} has shape {}; expected one number", file, npz::printable(array.name),
                                     npz::shape_text(array.shape)));
    return reading == Reading::complement ? 1 - array.values(0, 0) : array.values(0, 0);
}

}  // namespace

ReadLayer with_parameters_of(UnreadArrays& arrays, const AnyLayer& declared, const std::string& file) {
    ReadLayer read{.layer = declared};
    for (const ParameterValue& parameter : std::vector(declared.facts().parameters)) {
        std::string first;
        double value = 0;
        for (const ParameterName& name : names_of_parameter(parameter.name)) {
            const npz::Array* const array = arrays.take({name.name}, parameter.name);
            if (!array) continue;
            const double found = value_of(*array, name.reading, file);
            if (!first.empty() && !are_close(found, value))
                throw npz::Error(
                    fmt::format("{}: {} and {} are both names for {}, and it is {:.6g} by one and {:.6g} by the "
                                "other",
                                file, first, name.name, parameter.name, value, found));
            if (!first.empty()) continue;
            first = name.name;
            value = found;
            read.readings.emplace(parameter.name, name);
        }
        if (first.empty()) continue;
        ParameterName& name = read.readings.at(parameter.name);
        if (parameter.value != parameter.usual && !are_close(parameter.value, value)) {
            if (name.reading != Reading::either || !are_close(parameter.value, 1 - value))
                throw npz::Error(fmt::format("{}: {} is {:.6g} in the file, but {} was asked for", file, parameter.name,
                                             value, name_of(declared)));
            name.reading = Reading::complement;
            continue;
        }
        if (name.reading == Reading::complement)
            read.remarks.push_back(
                fmt::format("{} = {:.6g} is taken as {} = {:.6g}", name.name, 1 - value, parameter.name, value));
        read.layer = read.layer.with(parameter.name, value);
    }
    return read;
}

Array<double> plain_mask(Array<double> mask, const std::string& name, ReadLayer& read, const std::string& file) {
    const double kept = mask.size() == 0 ? 1 : mask.values().maxCoeff();
    const bool is_mask = std::ranges::all_of(
        mask.values(), [&](double entry) { return entry == 0 || (kept > 0 && are_close(entry, kept)); });
    if (!is_mask) throw npz::Error(fmt::format("{}: {} holds other numbers than 0 and 1, or 0 and 1/keep", file, name));
    if (kept == 0 || kept == 1) return mask;
    for (double& entry : mask.values()) entry = entry == 0 ? 0 : 1;
    const auto found = read.readings.find(keep_name);
    double keep = read.layer.facts().parameter(keep_name);
    const bool is_told = found != read.readings.end() || name_of(read.layer) != read.layer.facts().slug;
    if (!is_told) {
        keep = 1 / kept;
    } else if (!are_close(keep * kept, 1)) {
        const bool may_drop = found != read.readings.end() && found->second.reading == Reading::either;
        if (!may_drop || !are_close((1 - keep) * kept, 1))
            throw npz::Error(
                fmt::format("{}: {} holds 0 and {:.6g}, but keep is {:.6g}; expected 0 and 1, or 0 and 1/keep", file,
                            name, kept, keep));
        keep = 1 - keep;
    }
    if (found != read.readings.end()) found->second.reading = Reading::value;  // the mask has told
    read.layer = read.layer.with(keep_name, keep);
    read.remarks.push_back(fmt::format(
        "{} holds 0 and {:.6g}: taken as a mask of 0 and 1, times 1/keep with keep = {:.6g}", name, kept, keep));
    return mask;
}

void add_remarks_on_either(ReadLayer& read) {
    for (const auto& [parameter, name] : read.readings) {
        if (name.reading != Reading::either) continue;
        const double value = read.layer.facts().parameter(parameter);
        if (are_close(value, 1 - value)) continue;
        read.remarks.push_back(fmt::format(
            "{0} = {1:.6g} is read as the probability to keep, as in CS231n; if it is the probability to drop, as in "
            "PyTorch, save it as p_drop or say {2}({3}={4:.6g})",
            name.name, value, read.layer.facts().slug, parameter, 1 - value));
    }
}

}  // namespace gradproof::diagnosis
