# SPDX-License-Identifier: MIT
#
# Made activations.tsv, columns.tsv and losses.tsv beside it: the value and the derivative of every activation and loss, by mpmath from
# the definitions below. A derivative is mpmath's difference quotient of the definition with 700 digits, so that no formula
# of a derivative is written here, and no form that avoids cancellation: it takes the digits it loses. mpmath 1.2.1.
#
#     python3 make.py            writes the tables
#     python3 make.py --check    writes nothing, and fails if a table is not what this makes
import pathlib
import sys

from mpmath import cosh, diff, erfc, exp, fabs, log, mp, mpf, nstr, sin, sqrt, tanh

mp.dps = 700
DIGITS = 21
FOLDER = pathlib.Path(__file__).parent
number = mpf  # of a decimal, as the parameters are meant

ACTIVATIONS = {}
LOSSES = {}


def activation(name, definition, kinks=(), seams=()):
    ACTIVATIONS[name] = (definition, [float(kink) for kink in kinks], seams)


def loss(name, definition, points, labels, kinks=lambda y: ()):
    LOSSES[name] = (definition, points, labels, kinks)


def sigma(z):
    return 1 / (1 + exp(-z))


def softplus(z):
    return log(1 + exp(z))


def elu(alpha):
    return lambda z: z if z > 0 else number(alpha) * (exp(z) - 1)


def celu(alpha):
    return lambda z: z if z > 0 else number(alpha) * (exp(z / number(alpha)) - 1)


def leaky(slope):
    return lambda z: z if z > 0 else number(slope) * z


def shrink(threshold):
    return lambda z: z - number(threshold) if z > number(threshold) else z + number(threshold) if z < -number(threshold) else mpf(0)


def gelu_tanh(z):
    return z / 2 * (1 + tanh(number("0.797884560802865") * (z + number("0.044715") * z**3)))


def selu(z):
    scale, alpha = number("1.05070098735548"), number("1.673263242354377")
    return scale * z if z > 0 else scale * alpha * (exp(z) - 1)


def clip(z, least, most):
    return min(max(z, mpf(least)), mpf(most))


activation("bent_identity", lambda z: (sqrt(z * z + 1) - 1) / 2 + z)
activation("celu", celu("1"), seams=[0])
activation("celu(alpha=2)", celu("2"), seams=[0])
activation("cube", lambda z: z**3)
activation("elu", elu("1"), seams=[0])
activation("elu(alpha=0.5)", elu("0.5"), kinks=[0])
activation("exponential", exp)
activation("gaussian", lambda z: exp(-z * z))
activation("gelu", lambda z: z * erfc(-z / sqrt(mpf(2))) / 2)
activation("gelu_tanh", gelu_tanh)
activation("hard_sigmoid", lambda z: clip(z + 3, 0, 6) / 6, kinks=[-3, 3])
activation("hard_swish", lambda z: z * clip(z + 3, 0, 6) / 6, kinks=[-3, 3])
activation("hard_tanh", lambda z: clip(z, -1, 1), kinks=[-1, 1])
activation("identity", lambda z: z)
activation("leaky_relu", leaky("0.01"), kinks=[0])
activation("leaky_relu(slope=0.25)", leaky("0.25"), kinks=[0])
activation("log_sigmoid", lambda z: log(sigma(z)))
activation("mish", lambda z: z * tanh(softplus(z)))
activation("relu", lambda z: max(z, mpf(0)), kinks=[0])
activation("relu6", lambda z: clip(z, 0, 6), kinks=[0, 6])
activation("relu_squared", lambda z: max(z, mpf(0)) ** 2, seams=[0])
activation("selu", selu, kinks=[0])
activation("sigmoid", sigma)
activation("silu", lambda z: z * sigma(z))
activation("silu(beta=1.5)", lambda z: z * sigma(number("1.5") * z))
activation("sine", sin)
activation("soft_shrink", shrink("0.5"), kinks=[-0.5, 0.5])
activation("soft_shrink(threshold=2)", shrink("2"), kinks=[-2, 2])
activation("softplus", softplus)
activation("softsign", lambda z: z / (1 + fabs(z)), seams=[0])
activation("square", lambda z: z * z)
activation("squareplus", lambda z: (z + sqrt(z * z + 4)) / 2)
activation("squareplus(b=0.25)", lambda z: (z + sqrt(z * z + number("0.25"))) / 2)
activation("tanh", tanh)
activation("tanh_shrink", lambda z: z - tanh(z))

# Pre-activations of a column and what comes from above.
COLUMNS = [((1, 2, 3), (1, -2, 0.5)), ((0, 0, 0), (1, 0, 0)), ((800, -800, 0), (1, 2, 3)), ((-745, -740, -800), (0.5, 1, -1)),
           ((9, -9, 0), (1, -2, 0.5)), ((1e-20, -1e-20, 0), (3, 0, -1)), ((40, 41, 0), (1, 1, 1)), ((700, 37, 1), (2, 1, 3))]
