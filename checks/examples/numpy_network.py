# SPDX-License-Identifier: MIT
#
# A network of the course in NumPy, and the one line that saves it for gradproof. With --wrong it has a mistake.
# Made right.npz and wrong.npz of this folder with NumPy 1.24.2.
import sys

import numpy as np

np.random.seed(1)
X = np.random.randn(4, 8)
Y = (np.random.rand(1, 8) > 0.5).astype(int)
parameters = {
    "W1": np.random.randn(5, 4), "b1": np.random.randn(5, 1),
    "W2": np.random.randn(3, 5), "b2": np.random.randn(3, 1),
    "W3": np.random.randn(1, 3), "b3": np.random.randn(1, 1),
}


def forward_and_backward(X, Y, p, wrong):
    m = X.shape[1]
    Z1 = p["W1"] @ X + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = np.tanh(Z2)
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))

    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = p["W3"].T @ dZ3
    dZ2 = dA2 * (1 - (Z2 if wrong else A2) ** 2)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = p["W2"].T @ dZ2
    dZ1 = dA1 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


wrong = "--wrong" in sys.argv
grads = forward_and_backward(X, Y, parameters, wrong)
np.savez("wrong.npz" if wrong else "right.npz", X=X, Y=Y, **parameters, **grads)
