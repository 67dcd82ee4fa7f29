# SPDX-License-Identifier: MIT
"""Your functions of course 1, week 4, checked where you write them. Each # %% is a cell of a notebook."""

# %% Your functions, as you wrote them.
import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    rng = np.random.default_rng(1)
    return {
        "W1": rng.standard_normal((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.standard_normal((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def compute_cost(A2, Y):
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = parameters["W2"].T @ dZ2
    dZ1 = dA1 * (cache["Z1"] > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


rng = np.random.default_rng(2)
X = rng.standard_normal((3, 8))
Y = (rng.random((1, 8)) < 0.5).astype(float)
parameters = initialize_parameters(3, 4, 1)
A2, cache = forward_propagation(X, parameters)
grads = backward_propagation(parameters, cache, X, Y)

# %% Is every gradient the derivative of the cost? The cost is called with the parameters moved a little.
import gradproof

result = gradproof.check(lambda p: compute_cost(forward_propagation(X, p)[0], Y), parameters, grads)
print(result)
result.raise_if_refuted()

# %% A mistake, and what it is: dW2 without its 1/m. This runs no code of yours; it reads the numbers.
wrong = grads | {"dW2": 8 * grads["dW2"]}
print(gradproof.check_submission(X, Y, parameters, wrong, hidden="relu", output="sigmoid", loss="binary_cross_entropy"))
