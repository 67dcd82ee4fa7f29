# SPDX-License-Identifier: MIT
#
# Made the .npz files of this folder that are functions below; the others were brought as they are. README.md says what
# each of them stands for. Every function is somebody's own forward and backward pass with made-up numbers, and that
# person's own cost in PyTorch, whose autograd is the truth: gradients that are called right must be equal to it, and of
# wrong ones exactly those that are listed must differ. NumPy 1.24, PyTorch 1.13.
#
#     python3 make.py            writes all of them beside this file
#     python3 make.py --check    writes nothing, and fails if a file is not what its function makes
import os
import sys
import zlib

import numpy as np
import torch
import torch.nn.functional as F

CASES = []


def case(function):
    CASES.append(function)
    return function


def numbers(function):
    return np.random.RandomState(zlib.crc32(function.__name__.encode()) % 2**32)


def hand_in(parameters, gradients, pattern, cost, wrong=(), times=1.0, cost_as=None, zero=(), **others):
    """What is saved, after a comparison with autograd: each gradient that is not listed as wrong is `times` the truth.

    Those listed as zero are 0 but for rounding. `pattern` makes the gradient's name from the parameter's; `cost` is a function of a dictionary of tensors.
    """
    tensors = {name: torch.tensor(np.asarray(value, float), requires_grad=True) for name, value in parameters.items()}
    J = cost(tensors)
    truth = dict(zip(tensors, torch.autograd.grad(J, list(tensors.values()))))
    tolerance = 1e-5 if all(np.asarray(value).dtype == np.float32 for value in parameters.values()) else 1e-11
    for name, gradient in gradients.items():
        if name in zero:
            assert np.abs(gradient).max() < 1e-14 and np.abs(truth[name].numpy()).max() < 1e-14, f"{name} is not zero"
            continue
        expected = times * truth[name].numpy()
        size = np.abs(expected).max()
        assert size > 1e-6, f"{name}: the gradient is zero and shows nothing"
        if np.shape(gradient) == expected.shape or np.ndim(gradient) == 0:
            error = np.abs(gradient - expected).max() / size
        else:
            error = np.inf
        assert error < tolerance or error > 100 * tolerance, f"{name}: {error} is neither right nor wrong"
        assert (error > tolerance) == (name in wrong), f"{name} differs by {error}"
    saved = {**others, **parameters, **{pattern.format(name): value for name, value in gradients.items()}}
    if cost_as:
        saved[cost_as] = J.item()
    return saved


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


def softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def ones_first(A):
    return np.c_[np.ones(len(A)), A]


def ones_last(A):
    return np.c_[A, np.ones(len(A))]


def t(array):
    return torch.tensor(np.asarray(array, float))


def log_loss(a, y):
    return -(y * torch.log(a) + (1 - y) * torch.log(1 - a))


def squares(p, *names):
    return sum((p[name] ** 2).sum() for name in names)


def cost_in_columns(X, Y, *activations, lambd=0.0):
    """Examples in columns, W1.. as (out, in), one sigmoid, binary cross-entropy as a mean, L2 lambda/(2m)."""
    def cost(p):
        L, m = len(activations) + 1, X.shape[1]
        A = t(X)
        for l in range(1, L + 1):
            A = (*activations, torch.sigmoid)[l - 1](p[f"W{l}"] @ A + p[f"b{l}"])
        return log_loss(A, t(Y)).sum() / m + lambd / (2 * m) * squares(p, *(f"W{l}" for l in range(1, L + 1)))
    return cost


# ---- right ones


@case
def layer_names_of_a_framework_right(random):
    x, y = random.randn(7, 4), np.array([0, 2, 1, 1, 0, 2, 1])
    p = {"fc1.weight": random.randn(5, 4), "fc1.bias": random.randn(5),
         "fc2.weight": random.randn(3, 5), "fc2.bias": random.randn(3)}
    h = relu(x @ p["fc1.weight"].T + p["fc1.bias"])
    d = softmax(h @ p["fc2.weight"].T + p["fc2.bias"], 1)
    d[range(7), y] -= 1
    d /= 7
    dh = d @ p["fc2.weight"] * (h > 0)
    g = {"fc1.weight": dh.T @ x, "fc1.bias": dh.sum(0), "fc2.weight": d.T @ h, "fc2.bias": d.sum(0)}

    def cost(p):
        h = F.relu(F.linear(t(x), p["fc1.weight"], p["fc1.bias"]))
        return F.cross_entropy(F.linear(h, p["fc2.weight"], p["fc2.bias"]), torch.tensor(y))

    return hand_in(p, g, "{}.grad", cost, x=x, y=y)


@case
def numbers_of_layers_skip_activations_right(random):
    sizes = [3, 5, 4, 2]
    x, y = random.randn(6, 3).astype("f"), random.randn(6, 2).astype("f")
    p = {}
    for l, i in enumerate((0, 2, 4)):
        p[f"layers.{i}.weight"] = (random.randn(sizes[l + 1], sizes[l])).astype("f")
        p[f"layers.{i}.bias"] = random.randn(sizes[l + 1]).astype("f")
    a = {0: x}
    for i in (0, 2, 4):
        z = a[i] @ p[f"layers.{i}.weight"].T + p[f"layers.{i}.bias"]
        a[i + 2] = np.tanh(z) if i < 4 else z
    d, g = 2 * (a[6] - y) / y.size, {}
    for i in (4, 2, 0):
        g[f"layers.{i}.weight"], g[f"layers.{i}.bias"] = d.T @ a[i], d.sum(0)
        d = d @ p[f"layers.{i}.weight"] * (1 - a[i] ** 2)

    def cost(p):
        h = t(x)
        for i in (0, 2, 4):
            h = F.linear(h, p[f"layers.{i}.weight"], p[f"layers.{i}.bias"])
            h = torch.tanh(h) if i < 4 else h
        return F.mse_loss(h, t(y))

    return hand_in(p, g, "{}.grad", cost, x=x, y=y)


@case
def sum_of_squares_no_biases_right(random):
    x, y = random.randn(7, 4), random.randn(7, 2)
    p = {"w1": random.randn(4, 5), "w2": random.randn(5, 2)}
    h = x @ p["w1"]
    d = 2.0 * (relu(h) @ p["w2"] - y)
    dh = d @ p["w2"].T
    dh[h < 0] = 0
    g = {"w1": x.T @ dh, "w2": relu(h).T @ d}
    return hand_in(p, g, "grad_{}", lambda p: ((F.relu(t(x) @ p["w1"]) @ p["w2"] - t(y)) ** 2).sum(), x=x, y=y)


@case
def columns_with_weights_in_out_right(random):
    X, Y = random.randn(4, 6), np.eye(3)[[0, 1, 2, 2, 1, 1]].T
    p = {"W1": random.randn(4, 5), "b1": random.randn(5, 1), "W2": random.randn(5, 3), "b2": random.randn(3, 1)}
    A1 = relu(p["W1"].T @ X + p["b1"])
    dZ2 = (softmax(p["W2"].T @ A1 + p["b2"], 0) - Y) / 6
    dZ1 = p["W2"] @ dZ2 * (A1 > 0)
    g = {"W1": X @ dZ1.T, "b1": dZ1.sum(1, keepdims=True), "W2": A1 @ dZ2.T, "b2": dZ2.sum(1, keepdims=True)}

    def cost(p):
        Z2 = p["W2"].T @ F.relu(p["W1"].T @ t(X) + p["b1"]) + p["b2"]
        return -(t(Y) * torch.log_softmax(Z2, 0)).sum() / 6

    return hand_in(p, g, "d{}", cost, X=X, Y=Y)


@case
def logistic_regression_without_numbers_right(random):
    X, Y = random.randn(4, 7), np.array([[1, 0, 0, 1, 1, 0, 1]])
    p = {"w": random.randn(4, 1), "b": 0.3}
    d = sigmoid(p["w"].T @ X + p["b"]) - Y
    g = {"w": X @ d.T / 7, "b": d.sum() / 7}
    return hand_in(p, g, "d{}", lambda p: log_loss(torch.sigmoid(p["w"].T @ t(X) + p["b"]), t(Y)).sum() / 7,
                   cost_as="cost", X=X, Y=Y)


def cost_of_thetas(first, second, X, Y, lambd):
    """Both with their bias column first, X without its column of ones; cross-entropy of sigmoids, L2 lambda/(2m)."""
    def cost(p):
        one = torch.ones(len(X), 1, dtype=torch.double)
        h = torch.sigmoid(torch.cat([one, t(X)], 1) @ p[first].T)
        J = log_loss(torch.sigmoid(torch.cat([one, h], 1) @ p[second].T), t(Y)).sum() / len(X)
        return J + lambd / (2 * len(X)) * ((p[first][:, 1:] ** 2).sum() + (p[second][:, 1:] ** 2).sum())
    return cost


def gradients_of_thetas(first, second, X, Y, lambd):
    m, x = len(X), ones_first(X)
    h = ones_first(sigmoid(x @ first.T))
    d = sigmoid(h @ second.T) - Y
    dh = (d @ second * h * (1 - h))[:, 1:]
    D1, D2 = dh.T @ x / m, d.T @ h / m
    D1[:, 1:] += lambd / m * first[:, 1:]
    D2[:, 1:] += lambd / m * second[:, 1:]
    return D1, D2


@case
def theta_grad_with_bias_first_right(random):
    X, y = random.randn(8, 3), np.array([[1], [3], [2], [2], [1], [3], [3], [1]])
    Y = np.eye(3)[y[:, 0] - 1]
    p = {"Theta1": random.randn(5, 4), "Theta2": random.randn(3, 6)}
    g = dict(zip(p, gradients_of_thetas(p["Theta1"], p["Theta2"], X, Y, 1.0)))
    return hand_in(p, g, "{}_grad", cost_of_thetas("Theta1", "Theta2", X, Y, 1.0), cost_as="J", X=X, y=y)


