# SPDX-License-Identifier: MIT
"""Functions with gradients that are right: what the checks must confirm, and refute once a mistake is in."""

from typing import Any, Callable, List, NamedTuple

import numpy as np
from scipy.optimize import rosen, rosen_der
from scipy.special import expit, logsumexp


class Case(NamedTuple):
    name: str
    f: Callable[[Any], float]
    gradient: Callable[[Any], Any]
    x: np.ndarray


def rosenbrock() -> Case:
    return Case("rosen", rosen, rosen_der, np.array([1.3, 0.7, 0.8, 1.9, 1.2]))


def logistic_regression() -> Case:
    rng = np.random.default_rng(1)
    X, y = rng.standard_normal((40, 6)), rng.integers(0, 2, 40)

    def cost(w):
        z = X @ w
        return np.mean(np.logaddexp(0, z) - y * z) + 0.05 * w @ w

    def gradient(w):
        return X.T @ (expit(X @ w) - y) / len(y) + 0.1 * w

    return Case("logistic regression", cost, gradient, rng.standard_normal(6))


def softmax_regression() -> Case:
    rng = np.random.default_rng(2)
    X, y = rng.standard_normal((30, 4)), rng.integers(0, 3, 30)
    Y = np.eye(3)[y]

    def cost(w):
        Z = X @ w.reshape(4, 3)
        return np.mean(logsumexp(Z, axis=1) - np.sum(Z * Y, axis=1))

    def gradient(w):
        Z = X @ w.reshape(4, 3)
        P = np.exp(Z - logsumexp(Z, axis=1, keepdims=True))
        return (X.T @ (P - Y) / len(Y)).reshape(-1)

    return Case("softmax regression", cost, gradient, rng.standard_normal(12))


def quadratic_of_all_sizes() -> Case:
    scales = 10.0 ** np.arange(-6, 7)
    return Case(
        "quadratic, scales 1e-6 to 1e6", lambda x: np.sum((scales * x) ** 2) / 2, lambda x: scales**2 * x, 1 / scales
    )


def log_determinant() -> Case:
    rng = np.random.default_rng(3)
    A = rng.standard_normal((4, 4)) + 4 * np.eye(4)

    return Case(
        "log det",
        lambda a: np.linalg.slogdet(a.reshape(4, 4))[1],
        lambda a: np.linalg.inv(a.reshape(4, 4)).T.reshape(-1),
        A.reshape(-1),
    )


def relu_network() -> Case:
    """Examples on both sides of the kinks, and none at one."""
    rng = np.random.default_rng(4)
    X, Y = rng.standard_normal((3, 20)), rng.standard_normal((1, 20))

    def parts(p):
        return p[:12].reshape(4, 3), p[12:16].reshape(4, 1), p[16:20].reshape(1, 4), p[20]

    def cost(p):
        W1, b1, W2, b2 = parts(p)
        return np.mean((W2 @ np.maximum(W1 @ X + b1, 0) + b2 - Y) ** 2) / 2

    def gradient(p):
        W1, b1, W2, b2 = parts(p)
        Z1 = W1 @ X + b1
        A1 = np.maximum(Z1, 0)
        dZ2 = (W2 @ A1 + b2 - Y) / Y.size
        dZ1 = (W2.T @ dZ2) * (Z1 > 0)
        return np.concatenate([(dZ1 @ X.T).ravel(), dZ1.sum(1), (dZ2 @ A1.T).ravel(), [dZ2.sum()]])

    return Case("relu network", cost, gradient, rng.standard_normal(21))


def far_from_zero() -> Case:
    """A cost whose rounding is large beside what an entry moves."""
    return Case("sum of squares + 1e6", lambda x: 1e6 + np.sum(x**2), lambda x: 2 * x, np.array([1.0, 2.0, 3.0]))


def all_cases() -> List[Case]:
    makers = (
        rosenbrock,
        logistic_regression,
        softmax_regression,
        quadratic_of_all_sizes,
        log_determinant,
        relu_network,
        far_from_zero,
    )
    return [make() for make in makers]
