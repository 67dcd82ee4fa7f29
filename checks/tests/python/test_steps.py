# SPDX-License-Identifier: MIT
"""Backward functions of single steps, as courses grade them."""

from typing import Any

import gradproof
import numpy as np
import pytest


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    scaled = (x - mean) / np.sqrt(variance + eps)
    return gamma * scaled + beta, (scaled, gamma, variance, eps)


def batch_norm_backward(dout, cache):
    scaled, gamma, variance, eps = cache
    dscaled = dout * gamma
    dx = (dscaled - dscaled.mean(axis=0) - scaled * (dscaled * scaled).mean(axis=0)) / np.sqrt(variance + eps)
    return dx, (dout * scaled).sum(axis=0), dout.sum(axis=0)


def conv_forward(A_prev, W, b, hparameters):
    stride, pad = hparameters["stride"], hparameters["pad"]
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    f = W.shape[0]
    height = (padded.shape[1] - f) // stride + 1
    width = (padded.shape[2] - f) // stride + 1
    Z = np.zeros((len(A_prev), height, width, W.shape[3]))
    for h in range(height):
        for w in range(width):
            window = padded[:, h * stride : h * stride + f, w * stride : w * stride + f, :]
            Z[:, h, w, :] = np.tensordot(window, W, axes=3) + b[0, 0, 0]
    return Z, (A_prev, W, b, hparameters)


def conv_backward(dZ, cache, window_of_dA=True):
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    d_padded, dW, db = np.zeros_like(padded), np.zeros_like(W), np.zeros_like(b)
    f = W.shape[0]
    for h in range(dZ.shape[1]):
        for w in range(dZ.shape[2]):
            rows, columns = slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
            d_padded[:, rows, columns, :] += np.tensordot(dZ[:, h, w, :], W, axes=(1, 3))
            dW += np.tensordot(padded[:, rows, columns, :], dZ[:, h, w, :], axes=(0, 0))
            db[0, 0, 0] += dZ[:, h, w, :].sum(axis=0)
    return d_padded[:, pad:-pad, pad:-pad, :] if pad else d_padded, dW, db


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    both = np.concatenate([a_prev, xt])
    p = parameters
    f, i = sigmoid(p["Wf"] @ both + p["bf"]), sigmoid(p["Wi"] @ both + p["bi"])
    candidate, o = np.tanh(p["Wc"] @ both + p["bc"]), sigmoid(p["Wo"] @ both + p["bo"])
    c_next = f * c_prev + i * candidate
    a_next = o * np.tanh(c_next)
    yt = np.exp(p["Wy"] @ a_next + p["by"])
    return a_next, c_next, yt / yt.sum(axis=0), (a_next, c_next, a_prev, c_prev, f, i, candidate, o, xt, p)


