// SPDX-License-Identifier: MIT
#include "layer_catalogue_list.hpp"

#include "diagnosis/layers/layer_mistake.hpp"

namespace gradproof::diagnosis {

std::vector<LayerMistake> layer_mistakes(const AnyLayer& layer) {
    std::vector<LayerMistake> of_layer = all_layer_mistakes();
    std::erase_if(of_layer, [&](const LayerMistake& mistake) { return mistake.layer != layer.facts().id; });
    return of_layer;
}

}  // namespace gradproof::diagnosis
