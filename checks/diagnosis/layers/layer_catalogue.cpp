// SPDX-License-Identifier: MIT
#include <algorithm>

#include "diagnosis/layers/layer_mistake.hpp"
#include "layer_catalogue_list.hpp"

namespace gradproof::diagnosis {

std::vector<LayerMistake> layer_mistakes(const AnyLayer& layer) {
    std::vector<LayerMistake> of_layer = all_layer_mistakes();
    std::erase_if(of_layer, [&](const LayerMistake& mistake) {
        return std::ranges::find(mistake.layers, layer.facts().id) == mistake.layers.end();
    });
    return of_layer;
}

}  // namespace gradproof::diagnosis
