// SPDX-License-Identifier: MIT
#include "pages/pictures/pictures.hpp"

namespace gradproof::pictures {

std::vector<DerivedFile> picture_files(const std::filesystem::path& derivations) {
    return {{"pictures/worked_example.svg", worked_example_graph(derivations)},
            {"pictures/two_rules.svg", symbolic_graph()},
            {"pictures/differences.svg", differences_of_tanh()},
            {"pictures/step_size.svg", error_against_step()},
            {"pictures/subgradients.svg", subgradients_of_relu()},
            {"pictures/softmax_jacobian.svg", softmax_jacobian()},
            {"pictures/batch_norm_jacobian.svg", batch_norm_jacobian()},
            {"pictures/convolution_windows.svg", windows_of_convolution()},
            {"pictures/stride_zeros.svg", zeros_of_stride()},
            {"pictures/three_steps.svg", three_steps_through_time()}};
}

}  // namespace gradproof::pictures
