# SPDX-License-Identifier: MIT
"""Somebody's function, called on views of one vector of numbers, and what is wrong with it as a function."""

from typing import Any, Callable, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from gradproof.named_arrays import NamedArrays

Numbers = NDArray[np.float64]

# Values at one point that differ by more are random; below, the sums of several threads may round differently.
LARGEST_DIFFERENCE_OF_CALLS = 2.0**-30


def first_of(result: Any) -> Any:
    """The cost of a function that returns (cost, cache)."""
    return result[0] if isinstance(result, tuple) else result


def is_outside(error: BaseException) -> bool:
    """Whether a function that raises this is undefined at the point, rather than wrong."""
    return isinstance(error, (ArithmeticError, ValueError, np.linalg.LinAlgError))


def require_double(value: Numbers, name: str) -> None:
    """Raises TypeError if `value`, returned by the function `name`, is not computed in double precision."""
    if value.dtype.kind not in "fiub":
        raise TypeError(f"{name} returned {value.dtype}, but expected is a real number or an array of them")
    if value.dtype.itemsize < 8 and value.dtype.kind == "f":
        raise TypeError(
            f"{name} returned {value.dtype}, of which differences keep few digits: let it compute in float64 "
            "(its arrays arrive as float64)"
        )


class Cost:
    """f at whatever numbers stand in `arrays.memory`.

    call: what is called with the arrays, as the user's function takes them.
    name: of the user's function, for errors.
    """

    def __init__(self, call: Callable[[Any], Any], name: str, arrays: NamedArrays, is_stacked: bool) -> None:
        self.call = call
        self.name = name
        self.arrays = arrays
        self.is_stacked = is_stacked
        self.calls = 0
        self.shape: Tuple[int, ...] = ()
        at_x = self._value(arrays.memory)
        self.shape = at_x.shape[1:] if is_stacked else at_x.shape
        self.at_x = at_x.reshape(-1)
        self.require_unchanged_inputs()
        self.require_same_value("a second call at the same point gave")

    def _value(self, memory: Numbers) -> Numbers:
        self.calls += 1
        stack = memory.reshape(1, -1) if self.is_stacked and memory.ndim == 1 else memory
        value = np.asarray(first_of(self.call(self.arrays.views(stack))))
        require_double(value, self.name)
        if self.is_stacked and value.shape[:1] != (len(stack),):
            raise ValueError(
                f"{self.name} returned shape {value.shape} for {len(stack)} points, but with vectorised=True "
                "expected is a first axis of that length"
            )
        return value.astype(np.float64, copy=False)

    def evaluate(self) -> Numbers:
        """f at the numbers in the memory, as a vector."""
        value = self._value(self.arrays.memory)
        shape = value.shape[1:] if self.is_stacked else value.shape
        if shape != self.shape:
            raise TypeError(f"{self.name} returned shape {self.shape} at one point and {shape} at another")
        return value.reshape(-1)

    def evaluate_stack(self, points: Numbers) -> Numbers:
        """f at each column of `points`, as columns."""
        return self._value(np.ascontiguousarray(points.T)).reshape(points.shape[1], -1).T

    def require_unchanged_inputs(self) -> None:
        """Raises ValueError if f writes to its arrays."""
        before = self.arrays.memory.copy()
        self._value(self.arrays.memory)
        changed = np.flatnonzero(before.view(np.int64) != self.arrays.memory.view(np.int64))
        self.arrays.memory[:] = before
        if changed.size > 0:
            raise self.changes_input(int(changed[0]))

    def changes_input(self, n: int) -> ValueError:
        leaf = self.arrays.leaf_of(n)
        return ValueError(
            f"{self.name} changes its input {leaf.name} (entry {list(leaf.index(n))}): let it work on a copy, "
            f"{leaf.name} = {leaf.name}.copy()"
        )

    def require_same_value(self, what: str) -> None:
        """Raises ValueError if f has another value at x than at first."""
        again = self.evaluate()
        with np.errstate(all="ignore"):
            difference = np.abs(again - self.at_x)
            size = np.maximum(np.abs(again), np.abs(self.at_x))
            is_other = difference > LARGEST_DIFFERENCE_OF_CALLS * size
        if is_other.any():
            n = int(np.argmax(is_other))
            raise ValueError(
                f"{self.name} is no function of its arrays: it returned {self.at_x[n]:.17g}, but {what} {again[n]:.17g}. "
                "Draw what is random (a dropout mask) before, or seed it inside"
            )


def name_of(f: Callable[..., Any]) -> str:
    """What to call somebody's function."""
    name: Optional[str] = getattr(f, "__name__", None)
    return name if name and name.isidentifier() else "f"
