# SPDX-License-Identifier: MIT
#
# lib's values and derivatives at the points of the tables beside it, against PyTorch's in float64, derivatives by its
# autograd: within 4 units in the last place, or nearer to the stored value than PyTorch is, or within what is stated here.
#
#     python3 compare_with_torch.py PRINT_VALUES            PRINT_VALUES is the test program print_values
#     python3 compare_with_torch.py PRINT_VALUES --plant    multiplies lib's numbers by 1 + 1e-14 first, and must fail
import math
import pathlib
import subprocess
import sys
from collections import Counter

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent
MOST_ULPS = 4

# PyTorch calls softplus linear from 20 on, where log(1 + e^z) is not yet z; e^z overflows from 710 on.
ACTIVATIONS = {
    "celu": F.celu,
    "celu(alpha=2)": lambda z: F.celu(z, alpha=2),
    "elu": F.elu,
    "elu(alpha=0.5)": lambda z: F.elu(z, alpha=0.5),
    "exponential": torch.exp,
    "gelu": F.gelu,
    "gelu_tanh": lambda z: F.gelu(z, approximate="tanh"),
    "hard_sigmoid": F.hardsigmoid,
    "hard_swish": F.hardswish,
    "hard_tanh": F.hardtanh,
    "identity": torch.nn.Identity(),
    "leaky_relu": F.leaky_relu,
    "leaky_relu(slope=0.25)": lambda z: F.leaky_relu(z, 0.25),
    "log_sigmoid": F.logsigmoid,
    "mish": F.mish,
    "relu": F.relu,
    "relu6": F.relu6,
    "selu": F.selu,
    "sigmoid": torch.sigmoid,
    "silu": F.silu,
    "sine": torch.sin,
    "soft_shrink": F.softshrink,
    "soft_shrink(threshold=2)": lambda z: F.softshrink(z, 2),
    "softplus": lambda z: F.softplus(z, threshold=100),
    "softmax": F.softmax,
    "softsign": F.softsign,
    "square": torch.square,
    "tanh": torch.tanh,
    "tanh_shrink": F.tanhshrink,
}
# Without those whose argument PyTorch has not: categorical cross-entropy and the weighted one begin at logits there.
LOSSES = {
    "absolute_error": F.l1_loss,
    "binary_cross_entropy": F.binary_cross_entropy,
    "binary_cross_entropy_with_logits": F.binary_cross_entropy_with_logits,
    "huber": F.huber_loss,
    "huber(delta=0.5)": lambda a, y, reduction: F.huber_loss(a, y, reduction=reduction, delta=0.5),
    "kullback_leibler": lambda a, y, reduction: F.kl_div(torch.log(a), y, reduction=reduction),
    "logistic_loss": F.soft_margin_loss,
    "poisson_log_input": F.poisson_nll_loss,
    "poisson_negative_log_likelihood":
        lambda a, y, reduction: F.poisson_nll_loss(a, y, log_input=False, eps=0, reduction=reduction),
    "smooth_l1": F.smooth_l1_loss,
    "smooth_l1(beta=0.5)": lambda a, y, reduction: F.smooth_l1_loss(a, y, reduction=reduction, beta=0.5),
    "squared_error": lambda a, y, reduction: F.mse_loss(a, y, reduction=reduction) / 2,
}

# As much as one rounding, 2^-52, of numbers of this size, with the reason: beside the case, value or derivative.
ALLOWED = {
    # lib's root of 2 / pi has 15 digits, and two terms of this size cancel near z = -0.75
    ("gelu_tanh", "derivative"): lambda z: (1 + z * z) * math.exp(-z * z / 2),
    # the quotient y / a rounds; the terms of a distribution cancel to less than this in any case
    ("kullback_leibler", "value"): lambda a, y: y,
}


def torch_values(name, points):
    if len(points) == 7:
        z = torch.tensor(points[:3], dtype=torch.float64, requires_grad=True)
        k = int(points[6])
        p = torch.softmax(z, 0)
        return p[k].item(), torch.autograd.grad(p, z, torch.tensor(points[3:6], dtype=torch.float64))[0][k].item()
    x = torch.tensor(points[0], dtype=torch.float64, requires_grad=True)
    if len(points) == 1:
        value = ACTIVATIONS[name](x)
    else:
        value = LOSSES[name](x, torch.tensor(points[1], dtype=torch.float64), reduction="none")
    return value.item(), torch.autograd.grad(value, x)[0].item()


def rows(text):
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def agrees(ours, theirs, exact, allowed):
    if ours == theirs:
        return True
    if not math.isfinite(ours) or not math.isfinite(theirs):
        return math.isfinite(ours) == math.isfinite(exact) and abs(ours - exact) <= MOST_ULPS * math.ulp(exact)
    distance = abs(ours - theirs)
    return distance <= MOST_ULPS * math.ulp(theirs) + allowed * 2**-52 or abs(ours - exact) <= abs(theirs - exact)


def main(program, plant):
    tables = [FOLDER / name for name in ("activations.tsv", "columns.tsv", "losses.tsv")]
    stored = [row for table in tables for row in rows(table.read_text())[1:]]
    printed = rows(subprocess.run([program, *tables], check=True, capture_output=True, text=True).stdout)
    assert [row[:-2] for row in stored] == [row[:-2] for row in printed]
    compared, wrong = Counter(), 0
    for row, exact in zip(printed, stored):
        name, points = row[0], [float(point) for point in row[1:-2]]
        if not {**ACTIVATIONS, **LOSSES}.get(name):
            continue
        for what, ours, true, theirs in zip(("value", "derivative"), row[-2:], exact[-2:], torch_values(name, points)):
            ours = float(ours) * (1 + 1e-14 if plant else 1)
            allowed = ALLOWED.get((name, what), lambda *points: 0)(*points)
            compared[name] += 1
            if not agrees(ours, theirs, float(true), allowed):
                wrong += 1
                print(f"{name}, {what} at {', '.join(row[1:-2])}: {ours!r}, PyTorch {theirs!r}, stored {true}")
    missing = [name for name, function in {**ACTIVATIONS, **LOSSES}.items() if function and compared[name] < 30]
    print(f"{sum(compared.values())} numbers of {len(compared)} cases compared with PyTorch {torch.__version__}, "
          f"{wrong} differ")
    if missing:
        print("hardly compared:", ", ".join(missing))
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--plant" in sys.argv))