@case
def bias_in_the_last_column_right(random):
    X, Y = random.randn(8, 4), np.eye(3)[[0, 1, 2, 2, 1, 0, 1, 0]]
    p = {"W1": random.randn(6, 5), "W2": random.randn(3, 7)}
    h = ones_last(sigmoid(ones_last(X) @ p["W1"].T))
    o = sigmoid(h @ p["W2"].T)
    g = {name: np.zeros_like(value) for name, value in p.items()}
    for i in range(8):
        delta = (o[i] - Y[i]) * o[i] * (1 - o[i])
        hidden = (p["W2"].T @ delta)[:-1] * h[i, :-1] * (1 - h[i, :-1])
        g["W2"] += np.outer(delta, h[i]) / 8
        g["W1"] += np.outer(hidden, np.append(X[i], 1)) / 8

    def cost(p):
        one = torch.ones(8, 1, dtype=torch.double)
        h = torch.sigmoid(torch.cat([t(X), one], 1) @ p["W1"].T)
        return ((torch.sigmoid(torch.cat([h, one], 1) @ p["W2"].T) - t(Y)) ** 2).sum() / 16

    return hand_in(p, g, "d{}", cost, X=X, Y=Y)


@case
def sum_over_examples_with_cost_right(random):
    X, labels = random.randn(6, 5), np.eye(4)[[0, 3, 2, 1, 1, 3]]
    p = {"W1": random.randn(5, 3), "b1": random.randn(1, 3), "W2": random.randn(3, 4), "b2": random.randn(1, 4)}
    h = sigmoid(X @ p["W1"] + p["b1"])
    d = softmax(h @ p["W2"] + p["b2"], 1) - labels
    dh = d @ p["W2"].T * h * (1 - h)
    g = {"W1": X.T @ dh, "b1": dh.sum(0, keepdims=True), "W2": h.T @ d, "b2": d.sum(0, keepdims=True)}

    def cost(p):
        h = torch.sigmoid(t(X) @ p["W1"] + p["b1"])
        return -(t(labels) * torch.log_softmax(h @ p["W2"] + p["b2"], 1)).sum()

    return hand_in(p, g, "grad{}", cost, cost_as="cost", X=X, labels=labels)


@case
def autoencoder_in_columns_right(random):
    X, lambd = random.rand(6, 8), 0.3
    p = {"W1": random.randn(3, 6), "W2": random.randn(6, 3), "b1": random.randn(3, 1), "b2": random.randn(6, 1)}
    a2 = sigmoid(p["W1"] @ X + p["b1"])
    a3 = sigmoid(p["W2"] @ a2 + p["b2"])
    d3 = -(X - a3) * a3 * (1 - a3)
    d2 = p["W2"].T @ d3 * a2 * (1 - a2)
    g = {"W1": d2 @ X.T / 8 + lambd * p["W1"], "b1": d2.mean(1, keepdims=True),
         "W2": d3 @ a2.T / 8 + lambd * p["W2"], "b2": d3.mean(1, keepdims=True)}

    def cost(p):
        a = torch.sigmoid(p["W2"] @ torch.sigmoid(p["W1"] @ t(X) + p["b1"]) + p["b2"])
        return ((a - t(X)) ** 2).sum() / 16 + lambd / 2 * squares(p, "W1", "W2")

    return hand_in(p, g, "{}grad", cost, X=X, Y=X)


@case
def small_l2_as_lambda_half_right(random):
    X, y, lambd = random.rand(6, 2), random.rand(6, 1), 1e-4
    p = {"W1": random.randn(2, 3), "W2": random.randn(3, 1)}
    a2 = sigmoid(X @ p["W1"])
    yHat = sigmoid(a2 @ p["W2"])
    delta3 = -(y - yHat) * yHat * (1 - yHat)
    delta2 = delta3 @ p["W2"].T * a2 * (1 - a2)
    g = {"W1": X.T @ delta2 / 6 + lambd * p["W1"], "W2": a2.T @ delta3 / 6 + lambd * p["W2"]}

    def cost(p):
        a = torch.sigmoid(torch.sigmoid(t(X) @ p["W1"]) @ p["W2"])
        return 0.5 * ((t(y) - a) ** 2).sum() / 6 + lambd / 2 * squares(p, "W1", "W2")

    return hand_in(p, g, "dJd{}", cost, X=X, y=y)


def deep_tanh_classifier(random, names, alpha):
    """Rows, W as (in, out), softmax, L2 alpha/(2n): parameters in the order W, b of each layer, named by `names`."""
    X, y, sizes = random.randn(7, 4), np.array([2, 0, 1, 1, 0, 2, 2]), [4, 5, 6, 3]
    p, W, b = {}, [], []
    for l in range(len(sizes) - 1):
        W.append(names[0].format(l))
        b.append(names[1].format(l))
        p[W[l]], p[b[l]] = random.randn(sizes[l], sizes[l + 1]), random.randn(sizes[l + 1])
    a = [X]
    for l in range(3):
        z = a[l] @ p[W[l]] + p[b[l]]
        a.append(np.tanh(z) if l < 2 else softmax(z, 1))
    d, g = a[3] - np.eye(3)[y], {}
    for l in (2, 1, 0):
        g[W[l]], g[b[l]] = (a[l].T @ d + alpha * p[W[l]]) / 7, d.mean(0)
        d = d @ p[W[l]].T * (1 - a[l] ** 2)

    def cost(p):
        h = t(X)
        for l in range(3):
            h = h @ p[W[l]] + p[b[l]]
            h = torch.tanh(h) if l < 2 else h
        return F.cross_entropy(h, torch.tensor(y)) + alpha / 14 * squares(p, *W)

    return p, g, cost, X, y


@case
def three_layers_from_zero_right(random):
    p, g, cost, X, y = deep_tanh_classifier(random, ("W{}", "b{}"), 0.5)
    return hand_in(p, g, "d{}", cost, X=X, y=y)


@case
def names_of_a_library_right(random):
    p, g, cost, X, y = deep_tanh_classifier(random, ("coefs_{}", "intercepts_{}"), 0.5)
    saved = hand_in(p, g, "grad_of_{}", cost, X=X, y=y)
    return {name.replace("grad_of_coefs", "coef_grads").replace("grad_of_intercepts", "intercept_grads"): value
            for name, value in saved.items()}


@case
def dZ_with_1_over_m_in_columns_right(random):
    X, Y = random.randn(4, 6), np.array([[1, 0, 1, 1, 0, 0]])
    p = {"W1": random.randn(5, 4), "b1": random.randn(5, 1), "W2": random.randn(1, 5), "b2": random.randn(1, 1)}
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    dZ2 = (sigmoid(p["W2"] @ A1 + p["b2"]) - Y) / 6
    dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
    g = {"W1": dZ1 @ X.T, "b1": dZ1.sum(1, keepdims=True), "W2": dZ2 @ A1.T, "b2": dZ2.sum(1, keepdims=True)}
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, torch.tanh), X=X, Y=Y, dZ1=dZ1, dZ2=dZ2)


@case
def penalty_on_the_bias_column_too_right(random):
    X, Y, lambd = random.randn(8, 3), np.eye(2)[[0, 1, 1, 0, 0, 1, 0, 1]], 0.05
    p = {"W1": random.randn(5, 4), "W2": random.randn(2, 6)}
    x = ones_first(X)
    h = ones_first(sigmoid(x @ p["W1"].T))
    o = sigmoid(h @ p["W2"].T)
    d2 = -(Y - o) * o * (1 - o)
    d1 = (d2 @ p["W2"] * h * (1 - h))[:, 1:]
    g = {"W1": d1.T @ x / 8 + lambd * p["W1"], "W2": d2.T @ h / 8 + lambd * p["W2"]}

    def cost(p):
        one = torch.ones(8, 1, dtype=torch.double)
        h = torch.sigmoid(torch.cat([one, t(X)], 1) @ p["W1"].T)
        o = torch.sigmoid(torch.cat([one, h], 1) @ p["W2"].T)
        return ((o - t(Y)) ** 2).sum() / 16 + lambd / 2 * squares(p, "W1", "W2")

    return hand_in(p, g, "d{}", cost, X=X, Y=Y)


@case
def one_output_in_one_dimension_right(random):
    X, y = random.randn(8, 4), np.array([1, 0, 0, 1, 0, 1, 1, 0])
    p = {"weights1": random.randn(4, 5), "bias1": random.randn(5), "weights2": random.randn(5), "bias2": 0.2}
    h = relu(X @ p["weights1"] + p["bias1"])
    d = (sigmoid(h @ p["weights2"] + p["bias2"]) - y) / 8
    dh = np.outer(d, p["weights2"]) * (h > 0)
    g = {"weights1": X.T @ dh, "bias1": dh.sum(0), "weights2": h.T @ d, "bias2": d.sum()}

    def cost(p):
        h = F.relu(t(X) @ p["weights1"] + p["bias1"])
        return F.binary_cross_entropy_with_logits(h @ p["weights2"] + p["bias2"], t(y))

    return hand_in(p, g, "{}_grad", cost, X=X, y=y)


