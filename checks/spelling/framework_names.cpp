// SPDX-License-Identifier: MIT
#include "spelling/framework_names.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "spelling/named_case.hpp"

namespace gradproof {
namespace {

constexpr std::array activations{
    FrameworkName{"arctan", "PyTorch", "atan"},
    FrameworkName{"celu", "PyTorch", "CELU"},
    FrameworkName{"celu", "Keras", "celu"},
    FrameworkName{"elu", "PyTorch", "ELU"},
    FrameworkName{"elu", "Keras", "elu"},
    FrameworkName{"exponential", "PyTorch", "exp"},
    FrameworkName{"exponential", "Keras", "exponential"},
    FrameworkName{"gelu", "PyTorch", "GELU"},
    FrameworkName{"gelu", "Keras", "gelu"},
    FrameworkName{"gelu_tanh", "PyTorch", "GELU(approximate='tanh')"},
    FrameworkName{"gelu_tanh", "Keras", "gelu(approximate=True)"},
    FrameworkName{"hard_shrink", "PyTorch", "Hardshrink"},
    FrameworkName{"hard_shrink", "Keras", "hard_shrink"},
    FrameworkName{"hard_sigmoid", "PyTorch", "Hardsigmoid"},
    FrameworkName{"hard_sigmoid", "Keras", "hard_sigmoid"},
    FrameworkName{"hard_swish", "PyTorch", "Hardswish"},
    FrameworkName{"hard_swish", "Keras", "hard_silu"},
    FrameworkName{"hard_tanh", "PyTorch", "Hardtanh"},
    FrameworkName{"hard_tanh", "Keras", "hard_tanh"},
    FrameworkName{"identity", "PyTorch", "Identity"},
    FrameworkName{"identity", "Keras", "linear"},
    FrameworkName{"identity", "", "none"},
    FrameworkName{"leaky_relu", "PyTorch", "LeakyReLU"},
    FrameworkName{"leaky_relu", "Keras", "leaky_relu(negative_slope=0.01)"},
    FrameworkName{"leaky_relu", "", "lrelu"},
    FrameworkName{"log_sigmoid", "PyTorch", "LogSigmoid"},
    FrameworkName{"log_sigmoid", "Keras", "log_sigmoid"},
    FrameworkName{"log_softmax", "PyTorch", "LogSoftmax"},
    FrameworkName{"log_softmax", "Keras", "log_softmax"},
    FrameworkName{"mish", "PyTorch", "Mish"},
    FrameworkName{"mish", "Keras", "mish"},
    FrameworkName{"relu", "PyTorch", "ReLU"},
    FrameworkName{"relu", "Keras", "relu"},
    FrameworkName{"relu", "", "rectifier"},
    FrameworkName{"relu6", "PyTorch", "ReLU6"},
    FrameworkName{"relu6", "Keras", "relu6"},
    FrameworkName{"selu", "PyTorch", "SELU"},
    FrameworkName{"selu", "Keras", "selu"},
    FrameworkName{"sigmoid", "PyTorch", "Sigmoid"},
    FrameworkName{"sigmoid", "Keras", "sigmoid"},
    FrameworkName{"sigmoid", "", "logistic"},
    FrameworkName{"sigmoid", "", "logsig"},
    FrameworkName{"sigmoid", "", "expit"},
    FrameworkName{"sigmoid", "", "sigm"},
    FrameworkName{"silu", "PyTorch", "SiLU"},
    FrameworkName{"silu", "Keras", "silu"},
    FrameworkName{"silu", "", "swish"},
    FrameworkName{"sine", "PyTorch", "sin"},
    FrameworkName{"soft_shrink", "PyTorch", "Softshrink"},
    FrameworkName{"soft_shrink", "Keras", "soft_shrink"},
    FrameworkName{"softmax", "PyTorch", "Softmax"},
    FrameworkName{"softmax", "Keras", "softmax"},
    FrameworkName{"softmin", "PyTorch", "Softmin"},
    FrameworkName{"softplus", "PyTorch", "Softplus"},
    FrameworkName{"softplus", "Keras", "softplus"},
    FrameworkName{"softsign", "PyTorch", "Softsign"},
    FrameworkName{"softsign", "Keras", "softsign"},
    FrameworkName{"square", "PyTorch", "square"},
    FrameworkName{"squareplus", "Keras", "squareplus"},
    FrameworkName{"tanh", "PyTorch", "Tanh"},
    FrameworkName{"tanh", "Keras", "tanh"},
    FrameworkName{"tanh", "", "tansig"},
    FrameworkName{"tanh_shrink", "PyTorch", "Tanhshrink"},
    FrameworkName{"tanh_shrink", "Keras", "tanh_shrink"},
    FrameworkName{"threshold", "PyTorch", "Threshold"},
    FrameworkName{"threshold", "Keras", "threshold"},
};

constexpr std::array losses{
    FrameworkName{"absolute_error", "PyTorch", "L1Loss"},
    FrameworkName{"absolute_error", "Keras", "MeanAbsoluteError"},
    FrameworkName{"absolute_error", "", "mae"},
    FrameworkName{"binary_cross_entropy", "PyTorch", "BCELoss"},
    FrameworkName{"binary_cross_entropy", "Keras", "BinaryCrossentropy"},
    FrameworkName{"binary_cross_entropy_with_logits", "PyTorch", "BCEWithLogitsLoss"},
    FrameworkName{"binary_cross_entropy_with_logits", "Keras", "BinaryCrossentropy(from_logits=True)"},
    FrameworkName{"categorical_cross_entropy", "PyTorch", "CrossEntropyLoss"},
    FrameworkName{"categorical_cross_entropy", "Keras", "CategoricalCrossentropy"},
    FrameworkName{"categorical_cross_entropy", "Keras", "SparseCategoricalCrossentropy"},
    FrameworkName{"cosine", "PyTorch", "CosineEmbeddingLoss"},
    FrameworkName{"cosine", "Keras", "CosineSimilarity"},
    FrameworkName{"cross_entropy_with_logits", "Keras", "CategoricalCrossentropy(from_logits=True)"},
    FrameworkName{"dice", "Keras", "Dice"},
    FrameworkName{"focal", "Keras", "BinaryFocalCrossentropy"},
    FrameworkName{"hinge", "Keras", "Hinge"},
    FrameworkName{"huber", "PyTorch", "HuberLoss"},
    FrameworkName{"huber", "Keras", "Huber"},
    FrameworkName{"kullback_leibler", "PyTorch", "KLDivLoss"},
    FrameworkName{"kullback_leibler", "Keras", "KLDivergence"},
    FrameworkName{"label_smoothed_cross_entropy", "PyTorch", "CrossEntropyLoss(label_smoothing=...)"},
    FrameworkName{"log_cosh", "Keras", "LogCosh"},
    FrameworkName{"logistic_loss", "PyTorch", "SoftMarginLoss"},
    FrameworkName{"negative_log_likelihood", "PyTorch", "NLLLoss"},
    FrameworkName{"poisson_log_input", "PyTorch", "PoissonNLLLoss"},
    FrameworkName{"poisson_negative_log_likelihood", "PyTorch", "PoissonNLLLoss(log_input=False)"},
    FrameworkName{"poisson_negative_log_likelihood", "Keras", "Poisson"},
    FrameworkName{"quantile", "", "pinball"},
    FrameworkName{"smooth_l1", "PyTorch", "SmoothL1Loss"},
    FrameworkName{"squared_error", "PyTorch", "MSELoss", 2},
    FrameworkName{"squared_error", "Keras", "MeanSquaredError", 2},
    FrameworkName{"squared_hinge", "Keras", "SquaredHinge"},
    FrameworkName{"squared_log_error", "Keras", "MeanSquaredLogarithmicError", 2},
    FrameworkName{"squared_log_error", "", "msle", 2},
    FrameworkName{"weighted_binary_cross_entropy", "PyTorch", "BCEWithLogitsLoss(pos_weight=...)"},
};

constexpr std::array layers{
    FrameworkName{"attention", "PyTorch", "scaled_dot_product_attention"},
    FrameworkName{"average_pool2d", "PyTorch", "AvgPool2d"},
    FrameworkName{"average_pool2d", "Keras", "AveragePooling2D"},
    FrameworkName{"batch_norm", "PyTorch", "BatchNorm1d"},
    FrameworkName{"batch_norm", "Keras", "BatchNormalization"},
    FrameworkName{"conv2d", "", "conv"},
    FrameworkName{"dense_rows", "Keras", "Dense"},
    FrameworkName{"dense_rows", "PyTorch", "Linear"},
    FrameworkName{"dense_rows", "", "affine"},
    FrameworkName{"gaussian_negative_log_likelihood", "PyTorch", "GaussianNLLLoss"},
    FrameworkName{"gaussian_negative_log_likelihood", "", "gaussian_nll"},
    FrameworkName{"glu", "PyTorch", "GLU"},
    FrameworkName{"layer_norm", "Keras", "LayerNormalization"},
    FrameworkName{"max_pool2d", "Keras", "MaxPooling2D"},
    FrameworkName{"max_pool2d", "", "max_pool"},
};

const FrameworkName* find(std::span<const FrameworkName> names, std::string_view word) {
    const auto found = std::ranges::find_if(names, [word](const FrameworkName& one) {
        return one.name.find('(') == std::string_view::npos && plain_word(one.name) == word;
    });
    return found == names.end() ? nullptr : &*found;
}

}  // namespace

std::vector<FrameworkName> framework_names(std::string_view slug) {
    std::vector<FrameworkName> found;
    for (const std::span<const FrameworkName> names :
         {std::span<const FrameworkName>(activations), std::span<const FrameworkName>(losses)})
        std::ranges::copy_if(names, std::back_inserter(found), [slug](const auto& one) { return one.slug == slug; });
    return found;
}

const FrameworkName* framework_name_of_activation(std::string_view word) {
    return find(activations, word);
}
const FrameworkName* framework_name_of_loss(std::string_view word) {
    return find(losses, word);
}
const FrameworkName* framework_name_of_layer(std::string_view word) {
    return find(layers, word);
}

}  // namespace gradproof
