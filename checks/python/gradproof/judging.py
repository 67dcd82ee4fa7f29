# SPDX-License-Identifier: MIT
"""From a cost and a gradient, as named arrays, to the verdicts."""

import time
from typing import Any, Callable, Dict, List, Optional, Tuple, Union

import numpy as np
from numpy.typing import NDArray

from gradproof import _core
from gradproof.cost import Cost, is_outside
from gradproof.named_arrays import GRADIENT_NAMES, Leaf, NamedArrays, as_numbers
from gradproof.progress import Bar, Progress, progress_for
from gradproof.result import CheckResult, Entry, Finding, TensorResult

#: A derivative from differences needs so many calls of a smooth function.
CALLS_AN_ENTRY = 10
#: Digits of its own size to which an entry has to agree: of double precision, and of float32, which has seven.
REQUIRED_DIGITS = 6
REQUIRED_DIGITS_OF_FLOAT32 = 4
#: A right sum in float32 may be off by a few last places of the largest entry beside it.
ROUNDINGS_OF_FLOAT32 = 16
MOST_WORST = 10

Numbers = NDArray[np.float64]


def generator(seed: Optional[int]) -> Tuple[np.random.Generator, int]:
    """A source of random numbers, and its seed, which is drawn if none is given."""
    seed = int(np.random.SeedSequence().generate_state(1)[0]) if seed is None else seed
    return np.random.default_rng(seed), seed


def judge_gradient(
    call: Callable[[Any], Any],
    name: str,
    arrays: NamedArrays,
    gradient: Any,
    entries: Union[str, int],
    seed: Optional[int],
    vectorised: bool,
    progress: Union[bool, Progress, None],
    must_be_whole: bool,
) -> CheckResult:
    if arrays.memory.size == 0:
        raise ValueError("x holds no numbers that could be moved: expected floating-point arrays")
    start = time.perf_counter()
    cost = Cost(call, name, arrays, vectorised)
    seconds_a_call = (time.perf_counter() - start) / cost.calls
    claims, unknown = arrays.claims(gradient, must_be_whole)
    remarks = [f"not checked: {', '.join(unknown)} (no such array in x)"] if unknown else []
    left_out = [leaf.name for leaf in arrays.leaves if leaf not in claims]
    if left_out:
        remarks.append(f"not checked: the derivatives in {', '.join(left_out)} (no gradient given)")
    claimed, rounding, is_single = _claimed_matrix(arrays, claims, cost)
    if is_single:
        remarks.append(f"float32: judged to {REQUIRED_DIGITS_OF_FLOAT32} digits")
    inputs, drawn_with = _inputs(arrays, claims, entries, seed)
    seconds = len(inputs) * CALLS_AN_ENTRY * seconds_a_call
    show = progress_for(progress, seconds, len(inputs), len(inputs) * CALLS_AN_ENTRY, name)
    x = arrays.memory.copy()
    with np.errstate(all="ignore"):
        verdicts = _core.judge(
            cost.evaluate,
            is_outside,
            arrays.memory,
            claimed,
            inputs,
            rounding,
            REQUIRED_DIGITS_OF_FLOAT32 if is_single else REQUIRED_DIGITS,
            cost.evaluate_stack if vectorised else None,
            show,
        )
    if isinstance(show, Bar):
        show.close()
    arrays.memory[:] = x
    if verdicts.changed >= 0:
        raise cost.changes_input(verdicts.changed)
    interrupted = False
    try:
        verdicts.raise_error()
    except KeyboardInterrupt:
        interrupted = True
        remarks.append("stopped by Ctrl-C before all was checked")
    if not interrupted:
        cost.require_same_value("after the check")
    tensors, findings = _tensors(verdicts, claims, inputs, cost)
    outcomes = {tensor.outcome for tensor in tensors}
    outcome = next((o for o in ("refuted", "undecided") if o in outcomes), "confirmed")
    total = sum(leaf.size for leaf in claims) * cost.at_x.size
    if len(inputs) * cost.at_x.size < total:
        remarks.append(f"{len(inputs) * cost.at_x.size} of {total} entries, drawn at random")
    return CheckResult(
        outcome=outcome,
        tensors=tensors,
        findings=findings,
        remarks=remarks,
        function=name,
        calls=cost.calls,
        entries=total,
        seed=seed if seed is not None else drawn_with,
        interrupted=interrupted,
    )


def _claimed_matrix(arrays: NamedArrays, claims: Dict[Leaf, Any], cost: Cost) -> Tuple[Numbers, Numbers, bool]:
    """The Jacobian as claimed, outputs by inputs; how far a right one may be rounded; whether any of it is float32."""
    outputs = cost.at_x.size
    claimed = np.zeros((outputs, arrays.memory.size))
    rounding = np.zeros(arrays.memory.size)
    is_single = False
    for leaf, claim in claims.items():
        array = as_numbers(claim, GRADIENT_NAMES[0].format(leaf.name))
        expected = cost.shape + leaf.shape
        is_gradient = outputs == 1 and array.size == leaf.size
        if array.shape != expected and not (is_gradient and (array.shape == leaf.shape or leaf.is_number)):
            what = (
                f"{cost.name} returned shape {cost.shape}, so expected is {expected}"
                if outputs != 1
                else f"expected is {leaf.shape}"
            )
            raise ValueError(f"the gradient in {leaf.name} has shape {array.shape}, but {what}")
        order = leaf.order if is_gradient else "C"
        rows = array.astype(np.float64).reshape((outputs, leaf.size), order=order)
        if not is_gradient and leaf.order == "F":
            rows = array.astype(np.float64).reshape(outputs, *leaf.shape)
            rows = np.stack([row.reshape(-1, order="F") for row in rows])
        claimed[:, leaf.begin : leaf.end] = rows
        if array.dtype.kind == "f" and array.dtype.itemsize < 8:
            is_single = True
            largest = np.abs(rows[np.isfinite(rows)]).max(initial=0.0)
            rounding[leaf.begin : leaf.end] = ROUNDINGS_OF_FLOAT32 * 2.0**-24 * largest
    return claimed, rounding, is_single


