#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Times PyTorch's gradcheck on the course's network beside ours, in one run, and prints the ratio.

usage: pytorch_gradcheck.py path/to/gradproof_bench

Going through all 245,973 entries would take about an hour, so gradcheck is given a hundred of them, placed into W1; each
costs it two whole forward passes, as all the others would.
"""
import json
import subprocess
import sys
import time

SIZES = [12288, 20, 7, 5, 1]
EXAMPLES = 209
FEW, MANY = 10, 110  # the difference of the two leaves out what does not grow with the entries


def torch_seconds_an_entry(torch, activation):
    torch.manual_seed(1)
    weights = [torch.randn(n, p, dtype=torch.double) / p ** 0.5 for p, n in zip(SIZES, SIZES[1:])]
    biases = [torch.zeros(n, 1, dtype=torch.double) for n in SIZES[1:]]
    X = torch.rand(SIZES[0], EXAMPLES, dtype=torch.double)
    Y = (torch.rand(1, EXAMPLES) < 0.5).double()

    def cost(entries):
        W = weights[0].clone()
        W.view(-1)[: entries.numel()] = entries
        A = X
        for l, (W_l, b) in enumerate(zip([W] + weights[1:], biases)):
            Z = W_l @ A + b
            A = Z if l == len(biases) - 1 else getattr(torch, activation)(Z)
        return torch.nn.functional.binary_cross_entropy_with_logits(A, Y)

    def seconds(count):
        entries = weights[0].view(-1)[:count].clone().requires_grad_()
        begin = time.process_time()
        torch.autograd.gradcheck(cost, (entries,), raise_exception=False)
        return time.process_time() - begin

    seconds(FEW)
    return min(seconds(MANY) - seconds(FEW) for _ in range(3)) / (MANY - FEW)


def our_seconds_an_entry(program, activation):
    shape = "-".join(map(str, SIZES))
    report = subprocess.run(
        [program, f"--benchmark_filter=^course/{activation}/{shape}/", "--benchmark_format=json"],
        check=True, capture_output=True, text=True).stdout
    return json.loads(report)["benchmarks"][0]["s_an_entry"]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed (python3-torch): nothing to compare with")
        return
    for activation in ("relu", "tanh"):
        theirs = torch_seconds_an_entry(torch, activation)
        ours = our_seconds_an_entry(sys.argv[1], activation)
        print(f"{activation}: PyTorch {torch.__version__} with {torch.get_num_threads()} threads {theirs * 1e3:.2f} ms "
              f"an entry, gradproof {ours * 1e6:.2f} us an entry: {theirs / ours:.0f} times as fast")


if __name__ == "__main__":
    main()
