# SPDX-License-Identifier: MIT
"""Backward functions of courses by their arrays alone, and the mistake in a wrong one named."""

import gradproof
import numpy as np
import pytest

from test_steps import (
    BATCH,
    IMAGES,
    STEP,
    batch_norm_backward,
    batch_norm_forward,
    conv_backward,
    conv_forward,
    lstm_cell_backward,
    lstm_cell_forward,
)

rng = np.random.default_rng(11)


def slugs(result):
    return [(finding.slug, finding.tensor) for finding in result.findings]


def batch_norm(dtype=np.float64):
    x, gamma, beta = (array.astype(dtype) for array in BATCH)
    out, cache = batch_norm_forward(x, gamma, beta)
    dout = rng.standard_normal(out.shape).astype(dtype)
    dx, dgamma, dbeta = batch_norm_backward(dout, cache)
    inputs = {"x": x, "gamma": gamma, "beta": beta}
    return inputs, dout, {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}, out, cache


def statistics_as_constants(dout, cache):
    scaled, gamma, variance, eps = cache
    return dout * gamma / np.sqrt(variance + eps)


def test_batchnorm_backward_of_cs231n_is_confirmed() -> None:
    inputs, dout, gradients, out, _ = batch_norm()
    result = gradproof.check_layer("batch_norm", inputs, dout, gradients, output=out)
    assert result, str(result)
    assert [tensor["name"] for tensor in result.tensors] == ["dx", "dgamma", "dbeta"]
    assert result.findings == [] and result.wrong_outputs == []
    result.raise_if_refuted()


def test_batchnorm_backward_with_constant_statistics_is_named() -> None:
    inputs, dout, gradients, _, cache = batch_norm()
    gradients["dx"] = statistics_as_constants(dout, cache)
    result = gradproof.check_layer("batch_norm", inputs, dout, gradients)
    assert not result and result.outcome == "refuted"
    assert slugs(result) == [("statistics-taken-as-constants", "dx")]
    [finding] = result.findings
    assert finding.explanation and "dout" in finding.line and finding.note == "derivations/layers/batch_norm.md"
    assert result.worst is not None and result.worst["name"] == "dx"
    with pytest.raises(AssertionError, match="statistics-taken-as-constants"):
        result.raise_if_refuted()
    page = result._repr_html_()
    assert "statistics-taken-as-constants" in page and "refuted" in page and "<table>" in page


def test_a_wrong_forward_function_is_said_first() -> None:
    inputs, dout, gradients, out, _ = batch_norm()
    result = gradproof.check_layer("batch_norm", inputs, dout, gradients, output=2 * out)
    assert result.outcome == "refuted" and result.wrong_outputs == ["output"]


def conv_of_cs231n(w_as_is=True):
    A_prev, W, b, hparameters = IMAGES
    Z, cache = conv_forward(*IMAGES)
    dZ = rng.standard_normal(Z.shape)
    dA_prev, dW, db = conv_backward(dZ, cache)
    if not w_as_is:  # rotated by 180 degrees where it spreads dZ
        dA_prev = conv_backward(dZ, (A_prev, W[::-1, ::-1], b, hparameters))[0]
    inputs = {"x": A_prev.transpose(0, 3, 1, 2), "w": W.transpose(3, 2, 0, 1), "b": b.reshape(-1)}
    gradients = {"dx": dA_prev.transpose(0, 3, 1, 2), "dw": dW.transpose(3, 2, 0, 1), "db": db.reshape(-1)}
    return inputs | {"conv_param": hparameters}, dZ.transpose(0, 3, 1, 2), gradients


def test_a_convolution_with_the_channels_second_is_confirmed() -> None:
    result = gradproof.check_layer("conv2d", *conv_of_cs231n())
    assert result, str(result)
    assert result.remarks == ["images have the channels second, windows the filters first"]
    assert "conv2d(stride=2, padding=1)" in str(result)


def test_a_convolution_with_a_rotated_kernel_is_named() -> None:
    result = gradproof.check_layer("conv2d", *conv_of_cs231n(w_as_is=False))
    assert slugs(result) == [("kernel-flipped", "dx")]


def conv_of_dls(**changed):
    Z, cache = conv_forward(*IMAGES)
    dZ = rng.standard_normal(Z.shape)
    dA_prev, dW, db = conv_backward(dZ, cache)
    A_prev, W, b, hparameters = IMAGES
    return (
        {"A_prev": A_prev, "W": W, "b": b, "hparameters": hparameters},
        {"dZ": dZ},
        {"dA_prev": dA_prev, "dW": dW, "db": db},
    )


