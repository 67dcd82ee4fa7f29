# SPDX-License-Identifier: MIT
"""The check of any function's gradient, and of one step's backward function."""

import inspect
from typing import Any, Callable, Dict, List, Optional, Sequence, Union

import numpy as np

from gradproof import _core
from gradproof.cost import name_of, require_double
from gradproof.judging import generator, judge_gradient
from gradproof.named_mistakes import with_mistakes
from gradproof.named_arrays import NamedArrays, as_numbers
from gradproof.progress import Progress
from gradproof.result import CheckResult


def check(
    f: Callable[..., Any],
    x: Any,
    gradient: Any,
    *,
    entries: Union[str, int] = "all",
    seed: Optional[int] = None,
    vectorised: bool = False,
    progress: Union[bool, Progress, None] = None,
) -> CheckResult:
    """Compares `gradient` with differences of f at x, entry by entry.

    f: called as f(x) if x is an array, a float or a dict of arrays (the course's `parameters`), as f(*x) if x is a
        tuple or a list. Returns a number, or (number, anything else). It computes in float64, must not write to its
        arrays, and must return the same for the same arrays. Where it raises an ArithmeticError, a ValueError or a
        LinAlgError, or returns no finite number, it counts as undefined.
        If it returns an array, `gradient` is its Jacobian, of shape f(x).shape + x.shape for each array.
    x: the point. Arrays may have any shape and order; they are not changed. Integers and other things among them are
        constants, unless they are all of x.
    gradient: like x: an array for an array, a tuple for a tuple; for a dict, a dict with the same keys or with dW1 for
        W1 (what belongs to no array of x is passed over and listed). Or a function that returns it when called as f
        is. Or True: f returns (number, gradient). None in place of an array leaves it out. A float32 gradient is
        judged to four digits, as float32 carries, any other to six.
    entries: "all", or how many to draw at random, the same for the same `seed`; one seed is chosen, and printed, if
        you give none. At least one entry of each array is drawn.
    vectorised: f takes many points in one call: each array has one more axis in front, along which the points are, and
        so has what f returns. A block of entries then costs one call.
    progress: True for a bar (tqdm, where it is installed), False for none, a function of (done, total), or None: a bar
        if the output is a terminal and the check is long.

    A smooth function is called 10 times an entry, and 5 times more in all. Elsewhere (kinks, noise, other scales) about
    a hundred times an entry. Ctrl-C returns what is known by then.

    Raises ValueError or TypeError if shapes or keys do not fit, f is random or changes its arrays, or computes in
    float32.

    >>> W = np.array([[1.0, 2.0], [3.0, 4.0]])
    >>> print(check(lambda p: np.sum(p["W"] ** 3), {"W": W}, {"dW": 3 * W**2}).outcome)
    confirmed
    """
    name = name_of(f)
    is_spread = isinstance(x, (tuple, list))
    arrays = NamedArrays(x, _parameter_names(f))

    def call(values: Any) -> Any:
        return f(*values) if is_spread else f(values)

    if gradient is True:
        gradient = lambda *values: f(*values)[1]  # noqa: E731
    if callable(gradient):
        point = arrays.views(arrays.memory.copy())
        gradient = gradient(*point) if is_spread else gradient(point)
    return judge_gradient(call, name, arrays, gradient, entries, seed, vectorised, progress, must_be_whole=True)