@case
def half_of_the_mean_over_everything_right(random):
    X, Y = random.randn(3, 7), random.randn(2, 7)
    p = {"W1": random.randn(4, 3), "b1": random.randn(4, 1), "W2": random.randn(2, 4), "b2": random.randn(2, 1)}
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    dZ2 = (p["W2"] @ A1 + p["b2"] - Y) / Y.size
    dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
    g = {"W1": dZ1 @ X.T, "b1": dZ1.sum(1, keepdims=True), "W2": dZ2 @ A1.T, "b2": dZ2.sum(1, keepdims=True)}

    def cost(p):
        return 0.5 * ((p["W2"] @ torch.tanh(p["W1"] @ t(X) + p["b1"]) + p["b2"] - t(Y)) ** 2).mean()

    return hand_in(p, g, "d{}", cost, cost_as="loss", X=X, Y=Y)


@case
def one_example_without_a_batch_axis_right(random):
    x, y = random.randn(3), random.randn(4)
    p = {"W1": random.randn(3, 5), "b1": random.randn(5), "W2": random.randn(5, 4), "b2": random.randn(4)}
    h = relu(x @ p["W1"] + p["b1"])
    d = 2 * (h @ p["W2"] + p["b2"] - y) / 4
    dh = p["W2"] @ d * (h > 0)
    g = {"W1": np.outer(x, dh), "b1": dh, "W2": np.outer(h, d), "b2": d}
    return hand_in(p, g, "dL_d{}",
                   lambda p: F.mse_loss(F.relu(t(x) @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"], t(y)), x=x, y=y)


@case
def attribute_g_in_float32_right(random):
    x, y = random.randn(8, 3).astype("f"), np.array([3, 0, 1, 2, 2, 0, 1, 3])
    p = {"w1": random.randn(3, 6).astype("f"), "b1": random.randn(6).astype("f"),
         "w2": random.randn(6, 4).astype("f"), "b2": random.randn(4).astype("f")}
    h = relu(x @ p["w1"] + p["b1"])
    d = (softmax(h @ p["w2"] + p["b2"], 1) - np.eye(4, dtype="f")[y]) / np.float32(8)
    dh = d @ p["w2"].T * (h > 0)
    g = {"w1": x.T @ dh, "b1": dh.sum(0), "w2": h.T @ d, "b2": d.sum(0)}

    def cost(p):
        h = F.relu(t(x) @ p["w1"] + p["b1"])
        return F.nll_loss(torch.log_softmax(h @ p["w2"] + p["b2"], 1), torch.tensor(y))

    return hand_in(p, g, "{}.g", cost, x=x, y=y)


@case
def class_weights_of_cross_entropy_right(random):
    """CrossEntropyLoss(weight=...): the sum of the losses is divided by that of the weights."""
    x, y = random.randn(8, 3), np.array([2, 0, 1, 2, 2, 0, 2, 2])
    class_weights = np.array([1.5, 4.0, 0.5])
    p = {"fc1.weight": random.randn(5, 3), "fc1.bias": random.randn(5),
         "fc2.weight": random.randn(3, 5), "fc2.bias": random.randn(3)}
    h = np.tanh(x @ p["fc1.weight"].T + p["fc1.bias"])
    w = class_weights[y]
    d = (softmax(h @ p["fc2.weight"].T + p["fc2.bias"], 1) - np.eye(3)[y]) * w[:, None] / w.sum()
    dh = d @ p["fc2.weight"] * (1 - h**2)
    g = {"fc1.weight": dh.T @ x, "fc1.bias": dh.sum(0), "fc2.weight": d.T @ h, "fc2.bias": d.sum(0)}

    def cost(p):
        h = torch.tanh(F.linear(t(x), p["fc1.weight"], p["fc1.bias"]))
        return F.cross_entropy(F.linear(h, p["fc2.weight"], p["fc2.bias"]), torch.tensor(y), weight=t(class_weights))

    return hand_in(p, g, "{}.grad", cost, x=x, y=y, class_weights=class_weights)


# ---- wrong ones


def cost_in_rows(X, y, activation, lambd=0.0):
    """Examples in rows, W1, W2 as (in, out), softmax and class numbers, cross-entropy as a mean, L2 lambda/2."""
    def cost(p):
        h = activation(t(X) @ p["W1"] + p["b1"])
        return F.cross_entropy(h @ p["W2"] + p["b2"], torch.tensor(y)) + lambd / 2 * squares(p, "W1", "W2")
    return cost


def in_rows(random, sizes, b=1.0):
    return {"W1": random.randn(sizes[0], sizes[1]), "b1": b * random.randn(sizes[1]),
            "W2": random.randn(sizes[1], sizes[2]), "b2": b * random.randn(sizes[2])}


def in_columns(random, sizes):
    p = {}
    for l in range(1, len(sizes)):
        p[f"W{l}"], p[f"b{l}"] = random.randn(sizes[l], sizes[l - 1]), random.randn(sizes[l], 1)
    return p


XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


@case
def xor_slope_twice_and_sums(random):
    X, Y = XOR, np.array([[0.0], [1], [1], [0]])
    p = in_rows(random, [2, 2, 1])
    l1 = sigmoid(X @ p["W1"] + p["b1"])
    l2 = sigmoid(l1 @ p["W2"] + p["b2"])
    d_l2 = (l2 - Y) * l2 * (1 - l2)
    d_l1 = d_l2 @ p["W2"].T * l1 * (1 - l1)
    g = {"W1": X.T @ d_l1, "b1": d_l1.mean(0), "W2": l1.T @ d_l2, "b2": d_l2.mean(0)}

    def cost(p):
        return log_loss(torch.sigmoid(torch.sigmoid(t(X) @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]), t(Y)).mean()

    return hand_in(p, g, "d_{}", cost, wrong=p, X=X, Y=Y)


@case
def relu_of_the_gradient_and_bias_from_weights(random):
    X = np.eye(6)[:, [1, 0, 3, 2, 4]] / 2 + np.eye(6)[:, [2, 5, 0, 1, 3]] / 2
    Y = np.eye(6)[:, [0, 2, 1, 5, 2]]
    p = in_columns(random, [6, 3, 6])
    h = relu(p["W1"] @ X + p["b1"])
    d = softmax(p["W2"] @ h + p["b2"], 0) - Y
    l1 = relu(p["W2"].T @ d)
    g = {"W1": l1 @ X.T / 5, "W2": d @ h.T / 5}
    g["b1"], g["b2"] = g["W1"].sum(1, keepdims=True), g["W2"].sum(1, keepdims=True)

    def cost(p):
        Z = p["W2"] @ F.relu(p["W1"] @ t(X) + p["b1"]) + p["b2"]
        return -(t(Y) * torch.log_softmax(Z, 0)).sum() / 5

    return hand_in(p, g, "grad_{}", cost, wrong=("W1", "b1", "b2"), X=X, Y=Y)


@case
def bias_summed_over_everything(random):
    X, Y = random.rand(4, 7), np.array([2, 0, 1, 1, 2, 0, 0])
    p = in_columns(random, [4, 5, 3])
    A1 = relu(p["W1"] @ X + p["b1"])
    dZ2 = softmax(p["W2"] @ A1 + p["b2"], 0) - np.eye(3)[Y].T
    dZ1 = p["W2"].T @ dZ2 * (A1 > 0)
    g = {"W1": dZ1 @ X.T / 7, "b1": np.sum(dZ1) / 7, "W2": dZ2 @ A1.T / 7, "b2": np.sum(dZ2) / 7}

    def cost(p):
        Z = p["W2"] @ F.relu(p["W1"] @ t(X) + p["b1"]) + p["b2"]
        return F.cross_entropy(Z.T, torch.tensor(Y))

    return hand_in(p, g, "d{}", cost, wrong=("b1", "b2"), X=X, Y=Y)


@case
def errors_not_deltas_as_updates(random):
    X, Y, rate = random.rand(3, 1), np.array([[0.01], [0.99]]), 0.3
    p = {"wih": random.randn(4, 3), "who": random.randn(2, 4)}
    hidden = sigmoid(p["wih"] @ X)
    final = sigmoid(p["who"] @ hidden)
    output_errors = Y - final
    hidden_errors = p["who"].T @ output_errors
    g = {"wih": rate * (hidden_errors * hidden * (1 - hidden)) @ X.T,
         "who": rate * (output_errors * final * (1 - final)) @ hidden.T}
    return hand_in(p, g, "delta_{}",
                   lambda p: ((torch.sigmoid(p["who"] @ torch.sigmoid(p["wih"] @ t(X))) - t(Y)) ** 2).sum() / 2,
                   wrong=("wih",), times=-rate, X=X, Y=Y)


@case
def upstream_gradient_overwritten(random):
    X, Y = random.randn(7, 3), random.randn(7, 2)
    p = {"W1": random.randn(4, 3), "b1": random.randn(4), "W2": random.randn(2, 4), "b2": random.randn(2)}
    a1 = relu(X @ p["W1"].T + p["b1"])
    d2 = a1 @ p["W2"].T + p["b2"] - Y
    d1 = (a1 > 0).astype(float)
    g = {"W1": d1.T @ X / 7, "b1": d1.mean(0), "W2": d2.T @ a1 / 7, "b2": d2.mean(0)}

    def cost(p):
        return ((F.relu(t(X) @ p["W1"].T + p["b1"]) @ p["W2"].T + p["b2"] - t(Y)) ** 2).sum() / 14

    return hand_in(p, g, "{}_grad", cost, wrong=("W1", "b1"), X=X, Y=Y)


@case
def slope_of_sigmoid_in_a_tanh_layer(random):
    X, Y = random.randn(4, 6), np.array([[0, 1, 1, 0, 1, 0]])
    p = in_columns(random, [4, 5, 1])
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    d2 = sigmoid(p["W2"] @ A1 + p["b2"]) - Y
    d1 = p["W2"].T @ d2 * sigmoid(p["W1"] @ X + p["b1"]) * (1 - sigmoid(p["W1"] @ X + p["b1"]))
    g = {"W1": d1 @ X.T / 6, "b1": d1.mean(1, keepdims=True), "W2": d2 @ A1.T / 6, "b2": d2.mean(1, keepdims=True)}
    return hand_in(p, g, "g{}", cost_in_columns(X, Y, torch.tanh), wrong=("W1", "b1"), X=X, Y=Y)


@case
def relu_output_taken_as_linear(random):
    X, Y = random.randn(8, 3), random.rand(8, 2)
    p = {"W1": random.randn(5, 4), "W2": random.randn(2, 6)}
    x = ones_first(X)
    h = ones_first(np.tanh(x @ p["W1"].T))
    d2 = -(Y - relu(h @ p["W2"].T))
    d1 = (d2 @ p["W2"] * (1 - h**2))[:, 1:]
    g = {"W1": d1.T @ x / 8, "W2": d2.T @ h / 8}

    def cost(p):
        one = torch.ones(8, 1, dtype=torch.double)
        h = torch.tanh(torch.cat([one, t(X)], 1) @ p["W1"].T)
        return ((F.relu(torch.cat([one, h], 1) @ p["W2"].T) - t(Y)) ** 2).sum() / 16

    return hand_in(p, g, "d{}", cost, wrong=p, X=X, Y=Y)


@case
def lambda_over_m_added_to_the_bias_column(random):
    X, y = random.randn(8, 3), np.eye(3)[[0, 2, 1, 1, 0, 2, 2, 0]]
    p = {"theta1": random.randn(5, 4), "theta2": random.randn(3, 6)}
    g = dict(zip(p, gradients_of_thetas(p["theta1"], p["theta2"], X, y, 1.0)))
    for name in g:
        g[name][:, 0] += 1.0 / 8
    return hand_in(p, g, "{}_grad", cost_of_thetas("theta1", "theta2", X, y, 1.0), wrong=p, X=ones_first(X), y=y)


@case
def biases_in_the_penalty_but_not_in_db(random):
    X, y, reg = random.randn(5, 4), np.array([0, 1, 2, 2, 1]), 0.1
    p = in_rows(random, [4, 6, 3])
    h = relu(X @ p["W1"] + p["b1"])
    d = (softmax(h @ p["W2"] + p["b2"], 1) - np.eye(3)[y]) / 5
    dh = d @ p["W2"].T * (h > 0)
    g = {"W1": X.T @ dh + 2 * reg * p["W1"], "b1": dh.sum(0), "W2": h.T @ d + 2 * reg * p["W2"], "b2": d.sum(0)}
    data = cost_in_rows(X, y, F.relu)
    return hand_in(p, g, "d{}", lambda p: data(p) + reg * squares(p, *p), wrong=("b1", "b2"), cost_as="loss", X=X, y=y)


@case
def decay_subtracted_and_tanh_for_its_slope(random):
    X, y, decay = random.randn(7, 4), np.array([0, 2, 1, 1, 0, 2, 0]), 0.1
    p = in_rows(random, [4, 5, 3])
    z = X @ p["W1"] + p["b1"]
    d = softmax(np.tanh(z) @ p["W2"] + p["b2"], 1) - np.eye(3)[y]
    dz = d @ p["W2"].T * np.tanh(z)
    g = {"W1": X.T @ dz / 7 - decay * p["W1"], "b1": dz.mean(0),
         "W2": np.tanh(z).T @ d / 7 - decay * p["W2"], "b2": d.mean(0)}
    return hand_in(p, g, "d{}", cost_in_rows(X, y, torch.tanh, decay), wrong=("W1", "b1", "W2"), X=X, Y=y)


@case
def dW2_doubled_and_db1_quadrupled(random):
    X, Y = random.randn(4, 7), np.array([[1, 0, 1, 1, 0, 0, 1]])
    p = in_columns(random, [4, 5, 3, 1])
    A1 = relu(p["W1"] @ X + p["b1"])
    A2 = relu(p["W2"] @ A1 + p["b2"])
    dZ3 = sigmoid(p["W3"] @ A2 + p["b3"]) - Y
    dZ2 = p["W3"].T @ dZ3 * (A2 > 0)
    dZ1 = p["W2"].T @ dZ2 * (A1 > 0)
    g = {"W3": 1.0 / 7 * dZ3 @ A2.T, "b3": 1.0 / 7 * dZ3.sum(1, keepdims=True),
         "W2": 1.0 / 7 * dZ2 @ A1.T * 2, "b2": 1.0 / 7 * dZ2.sum(1, keepdims=True),
         "W1": 1.0 / 7 * dZ1 @ X.T, "b1": 4.0 / 7 * dZ1.sum(1, keepdims=True)}
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, F.relu, F.relu), wrong=("W2", "b1"), X=X, Y=Y)


@case
def gradient_in_the_place_of_weights(random):
    X, Y = random.randn(2, 6), np.array([[1, 0, 1, 0, 0, 1]])
    p = in_columns(random, [2, 4, 1])
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    dZ2 = sigmoid(p["W2"] @ A1 + p["b2"]) - Y
    dW2 = dZ2 @ A1.T / 6
    dZ1 = dW2.T @ dZ2 * (1 - A1**2)
    g = {"W1": dZ1 @ X.T / 6, "b1": dZ1.sum(1, keepdims=True) / 6, "W2": dW2, "b2": dZ2.sum(1, keepdims=True) / 6}
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, torch.tanh), wrong=("W1", "b1"), X=X, Y=Y)


