#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints what gradproof_bench measured next to what it should be.

usage: bars.py bench.json
"""
import json
import sys

SECONDS = {"relu": 0.5, "tanh": 1.5}  # for every entry of the course's network, built for this machine
PORTABLE = 2  # times that
SPREAD = 1.2  # of the time an entry, from 1,000 features to 50,000
FLOOR = 4  # times what the counted operations take
MEMORY = 2  # times the network, the data and the result
WIDEST = 1e-9  # error bar over the entry's scale


def judged(what, measured, bar, show):
    print(f"{'holds ' if measured <= bar else 'MISSED'}  {what:<58} {show(measured):>10}   at most {show(bar)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    runs = [run for run in report["benchmarks"] if not run.get("error_occurred")]
    portable = report["context"]["build"] == "portable"
    print(f"\n{report['context']['build']} build, vectors of {report['context']['lanes']} doubles, "
          f"load {report['context']['load_avg'][0]:.1f} before the first run")

    def of(series, activation):
        return [run for run in runs if run["name"].startswith(f"{series}/{activation}/")]

    seconds, times, percent = "{:.2f} s".format, "{:.2f} x".format, "{:.0e}".format
    for activation, bar in SECONDS.items():
        for course in of("course", activation):
            allowed = bar * (PORTABLE if portable else 1)
            judged(f"{activation}: {course['entries']:,.0f} entries", course["s_an_entry"] * course["entries"], allowed,
                   seconds)
            judged(f"{activation}: against the counted floor", course["times_floor"], FLOOR, times)
            judged(f"{activation}: peak memory against network, data and result", course["memory_over_data"], MEMORY,
                   times)
            judged(f"{activation}: widest error bar, of its entry's scale", course["widest_bar"], WIDEST, percent)
            for naive in of("naive", activation):
                print(f"        {activation}: two whole forward passes an entry would take "
                      f"{naive['s_an_entry'] / course['s_an_entry']:,.0f} times as long")
        costs = [run["s_an_entry"] for run in of("features", activation)]
        if len(costs) > 1:
            judged(f"{activation}: slowest entry over fastest, 1,000 to 50,000 features", max(costs) / min(costs), SPREAD,
                   times)
    if portable:
        print("\nA portable build runs on any machine with the same digits. On this one cmake --preset native is faster.")


if __name__ == "__main__":
    main()