def lstm_cell_backward(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, f, i, candidate, o, xt, p = cache
    dc = dc_next + da_next * o * (1 - np.tanh(c_next) ** 2)
    do = da_next * np.tanh(c_next) * o * (1 - o)
    df, di = dc * c_prev * f * (1 - f), dc * candidate * i * (1 - i)
    dcandidate = dc * i * (1 - candidate**2)
    both = np.concatenate([a_prev, xt])
    d_both = p["Wf"].T @ df + p["Wi"].T @ di + p["Wc"].T @ dcandidate + p["Wo"].T @ do
    n = len(a_prev)
    gradients = {"dxt": d_both[n:], "da_prev": d_both[:n], "dc_prev": dc * f}
    for gate, d in (("f", df), ("i", di), ("c", dcandidate), ("o", do)):
        gradients["dW" + gate] = d @ both.T
        gradients["db" + gate] = d.sum(axis=1, keepdims=True)
    return gradients


rng = np.random.default_rng(0)
BATCH: Any = (rng.standard_normal((7, 3)), rng.standard_normal(3), rng.standard_normal(3))
IMAGES: Any = (
    rng.standard_normal((2, 5, 4, 3)),
    rng.standard_normal((2, 2, 3, 4)),
    rng.standard_normal((1, 1, 1, 4)),
    {"stride": 2, "pad": 1},
)
GATES = {f"W{g}": rng.standard_normal((3, 5)) / 2 for g in "fico"} | {
    f"b{g}": rng.standard_normal((3, 1)) for g in "fico"
}
STEP: Any = (
    rng.standard_normal((2, 4)),
    rng.standard_normal((3, 4)),
    rng.standard_normal((3, 4)),
    GATES | {"Wy": rng.standard_normal((2, 3)), "by": rng.standard_normal((2, 1))},
)


@pytest.mark.parametrize(
    ("forward", "backward", "inputs", "tensors"),
    [
        (batch_norm_forward, batch_norm_backward, BATCH, 3),
        (conv_forward, conv_backward, IMAGES, 3),
        (lstm_cell_forward, lstm_cell_backward, STEP, 11),
    ],
)
def test_the_right_backward_function_is_confirmed(forward, backward, inputs, tensors: int) -> None:
    result = gradproof.check_step(forward, backward, inputs, seed=3)
    assert result, str(result)
    assert len(result.tensors) == tensors


def test_batch_norm_without_the_mean_is_refuted_in_dx_alone() -> None:
    def without_mean(dout, cache):
        dx, dgamma, dbeta = batch_norm_backward(dout, cache)
        scaled, gamma, variance, eps = cache
        return dout * gamma / np.sqrt(variance + eps), dgamma, dbeta

    result = gradproof.check_step(batch_norm_forward, without_mean, BATCH, seed=1)
    assert {tensor.name: tensor.outcome for tensor in result.tensors} == {
        "dx": "refuted",
        "dgamma": "confirmed",
        "dbeta": "confirmed",
    }


def test_a_convolution_that_adds_only_its_last_window_is_refuted() -> None:
    def last_window(dZ, cache):
        dA_prev, dW, db = conv_backward(dZ, cache)
        return dA_prev, dW, np.zeros_like(db) + dZ[0].sum(axis=(0, 1))

    result = gradproof.check_step(conv_forward, last_window, IMAGES, seed=1)
    assert [tensor.name for tensor in result.tensors if tensor.outcome == "refuted"] == ["db"]


def test_an_lstm_without_the_memory_of_later_steps_is_refuted() -> None:
    def without_dc_next(da_next, dc_next, cache):
        return lstm_cell_backward(da_next, 0 * dc_next, cache)

    result = gradproof.check_step(lstm_cell_forward, without_dc_next, STEP, seed=1)
    assert result.outcome == "refuted"
    confirmed = {tensor.name for tensor in result.tensors if tensor.outcome == "confirmed"}
    assert confirmed == {"dWo", "dbo"}
    assert "not checked: the derivatives in Wy, by" in str(result)


def test_an_upstream_derivative_may_be_given() -> None:
    ones = np.ones((7, 3))
    result = gradproof.check_step(batch_norm_forward, batch_norm_backward, BATCH, d_output=ones)
    assert result.seed is None
    with pytest.raises(ValueError, match=r"d_output has shape \(3,\), but the output has \(7, 3\)"):
        gradproof.check_step(batch_norm_forward, batch_norm_backward, BATCH, d_output=np.ones(3))


def test_dropout_is_checked_with_its_mask_drawn_before() -> None:
    mask = np.random.default_rng(1).random((4, 3)) < 0.8

    def forward(a):
        return a * mask / 0.8, None

    assert gradproof.check_step(forward, lambda da, cache: da * mask / 0.8, rng.standard_normal((4, 3)))
    result = gradproof.check_step(forward, lambda da, cache: da * mask, rng.standard_normal((4, 3)))
    assert result.outcome == "refuted"
    assert "every entry is 0.8 times the right one" in str(result)
