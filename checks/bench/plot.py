#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Plots time an entry against size, from gradproof_bench's JSON, as an SVG.

usage: plot.py bench.json cost.svg

Of repeated runs it takes the median.
"""
import json
import math
import statistics
import sys

SERIES = {  # the benchmark's series: what varies, and how its value is read from "12288-20-7-5-1/m:209"
    "features": ("features", lambda sizes, m: sizes[0]),
    "examples": ("examples", lambda sizes, m: m),
    "width": ("units in each of two hidden layers", lambda sizes, m: sizes[1]),
    "depth": ("hidden layers of 10 units", lambda sizes, m: len(sizes) - 2),
}
COLOURS = {"relu": "#2166ac", "tanh": "#b2182b"}
TEXT, PALE, GRID = "#24292f", "#6e7781", "#e6e9ec"
WIDTH, HEIGHT = 400, 250  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 62, 18, 22, 52  # around its curves
HEADER = 66


def points_of(report):
    """{series: {activation: [(size, seconds an entry)]}}"""
    points = {}
    for run in report["benchmarks"]:
        series, activation, shape, examples = run["name"].split("/")[:4]
        if series not in SERIES or run["run_type"] != "iteration" or run.get("error_occurred"):
            continue
        sizes = [int(n) for n in shape.split("-")]
        size = SERIES[series][1](sizes, int(examples.split(":")[1]))
        points.setdefault(series, {}).setdefault(activation, {}).setdefault(size, []).append(run)
    return {series: {activation: [(size, statistics.median(run["s_an_entry"] for run in runs))
                                  for size, runs in sorted(curve.items())]
                     for activation, curve in curves.items()}
            for series, curves in points.items()}


def time(seconds):
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= unit:
            return f"{seconds / unit:g} {name}"
    return f"{seconds * 1e9:g} ns"


def ticks(low, high):
    """1, 2 and 5 times powers of ten between low and high; powers of ten alone if these are many."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    many = math.log10(high / low) > 2
    found = [float(f"{digit}e{n}") for n in decades for digit in ((1,) if many else (1, 2, 5))]
    return [tick for tick in found if low <= tick <= high]


def text(x, y, words, anchor="start", colour=TEXT, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{more}>{words}</text>'


def line(points, colour):
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'


def panel(label, curves, left, top):
    sizes = sorted({p[0] for curve in curves.values() for p in curve})
    costs = [cost for curve in curves.values() for _, cost in curve]
    low, high = min(costs) / 1.5, max(costs) * 1.5
    right, bottom = left + WIDTH - RIGHT, top + HEIGHT - BOTTOM

    def place(size, cost):
        across = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        up = math.log(cost / low) / math.log(high / low)
        return (left + LEFT + 10 + (WIDTH - LEFT - RIGHT - 20) * across, bottom - (HEIGHT - TOP - BOTTOM) * up)

    out = []
    for tick in ticks(low, high):
        y = place(sizes[0], tick)[1]
        out.append(f'<line x1="{left + LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
        out.append(text(left + LEFT - 8, y + 4, time(tick), "end", PALE))
    for size in sizes:
        out.append(text(place(size, low)[0], bottom + 18, f"{size:,}", "middle", PALE))
    out.append(text(left + LEFT + (WIDTH - LEFT - RIGHT) / 2, bottom + 38, label, "middle"))
    for activation, curve in sorted(curves.items()):
        colour = COLOURS[activation]
        measured = [place(size, cost) for size, cost in sorted(curve)]
        out.append(line(measured, colour))
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}" stroke="white"/>' for x, y in measured]
    return out


def legend(y):
    out, x = [], LEFT
    for activation, colour in COLOURS.items():
        out += [line([(x, y - 4), (x + 26, y - 4)], colour), text(x + 34, y, activation)]
        x += 90
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        points = points_of(json.load(file))
    width, height = 2 * WIDTH, HEADER + 2 * HEIGHT
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
           'font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif" font-size="12">',
           "<title>Time to check one entry of the gradient, against the size of the network</title>",
           '<rect width="100%" height="100%" rx="6" fill="white"/>',
           text(LEFT, 28, "Time to check one entry of the gradient", more=' font-size="15" font-weight="600"')]
    out += legend(52)
    for n, (series, (label, _)) in enumerate(SERIES.items()):
        if series in points:
            out += panel(label, points[series], n % 2 * WIDTH, HEADER + n // 2 * HEIGHT)
    out.append("</svg>")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
