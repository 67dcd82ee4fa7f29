#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints what gradproof_bench measured next to what it should be.

usage: bars.py bench.json

Of repeated runs it takes the median, of memory the most.
"""
import json
import statistics
import sys

SECONDS = {"relu": 0.5, "tanh": 1.5}  # for every entry of the course's network, built for this machine
PORTABLE = 2  # times that
SPREAD = 1.2  # of the time an entry, at 50,000 features over that at 1,000
MEMORY = 2  # times the network, the data and the result
WIDEST = 1e-9  # error bar over the entry's scale


def judged(what, measured, bar, show):
    print(f"{'holds ' if measured <= bar else 'MISSED'}  {what:<58} {show(measured):>10}   at most {show(bar)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    repeated = {}
    for run in report["benchmarks"]:
        if run["run_type"] == "iteration" and not run.get("error_occurred"):
            repeated.setdefault(run["run_name"], []).append(run)
    portable = report["context"]["build"] == "portable"
    print(f"\n{report['context']['build']} build, "
          f"load {report['context']['load_avg'][0]:.1f} before the first run")

    def of(series, activation):
        return [runs for name, runs in repeated.items() if name.startswith(f"{series}/{activation}/")]

    def median(runs, what):
        return statistics.median(run[what] for run in runs)

    seconds, times, percent = "{:.2f} s".format, "{:.2f} x".format, "{:.0e}".format
    for activation, bar in SECONDS.items():
        for course in of("course", activation):
            allowed = bar * (PORTABLE if portable else 1)
            entries, an_entry = median(course, "entries"), median(course, "s_an_entry")
            judged(f"{activation}: {entries:,.0f} entries", an_entry * entries, allowed, seconds)
            judged(f"{activation}: peak memory against network, data and result",
                   max(run["memory_over_data"] for run in course), MEMORY, times)
            judged(f"{activation}: widest error bar, of its entry's scale", median(course, "widest_bar"), WIDEST, percent)
            for naive in of("naive", activation):
                print(f"        {activation}: two whole forward passes an entry would take "
                      f"{median(naive, 's_an_entry') / an_entry:,.0f} times as long")
        costs = {median(runs, "entries"): median(runs, "s_an_entry") for runs in of("features", activation)}
        if len(costs) > 1:
            judged(f"{activation}: an entry at 50,000 features over one at 1,000", costs[max(costs)] / costs[min(costs)],
                   SPREAD, times)
    if portable:
        print("\nA portable build runs on any machine with the same digits. On this one cmake --preset native is faster.")


if __name__ == "__main__":
    main()