TINY = [1e-300, 1e-20, 1e-12, 1e-9, 1e-5, 1e-3]
SIZES = TINY + [0.3, 0.5, 0.75, 1, 2, 3, 5, 6, 9, 20, 37, 100, 300, 709, 745, 800]
REAL_LINE = sorted({sign * size for sign in (-1.0, 1.0) for size in SIZES} | {0.0})
BETWEEN_0_AND_1 = [1e-300, 1e-20, 1e-9, 1e-3, 0.25, 0.5, 0.75, 0.999, 1 - 1e-9, 1 - 2**-53]
POSITIVE = [1e-300, 1e-20, 1e-9, 1e-3, 0.25, 1.0, 5.0, 7.0, 30.0, 800.0]
ABOVE_MINUS_1 = [-1 + 2**-53, -1 + 1e-9, -0.999, -0.5, -1e-9, -1e-300, 0.0, 1e-20, 1e-3, 0.25, 5.0, 30.0, 800.0]
FROM_LABEL = [0.0, 1e-9, 1e-5, 1e-3, 0.3, 0.5, 1.0, 2.0, 3.0, 40.0, 800.0]


def around(y):
    """Predictions near and far from the label, and those tiny themselves."""
    near = {y + sign * distance for sign in (-1, 1) for distance in FROM_LABEL}
    return sorted(near | ({-1e-300, -1e-20, 1e-20, 1e-300} if y == 0 else {y * (1 + 2**-52)}))


def on(points):
    return lambda y: points


def x_log(x, logarithm_of):
    return mpf(0) if x == 0 else x * log(logarithm_of)


def cross_entropy(a, y):
    return -x_log(y, a) - x_log(1 - y, 1 - a)


def focal(gamma):
    def value(a, y):
        of_one = -y * (1 - a) ** number(gamma) * log(a) if y != 0 else mpf(0)
        return of_one - ((1 - y) * a ** number(gamma) * log(1 - a) if y != 1 else mpf(0))

    return value


def huber(delta):
    delta = number(delta)
    return lambda a, y: (a - y) ** 2 / 2 if fabs(a - y) <= delta else delta * (fabs(a - y) - delta / 2)


def smooth_l1(beta):
    beta = number(beta)
    return lambda a, y: (a - y) ** 2 / (2 * beta) if fabs(a - y) <= beta else fabs(a - y) - beta / 2


def pseudo_huber(delta):
    delta = number(delta)
    return lambda a, y: delta**2 * (sqrt(1 + ((a - y) / delta) ** 2) - 1)


def quantile(tau):
    tau = number(tau)
    return lambda a, y: tau * (y - a) if a < y else (1 - tau) * (a - y)


def cauchy(scale):
    scale = number(scale)
    return lambda a, y: scale**2 / 2 * log(1 + ((a - y) / scale) ** 2)


def tweedie(power):
    p = number(power)
    return lambda a, y: a ** (2 - p) / (2 - p) - y * a ** (1 - p) / (1 - p)


def weighted(weight):
    return lambda a, y: -number(weight) * x_log(y, a) - x_log(1 - y, 1 - a)


NUMBERS = [0.0, 0.25]
SIGNS = [-1.0, 1.0]
SHARES = [0.0, 0.25, 1.0]
COUNTS = [0.0, 1.0, 7.0]
AMOUNTS = [0.25, 5.0]