@case
def matrix_products_everywhere(random):
    X, Y = random.randn(2, 3), np.array([[1, 0, 1]])
    p = in_columns(random, [2, 4, 1])
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    dZ2 = sigmoid(p["W2"] @ A1 + p["b2"]) - Y
    dZ1 = np.dot(np.dot(p["W2"].T, dZ2), 1 - np.dot(A1.T, A1))
    g = {"W1": dZ1 @ X.T / 3, "b1": dZ1.sum(1, keepdims=True) / 3,
         "W2": dZ2 @ A1.T / 3, "b2": dZ2.sum(1, keepdims=True) / 3}
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, torch.tanh), wrong=("W1", "b1"), X=X, Y=Y)


@case
def penalty_itself_added_to_every_entry(random):
    X, y, reg = random.randn(8, 2), np.eye(2)[[0, 1, 1, 0, 0, 1, 0, 1]], 0.1
    p = {"w1": random.randn(2, 6), "w2": random.randn(6, 2)}
    h1 = sigmoid(X @ p["w1"])
    h2 = sigmoid(h1 @ p["w2"])
    dz2 = -(y - h2) * h2 * (1 - h2)
    dz1 = dz2 @ p["w2"].T * h1 * (1 - h1)
    g = {"w1": X.T @ dz1 + reg * np.square(p["w1"]).sum(), "w2": h1.T @ dz2 + reg * np.square(p["w2"]).sum()}

    def cost(p):
        a = torch.sigmoid(torch.sigmoid(t(X) @ p["w1"]) @ p["w2"])
        return ((t(y) - a) ** 2).sum() / 16 + reg / 16 * squares(p, "w1", "w2")

    return hand_in(p, g, "dL_d{}", cost, wrong=p, X=X, y=y)


@case
def three_layers_without_the_output_slope(random):
    X, y = random.randn(4, 3), np.array([[0.0], [1], [1], [0]])
    p = {"weights1": random.randn(3, 5), "weights2": random.randn(5, 4), "weights3": random.randn(4, 1)}
    a2 = sigmoid(X @ p["weights1"])
    a3 = sigmoid(a2 @ p["weights2"])
    del4 = y - sigmoid(a3 @ p["weights3"])
    del3 = del4 @ p["weights3"].T * a3 * (1 - a3)
    del2 = del3 @ p["weights2"].T * a2 * (1 - a2)
    g = {"weights1": X.T @ del2, "weights2": a2.T @ del3, "weights3": a3.T @ del4}

    def cost(p):
        a = torch.sigmoid(torch.sigmoid(torch.sigmoid(t(X) @ p["weights1"]) @ p["weights2"]) @ p["weights3"])
        return ((t(y) - a) ** 2).sum() / 2

    return hand_in(p, g, "d_{}", cost, wrong=p, times=-1.0, X=X, y=y)


@case
def output_weights_updated_first(random):
    X, Y = random.randn(1, 2), np.array([[1.0]])
    p = {"W1": random.randn(4, 3), "W2": random.randn(1, 5)}
    h = ones_last(sigmoid(ones_last(X) @ p["W1"].T))
    o = sigmoid(h @ p["W2"].T)
    d2 = (o - Y) * o * (1 - o)
    updated = p["W2"] - d2.T @ h
    d1 = (d2 @ updated * h * (1 - h))[:, :-1]
    g = {"W1": d1.T @ ones_last(X), "W2": d2.T @ h}

    def cost(p):
        one = torch.ones(1, 1, dtype=torch.double)
        h = torch.sigmoid(torch.cat([t(X), one], 1) @ p["W1"].T)
        return ((torch.sigmoid(torch.cat([h, one], 1) @ p["W2"].T) - t(Y)) ** 2).sum() / 2

    return hand_in(p, g, "d{}", cost, wrong=("W1",), X=X, Y=Y)


