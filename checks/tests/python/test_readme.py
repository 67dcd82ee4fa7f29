# SPDX-License-Identifier: MIT
"""The Python of the module's README runs and prints what stands below it."""

import contextlib
import io
import pathlib
import re

README = pathlib.Path(__file__).parents[2] / "python" / "README.md"
EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"


def printed(code: str) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    return output.getvalue()


def test_the_readme_prints_what_it_shows() -> None:
    blocks = re.findall(
        r"```python\n((?:(?!```).)*)```\n\n```console\n((?:(?!```).)*)```", README.read_text(), re.DOTALL
    )
    assert blocks
    for code, shown in blocks:
        assert printed(code) == shown


def test_the_notebook_confirms_and_names_the_planted_mistake() -> None:
    output = printed((EXAMPLES / "check_in_a_notebook.py").read_text())
    assert output.startswith("confirmed: 21 entries")
    assert "missing-mean at dW2" in output
