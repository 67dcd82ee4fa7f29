# SPDX-License-Identifier: MIT
"""Networks of layers: right gradients are confirmed, and a mistake is named with its step."""

from typing import Any, Dict, Tuple

import numpy as np
import pytest

import gradproof

STEPS = "dense, batch_norm, relu, dense"


def network(wrong: str = "") -> Tuple[Any, Any, Dict[str, Any], Dict[str, Any]]:
    draw = np.random.RandomState(1)
    N, D, H, C, eps = 6, 4, 5, 3, 1e-5
    p = {"W1": draw.randn(D, H), "b1": draw.randn(H), "gamma1": draw.randn(H), "beta1": draw.randn(H)}
    p.update(W2=draw.randn(H, C), b2=draw.randn(C))
    X, Y = draw.randn(N, D), draw.randn(N, C)
    h = X @ p["W1"] + p["b1"]
    scale = 1 / np.sqrt(h.var(axis=0) + eps)
    xhat = (h - h.mean(axis=0)) * scale
    r = np.maximum(p["gamma1"] * xhat + p["beta1"], 0)
    d = (r @ p["W2"] + p["b2"] - Y) / N
    g = {"dW2": r.T @ d, "db2": d.sum(axis=0)}
    d = d @ p["W2"].T * (1 if wrong == "relu" else r > 0)
    g.update(dgamma1=(d * xhat).sum(axis=0), dbeta1=d.sum(axis=0))
    dxhat = d * p["gamma1"]
    d = scale / N * (N * dxhat - dxhat.sum(axis=0) - xhat * (dxhat * xhat).sum(axis=0))
    g.update(dW1=X.T @ d, db1=d.sum(axis=0))
    return X, Y, p, g


def test_right_gradients_are_confirmed_also_the_bias_whose_derivative_is_0() -> None:
    result = gradproof.check_network(STEPS, *network(), loss="squared_error")
    assert result, result.text
    assert [tensor["name"] for tensor in result.tensors] == ["dW2", "db2", "dgamma1", "dbeta1", "dW1", "db1"]


def test_a_slope_that_is_left_out_is_named_with_its_step() -> None:
    result = gradproof.check_network(STEPS, *network("relu"), loss="squared_error")
    assert result.outcome == "refuted"
    assert [finding.slug for finding in result.findings] == ["missing-activation-derivative"]
    assert "In step 3, relu" in result.findings[0].text


def test_a_file_is_the_same(tmp_path: Any) -> None:
    X, Y, parameters, grads = network("relu")
    np.savez(tmp_path / "mine.npz", X=X, Y=Y, **parameters, **grads)
    result = gradproof.check_file(tmp_path / "mine.npz", layers=STEPS, loss="squared_error")
    assert result.findings[0].slug == "missing-activation-derivative"
    with pytest.raises(TypeError, match="layers names all steps"):
        gradproof.check_file(tmp_path / "mine.npz", layers=STEPS, output="relu", loss="mse")  # type: ignore[call-overload]


def test_errors_are_one_line() -> None:
    X, Y, parameters, grads = network()
    with pytest.raises(ValueError, match="did you mean 'batch_norm'"):
        gradproof.check_network("dense, batchnrm", X, Y, parameters, grads, loss="mse")
    del parameters["W2"]
    with pytest.raises(ValueError, match="W of step 4, dense"):
        gradproof.check_network(STEPS, X, Y, parameters, grads, loss="mse")
    with pytest.raises(ValueError, match="there are two arrays 'W1'"):
        gradproof.check_network(STEPS, X, Y, parameters, {"W1": X}, loss="mse")