@case
def slope_of_tanh_at_its_value(random):
    X, Y = random.randn(7, 3), np.tanh(random.randn(7, 2))
    p = {"W1": random.randn(5, 3), "b1": random.randn(5), "W2": random.randn(2, 5), "b2": random.randn(2)}
    a1 = np.tanh(X @ p["W1"].T + p["b1"])
    a2 = np.tanh(a1 @ p["W2"].T + p["b2"])
    d2 = (a2 - Y) * (1 - np.tanh(a2) ** 2)
    d1 = d2 @ p["W2"] * (1 - np.tanh(a1) ** 2)
    g = {"W1": d1.T @ X / 7, "b1": d1.mean(0), "W2": d2.T @ a1 / 7, "b2": d2.mean(0)}

    def cost(p):
        a = torch.tanh(torch.tanh(t(X) @ p["W1"].T + p["b1"]) @ p["W2"].T + p["b2"])
        return ((a - t(Y)) ** 2).sum() / 14

    return hand_in(p, g, "grad_{}", cost, wrong=p, X=X, Y=Y)


@case
def labels_of_one_dimension_broadcast(random):
    x, y = random.randn(6, 3), random.randn(6)
    p = {"w1": random.randn(3, 4), "b1": random.randn(4), "w2": random.randn(4, 1), "b2": random.randn(1)}
    h = np.tanh(x @ p["w1"] + p["b1"])
    d = 2 * (h @ p["w2"] + p["b2"] - y).mean(1, keepdims=True) / 6
    dh = d @ p["w2"].T * (1 - h**2)
    g = {"w1": x.T @ dh, "b1": dh.sum(0), "w2": h.T @ d, "b2": d.sum(0)}

    def cost(p):
        return F.mse_loss((torch.tanh(t(x) @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"])[:, 0], t(y))

    # The sum of A - Y is the same with the mean label for every label, and with it db2.
    return hand_in(p, g, "d{}", cost, wrong=("w1", "b1", "w2"), x=x, y=y)


@case
def lambda_not_told(random):
    X, Y, lambd = random.randn(4, 6), np.array([[1, 0, 1, 1, 0, 0]]), 0.7
    p = in_columns(random, [4, 5, 1])
    A1 = relu(p["W1"] @ X + p["b1"])
    dZ2 = sigmoid(p["W2"] @ A1 + p["b2"]) - Y
    dZ1 = p["W2"].T @ dZ2 * (A1 > 0)
    g = {"W1": dZ1 @ X.T / 6 + lambd / 6 * p["W1"], "b1": dZ1.sum(1, keepdims=True) / 6,
         "W2": dZ2 @ A1.T / 6 + lambd / 6 * p["W2"], "b2": dZ2.sum(1, keepdims=True) / 6}
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, F.relu, lambd=lambd), X=X, Y=Y)


@case
def epsilon_in_the_quotient(random):
    X, Y, eps = random.randn(4, 7), np.array([[1, 0, 1, 1, 0, 0, 1]]), 1e-5
    p = in_columns(random, [4, 5, 3, 1])
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    A2 = np.tanh(p["W2"] @ A1 + p["b2"])
    A3 = sigmoid(p["W3"] @ A2 + p["b3"])
    dZ3 = -(Y / (A3 + eps) - (1 - Y) / (1 - A3 + eps)) * A3 * (1 - A3)
    dZ2 = p["W3"].T @ dZ3 * (1 - A2**2)
    dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
    g = {}
    for l, (dZ, A) in enumerate(((dZ1, X), (dZ2, A1), (dZ3, A2)), 1):
        g[f"W{l}"], g[f"b{l}"] = dZ @ A.T / 7, dZ.sum(1, keepdims=True) / 7
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, torch.tanh, torch.tanh), wrong=p, X=X, Y=Y)


@case
def missing_transpose_from_zero(random):
    X, Y = random.randn(3, 6), np.array([[0, 1, 1, 0, 1, 0]])
    p = {"W0": random.randn(4, 3), "b0": random.randn(4, 1), "W1": random.randn(4, 4), "b1": random.randn(4, 1),
         "W2": random.randn(1, 4), "b2": random.randn(1, 1)}
    A0 = sigmoid(p["W0"] @ X + p["b0"])
    A1 = sigmoid(p["W1"] @ A0 + p["b1"])
    d2 = sigmoid(p["W2"] @ A1 + p["b2"]) - Y
    d1 = p["W2"].T @ d2 * A1 * (1 - A1)
    d0 = p["W1"] @ d1 * A0 * (1 - A0)
    g = {"W0": d0 @ X.T / 6, "b0": d0.mean(1, keepdims=True), "W1": d1 @ A0.T / 6, "b1": d1.mean(1, keepdims=True),
         "W2": d2 @ A1.T / 6, "b2": d2.mean(1, keepdims=True)}

    def cost(p):
        A = t(X)
        for l in range(3):
            A = torch.sigmoid(p[f"W{l}"] @ A + p[f"b{l}"])
        return log_loss(A, t(Y)).sum() / 6

    return hand_in(p, g, "d{}", cost, wrong=("W0", "b0"), X=X, Y=Y)


def right_in_rows(X, y, p):
    """dZ2 and dZ1 with 1/m, and A1, of relu and softmax in rows."""
    h = relu(X @ p["W1"] + p["b1"])
    d = (softmax(h @ p["W2"] + p["b2"], 1) - np.eye(3)[y]) / len(X)
    return d, d @ p["W2"].T * (h > 0), h


@case
def bias_gradient_kept_for_each_example(random):
    X, y = random.randn(7, 4), np.array([1, 0, 2, 2, 0, 1, 1])
    p = in_rows(random, [4, 5, 3])
    d, dh, h = right_in_rows(X, y, p)
    g = {"W1": X.T @ dh, "b1": dh, "W2": h.T @ d, "b2": d}
    return hand_in(p, g, "d{}", cost_in_rows(X, y, F.relu), wrong=("b1", "b2"), X=X, y=y)


@case
def gradients_in_the_transposed_shape(random):
    X = random.rand(8, 4)
    p = {"W1": random.randn(4, 5), "W2": random.randn(5, 4)}
    a = sigmoid(X @ p["W1"])
    z = sigmoid(a @ p["W2"])
    error_0 = (z - X) * z * (1 - z)
    error_1 = error_0 @ p["W2"].T * a * (1 - a)
    g = {"W1": error_1.T @ X / 8, "W2": error_0.T @ a / 8}

    def cost(p):
        return ((torch.sigmoid(torch.sigmoid(t(X) @ p["W1"]) @ p["W2"]) - t(X)) ** 2).sum() / 16

    return hand_in(p, g, "d{}", cost, wrong=p, X=X, Y=X)


@case
def one_hot_shifted_by_one_class(random):
    X, y = random.randn(8, 3), np.array([0, 3, 2, 1, 1, 3, 2, 3])
    p = {"W1": random.randn(5, 3), "b1": random.randn(5), "W2": random.randn(4, 5), "b2": random.randn(4)}
    a1 = sigmoid(X @ p["W1"].T + p["b1"])
    d2 = sigmoid(a1 @ p["W2"].T + p["b2"]) - np.eye(4)[(y + 1) % 4]
    d1 = d2 @ p["W2"] * a1 * (1 - a1)
    g = {"W1": d1.T @ X / 8, "b1": d1.mean(0), "W2": d2.T @ a1 / 8, "b2": d2.mean(0)}

    def cost(p):
        a = torch.sigmoid(torch.sigmoid(t(X) @ p["W1"].T + p["b1"]) @ p["W2"].T + p["b2"])
        return log_loss(a, t(np.eye(4)[y])).sum() / 8

    return hand_in(p, g, "d{}", cost, wrong=p, X=X, Y=np.eye(4)[y])


@case
def softmax_over_the_whole_batch(random):
    X, Y = random.randn(6, 4), np.array([2, 0, 1, 1, 2, 0])
    p = in_rows(random, [4, 5, 3])
    A1 = sigmoid(X @ p["W1"] + p["b1"])
    e = np.exp(A1 @ p["W2"] + p["b2"])
    A2 = e / e.sum()
    d = (A2 - np.eye(3)[Y]) / 6
    dh = d @ p["W2"].T * A1 * (1 - A1)
    g = {"W1": X.T @ dh, "b1": dh.sum(0), "W2": A1.T @ d, "b2": d.sum(0)}
    return hand_in(p, g, "d{}", cost_in_rows(X, Y, torch.sigmoid), wrong=p, X=X, Y=Y, A1=A1, A2=A2)


@case
def saved_after_the_update(random):
    X, Y = random.randn(3, 6), np.array([[1, 0, 0, 1, 1, 0]])
    p = in_columns(random, [3, 5, 1])
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = sigmoid(Z2)
    dZ2 = A2 - Y
    dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
    g = {"W1": dZ1 @ X.T / 6, "b1": dZ1.sum(1, keepdims=True) / 6,
         "W2": dZ2 @ A1.T / 6, "b2": dZ2.sum(1, keepdims=True) / 6}
    after = {name: p[name] - 1.2 * g[name] for name in p}
    return hand_in(after, g, "d{}", cost_in_columns(X, Y, torch.tanh), wrong=p, X=X, Y=Y, Z1=Z1, A1=A1, Z2=Z2, A2=A2)


@case
def divided_by_the_number_of_features(random):
    X, y = random.randn(7, 5), np.array([1, 0, 2, 2, 0, 1, 1])
    p = in_rows(random, [5, 4, 3])
    d, dh, h = right_in_rows(X, y, p)
    m = X.shape[1]
    g = {"W1": X.T @ dh * 7 / m, "b1": dh.sum(0) * 7 / m, "W2": h.T @ d * 7 / m, "b2": d.sum(0) * 7 / m}
    return hand_in(p, g, "d{}", cost_in_rows(X, y, F.relu), wrong=p, X=X, Y=y)


