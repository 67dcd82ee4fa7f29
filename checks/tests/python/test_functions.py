# SPDX-License-Identifier: MIT
"""Gradients of functions: right ones are confirmed, and a mistake in one entry is refuted."""

import gradproof
import numpy as np
import pytest
from functions import Case, all_cases

CASES = all_cases()
IDS = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_right_gradient_is_confirmed(case: Case) -> None:
    result = gradproof.check(case.f, case.x, case.gradient)
    assert result, str(result)
    assert result.entries == case.x.size


@pytest.mark.parametrize("error", [1e-2, 1e-3, 1e-4, 1e-5, 1e-6])
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_relative_error_in_one_entry_is_refuted(case: Case, error: float) -> None:
    for n in range(case.x.size):
        wrong = np.array(case.gradient(case.x), dtype=float)
        if wrong[n] == 0:
            continue
        wrong[n] *= 1 + error
        result = gradproof.check(case.f, case.x, wrong)
        assert result.outcome == "refuted", f"entry {n}: {result}"
        assert result.worst.index == (n,)
        assert result.tensors[0].refuted == 1


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_smooth_function_costs_ten_calls_an_entry_and_fifty_more(case: Case) -> None:
    calls = 0

    def counted(x):
        nonlocal calls
        calls += 1
        return case.f(x)

    result = gradproof.check(counted, case.x, case.gradient(case.x))
    assert calls == result.calls
    if case.name != "sum of squares + 1e6":  # rounding makes it take longer steps too
        assert calls <= 10 * case.x.size + 50


def test_arrays_come_as_one_as_a_tuple_or_as_a_dict_of_the_course() -> None:
    rng = np.random.default_rng(0)
    W, b = rng.standard_normal((2, 3)), rng.standard_normal((2, 1))

    def cost(W, b):
        return np.sum(np.tanh(W.sum(axis=1, keepdims=True) + b))

    slope = 1 - np.tanh(W.sum(axis=1, keepdims=True) + b) ** 2
    dW, db = np.tile(slope, (1, 3)), slope
    assert gradproof.check(cost, (W, b), (dW, db))
    result = gradproof.check(lambda p: cost(p["W"], p["b"]), {"W": W, "b": b}, {"dW": dW, "db": db, "dZ": slope})
    assert result
    assert [tensor.name for tensor in result.tensors] == ["dW", "db"]
    assert "not checked: dZ" in str(result)
    assert gradproof.check(lambda p: (cost(p["W"], p["b"]), "cache"), {"W": W, "b": b}, {"W": dW, "b": db})
    assert gradproof.check(lambda W: (np.sum(W**2), 2 * W), W, True)
    assert gradproof.check(lambda x: x**2, 3.0, 6.0)
    assert gradproof.check(lambda x: np.sum(x**2), np.array(3.0), np.array(6.0))
    assert gradproof.check(lambda x: np.sum(x**2, keepdims=True), np.array([[3.0]]), np.array([[6.0]]))


@pytest.mark.parametrize("order", ["C", "F"])
def test_entries_are_named_by_their_place_in_any_memory_order(order: str) -> None:
    x = np.array(np.arange(1.0, 25.0).reshape(2, 3, 4), order=order)
    weights = np.linspace(1, 2, 24).reshape(2, 3, 4)
    wrong = 2 * weights * x
    wrong[1, 0, 2] *= 1.001
    result = gradproof.check(lambda x: np.sum(weights * x**2), x, wrong)
    assert result.worst.index == (1, 0, 2)
    assert result.worst.claimed == wrong[1, 0, 2]
    assert result.tensors[0].digits.shape == x.shape
    assert result.tensors[0].digits.argmin() == np.ravel_multi_index((1, 0, 2), x.shape)
    strided = np.arange(1.0, 49.0).reshape(2, 3, 8)[:, :, ::2]
    assert gradproof.check(lambda x: np.sum(weights * x**2), strided, 2 * weights * strided)


def test_a_jacobian_has_the_outputs_in_front() -> None:
    A = np.arange(6.0).reshape(2, 3)
    x = np.array([0.3, 0.7, 1.1])
    assert gradproof.check(lambda x: np.sin(A @ x), x, np.cos(A @ x)[:, None] * A)
    wrong = np.cos(A @ x)[:, None] * A
    wrong[1, 0] += 0.01
    result = gradproof.check(lambda x: np.sin(A @ x), x, wrong)
    assert result.outcome == "refuted"
    assert result.worst.index == (1, 0)
    B = np.asfortranarray(np.arange(1.0, 5.0).reshape(2, 2))
    jacobian = np.zeros((2, 2, 2, 2))
    for i in range(2):
        for j in range(2):
            jacobian[i, j, i, j] = 2 * B[i, j]
    assert gradproof.check(lambda B: B**2, B, jacobian)


