# SPDX-License-Identifier: MIT
#
# Made the files in layers/ beside it: for every layer of arrays and two settings of it, inputs, an upstream derivative for
# each output, and what PyTorch 1.13 makes of them in float64: the outputs, and by autograd the derivatives of
# sum(upstream * output). Where PyTorch has the layer, it is PyTorch's, and what it wants in another order or layout than
# lib is turned here and nowhere else; autograd turns the derivatives back.
#
#     python3 make_layers.py            writes the files
#     python3 make_layers.py --check    writes nothing, and fails if a file is not what this makes, up to the last digits,
#                                       in which one machine may differ from another
#     python3 make_layers.py --check --plant    the same with every number off by 1e-9 of itself, which must fail
import math
import pathlib
import random
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent / "layers"
ROUNDING = 1e-12  # of the largest number of an array
LAYERS = {}


def layer(slug, outputs, *cases):
    """cases: pairs of parameters and {input: shape}"""

    def add(function):
        LAYERS[slug] = (function, outputs, cases)
        return function

    return add


# Images and sequences: lib has the channels last, PyTorch has them second.


def channels_second(images):
    return images.movedim(-1, 1)


def channels_last(images):
    return images.movedim(1, -1)


def kernel(W):
    """lib: window's axes, channels, filters; PyTorch: filters, channels, window's axes"""
    return W.movedim(-1, 0).movedim(-1, 1)


CONV2D = {"A_prev": (2, 5, 4, 2), "W": (3, 2, 2, 3), "b": (3,)}


@layer("conv2d", ["Z"], ({}, CONV2D), ({"stride": 2, "padding": 1, "dilation": 2}, {**CONV2D, "A_prev": (2, 6, 5, 2)}),
       ({"groups": 2}, {"A_prev": (1, 3, 4, 4), "W": (2, 3, 2, 6), "b": (6,)}))
def conv2d(A_prev, W, b, stride=1, padding=0, dilation=1, groups=1):
    return channels_last(F.conv2d(channels_second(A_prev), kernel(W), b, stride, padding, dilation, groups))


CONV1D = {"A_prev": (2, 8, 2), "W": (3, 2, 4), "b": (4,)}


@layer("conv1d", ["Z"], ({}, CONV1D), ({"stride": 2, "padding": 1, "dilation": 2}, CONV1D))
def conv1d(A_prev, W, b, stride=1, padding=0, dilation=1):
    return channels_last(F.conv1d(channels_second(A_prev), kernel(W), b, stride, padding, dilation))


CONV_TRANSPOSE2D = {"A_prev": (2, 3, 4, 2), "W": (3, 2, 3, 2), "b": (3,)}


@layer("conv_transpose2d", ["Z"], ({}, CONV_TRANSPOSE2D), ({"stride": 2, "padding": 1}, CONV_TRANSPOSE2D))
def conv_transpose2d(A_prev, W, b, stride=1, padding=0):
    # lib: window's axes, filters, channels; PyTorch: channels, filters, window's axes
    return channels_last(F.conv_transpose2d(channels_second(A_prev), kernel(W), b, stride, padding))


IMAGES = {"A_prev": (2, 5, 4, 3)}


@layer("max_pool2d", ["A"], ({}, IMAGES), ({"size": 3, "stride": 1}, IMAGES))
def max_pool2d(A_prev, size=2, stride=2):
    return channels_last(F.max_pool2d(channels_second(A_prev), size, stride))


@layer("average_pool2d", ["A"], ({}, IMAGES), ({"size": 3, "stride": 1}, IMAGES))
def average_pool2d(A_prev, size=2, stride=2):
    return channels_last(F.avg_pool2d(channels_second(A_prev), size, stride))


@layer("flatten", ["A"], ({}, IMAGES), ({}, {"A_prev": (3, 4)}), ({"channels_first": 1}, IMAGES))
def flatten(A_prev, channels_first=0):
    return torch.flatten(channels_second(A_prev) if channels_first else A_prev, 1)


@layer("glu", ["y"], ({}, {"x": (4, 6)}), ({}, {"x": (2, 3, 2)}))
def glu(x):
    return F.glu(x)


