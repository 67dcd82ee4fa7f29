# SPDX-License-Identifier: MIT
"""The mistakes of the catalogue, by name, for a step that was refuted by differences of somebody's own forward."""

from dataclasses import replace
from typing import Any, Dict, Mapping, Sequence

import numpy as np

from gradproof import _core
from gradproof.layers import check_arrays, flat_arrays
from gradproof.result import CheckResult


def with_mistakes(
    result: CheckResult,
    layer: str,
    forward: str,
    *,
    inputs: Mapping[str, Any],
    upstream: Sequence[Any],
    outputs: Sequence[Any],
    gradients: Mapping[str, Any],
) -> CheckResult:
    """`result` with the findings of check_layer(); or with a remark that says why there are none."""
    _, names = _core.layer_arrays(layer)
    arrays: Dict[str, Any] = flat_arrays(inputs)
    arrays.update(flat_arrays(gradients))
    # What belongs to outputs that have no upstream derivative here has none in the layer either.
    for n, (name, output) in enumerate(zip(names, outputs)):
        arrays[name] = np.asarray(output)
        arrays[f"d{name}"] = np.asarray(upstream[n]) if n < len(upstream) else np.zeros_like(output)
    try:
        named = check_arrays(arrays, layer)
    except ValueError as error:
        return _with_remark(result, f"the mistake was not looked up: {error}")
    if named.wrong_outputs:
        what = ", ".join(named.wrong_outputs)
        return _with_remark(result, f"the mistake was not looked up: {forward} gives another {what} than {layer}")
    known = [finding for finding in named.findings if finding.slug != "unknown-mistake"]
    if not known:
        return _with_remark(result, f"the catalogue has no mistake of {layer} that gives these numbers")
    explained = {tensor for finding in known for tensor in finding.tensor.split(", ")}
    refuted = {tensor.name for tensor in result.tensors if tensor.outcome == "refuted"}
    others = [] if refuted <= explained else [f for f in result.findings if f.tensor not in explained]
    return replace(result, findings=known + others)


def _with_remark(result: CheckResult, remark: str) -> CheckResult:
    return replace(result, remarks=[*result.remarks, remark])
