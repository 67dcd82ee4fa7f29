# SPDX-License-Identifier: MIT
"""A network of the course, its gradients checked and its mistake named, without leaving Python."""

import gradproof
import numpy as np
import pytest


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


rng = np.random.default_rng(7)
X = rng.standard_normal((4, 9))
Y = (rng.random((1, 9)) < 0.5).astype(float)
PARAMETERS = {
    "W1": rng.standard_normal((3, 4)),
    "b1": rng.standard_normal((3, 1)),
    "W2": rng.standard_normal((1, 3)),
    "b2": rng.standard_normal((1, 1)),
}


def backward(parameters, dZ2_of=lambda A2: A2 - Y):
    m = X.shape[1]
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.maximum(0, Z1)
    A2 = sigmoid(parameters["W2"] @ A1 + parameters["b2"])
    dZ2 = dZ2_of(A2)
    dA1 = parameters["W2"].T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    return {
        "dW2": dZ2 @ A1.T / m,
        "db2": dZ2.sum(axis=1, keepdims=True) / m,
        "dA1": dA1,
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.sum(axis=1, keepdims=True) / m,
    }


NETWORK = {"hidden": "relu", "output": "sigmoid", "loss": "binary_cross_entropy"}


def test_the_course_network_is_confirmed() -> None:
    result = gradproof.check_submission(X, Y, PARAMETERS, backward(PARAMETERS), **NETWORK)
    assert result, str(result)
    assert result.findings == []
    assert {tensor["verdict"] for tensor in result.tensors} == {"confirmed"}


def test_the_mistake_is_named() -> None:
    wrong = backward(PARAMETERS) | {"dW2": backward(PARAMETERS)["dW2"] * X.shape[1]}
    findings = gradproof.diagnose(X, Y, PARAMETERS, wrong, **NETWORK)
    assert [(finding.tensor, finding.slug) for finding in findings] == [("dW2", "missing-mean")]
    result = gradproof.check_submission(X, Y, PARAMETERS, wrong, **NETWORK)
    assert result.worst["name"] == "dW2"
    with pytest.raises(AssertionError, match="missing-mean"):
        result.raise_if_refuted()


def test_examples_have_weights() -> None:
    weights = np.linspace(0.5, 2, X.shape[1])
    weighted = backward(PARAMETERS, lambda A2: weights * (A2 - Y))
    result = gradproof.check_submission(X, Y, PARAMETERS, weighted, sample_weight=weights, **NETWORK)
    assert result, str(result)
    plain = backward(PARAMETERS)
    findings = gradproof.diagnose(X, Y, PARAMETERS, plain, sample_weight=weights, **NETWORK)
    assert [finding.slug for finding in findings] == ["example-weights-left-out"]


def test_errors_speak_of_arguments() -> None:
    with pytest.raises(ValueError, match="hidden") as raised:
        gradproof.check_submission(X, Y, PARAMETERS, backward(PARAMETERS), output="sigmoid", loss="bce")
    assert "--" not in str(raised.value)
    with pytest.raises(ValueError, match="'W1'"):
        gradproof.check_submission(X, Y, PARAMETERS, PARAMETERS, **NETWORK)


def test_a_formula_stands_for_a_name() -> None:
    result = gradproof.check_submission(
        X, Y, PARAMETERS, backward(PARAMETERS), hidden="max(z, 0)", output="1 / (1 + e^(-z))",
        loss="-(y ln(a) + (1 - y) ln(1 - a))",
    )  # fmt: skip
    assert result, str(result)


def test_a_file_is_checked_as_the_program_does(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    np.savez("mine.npz", X=X, Y=Y, **PARAMETERS, **backward(PARAMETERS))
    assert gradproof.check_file("mine.npz", **NETWORK)
    with pytest.raises(ValueError, match="other.npz"):
        gradproof.check_file("other.npz", **NETWORK)