def _inputs(
    arrays: NamedArrays, claims: Dict[Leaf, Any], entries: Union[str, int], seed: Optional[int]
) -> Tuple[List[int], Optional[int]]:
    """The entries to check, and the seed with which they were drawn."""
    if not isinstance(entries, int) and entries != "all":
        raise ValueError(f"entries is {entries!r}: expected 'all' or a number")
    leaves = [leaf for leaf in arrays.leaves if leaf in claims and leaf.size > 0]
    everything = [n for leaf in leaves for n in range(leaf.begin, leaf.end)]
    if entries == "all" or int(entries) >= len(everything):
        return everything, None
    if int(entries) < 1:
        raise ValueError(f"entries is {entries}: expected at least 1")
    rng, seed = generator(seed)
    drawn = [int(rng.integers(leaf.begin, leaf.end)) for leaf in leaves]
    others = rng.permutation(np.setdiff1d(everything, drawn))
    return sorted(drawn + [int(n) for n in others[: max(int(entries) - len(drawn), 0)]]), seed


def _tensors(
    verdicts: "_core.Verdicts", claims: Dict[Leaf, Any], inputs: List[int], cost: Cost
) -> Tuple[List[TensorResult], List[Finding]]:
    outputs = cost.at_x.size
    shape = (len(inputs), outputs)
    outcomes = np.array(verdicts.outcomes(), dtype=object).reshape(shape)
    columns = {
        "claimed": verdicts.claimed(),
        "numerical": verdicts.numerical(),
        "error_bar": verdicts.error_bars(),
        "lower": verdicts.lower(),
        "upper": verdicts.upper(),
        "digits": verdicts.digits(),
    }
    columns = {key: column.reshape(shape) for key, column in columns.items()}
    at = np.asarray(inputs)
    tensors, findings = [], []
    for leaf in claims:
        is_of_leaf = (at >= leaf.begin) & (at < leaf.end)
        rows = np.flatnonzero(is_of_leaf)
        name = GRADIENT_NAMES[0].format(leaf.name)
        output_shape = cost.shape if outputs > 1 else ()
        own = outcomes[rows]
        digits = np.full((outputs, leaf.size), np.nan)
        digits[:, at[rows] - leaf.begin] = columns["digits"][rows].T
        full_shape = output_shape + leaf.shape
        counts = {o: int((own == o).sum()) for o in ("confirmed", "refuted", "undecided")}
        outcome = next((o for o in ("refuted", "undecided") if counts[o]), "confirmed")
        order = np.select([own == "refuted", own == "undecided"], [0, 1], 2)
        ranking = np.lexsort((columns["digits"][rows].reshape(-1), order.reshape(-1)))
        worst = []
        for n in ranking[:MOST_WORST]:
            row, output = rows[n // outputs], n % outputs
            numbers = {key: float(column[row, output]) for key, column in columns.items()}
            index = (
                tuple(int(i) for i in np.unravel_index(output, output_shape)) if output_shape else ()
            ) + leaf.index(int(at[row]))
            explanation = verdicts.explanation(int(row * outputs + output))
            worst.append(
                Entry(tensor=name, index=index, outcome=own.reshape(-1)[n], explanation=explanation, **numbers)
            )
        tensors.append(
            TensorResult(
                name=name,
                shape=full_shape,
                outcome=outcome,
                confirmed=counts["confirmed"],
                refuted=counts["refuted"],
                undecided=counts["undecided"],
                at_kinks=int((columns["lower"][rows] != columns["upper"][rows]).sum()),
                digits=_as_leaf(digits, leaf, outputs).reshape(full_shape) if full_shape else digits.reshape(()),
                worst=worst,
            )
        )
        if outcome == "refuted" and len(rows) == leaf.size and (columns["lower"][rows] == columns["upper"][rows]).all():
            # What is seen in a matrix: the first axis against the others.
            matrices = [
                _as_leaf(columns[key][rows].T, leaf, outputs).reshape(full_shape[0] if full_shape else 1, -1)
                for key in ("claimed", "numerical", "error_bar")
            ]
            if np.isfinite(matrices[1]).all() and np.isfinite(matrices[2]).all():
                findings.append(Finding(tensor=name, text=_core.pattern(*matrices)))
    return tensors, _in_common(findings)


def _as_leaf(rows: Numbers, leaf: Leaf, outputs: int) -> Numbers:
    """Numbers in the order of the vector, outputs by inputs, in the order of the arrays."""
    return np.stack([row.reshape(leaf.shape, order=leaf.order) for row in rows])


def _in_common(findings: List[Finding]) -> List[Finding]:
    """One finding for what is the same in all arrays."""
    if len(findings) > 1 and len({finding.text for finding in findings}) == 1:
        return [Finding(tensor="all wrong arrays", text=findings[0].text)]
    return findings
