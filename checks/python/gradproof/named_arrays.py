# SPDX-License-Identifier: MIT
"""Nested tuples, lists and dicts of arrays as one vector of numbers, of which every array is a view."""

from typing import Any, Dict, List, Literal, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]

# What people call the gradient in an array called {0}.
GRADIENT_NAMES = ("d{0}", "{0}", "d_{0}", "grad_{0}", "{0}_grad", "{0}.grad")


class Leaf:
    """One array: its name, its shape and order, and where its numbers stand in the vector."""

    def __init__(self, name: str, value: Numbers, begin: int, is_number: bool) -> None:
        self.name = name
        self.shape = value.shape
        self.order: Literal["C", "F"] = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
        self.begin = begin
        self.end = begin + value.size
        self.is_single = value.dtype == np.float32
        self.is_number = is_number  # a plain float, not an array

    @property
    def size(self) -> int:
        return self.end - self.begin

    def view(self, memory: Numbers) -> Any:
        """The array as a view of `memory`; a plain float where it was one. Of a stack of points, one in each row of
        `memory`, all of them along a first axis."""
        part = memory[..., self.begin : self.end]
        if memory.ndim == 1:
            return float(part[0]) if self.is_number else part.reshape(self.shape, order=self.order)
        if self.order == "F":
            return part.reshape(len(memory), *self.shape[::-1]).transpose(0, *range(len(self.shape), 0, -1))
        return part.reshape(len(memory), *self.shape)

    def index(self, n: int) -> Tuple[int, ...]:
        """Where number n of the vector stands in the array."""
        return tuple(int(i) for i in np.unravel_index(n - self.begin, self.shape, order=self.order))


