# SPDX-License-Identifier: MIT
"""A network's gradients: which are right, which step is wrong, and what the mistake is."""

import io
import json
import os
import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union, overload

import numpy as np

from gradproof import _core
from gradproof.layers import LayerResult, check_layer, check_layer_file
from gradproof.networks import check_network_file
from gradproof.result import Finding, Reported

#: Options of the program, as it names them in its texts.
_OPTION = re.compile(r'--(hidden|output|loss|lambda|l2|dz|tie|rename|layers|convention|set)(?: ("[^"]*"|[^\s;,]+))?')


@dataclass(frozen=True, repr=False)
class SubmissionResult(Reported):
    """What check_submission() returns. True if, and only if, everything in the submission is confirmed."""

    outcome: str  #: "confirmed", "refuted" or "undecided"
    findings: List[Finding]  #: the mistakes, the first wrong step first; of equally good explanations the simplest
    tensors: List[Dict[str, Any]]  #: for each gradient its name, verdict and worst entry
    report: Dict[str, Any]  #: everything, as `gradproof check --json` writes it
    text: str  #: a screen
    details: str  #: everything there is to say, to print


def check_submission(
    X: Any,
    Y: Any,
    parameters: Mapping[str, Any],
    grads: Mapping[str, Any],
    *,
    output: str,
    loss: str,
    hidden: Union[str, Sequence[str]] = "",
    cost: Optional[float] = None,
    sample_weight: Any = None,
    class_weight: Any = None,
    cache: Optional[Mapping[str, Any]] = None,
    lambd: float = 0.0,
    layers: Sequence[int] = (),
    convention: str = "",
    l2: str = "",
    dz: str = "",
    rename: Optional[Mapping[str, str]] = None,
    tie: Optional[Mapping[str, str]] = None,
    set: Optional[Mapping[str, float]] = None,
) -> SubmissionResult:
    """Checks the gradients of a dense network and names the mistake in them. It runs no code of yours.

    X, Y: the examples and their labels, in columns or in rows; the layout is found by the shapes and the numbers.
    parameters: W1, b1, ... under the names that `gradproof check` knows.
    grads: dW1, db1, ..., and dZ1, dA1, ... if you keep them: then the first wrong step is found.
    hidden: the activation of the hidden layers, or one for each, as "relu" or "leaky_relu(slope=0.2)".
    output, loss: those of the output, as "sigmoid" and "binary_cross_entropy"; or formulas, as "z / (1 + |z|)" and
        "(a - y)^2", with numbers for other letters in `set`.
    cost: yours. It says which of the usual ways to scale a cost is meant.
    sample_weight: a number for each example, by which its loss is multiplied; a mask is one of 0 and 1. class_weight: a
        number for each class. Whether the sum is divided by m or by that of the weights is found from the numbers.
    cache: Z1, A1, ..., if you have them: the forward pass is checked too.
    lambd: of the L2 term, with `l2` one of "lambda/(2m)", "lambda/2", "lambda/m", "lambda".
    layers: n_0, ..., n_L for flat arrays.
    convention: "dls", "cs231n" or "torch"; dz: "mean" or "sum"; found from the numbers if empty.
    rename: {"theta": "W1"}. tie: {"W2": "W1.T"}, weights that are shared.

    Raises ValueError, in one line, if the arrays make no network.
    """
    arrays: Dict[str, Any] = {"X": X, "Y": Y}
    others = {"cost": cost, "sample_weight": sample_weight, "class_weight": class_weight}
    for more in (parameters, grads, cache or {}, {key: value for key, value in others.items() if value is not None}):
        for key, value in more.items():
            if key in arrays:
                raise ValueError(f"there are two arrays '{key}'; name the gradients d{key}")
            arrays[key] = value
    options = _core.CheckOptions()
    options.output, options.loss = output, loss
    options.hidden = hidden if isinstance(hidden, str) else ",".join(hidden)
    options.lambd, options.layers = lambd, ",".join(map(str, layers))
    options.convention, options.l2, options.dz = convention, l2, dz
    options.rename = [f"{old}={new}" for old, new in (rename or {}).items()]
    options.tie = [f"{name}={of}" for name, of in (tie or {}).items()]
    options.set = [f"{letter}={float(number)!r}" for letter, number in (set or {}).items()]
    file = io.BytesIO()
    np.savez(file, **{key: np.asanyarray(value) for key, value in arrays.items()})
    return _result(lambda: _core.check_bytes(file.getvalue(), "submission", options))


