# SPDX-License-Identifier: MIT
"""Networks of layers and activations, one after the other: which derivatives are wrong, and in which step."""

import io
from typing import Any, Mapping, Optional

import numpy as np

from gradproof import _core
from gradproof.layers import LayerResult, flat_arrays, layer_result


def check_network(
    layers: str,
    X: Any,
    Y: Any,
    parameters: Mapping[str, Any],
    grads: Mapping[str, Any],
    *,
    loss: str,
    cost: Optional[float] = None,
    lambd: float = 0.0,
    l2: str = "",
) -> LayerResult:
    """Checks the gradients of a network of layers and names the mistake with its step. It runs no code of yours.

    layers: all steps from X to the prediction: "conv2d(padding=1), relu, max_pool2d(2), flatten, dense, softmax".
    X, Y: examples and labels, in rows or columns; Y may hold classes.
    parameters: W1, b1, gamma1, D1, ... with the number of their kind; grads: dW1, db1, ..., and dZ1, dA1, dlogits.
    loss: as in `gradproof check`: "cross_entropy", "mse", ... cost: yours, if you have it.
    lambd: of the L2 term of all W, with `l2` one of "lambda/(2m)", "lambda/2", "lambda/m", "lambda".

    Raises ValueError, in one line, if the arrays are not those of the network.

    >>> X, Y, W1 = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0], [0.0]]), np.array([[0.5], [-1.0]])
    >>> dW1 = X.T @ (X @ W1 - Y)  # / 2, for two examples
    >>> result = check_network("dense", X, Y, {"W1": W1, "b1": [0.0]}, {"dW1": dW1}, loss="squared_error")
    >>> [(finding.slug, finding.tensor) for finding in result.findings]
    [('constant-factor', 'dW1')]
    """
    arrays = flat_arrays({"X": X, "Y": Y})
    for more in (parameters, grads, {} if cost is None else {"cost": cost}):
        for key, value in flat_arrays(more).items():
            if key in arrays:
                raise ValueError(f"there are two arrays '{key}'; name the derivatives d{key}")
            arrays[key] = value
    file = io.BytesIO()
    np.savez(file, **dict(arrays))
    options = _options(layers, loss, lambd, l2)
    return layer_result(lambda: _core.check_network_bytes(file.getvalue(), "network", options))


def check_network_file(file: str, layers: str, loss: str, lambd: float = 0.0) -> LayerResult:
    """check_network() of a .npz file."""
    options = _options(layers, loss, lambd, "")
    options.file = file
    return layer_result(lambda: _core.check_network_file(options))


def _options(layers: str, loss: str, lambd: float, l2: str) -> Any:
    options = _core.CheckOptions()
    options.layers, options.loss, options.lambd, options.l2 = layers, loss, lambd, l2
    return options
