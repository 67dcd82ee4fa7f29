// SPDX-License-Identifier: MIT
//
// A layer's parameters as a file has them, and what there is to say of the probability of dropout: some keep with p,
// some drop, and some save the mask divided by it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/layers/file_arrays.hpp"
#include "diagnosis/layers/layer_names.hpp"
#include "gradproof/any_layer.hpp"

namespace gradproof::diagnosis {

/// A layer with the numbers of the file, and how they were read.
struct ReadLayer {
    AnyLayer layer;
    std::map<std::string_view, ParameterName> readings{};
    std::vector<std::string> remarks{};
};

/// Takes the parameters from the arrays. Throws npz::Error where two numbers contradict each other or the declared
/// layer, std::invalid_argument where the layer does not take a number.
ReadLayer with_parameters_of(UnreadArrays& arrays, const AnyLayer& declared, const std::string& file);

/// The mask as 0 and 1. CS231n saves it divided by keep, which then says what keep is. Throws npz::Error if it is no
/// mask. Precondition: the layer has a parameter keep.
Array<double> plain_mask(Array<double> mask, const std::string& name, ReadLayer& read, const std::string& file);

/// Remarks on what a number with two readings was taken for, where nothing else told.
void add_remarks_on_either(ReadLayer& read);

}  // namespace gradproof::diagnosis