@overload
def check_file(
    file: Union[str, "os.PathLike[str]"],
    *,
    output: str,
    loss: str,
    hidden: Union[str, Sequence[str]] = "",
    lambd: float = 0.0,
    layer: None = None,
) -> SubmissionResult:
    ...


@overload
def check_file(file: Union[str, "os.PathLike[str]"], *, layer: str) -> LayerResult:
    ...


@overload
def check_file(file: Union[str, "os.PathLike[str]"], *, layers: str, loss: str, lambd: float = 0.0) -> LayerResult:
    ...


def check_file(
    file: Union[str, "os.PathLike[str]"],
    *,
    output: str = "",
    loss: str = "",
    hidden: Union[str, Sequence[str]] = "",
    lambd: float = 0.0,
    layer: Optional[str] = None,
    layers: Optional[str] = None,
) -> Union[SubmissionResult, LayerResult]:
    """check_submission() of a .npz file that holds X, Y, the parameters and the gradients; with `layer`, as
    "conv2d(stride=2)", check_layer() of one that holds the layer's inputs, the upstream derivative and the
    derivatives; with `layers`, as "dense, batch_norm, relu, dense", check_network() of one that holds its arrays."""
    if layers is not None:
        if output or hidden or layer or not loss:
            raise TypeError("layers names all steps: with it stands loss, and no output, hidden or layer")
        return check_network_file(os.fspath(file), layers, loss, lambd)
    if layer is not None:
        if output or loss or hidden or lambd:
            raise TypeError("a layer has no output, loss, hidden or lambd: its upstream derivative is in the file")
        return check_layer_file(os.fspath(file), layer)
    if not output or not loss:
        raise TypeError("check_file() needs output and loss of a network, or layers and loss, or layer")
    options = _core.CheckOptions()
    options.file, options.output, options.loss, options.lambd = os.fspath(file), output, loss, lambd
    options.hidden = hidden if isinstance(hidden, str) else ",".join(hidden)
    return _result(lambda: _core.check_file(options))


def diagnose(*args: Any, **kwargs: Any) -> List[Finding]:
    """The mistakes in a submission, the first wrong step first; none if nothing is refuted. Takes what
    check_submission() takes; or a file and what check_file() takes; or, with `layer`, what check_layer() takes.
    """
    if args and isinstance(args[0], (str, os.PathLike)):
        return list(check_file(*args, **kwargs).findings)
    if "layer" in kwargs:
        return check_layer(*args, **kwargs).findings
    return check_submission(*args, **kwargs).findings


def _result(check: Any) -> SubmissionResult:
    try:
        outcome, text, details, report_json = check()
    except ValueError as error:
        raise type(error)(_in_python(str(error))) from None
    report = json.loads(report_json)
    findings = [
        Finding(
            tensor=found["tensor"],
            text=_in_python(found["explanation"]),
            slug=found["mistake"],
            line=found.get("looks_like", ""),
            note=found["note"],
        )
        for found in report["diagnosis"]
        if "alternative" not in found
    ]
    return SubmissionResult(outcome, findings, report["tensors"], report, _in_python(text), _in_python(details))


def _in_python(text: str) -> str:
    """The program's options as arguments: --loss mse is loss="mse" here."""

    def argument(found: "re.Match[str]") -> str:
        name = "lambd" if found[1] == "lambda" else found[1]
        if found[2] is None:
            return name
        return f"{name}={found[2]}" if found[1] == "lambda" or found[2].startswith('"') else f'{name}="{found[2]}"'

    return _OPTION.sub(argument, text)