@layer("swiglu", ["y"], ({}, {"gate": (4, 3), "up": (4, 3)}), ({}, {"gate": (2, 3, 2), "up": (2, 3, 2)}))
def swiglu(gate, up):
    return F.silu(gate) * up


@layer("maxout", ["y"], ({}, {"x": (4, 6)}), ({"pieces": 3}, {"x": (2, 2, 6)}))
def maxout(x, pieces=2):
    return x.unflatten(-1, (x.shape[-1] // pieces, pieces)).max(-1).values


@layer("dense_rows", ["y"], ({}, {"x": (4, 3), "W": (3, 2), "b": (2,)}), ({}, {"x": (1, 2), "W": (2, 5), "b": (5,)}))
def dense_rows(x, W, b):
    return F.linear(x, W.T, b)


# Normalisations


def features(*shape):
    return {"x": shape, "gamma": shape[-1:], "beta": shape[-1:]}


@layer("batch_norm", ["y"], ({}, features(5, 3)), ({"eps": 0.25, "ddof": 1}, features(4, 3)))
def batch_norm(x, gamma, beta, eps=1e-5, ddof=0):
    if ddof == 0:
        return F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    # PyTorch's own divides by N.
    return gamma * (x - x.mean(0)) / torch.sqrt(x.var(0, unbiased=True) + eps) + beta


@layer("layer_norm", ["y"], ({}, features(3, 5)), ({"eps": 0.25}, features(4, 3)))
def layer_norm(x, gamma, beta, eps=1e-5):
    return F.layer_norm(x, x.shape[1:], gamma, beta, eps)


@layer("group_norm", ["y"], ({}, features(3, 6)), ({"groups": 3, "eps": 0.25}, features(2, 2, 3, 6)))
def group_norm(x, gamma, beta, groups=2, eps=1e-5):
    return channels_last(F.group_norm(channels_second(x), groups, gamma, beta, eps))


@layer("rms_norm", ["y"], ({}, {"x": (3, 4), "gamma": (4,)}), ({"eps": 0.25}, {"x": (2, 5), "gamma": (5,)}))
def rms_norm(x, gamma, eps=1e-6):
    # PyTorch 1.13 has none.
    return gamma * x * torch.rsqrt((x * x).mean(1, keepdim=True) + eps)


# Recurrent layers: lib has n x m x T and a weight for each gate, PyTorch T x m x n and one weight for all of them.


def in_rows(sequence):
    return sequence.permute(2, 1, 0)


def in_columns(sequence):
    return sequence.permute(2, 1, 0)


def recurrent(n_x, n_a, m, gates, T=None):
    x = {"xt": (n_x, m), "a_prev": (n_a, m)} if T is None else {"x": (n_x, m, T), "a0": (n_a, m)}
    return {**x, **gates(n_x, n_a)}


def rnn_weights(n_x, n_a):
    return {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1)}


def biases(b):
    """lib has one bias, PyTorch one for the input and one for the state"""
    return b.flatten(), torch.zeros_like(b.flatten())


@layer("rnn_cell", ["a_next"], ({}, recurrent(2, 3, 4, rnn_weights)), ({}, recurrent(3, 2, 1, rnn_weights)))
def rnn_cell(xt, a_prev, Wax, Waa, ba):
    return torch.rnn_tanh_cell(xt.T, a_prev.T, Wax, Waa, *biases(ba)).T


@layer("rnn", ["a"], ({}, recurrent(2, 3, 2, rnn_weights, 4)), ({}, recurrent(3, 2, 4, rnn_weights, 1)))
def rnn(x, a0, Wax, Waa, ba):
    states, _ = torch.rnn_tanh(in_rows(x), a0.T[None], [Wax, Waa, *biases(ba)], True, 1, 0.0, False, False, False)
    return in_columns(states)


def lstm_weights(n_x, n_a):
    return {name: (n_a, n_a + n_x) if name[0] == "W" else (n_a, 1)
            for name in ("Wf", "bf", "Wi", "bi", "Wc", "bc", "Wo", "bo")}


def lstm_parameters(Wf, bf, Wi, bi, Wc, bc, Wo, bo):
    # lib: f, i, c, o, each on [a_prev; xt]; PyTorch: i, f, g, o, the input's apart from the state's.
    n_a = Wf.shape[0]
    W = torch.cat([Wi, Wf, Wc, Wo])
    return [W[:, n_a:], W[:, :n_a], *biases(torch.cat([bi, bf, bc, bo]))]


@layer("lstm_cell", ["a_next", "c_next"],
       ({}, {"xt": (2, 4), "a_prev": (3, 4), "c_prev": (3, 4), **lstm_weights(2, 3)}),
       ({}, {"xt": (3, 1), "a_prev": (2, 1), "c_prev": (2, 1), **lstm_weights(3, 2)}))
def lstm_cell(xt, a_prev, c_prev, *gates):
    a_next, c_next = torch.lstm_cell(xt.T, (a_prev.T, c_prev.T), *lstm_parameters(*gates))
    return a_next.T, c_next.T


@layer("lstm", ["a"], ({}, recurrent(2, 3, 2, lstm_weights, 4)), ({}, recurrent(3, 2, 4, lstm_weights, 1)))
def lstm(x, a0, *gates):
    first = (a0.T[None], torch.zeros_like(a0.T[None]))
    states, _, _ = torch.lstm(in_rows(x), first, lstm_parameters(*gates), True, 1, 0.0, False, False, False)
    return in_columns(states)


def gru_shapes(n_x, n_h, m, T=None):
    x = {"xt": (n_x, m), "h_prev": (n_h, m)} if T is None else {"x": (n_x, m, T), "h0": (n_h, m)}
    weights = {f"W{gate}{of}": (n_h, n) for of, n in (("x", n_x), ("h", n_h)) for gate in "rzn"}
    return {**x, **weights, **{f"b{gate}{of}": (n_h, 1) for of in "xh" for gate in "rzn"}}


def gru_parameters(*weights):
    # r, z, n in both.
    Wx, Wh, bx, bh = (torch.cat(weights[start : start + 3]) for start in (0, 3, 6, 9))
    return [Wx, Wh, bx.flatten(), bh.flatten()]


@layer("gru_cell", ["h_next"], ({}, gru_shapes(2, 3, 4)), ({}, gru_shapes(3, 2, 1)))
def gru_cell(xt, h_prev, *weights):
    return torch.gru_cell(xt.T, h_prev.T, *gru_parameters(*weights)).T


@layer("gru", ["h"], ({}, gru_shapes(2, 3, 2, 4)), ({}, gru_shapes(3, 2, 4, 1)))
def gru(x, h0, *weights):
    states, _ = torch.gru(in_rows(x), h0.T[None], gru_parameters(*weights), True, 1, 0.0, False, False, False)
    return in_columns(states)


# Attention


def unseen(queries, keys, causal):
    """True where a query may not look"""
    return torch.ones(queries, keys).triu(1).bool() if causal else torch.zeros(queries, keys).bool()


@layer("attention", ["Y"], ({}, {"Q": (4, 3), "K": (5, 3), "V": (5, 2)}),
       ({"causal": 1}, {"Q": (4, 2), "K": (3, 2), "V": (3, 5)}))
def attention(Q, K, V, causal=0):
    scores = (Q @ K.T / math.sqrt(Q.shape[1])).masked_fill(unseen(len(Q), len(K), causal), -math.inf)
    return torch.softmax(scores, 1) @ V


def attention_shapes(n, d):
    # PyTorch's heads are together as wide as X.
    return {"X": (n, d), "Wq": (d, d), "Wk": (d, d), "Wv": (d, d), "Wo": (d, d)}


@layer("multi_head_attention", ["Y"], ({}, attention_shapes(3, 4)),
       ({"heads": 3, "causal": 1}, attention_shapes(4, 6)))
def multi_head_attention(X, Wq, Wk, Wv, Wo, heads=2, causal=0):
    # lib: X W; PyTorch: X Wᵀ
    sequence = X[:, None]
    Y, _ = F.multi_head_attention_forward(
        sequence, sequence, sequence, X.shape[1], heads, torch.cat([Wq.T, Wk.T, Wv.T]), None, None, None, False, 0.0,
        Wo.T, None, attn_mask=unseen(len(X), len(X), causal))
    return Y[:, 0]


# The others


@layer("dropout", ["y"], ({}, {"x": (4, 3), "mask": (4, 3)}), ({"keep": 0.25}, {"x": (2, 5), "mask": (2, 5)}))
def dropout(x, mask, keep=0.8):
    return x * mask / keep


@layer("embedding", ["y"], ({}, {"C": (4, 3), "index": (7,)}), ({}, {"C": (5, 2), "index": (3, 2)}))
def embedding(C, index):
    return F.embedding(index.long(), C)


@layer("add", ["y"], ({}, {"x": (4, 3), "f": (4, 3)}), ({}, {"x": (2, 3, 2), "f": (2, 3, 2)}))
def add(x, f):
    return x + f


LABELS = {"mean": (4, 3), "variance": (4, 3), "y": (4, 3)}


@layer("gaussian_negative_log_likelihood", ["loss"], ({}, LABELS), ({}, dict.fromkeys(LABELS, (2, 3, 2))))
def gaussian_negative_log_likelihood(mean, variance, y):
    # All variances lie above eps, which they would be replaced by.
    return F.gaussian_nll_loss(mean, y, variance, eps=1e-12, reduction="none")


def drawn(draw, name, shape, rows):
    def number():
        if name == "mask":
            return float(draw.randrange(2))
        if name == "index":
            return float(draw.randrange(rows))
        if name == "variance":
            return round(math.exp(draw.gauss(0, 1)) * 1024) / 1024
        # Weights are small, or gates would lie at their ends and softmax at a corner: there derivatives are small rests,
        # which PyTorch takes from rounded values.
        return round(draw.gauss(0, 0.5 if name[0] in "Wb" else 1) * 1024) / 1024

    return torch.tensor([number() for _ in range(math.prod(shape))]).reshape(shape)


def row(what, name, array):
    numbers = " ".join(f"{number:.17g}" for number in array.detach().flatten().tolist())
    return [what, name, " ".join(str(dim) for dim in array.shape), numbers]


def rows(slug):
    function, names, cases = LAYERS[slug]
    draw = random.Random(slug)
    for parameters, shapes in cases:
        yield ["layer", slug, " ".join(f"{name}={value}" for name, value in parameters.items()), ""]
        first = next(iter(shapes.values()))
        inputs = {name: drawn(draw, name, shape, first[0]) for name, shape in shapes.items()}
        variables = [name for name in inputs if name not in ("mask", "index")]
        for name in variables:
            inputs[name].requires_grad_()
        outputs = function(*inputs.values(), **parameters)
        outputs = outputs if isinstance(outputs, tuple) else (outputs,)
        upstream = [drawn(draw, name, output.shape, 0) for name, output in zip(names, outputs, strict=True)]
        sum((u * output).sum() for u, output in zip(upstream, outputs)).backward()
        yield from (row("input", name, array) for name, array in inputs.items())
        yield from (row("output", name, array) for name, array in zip(names, outputs))
        yield from (row("upstream", name, array) for name, array in zip(names, upstream))
        yield from (row("derivative", name, inputs[name].grad) for name in variables)


def differ(made, stored):
    """whether two rows differ by more than the last digits"""
    if made[:3] != stored[:3]:
        return True
    made, stored = ([float(number) for number in numbers.split()] for numbers in (made[3], stored[3]))
    allowed = ROUNDING * max(map(abs, made), default=0)
    return len(made) != len(stored) or any(abs(a - b) > allowed for a, b in zip(made, stored))


def planted(made):
    numbers = (f"{float(number) * (1 + 1e-9):.17g}" for number in made[3].split())
    return [*made[:3], " ".join(numbers)]


def is_made(path, made):
    stored = [line.split("\t") for line in path.read_text().splitlines()[1:]]
    return len(stored) == len(made) and not any(map(differ, made, stored))


others = []
for slug in LAYERS:
    path = FOLDER / f"{slug}.tsv"
    made = list(rows(slug))
    if "--check" in sys.argv[1:]:
        if not is_made(path, [planted(cells) for cells in made] if "--plant" in sys.argv[1:] else made):
            others.append(path.name)
    else:
        head = "# made by make_layers.py: PyTorch, float64, 17 digits"
        path.write_text("\n".join([head, *("\t".join(cells) for cells in made)]) + "\n")
if others:
    sys.exit(f"{len(others)} of {len(LAYERS)} files are not what this makes: {' '.join(others)}")