def test_an_update_instead_of_a_gradient_is_described_by_its_factor() -> None:
    x = np.array([1.0, 2.0, 3.0])
    result = gradproof.check(lambda x: np.sum(x**3), x, -0.1 * 3 * x**2)
    assert [finding.text for finding in result.findings] == ["every entry is -0.1 times the right one"]
    W = np.arange(1.0, 5.0).reshape(2, 2)
    result = gradproof.check(lambda W: np.sum(W**2), W, (2 * W).T)
    assert "transposed" in result.findings[0].text
    both = gradproof.check(lambda a, b: np.sum(a**2) + np.sum(b**2), (x, W), (4 * x, 4 * W))
    assert [str(finding) for finding in both.findings] == ["all wrong arrays: every entry is 2 times the right one"]


def test_at_a_kink_every_subgradient_is_confirmed_and_nothing_else() -> None:
    x = np.array([0.0, 1.0])
    f = lambda x: np.sum(np.maximum(x, 0))  # noqa: E731
    for slope in (0.0, 0.5, 1.0):
        assert gradproof.check(f, x, np.array([slope, 1.0]))
    assert gradproof.check(f, x, np.array([1.1, 1.0])).outcome == "refuted"
    assert gradproof.check(f, x, np.array([-0.1, 1.0])).outcome == "refuted"
    result = gradproof.check(f, x, np.array([0.5, 1.0]))
    assert result.tensors[0].at_kinks == 1


def test_noise_that_hides_the_digits_is_undecided_and_never_green() -> None:
    def noisy(x):
        return np.sum(x**2) + 1e-3 * np.sin(1e20 * x[0])

    result = gradproof.check(noisy, np.array([1.0, 2.0]), np.array([2.0, 4.0]))
    assert result.outcome == "undecided"
    assert not result
    assert result.tensors[0].confirmed == 1


def test_float32_gradients_are_judged_as_far_as_float32_carries() -> None:
    rng = np.random.default_rng(5)
    x = rng.standard_normal(50).astype(np.float32)
    right = (2 * x).astype(np.float32)
    result = gradproof.check(lambda x: np.sum(x**2), x, right)
    assert result, str(result)
    assert "float32" in str(result)
    wrong = right.copy()
    wrong[7] *= np.float32(1.001)
    assert gradproof.check(lambda x: np.sum(x**2), x, wrong).outcome == "refuted"


def test_a_vectorised_function_is_called_once_for_many_entries() -> None:
    W = np.asfortranarray(np.arange(1.0, 13.0).reshape(3, 4))
    c = np.arange(1.0, 13.0).reshape(3, 4)

    def f(W, b):
        return np.sum(c * np.exp(W / 10), axis=(1, 2)) + np.sum(b**2, axis=1)

    b = np.array([0.5, -2.0])
    gradient = (c * np.exp(W / 10) / 10, 2 * b)
    result = gradproof.check(f, (W, b), gradient, vectorised=True)
    assert result, str(result)
    assert result.calls <= 12
    wrong = gradient[0].copy()
    wrong[2, 1] *= 1.0001
    refuted = gradproof.check(f, (W, b), (wrong, gradient[1]), vectorised=True)
    assert refuted.outcome == "refuted"
    assert refuted.worst.index == (2, 1)


def test_some_entries_are_drawn_with_a_seed_that_is_printed() -> None:
    x = np.linspace(1, 2, 200)
    result = gradproof.check(lambda x: np.sum(x**2), x, 2 * x, entries=15)
    assert result
    assert np.isfinite(result.tensors[0].digits).sum() == 15
    assert f"seed={result.seed}" in str(result)
    again = gradproof.check(lambda x: np.sum(x**2), x, 2 * x, entries=15, seed=result.seed)
    assert (np.isnan(again.tensors[0].digits) == np.isnan(result.tensors[0].digits)).all()
    two = gradproof.check(lambda a, b: np.sum(a**2) + np.sum(b), (x, np.ones(1)), (2 * x, np.ones(1)), entries=2)
    assert [tensor.confirmed for tensor in two.tensors] == [1, 1]


def test_ctrl_c_returns_what_is_known() -> None:
    x = np.linspace(1, 2, 20)
    calls = 0

    def f(x):
        nonlocal calls
        calls += 1
        if calls == 60:
            raise KeyboardInterrupt
        return np.sum(x**2)

    result = gradproof.check(f, x, 2 * x)
    assert result.interrupted
    assert result.outcome == "undecided"
    assert 3 <= result.tensors[0].confirmed <= 6
    assert result.tensors[0].confirmed + result.tensors[0].undecided == 20


def test_the_result_prints_a_table_and_makes_one_for_notebooks() -> None:
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    wrong = 2 * x
    wrong[1, 0] = 7
    result = gradproof.check(lambda x: np.sum(x**2), x, wrong)
    text = str(result)
    assert text.startswith("refuted: 1 of 4 entries")
    assert "dx[1, 0] is 7, differences give 6 +-" in text
    page = result._repr_html_()
    assert page.count("<rect") == 4
    assert "refuted" in page
    with pytest.raises(AssertionError, match=r"dx\[1, 0\] is 7"):
        result.raise_if_refuted()
    gradproof.check(lambda x: np.sum(x**2), x, 2 * x).raise_if_refuted()
