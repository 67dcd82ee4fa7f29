# SPDX-License-Identifier: MIT
"""What is wrong with a function or with what is handed in, is said in a sentence that names it."""

import gradproof
import numpy as np
import pytest

x = np.array([1.0, 2.0])


def test_a_function_that_writes_to_its_arrays_is_found_out() -> None:
    def centred(parameters):
        parameters["W"] -= parameters["W"].mean()
        return np.sum(parameters["W"] ** 2)

    W = x.copy()
    with pytest.raises(ValueError, match="centred changes its input W"):
        gradproof.check(centred, {"W": W}, {"dW": 2 * x})
    assert (W == x).all()


def test_a_function_that_writes_only_far_away_is_found_out() -> None:
    def clips(v):
        if v[0] > 1.001:
            v[1] = 0
        return np.sum(v**2)

    with pytest.raises(ValueError, match="clips changes its input v"):
        gradproof.check(clips, x, 2 * x)


def test_a_random_function_is_found_out() -> None:
    rng = np.random.default_rng(0)

    def dropout(x):
        return np.sum(x**2 * (rng.random(2) < 0.5))

    with pytest.raises(ValueError, match="dropout is no function of its arrays"):
        for _ in range(5):  # two equal draws in a row look like no draw
            gradproof.check(dropout, x, 2 * x)


def test_a_function_that_remembers_is_found_out() -> None:
    calls = []

    def momentum(x):
        calls.append(0)
        return np.sum(x**2) + (len(calls) > 10)

    with pytest.raises(ValueError, match="after the check"):
        gradproof.check(momentum, x, 2 * x)


def test_a_function_that_computes_in_float32_is_refused() -> None:
    with pytest.raises(TypeError, match="returned float32.*float64"):
        gradproof.check(lambda x: np.sum(x.astype(np.float32) ** 2), x, 2 * x)


def test_mistakes_of_the_function_itself_reach_their_owner() -> None:
    def misspelt(x):
        return np.sum(x**2) if x[0] <= 1 else undefined_name  # noqa: F821

    with pytest.raises(NameError, match="undefined_name"):
        gradproof.check(misspelt, x, 2 * x)


def test_a_function_undefined_beside_the_point_is_undecided() -> None:
    def cost(x):
        if x[0] > 1:
            raise ValueError("out of range")
        return np.sum(x**2)

    assert gradproof.check(cost, x, 2 * x).outcome == "undecided"


@pytest.mark.parametrize(
    ("gradient", "message"),
    [
        (np.zeros(3), r"the gradient in v has shape \(3,\), but expected is \(2,\)"),
        (np.array([1 + 1j, 2]), "dv holds complex128"),
        ("wrong", "dv holds <U5"),
    ],
)
def test_gradients_that_do_not_fit_are_named(gradient, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        gradproof.check(lambda v: np.sum(v**2), x, gradient)


def test_missing_keys_are_named_with_what_is_there() -> None:
    with pytest.raises(ValueError, match="no gradient for b: expected keys like db; there is dB"):
        gradproof.check(lambda p: np.sum(p["W"]) + np.sum(p["b"]), {"W": x, "b": x}, {"dW": x, "dB": x})


def test_points_that_are_not_finite_are_named() -> None:
    with pytest.raises(ValueError, match=r"W\[0, 1\] is nan"):
        gradproof.check(lambda p: np.sum(p["W"]), {"W": np.array([[1.0, np.nan]])}, {"W": np.ones((1, 2))})


def test_gradients_that_are_not_finite_are_refuted() -> None:
    result = gradproof.check(lambda x: np.sum(x**2), x, np.array([np.nan, 4.0]))
    assert result.outcome == "refuted"
    assert result.tensors[0].refuted == 1


def test_another_shape_at_another_point_is_named() -> None:
    with pytest.raises(TypeError, match=r"shape \(\) at one point and \(2,\)"):
        gradproof.check(lambda x: np.sum(x) if x[0] <= 1 else x, x, np.ones(2))
