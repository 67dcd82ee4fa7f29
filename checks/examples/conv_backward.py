# SPDX-License-Identifier: MIT
#
# The convolution of the course in NumPy with a mistake in its backward function, and the one line that saves what it
# took and gave for gradproof. Made conv_backward.npz of this folder with NumPy 1.24.2.
import numpy as np


def conv_forward(A_prev, W, b, stride, pad):
    padded = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    m, n_H, n_W, _ = padded.shape
    f, _, _, n_C = W.shape
    Z = np.zeros((m, (n_H - f) // stride + 1, (n_W - f) // stride + 1, n_C))
    for h in range(Z.shape[1]):
        for w in range(Z.shape[2]):
            window = padded[:, h * stride : h * stride + f, w * stride : w * stride + f]
            Z[:, h, w] = np.tensordot(window, W, axes=3) + b[0, 0, 0]
    return Z, padded


def conv_backward(dZ, padded, W, b, stride, pad):
    f = len(W)
    d_padded, dW, db = np.zeros_like(padded), np.zeros_like(W), np.zeros_like(b)
    for h in range(dZ.shape[1]):
        for w in range(dZ.shape[2]):
            rows, columns = slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
            d_padded[:, rows, columns] = np.tensordot(dZ[:, h, w], W, axes=(1, 3))
            dW += np.tensordot(padded[:, rows, columns], dZ[:, h, w], axes=(0, 0))
            db += dZ[:, h, w].sum(axis=0)
    return d_padded[:, pad:-pad, pad:-pad], dW, db


np.random.seed(1)
hparameters = {"stride": 1, "pad": 1}
A_prev, W, b = np.random.randn(2, 5, 4, 3), np.random.randn(3, 3, 3, 2), np.random.randn(1, 1, 1, 2)
Z, padded = conv_forward(A_prev, W, b, **hparameters)
dZ = np.random.randn(*Z.shape)
dA_prev, dW, db = conv_backward(dZ, padded, W, b, **hparameters)
np.savez("conv_backward.npz", A_prev=A_prev, W=W, b=b, **hparameters, dZ=dZ, dA_prev=dA_prev, dW=dW, db=db)