def check_step(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    inputs: Any,
    *,
    d_output: Any = None,
    layer: Optional[str] = None,
    entries: Union[str, int] = "all",
    seed: Optional[int] = None,
    progress: Union[bool, Progress, None] = None,
) -> CheckResult:
    """Checks the backward function of one step by itself: conv_backward, lstm_cell_backward, batchnorm_backward.

    forward: called as forward(*inputs); returns (output, cache), or several outputs and then the cache. It computes in
        float64, does not write to its arrays, and is no random function.
    backward: called as backward(d_output, cache), with as many upstream derivatives in front as it takes; they belong
        to the first outputs of forward. Returns the derivatives in the floating-point arrays of `inputs`: in their
        order, or as a dict by names such as dW or dxt.
    inputs: a tuple of what forward takes: arrays, and dicts of arrays such as the course's `parameters`. Everything
        else (hparameters, labels, flags) is a constant.
    d_output: the upstream derivative, like the output, a tuple if there are several; drawn at random if you give none,
        since a constant one hides mistakes.
    layer: what the step is, such as "lstm_cell" or "conv2d(stride=2)": then the mistake in a refuted one is named, if
        the catalogue has it. The arrays are known by the names of forward's parameters and the keys of the dicts; so
        are numbers, as a stride. It has no part in the verdict.
    entries, seed, progress: as in check().

    The derivatives are compared with differences of sum(d_output * output) in each input.
    """
    if layer is not None:
        _core.layer_arrays(layer)  # raises ValueError if there is none of this name
    inputs = tuple(inputs) if isinstance(inputs, (tuple, list)) else (inputs,)
    arrays = NamedArrays(inputs, _parameter_names(forward), arrays_only=True)
    rng, seed = generator(seed)
    results = forward(*arrays.views(arrays.memory.copy()))
    if not isinstance(results, tuple) or len(results) < 2:
        raise TypeError(f"{name_of(forward)} returned {type(results).__name__}, but expected is (output, cache)")
    count = _upstream_count(backward, len(results) - 1, d_output)
    outputs = [as_numbers(value, f"output {n}") for n, value in enumerate(results[:count])]
    if d_output is None:
        upstream = tuple(rng.standard_normal(output.shape) for output in outputs)
    else:
        given = d_output if isinstance(d_output, tuple) else (d_output,)
        upstream = tuple(as_numbers(value, "d_output").astype(np.float64) for value in given)
        seed = seed if entries != "all" else None
    for d, output in zip(upstream, outputs):
        if d.shape != output.shape:
            raise ValueError(f"d_output has shape {d.shape}, but the output has {output.shape}")

    def number(values: Sequence[Any]) -> float:
        moved = [np.asarray(output) for output in forward(*values)[:count]]
        for output in moved:
            require_double(output, name_of(forward))
        return float(sum(np.vdot(d, output) for d, output in zip(upstream, moved)))

    derivatives = backward(*(d.copy() for d in upstream), results[-1])
    name = f"sum(d_output * {name_of(forward)})"
    result = judge_gradient(number, name, arrays, derivatives, entries, seed, False, progress, must_be_whole=False)
    if layer is None or result.outcome != "refuted":
        return result
    claims, _ = arrays.claims(derivatives, must_be_whole=False)
    return with_mistakes(
        result,
        layer,
        name_of(forward),
        inputs=_named_inputs(forward, arrays.views(arrays.memory.copy())),
        upstream=upstream,
        outputs=results[:-1],
        gradients={f"d{leaf.name}": claim for leaf, claim in claims.items()},
    )


def _parameter_names(f: Callable[..., Any]) -> List[str]:
    """Of the parameters that have to be given."""
    try:
        parameters = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):
        return []
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p.name for p in parameters if p.kind in kinds and p.default is p.empty]


def _named_inputs(forward: Callable[..., Any], values: Sequence[Any]) -> Dict[str, Any]:
    """By the names of the parameters; with the numbers that were left to their defaults."""
    try:
        bound = inspect.signature(forward).bind(*values)
    except (TypeError, ValueError):
        return {}
    bound.apply_defaults()
    return dict(bound.arguments)


def _upstream_count(backward: Callable[..., Any], outputs: int, d_output: Any) -> int:
    if d_output is not None:
        count = len(d_output) if isinstance(d_output, tuple) else 1
    else:
        count = max(len(_parameter_names(backward)) - 1, 1)
    if count > outputs:
        raise ValueError(f"{name_of(backward)} takes {count} upstream derivatives, but there are {outputs} outputs")
    return count
