# SPDX-License-Identifier: MIT
"""The notes' Python runs, prints what stands below it, and is the same in the question as in the worked example."""

import contextlib
import io
import pathlib
import re

import numpy as np

DERIVATIONS = pathlib.Path(__file__).parents[3] / "derivations"


def python_of(note: str) -> "list[str]":
    return re.findall(r"```python\n(.*?)```", (DERIVATIONS / note).read_text(), re.DOTALL)


def run(code: str, names: dict) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "a note", "exec"), names)
    return output.getvalue()


def test_a_block_prints_what_stands_below_it() -> None:
    found = 0
    for note in DERIVATIONS.rglob("*.md"):
        for code, shown in re.findall(
            r"```python\n((?:(?!```).)*)```\n\n```text\n((?:(?!```).)*)```", note.read_text(), re.DOTALL
        ):
            found += 1
            assert run(code, {}) == shown, note
    assert found


def test_the_lines_of_the_question_give_the_numbers_of_the_worked_example() -> None:
    [lines] = python_of("the_question.md")
    [example] = python_of("worked_example.md")
    numbers, names = {}, {}
    run(example, numbers)
    run(example.split("\n\n")[0] + "\n" + example.split("\n\n")[1], names)
    run(lines, names)
    np.testing.assert_allclose(names["dZL"], names["AL"] - names["Y"], rtol=0, atol=4e-16)
    for name in ("AL", "dAL", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"):
        np.testing.assert_array_equal(names[name], numbers[name], err_msg=name)


def test_the_lines_of_softmax_give_its_numbers() -> None:
    [lines] = python_of("softmax.md")
    names = {"np": np}
    run(lines, names)
    np.testing.assert_allclose(names["dZ"], names["p"] - names["y"], rtol=0, atol=4e-16)
    np.testing.assert_allclose(names["J"], [[0.1966, -0.1966], [-0.1966, 0.1966]], rtol=0, atol=5e-5)
    np.testing.assert_allclose(names["dZ"], [-0.2689, 0.2689], rtol=0, atol=5e-5)


def test_the_loop_of_the_network_gives_the_numbers_of_the_worked_example() -> None:
    [loop] = python_of("network.md")
    [example] = python_of("worked_example.md")
    names = {}
    run(example, names)
    expected = {name: names[name] for name in ("dW1", "db1", "dZ1", "dA1", "dW2", "db2", "dZ2", "dAL")}

    def sigmoid(z: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-z))

    names |= {"L": 2, "W": {1: names["W1"], 2: names["W2"]}, "b": {1: names["b1"], 2: names["b2"]}}
    names["g"] = {1: lambda z: np.maximum(0, z), 2: sigmoid}
    names["slope"] = {1: lambda z: z > 0, 2: lambda z: sigmoid(z) * (1 - sigmoid(z))}
    run(loop, names)
    for name, value in expected.items():
        found = names[name[:2]][2 if name.endswith("L") else int(name[2])]
        np.testing.assert_allclose(found, value, rtol=0, atol=1e-15, err_msg=name)
