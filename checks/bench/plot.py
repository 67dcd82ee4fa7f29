#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Plots time an entry against size, from gradproof_bench's JSON, as an SVG.

usage: plot.py bench.json cost.svg
"""
import json
import math
import sys

SERIES = {  # the benchmark's series: what varies, and how its value is read from "12288-20-7-5-1/m:209"
    "features": ("features n_x", lambda sizes, m: sizes[0]),
    "examples": ("examples m", lambda sizes, m: m),
    "width": ("width of two hidden layers", lambda sizes, m: sizes[1]),
    "depth": ("hidden layers of 10", lambda sizes, m: len(sizes) - 2),
}
COLOURS = {"relu": "#1f77b4", "tanh": "#d62728"}
WIDTH, HEIGHT, MARGIN = 330, 240, 52


def points_of(report):
    """{series: {activation: [(size, seconds an entry, floor an entry)]}}"""
    points = {}
    for run in report["benchmarks"]:
        series, activation, shape, examples = run["name"].split("/")[:4]
        if series not in SERIES or run.get("error_occurred"):
            continue
        sizes = [int(n) for n in shape.split("-")]
        size = SERIES[series][1](sizes, int(examples.split(":")[1]))
        points.setdefault(series, {}).setdefault(activation, []).append(
            (size, run["s_an_entry"], run["s_floor_an_entry"]))
    return points


def ticks(low, high):
    return [10.0 ** n for n in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def panel(title, curves, left, top):
    sizes = [p[0] for curve in curves.values() for p in curve]
    costs = [y for curve in curves.values() for p in curve for y in p[1:]]
    x_low, x_high = min(sizes), max(sizes)
    y_ticks = ticks(min(costs), max(costs))
    y_low, y_high = y_ticks[0], y_ticks[-1]

    def x(size):
        return left + MARGIN + (WIDTH - MARGIN - 12) * math.log(size / x_low) / math.log(x_high / x_low)

    def y(cost):
        return top + HEIGHT - 40 - (HEIGHT - 70) * math.log(cost / y_low) / math.log(y_high / y_low)

    out = [f'<text x="{left + WIDTH / 2:.0f}" y="{top + 18}" text-anchor="middle" font-weight="bold">{title}</text>']
    for tick in y_ticks:
        out.append(f'<line x1="{left + MARGIN}" x2="{left + WIDTH - 12}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>')
        label = f"{tick * 1e9:g} ns" if tick < 1e-6 else f"{tick * 1e6:g} µs"
        out.append(f'<text x="{left + MARGIN - 5}" y="{y(tick) + 4:.1f}" text-anchor="end">{label}</text>')
    for size in sorted(set(sizes)):
        out.append(f'<text x="{x(size):.1f}" y="{top + HEIGHT - 22}" text-anchor="middle">{size}</text>')
    for activation, curve in sorted(curves.items()):
        curve.sort()
        for column, dash in ((1, ""), (2, ' stroke-dasharray="4 3"')):
            path = " ".join(f"{x(p[0]):.1f},{y(p[column]):.1f}" for p in curve)
            out.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[activation]}" stroke-width="2"{dash}/>')
        out += [f'<circle cx="{x(p[0]):.1f}" cy="{y(p[1]):.1f}" r="3" fill="{COLOURS[activation]}"/>' for p in curve]
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        points = points_of(json.load(file))
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{2 * HEIGHT + 30}" '
           'font-family="sans-serif" font-size="11">', '<rect width="100%" height="100%" fill="white"/>']
    for n, series in enumerate(SERIES):
        if series in points:
            out += panel("time an entry against " + SERIES[series][0], points[series], n % 2 * WIDTH, n // 2 * HEIGHT)
    legend = 20
    for activation, colour in COLOURS.items():
        out.append(f'<text x="{legend}" y="{2 * HEIGHT + 18}" fill="{colour}">{activation}</text>')
        legend += 60
    out.append(f'<text x="{legend}" y="{2 * HEIGHT + 18}">dashed: what the counted operations take at least</text>')
    out.append("</svg>")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