loss("absolute_error", lambda a, y: fabs(a - y), around, NUMBERS, kinks=lambda y: [y])
loss("binary_cross_entropy", cross_entropy, on(BETWEEN_0_AND_1), SHARES)
loss("binary_cross_entropy_with_logits", lambda a, y: softplus(a) - y * a, on(REAL_LINE), SHARES)
loss("categorical_cross_entropy", lambda a, y: -x_log(y, a), on(BETWEEN_0_AND_1), SHARES)
loss("cauchy", cauchy("1"), around, NUMBERS)
loss("cauchy(scale=2)", cauchy("2"), around, NUMBERS)
loss("exponential_loss", lambda a, y: exp(-y * a), on(REAL_LINE), SIGNS)
loss("focal", focal("2"), on(BETWEEN_0_AND_1), SHARES)
loss("focal(gamma=0)", focal("0"), on(BETWEEN_0_AND_1), SHARES)
loss("gamma_negative_log_likelihood", lambda a, y: log(a) + y / a, on(POSITIVE), AMOUNTS)
loss("geman_mcclure", lambda a, y: (a - y) ** 2 / (2 * (1 + (a - y) ** 2)), around, NUMBERS)
loss("hinge", lambda a, y: max(mpf(0), 1 - y * a), on(REAL_LINE), SIGNS, kinks=lambda y: [y])
loss("huber", huber("1"), around, NUMBERS)
loss("huber(delta=0.5)", huber("0.5"), around, NUMBERS)
loss("kullback_leibler", lambda a, y: mpf(0) if y == 0 else y * (log(y) - log(a)), on(BETWEEN_0_AND_1), SHARES)
loss("log_cosh", lambda a, y: log(cosh(a - y)), around, NUMBERS)
loss("logistic_loss", lambda a, y: log(1 + exp(-y * a)), on(REAL_LINE), SIGNS)
loss("poisson_log_input", lambda a, y: exp(a) - y * a, on(REAL_LINE), COUNTS)
loss("poisson_negative_log_likelihood", lambda a, y: a - x_log(y, a), on(POSITIVE), COUNTS)
loss("pseudo_huber", pseudo_huber("1"), around, NUMBERS)
loss("pseudo_huber(delta=2)", pseudo_huber("2"), around, NUMBERS)
loss("quantile", quantile("0.9"), around, NUMBERS, kinks=lambda y: [y])
loss("quantile(tau=0.25)", quantile("0.25"), around, NUMBERS, kinks=lambda y: [y])
loss("smooth_l1", smooth_l1("1"), around, NUMBERS)
loss("smooth_l1(beta=0.5)", smooth_l1("0.5"), around, NUMBERS)
loss("squared_error", lambda a, y: (a - y) ** 2 / 2, around, NUMBERS)
loss("squared_hinge", lambda a, y: max(mpf(0), 1 - y * a) ** 2, on(REAL_LINE), SIGNS)
loss("squared_log_error", lambda a, y: (log(1 + a) - log(1 + y)) ** 2 / 2, on(ABOVE_MINUS_1), [-0.5, 0.0, 0.25])
loss("tweedie", tweedie("1.5"), on(POSITIVE), [0.0, 5.0])
loss("tweedie(power=1.25)", tweedie("1.25"), on(POSITIVE), [0.0, 5.0])
loss("weighted_binary_cross_entropy", weighted("2"), on(BETWEEN_0_AND_1), SHARES)
loss("weighted_binary_cross_entropy(pos_weight=0.3)", weighted("0.3"), on(BETWEEN_0_AND_1), SHARES)


def written(value):
    """With all its digits, and as 0 what is a rounding of the difference quotient."""
    return "0" if fabs(value) < mpf(10) ** -650 else nstr(value, DIGITS, min_fixed=-5, max_fixed=15)


def row(name, f, point, *label):
    x = mpf(point)
    labels = [mpf(number) for number in label]
    g = lambda at: f(at, *labels)
    numbers = [f"{number:g}" if float(f"{number:g}") == number else repr(number) for number in (point, *label)]
    return "\t".join([name, *numbers, written(g(x)), written(diff(g, x))])


def softmax(z):
    powers = [exp(z_j) for z_j in z]
    return [power / sum(powers) for power in powers]


def column_rows(z, upstream):
    """For each component its value, and what comes from above pulled back to its pre-activation."""
    z_mpf, u_mpf = [mpf(z_j) for z_j in z], [mpf(u) for u in upstream]
    for k in range(len(z)):
        moved = lambda at: sum(u * p for u, p in zip(u_mpf, softmax(z_mpf[:k] + [at] + z_mpf[k + 1:])))
        points = [f"{number:g}" for number in (*z, *upstream, k)]
        yield "\t".join(["softmax", *points, written(softmax(z_mpf)[k]), written(diff(moved, z_mpf[k]))])


def table(head, rows):
    return "\n".join([f"# made by make.py: mpmath from the definitions, {DIGITS} digits", head, *rows]) + "\n"


def tables():
    activations = [row(name, definition, z) for name, (definition, kinks, seams) in ACTIVATIONS.items()
                   for z in REAL_LINE if z not in kinks]
    losses = [row(name, definition, a, y) for name, (definition, points, labels, kinks) in LOSSES.items()
              for y in labels for a in points(y) if a not in kinks(y)]
    columns = [row for z, upstream in COLUMNS for row in column_rows(z, upstream)]
    head = "activation\tz1\tz2\tz3\tu1\tu2\tu3\tcomponent\tvalue\tderivative"
    return {"activations.tsv": table("activation\tz\tvalue\tderivative", activations),
            "columns.tsv": table(head, columns),
            "losses.tsv": table("loss\ta\ty\tvalue\tderivative", losses)}


for name, text in tables().items():
    path = FOLDER / name
    if "--check" not in sys.argv:
        path.write_text(text)
    elif path.read_text() != text:
        sys.exit(f"{path} is not what make.py makes")
