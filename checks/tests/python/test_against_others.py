# SPDX-License-Identifier: MIT
"""False alarms and misses of this check, of scipy.optimize.check_grad and of torch.autograd.gradcheck, on the same
functions: the right gradient, and gradients that are off by 1e-2 to 1e-6 of one entry.

A false alarm is a right gradient that is not passed, a miss a wrong one that is. check_grad returns a distance and
leaves the judgement to its caller; here it passes below 1e-6 of the gradient's own length, which is above what its
forward differences are off. gradcheck is called as its documentation does."""

import pathlib
import warnings
from typing import Any, Callable, Dict, Iterator, Tuple

import gradproof
import numpy as np
from functions import Case, all_cases
from scipy.optimize import check_grad

ERRORS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
Passes = Callable[[Case, np.ndarray], bool]


def passes_here(case: Case, gradient: np.ndarray) -> bool:
    return bool(gradproof.check(case.f, case.x, gradient))


def passes_scipy(case: Case, gradient: np.ndarray) -> bool:
    return bool(check_grad(case.f, lambda x: gradient, case.x) <= 1e-6 * np.linalg.norm(gradient))


def passes_torch(case: Case, gradient: np.ndarray) -> bool:
    import torch

    class Checked(torch.autograd.Function):
        @staticmethod
        def forward(context: Any, x: Any) -> Any:
            return torch.tensor(float(case.f(x.detach().numpy())), dtype=torch.float64)

        @staticmethod
        def backward(context: Any, upstream: Any) -> Any:
            return upstream * torch.from_numpy(gradient)

    x = torch.tensor(case.x, dtype=torch.float64, requires_grad=True)
    return bool(torch.autograd.gradcheck(Checked.apply, (x,), raise_exception=False))


def wrong_gradients(case: Case) -> Iterator[np.ndarray]:
    right = np.asarray(case.gradient(case.x), dtype=float)
    for n in np.flatnonzero(right):
        for error in ERRORS:
            wrong = right.copy()
            wrong[n] *= 1 + error
            yield wrong


def counts(passes: Passes) -> Tuple[int, int, int, int]:
    """Right gradients, false alarms, wrong gradients, misses."""
    cases = all_cases()
    alarms = sum(not passes(case, np.asarray(case.gradient(case.x), dtype=float)) for case in cases)
    missed = [passes(case, wrong) for case in cases for wrong in wrong_gradients(case)]
    return len(cases), alarms, len(missed), sum(missed)


def all_counts() -> Dict[str, Tuple[int, int, int, int]]:
    table = {"`gradproof.check`": counts(passes_here), "`scipy.optimize.check_grad`": counts(passes_scipy)}
    try:
        import torch  # noqa: F401
    except ImportError:
        return table
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table["`torch.autograd.gradcheck`"] = counts(passes_torch)
    return table


def test_no_false_alarm_and_no_miss_and_the_readme_says_what_others_do() -> None:
    readme = (pathlib.Path(__file__).parents[2] / "python" / "README.md").read_text()
    table = all_counts()
    for name, (right, alarms, wrong, misses) in table.items():
        row = f"| {name} | {alarms} of {right} | {misses} of {wrong} |"
        print(row)
        assert row in readme, f"checks/python/README.md should say: {row}"
    assert table["`gradproof.check`"][1::2] == (0, 0)


def test_the_comparison_can_fail() -> None:
    case = all_cases()[0]
    assert not passes_here(case, 2 * case.gradient(case.x))
    assert not passes_scipy(case, 2 * case.gradient(case.x))