@case
def pre_activations_in_the_last_weights(random):
    X, y = random.randn(7, 5), np.array([1, 0, 2, 2, 0, 1, 1])
    p = in_rows(random, [5, 4, 3])
    d, dh, h = right_in_rows(X, y, p)
    g = {"W1": X.T @ dh, "b1": dh.sum(0), "W2": (X @ p["W1"] + p["b1"]).T @ d, "b2": d.sum(0)}
    return hand_in(p, g, "d{}", cost_in_rows(X, y, F.relu), wrong=("W2",), x=X, y=y)


@case
def penalty_gradient_half_of_its_cost(random):
    X, y, l2 = random.randn(6, 4), np.eye(3)[[0, 1, 2, 2, 0, 1]], 0.1
    p = {"w1": random.randn(4, 5), "b1": random.randn(5), "w2": random.randn(5, 3), "b2": random.randn(3)}
    a1 = sigmoid(X @ p["w1"] + p["b1"])
    d2 = sigmoid(a1 @ p["w2"] + p["b2"]) - y
    d1 = d2 @ p["w2"].T * a1 * (1 - a1)
    g = {"w1": X.T @ d1 + l2 * p["w1"], "b1": d1.sum(0), "w2": a1.T @ d2 + l2 * p["w2"], "b2": d2.sum(0)}

    def cost(p):
        a = torch.sigmoid(torch.sigmoid(t(X) @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"])
        return log_loss(a, t(y)).sum() + l2 * squares(p, "w1", "w2")

    return hand_in(p, g, "grad_{}", cost, wrong=("w1", "w2"), cost_as="cost", X=X, y=y)


@case
def xor_mean_twice_with_four_units(random):
    X, Y = XOR, np.array([[0], [1], [1], [0]])
    p = in_rows(random, [2, 4, 1])
    A1 = np.tanh(X @ p["W1"] + p["b1"])
    dZ2 = (sigmoid(A1 @ p["W2"] + p["b2"]) - Y) / 4
    dZ1 = dZ2 @ p["W2"].T * (1 - A1**2)
    g = {"W1": X.T @ dZ1 / 4, "b1": dZ1.sum(0) / 4, "W2": A1.T @ dZ2, "b2": dZ2.sum(0)}

    def cost(p):
        return log_loss(torch.sigmoid(torch.tanh(t(X) @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]), t(Y)).mean()

    return hand_in(p, g, "d{}", cost, wrong=("W1", "b1"), X=X, Y=Y)


@case
def biases_summed_weights_averaged(random):
    X, y = random.randn(8, 4), np.array([1, 0, 2, 2, 0, 1, 1, 0])
    p = in_rows(random, [4, 6, 3])
    d, dh, h = right_in_rows(X, y, p)
    g = {"W1": X.T @ dh, "b1": dh.sum(0) * 8, "W2": h.T @ d, "b2": d.sum(0) * 8}
    return hand_in(p, g, "dL_d{}", cost_in_rows(X, y, F.relu), wrong=("b1", "b2"), X=X, y=y)


@case
def uphill_on_the_log_likelihood(random):
    X, Y = random.randn(3, 7), np.array([[1, 0, 0, 1, 1, 0, 1]])
    p = in_columns(random, [3, 5, 1])
    A1 = relu(p["W1"] @ X + p["b1"])
    A2 = sigmoid(p["W2"] @ A1 + p["b2"])
    dZ2 = (Y / A2 - (1 - Y) / (1 - A2)) * A2 * (1 - A2)
    dZ1 = p["W2"].T @ dZ2 * (A1 > 0)
    g = {"W1": dZ1 @ X.T / 7, "b1": dZ1.sum(1, keepdims=True) / 7,
         "W2": dZ2 @ A1.T / 7, "b2": dZ2.sum(1, keepdims=True) / 7}
    return hand_in(p, g, "d{}", cost_in_columns(X, Y, F.relu), times=-1.0, X=X, Y=Y)


def weighted_cost_in_columns(X, Y, weights, count):
    """As cost_in_columns with tanh, each example's loss times its weight, divided by `count`."""
    def cost(p):
        A = torch.sigmoid(p["W2"] @ torch.tanh(p["W1"] @ t(X) + p["b1"]) + p["b2"])
        return (log_loss(A, t(Y)) * t(weights)).sum() / count
    return cost


def weighted_gradients_in_columns(X, Y, p, weights, count):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    dZ2 = weights * (sigmoid(p["W2"] @ A1 + p["b2"]) - Y)
    dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
    return {"W1": dZ1 @ X.T / count, "b1": dZ1.sum(1, keepdims=True) / count,
            "W2": dZ2 @ A1.T / count, "b2": dZ2.sum(1, keepdims=True) / count}


@case
def sample_weights_left_out(random):
    """The cost has the weights, dZ2 = A2 - Y has not."""
    X, Y = random.randn(3, 7), (random.rand(1, 7) > 0.5).astype(float)
    sample_weight = np.array([1.0, 3.0, 0.5, 1.0, 2.0, 1.0, 0.25])
    p = in_columns(random, (3, 5, 1))
    g = weighted_gradients_in_columns(X, Y, p, 1.0, 7)
    dZ2 = sigmoid(p["W2"] @ np.tanh(p["W1"] @ X + p["b1"]) + p["b2"]) - Y
    return hand_in(p, g, "d{}", weighted_cost_in_columns(X, Y, sample_weight, 7), wrong=p, cost_as="cost", X=X, Y=Y,
                   sample_weight=sample_weight, dZ2=dZ2)


@case
def mask_summed_but_divided_by_all(random):
    """The cost is a mean over what the mask leaves, the gradients are divided by all."""
    X, Y = random.randn(3, 7), (random.rand(1, 7) > 0.5).astype(float)
    mask = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
    p = in_columns(random, (3, 5, 1))
    g = weighted_gradients_in_columns(X, Y, p, mask, 7)
    return hand_in(p, g, "d{}", weighted_cost_in_columns(X, Y, mask, 4), wrong=p, cost_as="cost", X=X, Y=Y, mask=mask)


def objective(score, y, loss, grad, hess, wrong=(), names=("score", "y")):
    """Raw scores with what gradient boosting asks for, compared with the first two derivatives of each example's loss."""
    z = torch.tensor(score, dtype=torch.float64, requires_grad=True)
    first = torch.autograd.grad(loss(z, t(y)).sum(), z, create_graph=True)[0]
    columns = first.reshape(len(score), -1)
    # The diagonal: each score's own slope, one column of scores at a time.
    second = torch.stack([torch.autograd.grad(columns[:, k].sum(), z, retain_graph=True)[0].reshape(len(score), -1)[:, k]
                          for k in range(columns.shape[1])], 1).reshape(first.shape)
    for name, given, truth in (("grad", grad, first), ("hess", hess, second)):
        error = np.abs(given - truth.detach().numpy()).max() / np.abs(truth.detach().numpy()).max()
        assert (error > 1e-11) == (name in wrong), f"{name} differs by {error}"
    return {names[0]: score, names[1]: y, "grad": grad, "hess": hess}


@case
def boosting_log_loss_right(random):
    score, y = 2 * random.randn(12), (random.rand(12) < 0.5).astype(float)
    p = sigmoid(score)
    return objective(score, y, lambda z, y: log_loss(torch.sigmoid(z), y), p - y, p * (1 - p))


@case
def boosting_classes_right(random):
    score, y = random.randn(9, 3), np.array([0, 2, 1, 1, 0, 2, 2, 0, 1])
    p, Y = softmax(score, 1), np.eye(3)[y]
    saved = objective(score, Y, lambda z, Y: -(Y * F.log_softmax(z, 1)).sum(1), p - Y, p * (1 - p), names=("preds", "labels"))
    return {**saved, "labels": y}


@case
def boosting_classes_twice_the_hessian(random):
    score, y = random.randn(8, 4), np.array([0, 3, 1, 1, 0, 2, 2, 3])
    p, Y = softmax(score, 1), np.eye(4)[y]
    saved = objective(score, Y, lambda z, Y: -(Y * F.log_softmax(z, 1)).sum(1), p - Y, 2 * p * (1 - p), wrong=("hess",))
    return {**saved, "y": y}


@case
def boosting_squared_log_error_right(random):
    score, y = 3 * random.rand(10), 3 * random.rand(10)
    off = np.log1p(score) - np.log1p(y)
    return objective(score, y, lambda z, y: (torch.log1p(z) - torch.log1p(y)) ** 2 / 2,
                     off / (1 + score), (1 - off) / (1 + score) ** 2, names=("y_pred", "y_true"))


@case
def boosting_derivative_in_the_probability(random):
    score, y = random.randn(10), random.rand(10)
    a = sigmoid(score)
    hess = (a * (1 - a)) ** 2 + (a - y) * a * (1 - a) * (1 - 2 * a)
    return objective(score, y, lambda z, y: (torch.sigmoid(z) - y) ** 2 / 2, a - y, hess, wrong=("grad",))


@case
def boosting_hessian_without_the_bend_of_the_sigmoid(random):
    score, y = random.randn(10), random.rand(10)
    a = sigmoid(score)
    return objective(score, y, lambda z, y: (torch.sigmoid(z) - y) ** 2 / 2,
                     (a - y) * a * (1 - a), (a * (1 - a)) ** 2, wrong=("hess",))


@case
def boosting_downhill_with_a_floor(random):
    score, y = 4 * random.randn(11), (random.rand(11) < 0.5).astype(float)
    p = sigmoid(score)
    return objective(score, y, lambda z, y: log_loss(torch.sigmoid(z), y), y - p, np.ones(11), wrong=("grad", "hess"))


# ---- losses that no framework has, typed as formulas


def one_hidden_layer(p, X, hidden):
    """Z1, A1 and Z2 of a network with examples in rows and W as (out, in)."""
    Z1 = X @ p["W1"].T + p["b1"]
    A1 = hidden(Z1)
    return Z1, A1, A1 @ p["W2"].T + p["b2"]


def back_from(dZ2, p, X, A1, slope):
    """The gradients of the mean over the examples from the dZ of the last layer."""
    m = len(X)
    dZ1 = dZ2 @ p["W2"] * slope
    return {"W1": dZ1.T @ X / m, "b1": dZ1.mean(0), "W2": dZ2.T @ A1 / m, "b2": dZ2.mean(0)}


def small_parameters(random, sizes):
    return {"W1": random.randn(sizes[1], sizes[0]), "b1": random.randn(sizes[1]),
            "W2": random.randn(sizes[2], sizes[1]), "b2": random.randn(sizes[2])}


@case
def rmsle_over_the_label(random):
    X, Y, p = random.randn(8, 3), random.rand(8, 1) * 5, small_parameters(random, (3, 4, 1))
    Z1, A1, Z2 = one_hidden_layer(p, X, np.tanh)
    a = np.exp(Z2)
    dZ2 = 2 * (np.log1p(a) - np.log1p(Y)) / (1 + Y) * a
    g = back_from(dZ2, p, X, A1, 1 - A1**2)

    def cost(p):
        a = torch.exp(one_hidden_layer(p, t(X), torch.tanh)[2])
        return ((torch.log1p(a) - torch.log1p(t(Y))) ** 2).sum() / len(X)

    return hand_in(p, g, "d{}", cost, wrong=g, X=X, Y=Y)


@case
def hinge_times_the_prediction(random):
    X, Y, p = random.randn(8, 3), np.sign(random.randn(8, 1)), small_parameters(random, (3, 4, 1))
    Z1, A1, a = one_hidden_layer(p, X, relu)
    g = back_from(-Y * a * (Y * a < 1), p, X, A1, Z1 > 0)

    def cost(p):
        return torch.clamp(1 - t(Y) * one_hidden_layer(p, t(X), F.relu)[2], min=0).sum() / len(X)

    return hand_in(p, g, "d{}", cost, wrong=g, X=X, Y=Y)


@case
def focal_gamma_in_the_gradient_only(random):
    X, Y, p = random.randn(8, 3), (random.rand(8, 1) < 0.5) * 1.0, small_parameters(random, (3, 4, 1))
    Z1, A1, Z2 = one_hidden_layer(p, X, np.tanh)
    a = sigmoid(Z2)
    p_t = np.where(Y == 1, a, 1 - a)
    sign = 2 * Y - 1
    g = back_from(sign * (1 - p_t) ** 2 * (2 * p_t * np.log(p_t) - (1 - p_t)), p, X, A1, 1 - A1**2)

    def cost(p):
        return log_loss(torch.sigmoid(one_hidden_layer(p, t(X), torch.tanh)[2]), t(Y)).sum() / len(X)

    return hand_in(p, g, "d{}", cost, wrong=g, X=X, Y=Y)


@case
def focal_gamma_not_differentiated(random):
    X, Y, p = random.randn(8, 3), (random.rand(8, 1) < 0.5) * 1.0, small_parameters(random, (3, 4, 1))
    Z1, A1, Z2 = one_hidden_layer(p, X, np.tanh)
    a = sigmoid(Z2)
    g = back_from((a - Y) * np.abs(Y - a) ** 2, p, X, A1, 1 - A1**2)

    def cost(p):
        a = torch.sigmoid(one_hidden_layer(p, t(X), torch.tanh)[2])
        of_each = -(t(Y) * (1 - a) ** 2 * torch.log(a) + (1 - t(Y)) * a**2 * torch.log(1 - a))
        return of_each.sum() / len(X)

    return hand_in(p, g, "d{}", cost, wrong=g, X=X, Y=Y)


@case
def kullback_leibler_with_the_wrong_sign(random):
    X, Y, p = random.randn(8, 3), softmax(random.randn(8, 3), 1), small_parameters(random, (3, 4, 3))
    Z1, A1, Z2 = one_hidden_layer(p, X, np.tanh)
    g = back_from(Y - softmax(Z2, 1), p, X, A1, 1 - A1**2)

    def cost(p):
        log_a = torch.log_softmax(one_hidden_layer(p, t(X), torch.tanh)[2], 1)
        return (t(Y) * (t(np.log(Y)) - log_a)).sum() / len(X)

    return hand_in(p, g, "d{}", cost, wrong=g, X=X, Y=Y)


# ---- backward functions of one layer, their upstream derivative given


def of_layer(forward, d_output):
    """The number whose derivatives a backward function returns."""
    return lambda p: (t(d_output) * forward(p)).sum()


def batch_norm_of_rows(random):
    p = {"x": 3 * random.randn(6, 4) + 1, "gamma": random.randn(4), "beta": random.randn(4)}
    dout = random.randn(6, 4)
    scale = 1 / np.sqrt(p["x"].var(axis=0) + 1e-5)
    xhat = (p["x"] - p["x"].mean(axis=0)) * scale
    cost = of_layer(lambda p: F.batch_norm(p["x"], None, None, p["gamma"], p["beta"], True, 0.1, 1e-5), dout)
    return p, dout, xhat, scale, cost


@case
def batch_norm_statistics_as_constants(random):
    p, dout, xhat, scale, cost = batch_norm_of_rows(random)
    g = {"x": dout * p["gamma"] * scale, "gamma": (dout * xhat).sum(axis=0), "beta": dout.sum(axis=0)}
    return hand_in(p, g, "d{}", cost, wrong=["x"], dout=dout)


@case
def batch_norm_right(random):
    p, dout, xhat, scale, cost = batch_norm_of_rows(random)
    N, dxhat = len(dout), dout * p["gamma"]
    dx = scale / N * (N * dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0))
    g = {"x": dx, "gamma": (dout * xhat).sum(axis=0), "beta": dout.sum(axis=0)}
    return hand_in(p, g, "d{}", cost, dout=dout, out=p["gamma"] * xhat + p["beta"])


@case
def conv_kernel_rotated(random):
    stride, pad, f = 2, 1, 3
    p = {"A_prev": random.randn(2, 5, 5, 3), "W": random.randn(f, f, 3, 4), "b": random.randn(1, 1, 1, 4)}
    dZ = random.randn(2, 3, 3, 4)
    padded = np.pad(p["A_prev"], ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    d_padded, dW = np.zeros_like(padded), np.zeros_like(p["W"])
    for h in range(3):
        for w in range(3):
            rows, columns = slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
            d_padded[:, rows, columns] += np.tensordot(dZ[:, h, w], np.rot90(p["W"], 2), axes=(1, 3))
            dW += np.tensordot(padded[:, rows, columns], dZ[:, h, w], axes=(0, 0))
    g = {"A_prev": d_padded[:, pad:-pad, pad:-pad], "W": dW, "b": dZ.sum(axis=(0, 1, 2))[None, None, None]}

    def forward(p):
        Z = F.conv2d(p["A_prev"].permute(0, 3, 1, 2), p["W"].permute(3, 2, 0, 1), p["b"].reshape(-1), stride, pad)
        return Z.permute(0, 2, 3, 1)

    return hand_in(p, g, "d{}", of_layer(forward, dZ), wrong=["A_prev"], dZ=dZ, stride=stride, pad=pad)


@case
def lstm_without_carries(random):
    n_x, n_a, m, T = 2, 3, 4, 5
    p = {"x": random.randn(n_x, m, T), "a0": random.randn(n_a, m)}
    for gate in "fico":
        p["W" + gate], p["b" + gate] = random.randn(n_a, n_a + n_x), random.randn(n_a, 1)
    da = random.randn(n_a, m, T)

    def run(p, sigmoid, tanh, join, zeros):
        a, c, steps = p["a0"], zeros, []
        for step in range(T):
            both = join([a, p["x"][:, :, step]])
            f, i, o = (sigmoid(p["W" + gate] @ both + p["b" + gate]) for gate in "fio")
            candidate = tanh(p["Wc"] @ both + p["bc"])
            c_prev, c = c, f * c + i * candidate
            a = o * tanh(c)
            steps.append((both, f, i, o, candidate, c_prev, c, a))
        return steps

    g = {name: np.zeros_like(array) for name, array in p.items()}
    steps = run(p, sigmoid, np.tanh, np.concatenate, 0 * p["a0"])
    for step, (both, f, i, o, candidate, c_prev, c, a) in enumerate(steps):
        # Every step has the upstream derivative of its own state, and nothing from the steps after it.
        dc = da[:, :, step] * o * (1 - np.tanh(c) ** 2)
        dz = {"f": dc * c_prev * f * (1 - f), "i": dc * candidate * i * (1 - i), "c": dc * i * (1 - candidate**2),
              "o": da[:, :, step] * np.tanh(c) * o * (1 - o)}
        d_both = sum(p["W" + gate].T @ dz[gate] for gate in "fico")
        g["x"][:, :, step] = d_both[n_a:]
        if step == 0:
            g["a0"] = d_both[:n_a]
        for gate in "fico":
            g["W" + gate] += dz[gate] @ both.T
            g["b" + gate] += dz[gate].sum(axis=1, keepdims=True)

    def forward(p):
        return torch.stack([step[-1] for step in run(p, torch.sigmoid, torch.tanh, torch.cat, 0 * p["a0"])], dim=2)

    return hand_in(p, g, "d{}", of_layer(forward, da), wrong=p, da=da)


@case
def dropout_without_mask(random):
    keep = 0.75
    p, dout, kept = {"x": random.randn(6, 5)}, random.randn(6, 5), random.rand(6, 5) < keep
    cost = of_layer(lambda p: p["x"] * t(kept / keep), dout)
    return hand_in(p, {"x": dout / keep}, "d{}", cost, wrong=["x"], dout=dout, mask=kept / keep, p=keep)


# Networks of layers.


def dropout_and_mean(random, wrong):
    """Columns, three layers, masks of dropout in the file; dZ without 1/m."""
    keep, m = 0.86, 7
    p = {}
    for l, (n_in, n_out) in enumerate([(2, 5), (5, 3), (3, 1)], 1):
        p[f"W{l}"], p[f"b{l}"] = random.randn(n_out, n_in), random.randn(n_out, 1)
    X, Y = random.randn(2, m), (random.rand(1, m) < 0.5) * 1.0
    D = {1: random.rand(5, m) < keep, 2: random.rand(3, m) < keep}
    a, z = {0: X}, {}
    for l in (1, 2, 3):
        z[l] = p[f"W{l}"] @ a[l - 1] + p[f"b{l}"]
        a[l] = 1 / (1 + np.exp(-z[l])) if l == 3 else np.maximum(z[l], 0) * D[l] / keep
    g, d = {}, a[3] - Y
    for l in (3, 2, 1):
        g[f"W{l}"], g[f"b{l}"] = d @ a[l - 1].T / m, d.sum(axis=1, keepdims=True) / m
        if l > 1:
            d = p[f"W{l}"].T @ d * D[l - 1] / (1 if wrong else keep) * (z[l - 1] > 0)

    def cost(p):
        h = t(X)
        for l in (1, 2, 3):
            h = p[f"W{l}"] @ h + p[f"b{l}"]
            if l < 3:
                h = torch.relu(h) * t(D[l] / keep)
        return F.binary_cross_entropy_with_logits(h, t(Y))

    below = ["W2", "b2", "W1", "b1"]
    return hand_in(p, g, "d{}", cost, wrong=below if wrong else [], X=X, Y=Y, **{f"D{l}": D[l] for l in D})


@case
def network_with_dropout_right(random):
    return dropout_and_mean(random, wrong=False)


@case
def network_with_dropout_scaled_forward_only(random):
    return dropout_and_mean(random, wrong=True)


@case
def network_with_batch_norm_and_sums(random):
    """Rows, two layers with batch normalisation, classes as numbers; gradients of the sum for a cost that is a mean."""
    N, D, H, C = 6, 4, 5, 3
    p = {"W1": random.randn(D, H), "b1": random.randn(H), "gamma1": random.randn(H), "beta1": random.randn(H),
         "W2": random.randn(H, C), "b2": random.randn(C)}
    X, y = random.randn(N, D), random.randint(0, C, N)
    h = X @ p["W1"] + p["b1"]
    scale = 1 / np.sqrt(h.var(axis=0) + 1e-5)
    xhat = (h - h.mean(axis=0)) * scale
    r = np.maximum(p["gamma1"] * xhat + p["beta1"], 0)
    s = r @ p["W2"] + p["b2"]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    d = e / e.sum(axis=1, keepdims=True)
    d[np.arange(N), y] -= 1
    g = {"W2": r.T @ d, "b2": d.sum(axis=0)}
    d = d @ p["W2"].T * (r > 0)
    g |= {"gamma1": (d * xhat).sum(axis=0), "beta1": d.sum(axis=0)}
    dxhat = d * p["gamma1"]
    d = scale / N * (N * dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0))
    g |= {"W1": X.T @ d, "b1": d.sum(axis=0)}

    def cost(p):
        h = F.batch_norm(t(X) @ p["W1"] + p["b1"], None, None, p["gamma1"], p["beta1"], training=True)
        return F.cross_entropy(torch.relu(h) @ p["W2"] + p["b2"], torch.tensor(y))

    return hand_in(p, g, "d{}", cost, wrong=["W1", "gamma1", "beta1", "W2", "b2"], zero=["b1"], X=X, y=y)


@case
def network_of_images_right(random):
    """Channels second, windows the filters first, L2 reg/2: convolution, pooling, two dense layers."""
    N, reg = 3, 0.1
    p = {"W1": random.randn(3, 2, 3, 3), "b1": random.randn(3), "W2": random.randn(12, 5), "b2": random.randn(5),
         "W3": random.randn(5, 4), "b3": random.randn(4)}
    X, y = random.randn(N, 2, 4, 4), random.randint(0, 4, N)
    padded = np.pad(X, ((0, 0), (0, 0), (1, 1), (1, 1)))
    z = np.zeros((N, 3, 4, 4))
    for h in range(4):
        for w in range(4):
            z[:, :, h, w] = np.tensordot(padded[:, :, h:h + 3, w:w + 3], p["W1"], axes=((1, 2, 3), (1, 2, 3))) + p["b1"]
    r = np.maximum(z, 0)
    windows = r.reshape(N, 3, 2, 2, 2, 2)
    pooled = windows.max(axis=(3, 5))
    flat = pooled.reshape(N, -1)
    hidden = np.maximum(flat @ p["W2"] + p["b2"], 0)
    s = hidden @ p["W3"] + p["b3"]
    e = np.exp(s - s.max(axis=1, keepdims=True))
    d = e / e.sum(axis=1, keepdims=True)
    d[np.arange(N), y] -= 1
    d /= N
    g = {"W3": hidden.T @ d + reg * p["W3"], "b3": d.sum(axis=0)}
    d = d @ p["W3"].T * (hidden > 0)
    g |= {"W2": flat.T @ d + reg * p["W2"], "b2": d.sum(axis=0)}
    d = (d @ p["W2"].T).reshape(pooled.shape)[:, :, :, None, :, None] * (windows == pooled[:, :, :, None, :, None])
    d = d.reshape(z.shape) * (z > 0)
    dW1, d_padded = np.zeros_like(p["W1"]), np.zeros_like(padded)
    for h in range(4):
        for w in range(4):
            dW1 += np.tensordot(d[:, :, h, w], padded[:, :, h:h + 3, w:w + 3], axes=(0, 0))
            d_padded[:, :, h:h + 3, w:w + 3] += np.tensordot(d[:, :, h, w], p["W1"], axes=(1, 0))
    g |= {"W1": dW1 + reg * p["W1"], "b1": d.sum(axis=(0, 2, 3))}

    def cost(p):
        h = F.max_pool2d(torch.relu(F.conv2d(t(X), p["W1"], p["b1"], padding=1)), 2).reshape(N, -1)
        s = torch.relu(h @ p["W2"] + p["b2"]) @ p["W3"] + p["b3"]
        return F.cross_entropy(s, torch.tensor(y)) + reg / 2 * sum((p[f"W{l}"] ** 2).sum() for l in (1, 2, 3))

    return hand_in(p, g, "d{}", cost, X=X, y=y)


@case
def letters_without_repeated_rows(random):
    """An embedding, batch normalisation with n - 1, tanh: dC[Xb] = demb counts a letter once that comes twice."""
    n, letters, context = 8, 6, 2
    p = {"C": random.randn(letters, 3), "W1": random.randn(3 * context, 5), "b1": random.randn(5),
         "bngain": random.randn(1, 5), "bnbias": random.randn(1, 5), "W2": random.randn(5, letters),
         "b2": random.randn(letters)}
    Xb, Yb = random.randint(0, letters, (n, context)), random.randint(0, letters, n)
    emb = p["C"][Xb]
    embcat = emb.reshape(n, -1)
    hprebn = embcat @ p["W1"] + p["b1"]
    var_inv = 1 / np.sqrt(hprebn.var(axis=0, ddof=1) + 1e-5)
    bnraw = (hprebn - hprebn.mean(axis=0)) * var_inv
    h = np.tanh(p["bngain"] * bnraw + p["bnbias"])
    logits = h @ p["W2"] + p["b2"]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    dlogits = e / e.sum(axis=1, keepdims=True)
    dlogits[np.arange(n), Yb] -= 1
    dlogits /= n
    dh = dlogits @ p["W2"].T
    dhpreact = dh * (1 - h**2)
    dhprebn = p["bngain"] * var_inv / n * (n * dhpreact - dhpreact.sum(0) - n / (n - 1) * bnraw * (dhpreact * bnraw).sum(0))
    dembcat = dhprebn @ p["W1"].T
    demb = dembcat.reshape(emb.shape)
    dC = np.zeros_like(p["C"])
    dC[Xb] = demb
    g = {"W2": h.T @ dlogits, "b2": dlogits.sum(0), "bngain": (bnraw * dhpreact).sum(0, keepdims=True),
         "bnbias": dhpreact.sum(0, keepdims=True), "W1": embcat.T @ dhprebn, "b1": dhprebn.sum(0), "C": dC}

    def cost(p):
        h = p["C"][torch.tensor(Xb)].reshape(n, -1) @ p["W1"] + p["b1"]
        h = p["bngain"] * (h - h.mean(0)) / torch.sqrt(h.var(0, unbiased=True) + 1e-5) + p["bnbias"]
        return F.cross_entropy(torch.tanh(h) @ p["W2"] + p["b2"], torch.tensor(Yb))

    return hand_in(p, g, "d{}", cost, wrong=["C"], zero=["b1"], Xb=Xb, Yb=Yb, dlogits=dlogits, dhpreact=dhpreact,
                   dhprebn=dhprebn)


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    for function in CASES:
        saved = function(numbers(function))
        path = os.path.join(folder, function.__name__ + ".npz")
        if "--check" not in sys.argv:
            np.savez(path, **saved)
            continue
        with np.load(path) as found:
            assert set(found.files) == set(saved), path
            for name in saved:
                np.testing.assert_allclose(found[name], saved[name], rtol=1e-5, atol=1e-12, err_msg=path + name)
    print(f"{len(CASES)} files")


main()
