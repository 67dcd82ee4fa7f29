# SPDX-License-Identifier: MIT
"""One layer's backward function by the arrays it took and gave: which derivatives are wrong, and what the mistake is."""

import html
import io
import json
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple

import numpy as np

from gradproof import _core
from gradproof.named_arrays import Numbers
from gradproof.result import COLOURS, Finding, Reported


@dataclass(frozen=True, repr=False)
class LayerResult(Reported):
    """What check_layer() returns. True if, and only if, every derivative is confirmed."""

    outcome: str  #: "confirmed", "refuted" or "undecided"
    findings: List[Finding]  #: the mistakes, that which explains most derivatives first
    tensors: List[Dict[str, Any]]  #: for each derivative its name, verdict, digits and worst entry
    wrong_outputs: List[str]  #: what you gave as output and the layer does not give
    warnings: List[str]  #: mistakes that this point cannot show
    remarks: List[str]  #: how the arrays were read
    report: Dict[str, Any]  #: everything, as `gradproof check --json` writes it
    text: str  #: a screen
    details: str  #: everything there is to say, to print

    def _repr_html_(self) -> str:
        """For notebooks: the verdict, the mistakes with their lines, and a row for each derivative."""
        head, number = self.report["file"], self.report["number"]
        parts = [
            f'<p style="color:{COLOURS[self.outcome]};font-weight:bold">{html.escape(f"{head}: {self.outcome}")}</p>',
            f"<p>derivatives of {html.escape(number)}</p>",
        ]
        parts += [f"<p>{html.escape(remark)}</p>" for remark in self.remarks]
        parts += [f"<p>{html.escape(name)} is not what the layer gives</p>" for name in self.wrong_outputs]
        for finding in self.findings:
            line = f"<pre>{html.escape(finding.line)}</pre>" if finding.line else ""
            same = ", ".join(finding.same_numbers)
            others = f"<p>the very same numbers: {html.escape(same)}</p>" if same else ""
            parts.append(f"<p>{html.escape(str(finding))}</p>{line}{others}")
        rows = "".join(_row(tensor) for tensor in self.tensors)
        names = ("derivative", "verdict", "entries", "wrong", "worst at", "yours", "numerical", "error bar")
        columns = "".join(f"<th>{name}</th>" for name in names)
        parts.append(f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>")
        parts += [f"<p>this point cannot show {html.escape(warning)}</p>" for warning in self.warnings]
        return "".join(parts)


def check_layer(
    layer: str,
    inputs: Mapping[str, Any],
    d_output: Any,
    gradients: Mapping[str, Any],
    output: Any = None,
) -> LayerResult:
    """Checks what one backward function returned and names the mistake in it. It runs no code of yours.

    layer: "batch_norm", "conv2d(stride=2, padding=1)", "lstm_cell", ...: as `gradproof check --layer` takes it.
    inputs: the layer's arrays under your names: {"x": x, "w": w, "b": b}, {"A_prev": A_prev, ...}. A dict among them,
        such as the course's `parameters`, `hparameters` or `conv_param`, gives what it holds.
    d_output: the upstream derivative, with which the backward function was called. Of a layer with several outputs a
        tuple in their order, or a dict by names: {"da_next": da_next, "dc_next": dc_next}.
    gradients: what it returned: {"dx": dx, "dw": dw, "db": db}. What is not there is not checked.
    output: what the forward function returned, like d_output; then that is checked first.

    Axes may lie as the courses have them: images with the channels second, examples in rows or in columns. float32 is
    judged to four digits.

    The derivatives are compared with differences of sum(d_output * output). Raises ValueError, in one line, if the
    arrays are not those of the layer.

    >>> x, dout = np.array([[0.5, -1.0]]), np.array([[1.0, 2.0]])
    >>> result = check_layer("dropout", {"x": x, "mask": x > 0, "keep_prob": 0.5}, dout, {"dx": dout / 0.5})
    >>> [(finding.slug, finding.tensor) for finding in result.findings]
    [('mask-left-out', 'dx')]
    """
    _, outputs = _core.layer_arrays(layer)
    arrays: Dict[str, Numbers] = {}
    for more in (
        inputs,
        _by_names(d_output, "d_output", [f"d{name}" for name in outputs]),
        gradients,
        _by_names(output, "output", outputs),
    ):
        for key, value in flat_arrays(more).items():
            if key in arrays:
                raise ValueError(f"there are two arrays '{key}'; name the derivatives d{key}")
            arrays[key] = value
    return check_arrays(arrays, layer)


def check_arrays(arrays: Mapping[str, Numbers], layer: str) -> LayerResult:
    """check_layer() of all arrays by their names."""
    file = io.BytesIO()
    np.savez(file, **dict(arrays))
    try:
        return layer_result(lambda: _core.check_layer_bytes(file.getvalue(), layer, layer))
    except ValueError as error:
        text = str(error).replace("the file has", "there is").replace("in the file", "among the arrays")
        raise type(error)(text) from None


def check_layer_file(file: str, layer: str) -> LayerResult:
    """check_layer() of a .npz file."""
    return layer_result(lambda: _core.check_layer_file(file, layer))


def flat_arrays(values: Mapping[str, Any]) -> Dict[str, Numbers]:
    """The arrays and numbers in nested dicts, by their keys; None and text are left out."""
    arrays: Dict[str, Numbers] = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            arrays.update(flat_arrays(value))
            continue
        array = np.asarray(value)
        if array.dtype.kind in "fiub":
            arrays[str(key)] = array
        elif array.dtype.kind == "c":
            raise TypeError(f"{key} holds {array.dtype}, but expected are real numbers (float64 or float32)")
    return arrays


def layer_result(check: Callable[[], Tuple[str, str, str, str]]) -> LayerResult:
    """The result of a check in the core, which gives the outcome, a screen, all details, and all as JSON."""
    outcome, text, details, report_json = check()
    report = json.loads(report_json)
    findings = [
        Finding(
            tensor=", ".join(found["tensors"]),
            text=found["explanation"],
            slug=found["mistake"],
            line=found["looks_like"],
            note=found["note"],
            same_numbers=tuple(found["same_numbers"]),
        )
        for found in report["diagnosis"]
    ]
    return LayerResult(
        outcome=outcome,
        findings=findings,
        tensors=report["tensors"],
        wrong_outputs=report["wrong_outputs"],
        warnings=report["warnings"],
        remarks=report["remarks"],
        report=report,
        text=text.replace("--verbose", "print(result.details)"),
        details=details,
    )


def _by_names(value: Any, only: str, names: Sequence[str]) -> Mapping[str, Any]:
    if value is None or isinstance(value, Mapping):
        return value or {}
    if not isinstance(value, tuple):
        return {only: value}
    if len(value) != len(names):
        raise ValueError(f"there are {len(value)} arrays, but {len(names)} are expected: {', '.join(names)}")
    return dict(zip(names, value))


def _row(tensor: Mapping[str, Any]) -> str:
    verdict = tensor["verdict"]
    worst = tensor.get("worst", {"index": "", "yours": "", "numerical": "", "error_bar": ""})
    cells = (tensor["entries"], tensor["wrong"], *(worst[key] for key in ("index", "yours", "numerical", "error_bar")))
    numbers = "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells)
    name = html.escape(tensor["name"])
    return f'<tr><td>{name}</td><td style="color:{COLOURS[verdict]};font-weight:bold">{verdict}</td>{numbers}</tr>'
