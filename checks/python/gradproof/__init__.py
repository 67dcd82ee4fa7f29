# SPDX-License-Identifier: MIT
"""Checks gradients that you wrote by hand.

>>> import numpy as np, gradproof
>>> x = np.array([0.5, 2.0])
>>> result = gradproof.check(lambda x: np.sum(x**2), x, 2 * x)
>>> bool(result)
True

check               the gradient of any function of arrays, or its Jacobian
check_step          one step's backward function: its upstream derivative given, as in conv_backward
check_layer         the arrays that a backward function took and gave, and what the mistake is: batch_norm, conv2d, lstm
check_network       a network of layers, as "dense, batch_norm, relu, dense", and the step with the mistake
check_submission    a dense network's gradients, and which step is wrong and what the mistake is
check_file          the same of a .npz file, of a network, of layers or of one layer
diagnose            only the mistakes

Each number is compared with differences of the function, with an error bar that is computed, so that no tolerance has
to be chosen. The answer is one of three: confirmed, refuted, or undecided where the function does not tell enough.
"""

from gradproof.checking import check, check_step
from gradproof.layers import LayerResult, check_layer
from gradproof.networks import check_network
from gradproof.result import CheckResult, Entry, Finding, TensorResult
from gradproof.submissions import SubmissionResult, check_file, check_submission, diagnose

__all__ = [
    "CheckResult",
    "Entry",
    "Finding",
    "LayerResult",
    "SubmissionResult",
    "TensorResult",
    "check",
    "check_file",
    "check_layer",
    "check_network",
    "check_step",
    "check_submission",
    "diagnose",
]