def test_conv_backward_of_dls_is_confirmed_and_its_mistake_named() -> None:
    inputs, d_output, gradients = conv_of_dls()
    result = gradproof.check_layer("conv2d", inputs, d_output, gradients)
    assert result, str(result)
    gradients["dW"] = gradients["dW"][::-1, ::-1]
    findings = gradproof.diagnose(layer="conv2d", inputs=inputs, d_output=d_output, gradients=gradients)
    assert [(finding.slug, finding.tensor) for finding in findings] == [("filter-gradient-flipped", "dW")]


def test_dropout_with_the_mask_of_cs231n() -> None:
    x, dout = rng.standard_normal((6, 5)), rng.standard_normal((6, 5))
    mask = (rng.random(x.shape) < 0.6) / 0.6
    inputs = {"x": x, "mask": mask, "dropout_param": {"mode": "train", "p": 0.6}}
    assert gradproof.check_layer("dropout", inputs, dout, {"dx": dout * mask})
    result = gradproof.check_layer("dropout", inputs, dout, {"dx": dout / 0.6})
    assert slugs(result) == [("mask-left-out", "dx")]
    assert "mask holds 0 and 1.66667: taken as a mask of 0 and 1, times 1/keep with keep = 0.6" in result.remarks


def test_a_cell_with_two_outputs_takes_two_upstream_derivatives() -> None:
    xt, a_prev, c_prev, parameters = STEP
    *outputs, _, cache = lstm_cell_forward(*STEP)
    upstream = tuple(rng.standard_normal(output.shape) for output in outputs)
    inputs = {"xt": xt, "a_prev": a_prev, "c_prev": c_prev, "parameters": parameters}
    gradients = lstm_cell_backward(*upstream, cache)
    assert gradproof.check_layer("lstm_cell", inputs, upstream, gradients, output=tuple(outputs))
    named = dict(zip(("da_next", "dc_next"), upstream))
    result = gradproof.check_layer("lstm_cell", inputs, named, gradients)
    assert result and result.remarks == ["not looked at: Wy, by"]
    with pytest.raises(ValueError, match="^there are 1 arrays, but 2 are expected: da_next, dc_next$"):
        gradproof.check_layer("lstm_cell", inputs, upstream[:1], gradients)


def test_float32_is_judged_to_four_digits() -> None:
    inputs, dout, gradients, out, cache = batch_norm(np.float32)
    assert gradients["dx"].dtype == np.float32
    result = gradproof.check_layer("batch_norm", inputs, dout, gradients, output=out)
    assert result, str(result)
    assert "float32: judged to 4 digits" in result.remarks
    gradients["dx"] = statistics_as_constants(dout, cache)
    assert slugs(gradproof.check_layer("batch_norm", inputs, dout, gradients)) == [
        ("statistics-taken-as-constants", "dx")
    ]


def test_a_constant_upstream_derivative_is_remarked() -> None:
    x, gamma, beta = BATCH
    out, cache = batch_norm_forward(*BATCH)
    dx, dgamma, dbeta = batch_norm_backward(np.ones_like(out), cache)
    gradients = {"dgamma": dgamma, "dbeta": dbeta, "dx": dx}
    result = gradproof.check_layer("batch_norm", {"x": x, "gamma": gamma, "beta": beta}, np.ones_like(out), gradients)
    assert result.remarks == [
        "all entries of d_output are 1: a constant upstream cannot show whether dx is right, batch norm's dx is 0 "
        "then; draw it: d_output = np.random.randn(*y.shape)"
    ]


def error_of(*arguments) -> str:
    with pytest.raises(ValueError) as raised:
        gradproof.check_layer(*arguments)
    return str(raised.value)


