# SPDX-License-Identifier: MIT
#
#   python3 make_files.py EXAMPLES FOLDER
#
# Files for the page that runs check: the right example compressed and damaged in three ways, right gradients too small for
# double, and a network of 800,000 weights.

import pathlib
import sys

import numpy as np

examples, folder = map(pathlib.Path, sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def tanh_slope(a):
    return 1 - a * a


def sigmoid_slope(a):
    return a * (1 - a)


def right(sizes, m, hidden, slope, scale):
    rng = np.random.default_rng(1)
    W = [scale * rng.standard_normal((n, n_prev)) for n_prev, n in zip(sizes, sizes[1:])]
    b = [0.01 * rng.standard_normal((n, 1)) for n in sizes[1:]]
    A = [rng.random((sizes[0], m))]
    Y = np.round(rng.random((sizes[-1], m)))
    for l, (w, c) in enumerate(zip(W, b), 1):
        A.append((sigmoid if l == len(W) else hidden)(w @ A[-1] + c))
    arrays = {"X": A[0], "Y": Y}
    dZ = A[-1] - Y
    for l in range(len(W), 0, -1):
        arrays |= {f"W{l}": W[l - 1], f"b{l}": b[l - 1]}
        arrays |= {f"dW{l}": dZ @ A[l - 1].T / m, f"db{l}": dZ.mean(axis=1, keepdims=True)}
        if l > 1:
            dZ = (W[l - 1].T @ dZ) * slope(A[l - 1])
    return arrays


example = (examples / "right.npz").read_bytes()
np.savez_compressed(folder / "compressed.npz", **np.load(examples / "right.npz"))
(folder / "cut_short.npz").write_bytes(example[: len(example) // 2])
# In the numbers of the first array, behind the headers of the member and of the array.
(folder / "one_byte_off.npz").write_bytes(example[:200] + bytes([example[200] ^ 1]) + example[201:])
(folder / "no_zip.npz").write_bytes(b"X = 1\n")
np.savez(folder / "vanishing.npz", **right([6, 5, 4, 3, 1], 7, sigmoid, sigmoid_slope, 0.01))
np.savez(folder / "large.npz", **right([1000, 600, 300, 1], 60, np.tanh, tanh_slope, 0.03))