def as_numbers(value: Any, name: str) -> Numbers:
    """`value` as an array of real numbers. Raises TypeError, naming it, if it is none."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} holds {array.dtype}, but expected are real numbers (float64 or float32)")
    return array


def is_variable(value: Any, arrays_only: bool) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind == "f" or (not arrays_only and value.dtype.kind in "iu")
    if isinstance(value, (float, np.floating)):
        return not arrays_only
    return hasattr(value, "__array__") and is_variable(np.asarray(value), arrays_only)


class NamedArrays:
    """The arrays in `values`, and `memory`, a copy of all their numbers.

    values: an array, or tuples, lists and dicts of them, nested as they like. What is no floating-point array stays as
    it is, a constant; with `arrays_only` so do plain floats and arrays of whole numbers.
    names: those of the values if they are a tuple or a list, else of the one value.
    """

    def __init__(self, values: Any, names: Sequence[str], arrays_only: bool = False) -> None:
        self.leaves: List[Leaf] = []
        self._values = values
        self._arrays_only = arrays_only
        numbers: List[Numbers] = []
        self._tree = self._read(values, list(names) or ["x"], None, numbers)
        self.memory = np.concatenate(numbers) if numbers else np.zeros(0)

    def _read(self, value: Any, names: Sequence[str], name: Optional[str], numbers: List[Numbers]) -> Any:
        if isinstance(value, dict):
            return {key: self._read(item, (), str(key), numbers) for key, item in value.items()}
        if isinstance(value, (tuple, list)):
            parts = [
                self._read(item, (), names[n] if n < len(names) else f"{name or names[-1]}[{n}]", numbers)
                for n, item in enumerate(value)
            ]
            return tuple(parts) if isinstance(value, tuple) else parts
        own_name = name if name is not None else names[0]
        is_alone = name is None and isinstance(value, (int, float, np.integer)) and not isinstance(value, bool)
        if not is_alone and not is_variable(value, self._arrays_only):
            return Constant(value)
        array = as_numbers(value, own_name)
        leaf = Leaf(own_name, array, sum(part.size for part in numbers), not hasattr(value, "__array__"))
        flat = array.astype(np.float64).reshape(-1, order=leaf.order)
        if not np.isfinite(flat).all():
            at = leaf.index(leaf.begin + int(np.argmin(np.isfinite(flat))))
            raise ValueError(f"{own_name}{list(at)} is {array[at]}: derivatives are asked for at finite numbers")
        numbers.append(flat)
        self.leaves.append(leaf)
        return leaf

    def views(self, memory: Numbers) -> Any:
        """The values as they were given, with views of `memory` for the arrays."""

        def part(node: Any) -> Any:
            if isinstance(node, Leaf):
                return node.view(memory)
            if isinstance(node, Constant):
                return node.value
            if isinstance(node, dict):
                return {key: part(item) for key, item in node.items()}
            return type(node)(part(item) for item in node)

        return part(self._tree)

    def leaf_of(self, n: int) -> Leaf:
        return next(leaf for leaf in self.leaves if n < leaf.end)

    def claims(self, claims: Any, must_be_whole: bool = True) -> Tuple[Dict[Leaf, Any], List[str]]:
        """The gradient that `claims` has for each array, and the names in it that belong to none.

        claims: nested like the values, or a flat tuple in their order, or a dict by names such as dW1 or W1. None
        leaves an array out. Raises ValueError naming what is missing, unless not `must_be_whole`.
        """
        found: Dict[Leaf, Any] = {}
        unknown: List[str] = []
        names = ", ".join(leaf.name for leaf in self.leaves)
        if isinstance(claims, (tuple, list)) and not isinstance(self._tree, Leaf):
            nodes = [node for node in self._nodes() if not isinstance(node, Constant)]
            if len(claims) != len(nodes):
                nodes = list(self.leaves)
            if len(claims) != len(nodes):
                raise ValueError(f"there are {len(claims)} gradients, but {len(nodes)} arrays: {names}")
            for node, claim in zip(nodes, claims):
                self._match(node, claim, found, unknown)
        elif len(self.leaves) == 1 and not isinstance(claims, dict):
            found[self.leaves[0]] = claims
        else:
            self._match(self._tree, claims, found, unknown)
        missing = [leaf.name for leaf in self.leaves if leaf not in found]
        if missing and (must_be_whole or not found):
            known = f"; there is {', '.join(unknown)}" if unknown else ""
            raise ValueError(
                f"no gradient for {', '.join(missing)}: expected keys like {GRADIENT_NAMES[0].format(missing[0])}{known}"
            )
        return {leaf: claim for leaf, claim in found.items() if claim is not None}, unknown

    def _nodes(self) -> List[Any]:
        return list(self._tree.values()) if isinstance(self._tree, dict) else list(self._tree)

    def _match(self, node: Any, claims: Any, found: Dict[Leaf, Any], unknown: List[str]) -> None:
        if isinstance(claims, dict):
            left = dict(claims)
            for leaf in self._leaves_below(node):
                for pattern in GRADIENT_NAMES:
                    if pattern.format(leaf.name) in left:
                        found[leaf] = left.pop(pattern.format(leaf.name))
                        break
            unknown.extend(str(key) for key in left)
        elif isinstance(node, Leaf):
            found[node] = claims
        elif isinstance(node, (tuple, list, dict)) and isinstance(claims, (tuple, list)):
            parts = list(node.values()) if isinstance(node, dict) else list(node)
            parts = [part for part in parts if not isinstance(part, Constant)]
            if len(parts) != len(claims):
                raise ValueError(f"there are {len(claims)} gradients for {len(parts)} arrays")
            for part, claim in zip(parts, claims):
                self._match(part, claim, found, unknown)
        elif claims is not None:
            raise TypeError(f"the gradient is {type(claims).__name__}, but the arrays are a {type(node).__name__}")

    def _leaves_below(self, node: Any) -> List[Leaf]:
        if isinstance(node, Leaf):
            return [node]
        if isinstance(node, Constant):
            return []
        parts = node.values() if isinstance(node, dict) else node
        return [leaf for part in parts for leaf in self._leaves_below(part)]


class Constant:
    """A value that no derivative is asked for in."""

    def __init__(self, value: Any) -> None:
        self.value = value