def test_errors_are_one_line_that_says_what_is_expected() -> None:
    inputs, dout, gradients, _, _ = batch_norm()
    assert (
        error_of("batch_norm", {key: inputs[key] for key in ("x", "gamma")}, dout, gradients)
        == "batch_norm: no beta; expected one of beta, bias, shift, b, bnbias, Bb; there is d_output, dbeta, dgamma, "
        "dx"
    )
    assert error_of("batch_norm", inputs, dout[:3], gradients) == "batch_norm: d_output is 3 x 3, but y is 7 x 3"
    assert error_of("batch_norm", inputs, dout, {"dx": gradients["dx"].T}) == "batch_norm: dx is 3 x 7, but x is 7 x 3"
    assert (
        error_of("batch_norm", inputs, dout, {})
        == "batch_norm: holds no derivative to check; expected dx, dgamma, dbeta"
    )
    assert (
        error_of("batch_norm", inputs, dout, {"x": gradients["dx"]})
        == "there are two arrays 'x'; name the derivatives dx"
    )
    assert error_of("batch_norm", inputs | {"x": inputs["x"] * np.nan}, dout, gradients) == (
        "batch_norm: x holds numbers that are not finite"
    )
    assert error_of("batch_norm(eps=0.1)", inputs | {"eps": 0.2}, dout, gradients) == (
        "batch_norm(eps=0.1): eps is 0.2 among the arrays, but batch_norm(eps=0.1) was asked for"
    )
    assert "conv2d" in error_of("conv2", inputs, dout, gradients)
    with pytest.raises(TypeError, match="^x holds complex128, but expected are real numbers"):
        gradproof.check_layer("batch_norm", inputs | {"x": inputs["x"] * 1j}, dout, gradients)


def test_a_file_of_a_layer_is_checked(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    inputs, dout, gradients, _, cache = batch_norm()
    np.savez("mine.npz", **inputs, dout=dout, **gradients)
    assert gradproof.check_file("mine.npz", layer="batch_norm")
    np.savez("mine.npz", **inputs, dout=dout, dx=statistics_as_constants(dout, cache))
    findings = gradproof.diagnose("mine.npz", layer="batch_norm")
    assert [finding.slug for finding in findings] == ["statistics-taken-as-constants"]
    with pytest.raises(TypeError, match=r"^check_file\(\) needs output and loss of a network, or layers and loss, or layer$"):
        gradproof.check_file("mine.npz")
    with pytest.raises(TypeError, match="^a layer has no output, loss, hidden or lambd"):
        gradproof.check_file("mine.npz", layer="batch_norm", loss="mse")


def test_a_step_that_is_refuted_has_its_mistake_named() -> None:
    def constant_statistics(dout, cache):
        return (statistics_as_constants(dout, cache), *batch_norm_backward(dout, cache)[1:])

    result = gradproof.check_step(batch_norm_forward, constant_statistics, BATCH, layer="batch_norm", seed=1)
    assert slugs(result) == [("statistics-taken-as-constants", "dx")]
    assert "statistics-taken-as-constants at dx: " in str(result)

    def no_memory(da_next, dc_next, cache):
        return lstm_cell_backward(da_next, 0 * dc_next, cache)

    result = gradproof.check_step(lstm_cell_forward, no_memory, STEP, layer="lstm_cell", seed=1)
    assert [finding.slug for finding in result.findings] == ["memory-derivative-left-out"]

    def rotated(dZ, cache):
        A_prev, W, b, hparameters = cache
        return (conv_backward(dZ, (A_prev, W[::-1, ::-1], b, hparameters))[0], *conv_backward(dZ, cache)[1:])

    result = gradproof.check_step(conv_forward, rotated, IMAGES, layer="conv2d", seed=1)
    assert slugs(result) == [("kernel-flipped", "dA_prev")]


def test_a_right_step_is_not_looked_up() -> None:
    result = gradproof.check_step(batch_norm_forward, batch_norm_backward, BATCH, layer="batch_norm", seed=1)
    assert result and result.findings == []
    with pytest.raises(ValueError, match="batch_norm"):
        gradproof.check_step(batch_norm_forward, batch_norm_backward, BATCH, layer="batch_nrom")


def test_why_no_mistake_is_named_is_said() -> None:
    def twice(dout, cache):
        dx, dgamma, dbeta = batch_norm_backward(dout, cache)
        return 7 * dx, dgamma, dbeta

    result = gradproof.check_step(batch_norm_forward, twice, BATCH, layer="batch_norm", seed=1)
    assert "the catalogue has no mistake of batch_norm that gives these numbers" in result.remarks
    assert "dx: every entry is 7 times the right one" in str(result)
    result = gradproof.check_step(batch_norm_forward, twice, BATCH, layer="layer_norm", seed=1)
    assert "the mistake was not looked up: batch_norm_forward gives another y than layer_norm" in result.remarks
    result = gradproof.check_step(batch_norm_forward, twice, BATCH, layer="dropout", seed=1)
    assert any(
        remark.startswith("the mistake was not looked up: dropout: no mask; expected") for remark in result.remarks
    )
