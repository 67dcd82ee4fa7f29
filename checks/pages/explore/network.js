// SPDX-License-Identifier: MIT
'use strict';
// The network of the worked example: forward, backward line by line, with a wrong form of a line where one is wanted.
window.gradproofNetwork = (cases) => {
  const map = (A, f) => A.map((row, i) => row.map((value, j) => f(value, i, j)));
  const transposed = (A) => A[0].map((_, j) => A.map((row) => row[j]));
  const times = (A, B) => A.map((row) => B[0].map((_, j) => row.reduce((sum, value, k) => sum + value * B[k][j], 0)));
  const rowSums = (A) => A.map((row) => [row.reduce((sum, value) => sum + value, 0)]);
  const scaled = (A, factor) => map(A, (value) => value * factor);

  const {X, Y} = cases.network;
  const m = X[0].length;
  const output = cases.activations.sigmoid;
  const loss = cases.losses.binary_cross_entropy;

  const forward = ({W1, b1, W2, b2}, hidden) => {
    const g = cases.activations[hidden];
    const Z1 = map(times(W1, X), (value, i) => value + b1[i][0]);
    const A1 = map(Z1, g.value);
    const Z2 = map(times(W2, A1), (value, i) => value + b2[i][0]);
    const A2 = map(Z2, output.value);
    const J = A2[0].reduce((sum, a, i) => sum + loss.value(a, Y[0][i]), 0) / m;
    return {Z1, A1, Z2, A2, J};
  };

  // A line of the backward pass: what it computes, and the forms that it may be given; the first is right. Each takes what
  // is there so far: parameters, what forward left, and the lines before.
  const lines = [
    ['dZ2', {'A2 - Y': (s) => map(s.A2, (a, i, j) => a - Y[i][j]),
             'A2 + Y': (s) => map(s.A2, (a, i, j) => a + Y[i][j]),
             'Y - A2': (s) => map(s.A2, (a, i, j) => Y[i][j] - a),
             "(A2 - Y) * sigmoid'(Z2)": (s) => map(s.A2, (a, i, j) => (a - Y[i][j]) * output.derivative(s.Z2[i][j]))}],
    ['dW2', {'dZ2 @ A1.T / m': (s) => scaled(times(s.dZ2, transposed(s.A1)), 1 / m),
             'dZ2 @ A1.T': (s) => times(s.dZ2, transposed(s.A1)),
             '-dZ2 @ A1.T / m': (s) => scaled(times(s.dZ2, transposed(s.A1)), -1 / m),
             'dZ2 @ Z1.T / m': (s) => scaled(times(s.dZ2, transposed(s.Z1)), 1 / m)}],
    ['db2', {'np.sum(dZ2, axis=1, keepdims=True) / m': (s) => scaled(rowSums(s.dZ2), 1 / m),
             'np.sum(dZ2, axis=1, keepdims=True)': (s) => rowSums(s.dZ2),
             '-np.sum(dZ2, axis=1, keepdims=True) / m': (s) => scaled(rowSums(s.dZ2), -1 / m)}],
    ['dA1', {'W2.T @ dZ2': (s) => times(transposed(s.W2), s.dZ2),
             '-W2.T @ dZ2': (s) => scaled(times(transposed(s.W2), s.dZ2), -1),
             'W2.T @ (A2 + Y)': (s) => times(transposed(s.W2), map(s.A2, (a, i, j) => a + Y[i][j]))}],
    ['dZ1', {"dA1 * g'(Z1)": (s) => map(s.dA1, (value, i, j) => value * s.g.derivative(s.Z1[i][j])),
             "-dA1 * g'(Z1)": (s) => map(s.dA1, (value, i, j) => -value * s.g.derivative(s.Z1[i][j])),
             'dA1': (s) => s.dA1,
             'dA1 * Z1': (s) => map(s.dA1, (value, i, j) => value * s.Z1[i][j])}],
    ['dW1', {'dZ1 @ X.T / m': (s) => scaled(times(s.dZ1, transposed(X)), 1 / m),
             'dZ1 @ X / m': (s) => scaled(times(s.dZ1, X), 1 / m),
             '-dZ1 @ X.T / m': (s) => scaled(times(s.dZ1, transposed(X)), -1 / m)}],
    ['db1', {'np.sum(dZ1, axis=1, keepdims=True) / m': (s) => scaled(rowSums(s.dZ1), 1 / m),
             'np.sum(dZ1, axis=1, keepdims=True)': (s) => rowSums(s.dZ1),
             '-np.sum(dZ1, axis=1, keepdims=True) / m': (s) => scaled(rowSums(s.dZ1), -1 / m)}],
  ];

  // `chosen` names the form of a line, where it is not the right one.
  const backward = (parameters, hidden, chosen = {}) => {
    const state = {...parameters, ...forward(parameters, hidden), g: cases.activations[hidden]};
    for (const [name, forms] of lines) state[name] = forms[chosen[name] ?? Object.keys(forms)[0]](state);
    return state;
  };

  // J with one parameter moved, as a function of that parameter; and how long a step may be without leading a hidden unit
  // across a kink of its activation.
  const costAlong = (parameters, hidden, name, i, j) => (value) =>
    forward({...parameters, [name]: map(parameters[name], (old, row, column) => row === i && column === j ? value : old)}, hidden).J;
  const stepFor = (parameters, hidden, name, i, j) => {
    const {kinks} = cases.activations[hidden];
    const sides = (value) => {
      const moved = {...parameters, [name]: map(parameters[name], (old, row, column) => row === i && column === j ? value : old)};
      return forward(moved, hidden).Z1.flat().flatMap((z) => kinks.map((kink) => Math.sign(z - kink))).join();
    };
    const at = parameters[name][i][j];
    let step = 2 ** -5;
    while (step > 2 ** -14 && sides(at + step) !== sides(at - step)) step /= 4;
    return step;
  };

  return {forward, backward, lines, costAlong, stepFor};
};
