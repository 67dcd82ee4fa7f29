// SPDX-License-Identifier: MIT
'use strict';
// What the page to explore computes with: functions that JavaScript lacks, derivatives by differences with an error
// bar, and verdicts.
window.gradproofNumerics = (() => {
  // 0 log 0 is 0, as in the library.
  const timesLog = (factor, log) => factor === 0 ? 0 : factor * log;

  // Near 0 a series of terms of one sign; farther out a continued fraction, from its tail on, for which so many steps are
  // enough to the last digit.
  const erfOfSmall = (x) => {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); ++n) sum += term *= 2 * x * x / (2 * n + 1);
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  };
  const erfcOfLarge = (x) => {
    let tail = 0;
    for (let n = 400; n >= 1; --n) tail = n / 2 / (x + tail);
    return Math.exp(-x * x) / (x + tail) / Math.sqrt(Math.PI);
  };
  const erfc = (x) => x < 0 ? 2 - erfc(-x) : x < 1 ? 1 - erfOfSmall(x) : erfcOfLarge(x);
  const erf = (x) => Math.abs(x) < 1 ? erfOfSmall(x) : x < 0 ? -erf(-x) : 1 - erfcOfLarge(x);

  const epsilon = 2 ** -52;

  // How far values next to x scatter around a smooth curve: over steps so short nothing else is left of third differences. On
  // either side alone, since there may be a kink at x.
  const noiseOf = (f, x) => {
    const step = 1e-7 * Math.max(1, Math.abs(x));
    return Math.max(...[1, -1].map((side) => {
      const values = [1, 2, 3, 4, 5, 6].map((k) => f(x + side * k * step));
      const thirds = values.slice(3).map((last, k) => Math.abs(values[k] - 3 * values[k + 1] + 3 * values[k + 2] - last));
      return Math.max(...thirds, epsilon * Math.max(...values.map(Math.abs)));
    }));
  };

  // The derivative of f at x: central differences with three steps, extrapolated twice. The bar is all that the last
  // extrapolation changed, and what noise does to a slope over the shortest step. A kink within the steps spoils both, so
  // shorter ones are tried as well, and the narrowest bar is taken. A slope from the left that is not that from the right
  // is a kink at x itself. `step` is the longest.
  const derivative = (f, x, step = 2 ** -5) => {
    const slope = (h) => (f(x + h) - f(x - h)) / (x + h - (x - h));
    const noise = noiseOf(f, x);
    const estimates = [step, step / 16, step / 256].map((longest) => {
      const [long, middle, short] = [slope(longest), slope(longest / 2), slope(longest / 4)];
      const once = [(4 * middle - long) / 3, (4 * short - middle) / 3];
      const value = (16 * once[1] - once[0]) / 15;
      return {value, bar: Math.abs(value - once[1]) + 8 * noise / longest};
    });
    const {value, bar} = estimates.reduce((best, one) => one.bar < best.bar ? one : best);
    const side = (h) => (-3 * f(x) + 4 * f(x + h) - f(x + 2 * h)) / (2 * h);
    const h = step / 1024;
    const jump = Math.abs(side(h) - side(-h));
    const kink = jump > 1e-3 * Math.max(Math.abs(side(h)), Math.abs(side(-h))) + 16 * noise / h;
    const moves = [1, 0.5, 0.25].some((share) => f(x + share * step) !== f(x) || f(x - share * step) !== f(x));
    return {value, bar, kink, moves};
  };

  // confirmed, refuted or undecided, as the notes say: within the bar, and the bar leaves six digits. Idle is a 0 where
  // nothing moves: right, and it shows nothing.
  const verdict = (claimed, measured) => {
    if (measured.kink || !Number.isFinite(measured.bar)) return 'undecided';
    if (!Number.isFinite(claimed)) return 'refuted';
    if (!measured.moves) return claimed === 0 ? 'idle' : 'refuted';
    if (Math.abs(claimed - measured.value) > measured.bar) return 'refuted';
    const size = Math.max(Math.abs(measured.value), 1e-6);
    return measured.bar <= 1e-6 * size ? 'confirmed' : 'undecided';
  };

  // Decimal digits that two numbers have in common, at most 16.
  const digits = (one, other) => {
    if (!Number.isFinite(one) || !Number.isFinite(other)) return 0;
    if (one === other) return 16;
    return Math.min(16, Math.max(0, -Math.log10(Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other)))));
  };

  return {timesLog, erf, erfc, derivative, verdict, digits};
})();
