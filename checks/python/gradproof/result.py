# SPDX-License-Identifier: MIT
"""What a check found: a truth value, the numbers, a table to print and one for notebooks."""

import html
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

MOST_SHOWN = 3
DIGITS_OF_DOUBLE = 16
COLOURS = {"confirmed": "#2e7d32", "refuted": "#c62828", "undecided": "#b26a00"}


@dataclass(frozen=True)
class Entry:
    """One number of a gradient, and what it was compared with."""

    tensor: str  #: the array's gradient: "dW1"
    index: Tuple[int, ...]  #: in the gradient, from 0
    outcome: str  #: "confirmed", "refuted" or "undecided"
    claimed: float  #: as you gave it
    numerical: float  #: from differences; at a kink, one of `lower` to `upper`
    error_bar: float  #: how far `numerical` may be from the true derivative
    lower: float  #: the one-sided derivatives, the same away from kinks
    upper: float
    digits: float  #: decimal digits to which both agree
    explanation: str  #: what else there is to say; often empty

    def __str__(self) -> str:
        if self.explanation.startswith("not checked"):
            return f"{self.tensor}{list(self.index)}: {self.explanation}"
        numerical = f"{self.numerical:.9g} +- {self.error_bar:.1e}"
        if self.lower != self.upper:
            numerical = f"{self.lower:.9g} to {self.upper:.9g} (a kink)"
        text = f"{self.tensor}{list(self.index)} is {self.claimed:.9g}, differences give {numerical}"
        return f"{text}: {self.explanation}" if self.explanation else text


@dataclass(frozen=True)
class Finding:
    """What is wrong with one array's gradient, in a sentence."""

    tensor: str  #: "dW1"
    text: str  #: "every entry is 4 times the right one"
    slug: str = ""  #: the mistake's name in the catalogue, where it has one
    line: str = ""  #: the wrong line, where it is known
    note: str = ""  #: what to read
    same_numbers: Tuple[str, ...] = ()  #: other mistakes of the catalogue that give the very same numbers here

    @property
    def explanation(self) -> str:
        """The text, of a mistake that has a name."""
        return self.text

    def __str__(self) -> str:
        return f"{self.slug} at {self.tensor}: {self.text}" if self.slug else f"{self.tensor}: {self.text}"


@dataclass(frozen=True)
class TensorResult:
    """The verdict on one array's gradient."""

    name: str
    shape: Tuple[int, ...]
    outcome: str
    confirmed: int
    refuted: int
    undecided: int
    at_kinks: int
    digits: NDArray[np.float64] = field(repr=False)  #: to which each entry agrees; NaN where it was not checked
    worst: List[Entry] = field(repr=False)  #: worst first

    @property
    def least_digits(self) -> float:
        """Of all entries that were checked."""
        return float(np.nanmin(self.digits)) if np.isfinite(self.digits).any() else 0.0


class Refuted(AssertionError):
    """A gradient that is wrong, with the table of what is."""


class Reported:
    """What the results of whole submissions share, whose text is the program's."""

    outcome: str
    tensors: List[Dict[str, Any]]
    text: str

    def __bool__(self) -> bool:
        return self.outcome == "confirmed"

    def __str__(self) -> str:
        return self.text.rstrip("\n")

    __repr__ = __str__

    @property
    def worst(self) -> Optional[Dict[str, Any]]:
        """The derivative that is most wrong."""
        order = {"refuted": 0, "undecided": 1, "confirmed": 2}
        ranked = sorted(self.tensors, key=lambda tensor: (order[tensor["verdict"]], float(tensor.get("digits", 0))))
        return ranked[0] if ranked else None

    def raise_if_refuted(self) -> None:
        """Raises Refuted, an AssertionError, with the report in its message, if something is wrong."""
        if self.outcome == "refuted":
            raise Refuted("\n" + str(self))


@dataclass(frozen=True)
class CheckResult:
    """What check() and check_step() return. True if, and only if, every entry is confirmed."""

    outcome: str  #: "confirmed", "refuted" or "undecided"
    tensors: List[TensorResult]  #: one for each array
    findings: List[Finding]  #: what is seen in the numbers that are wrong
    remarks: List[str]  #: what to know about the check
    function: str  #: the name of what was differentiated
    calls: int  #: of it
    entries: int  #: that the gradient has
    seed: Optional[int] = None  #: with which some of the entries, or the upstream derivative, were drawn
    interrupted: bool = False  #: by Ctrl-C; the rest was not checked

    def __bool__(self) -> bool:
        return self.outcome == "confirmed"

    @property
    def worst(self) -> Optional[Entry]:
        """The entry that is most wrong, or agrees in the fewest digits."""
        order = {"refuted": 0, "undecided": 1, "confirmed": 2}
        entries = [entry for tensor in self.tensors for entry in tensor.worst[:1]]
        ranked = sorted(entries, key=lambda entry: (order[entry.outcome], entry.digits))
        return ranked[0] if ranked else None

    def raise_if_refuted(self) -> None:
        """Raises Refuted, an AssertionError, with the table in its message, if an entry is wrong."""
        if self.outcome == "refuted":
            raise Refuted("\n" + str(self))

    def _verdict(self) -> str:
        checked = sum(tensor.confirmed + tensor.refuted + tensor.undecided for tensor in self.tensors)
        wrong = sum(tensor.refuted for tensor in self.tensors)
        open_ones = sum(tensor.undecided for tensor in self.tensors)
        if self.outcome == "refuted":
            return f"refuted: {wrong} of {checked} entries are not the derivatives of {self.function}"
        if self.outcome == "undecided":
            return f"undecided: {open_ones} of {checked} entries cannot be told from differences of {self.function}"
        return f"confirmed: {checked} entries are the derivatives of {self.function}"

    def _footer(self) -> str:
        text = f"{self.calls} calls of {self.function}"
        return text if self.seed is None else f"{text}, drawn with seed={self.seed}"

    def __str__(self) -> str:
        lines = [self._verdict()]
        lines += [f"  {finding}" for finding in self.findings]
        rows: List[Tuple[str, ...]] = [
            ("array", "shape", "confirmed", "refuted", "undecided", "at kinks", "digits", "verdict")
        ]
        for t in self.tensors:
            digits = f"{t.least_digits:.1f}"
            rows.append(
                (t.name, str(t.shape), *map(str, (t.confirmed, t.refuted, t.undecided, t.at_kinks)), digits, t.outcome)
            )
        widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
        for row in rows:
            cells = [cell.ljust(w) if k in (0, 1, 7) else cell.rjust(w) for k, (cell, w) in enumerate(zip(row, widths))]
            lines.append("  ".join(cells).rstrip())
        for t in self.tensors:
            lines += [f"  {entry}" for entry in t.worst[:MOST_SHOWN] if entry.outcome != "confirmed"]
        lines += self.remarks
        lines.append(self._footer())
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """For notebooks: the table, the worst entries, and a heat map of the digits of each array."""

        def outcome_cell(outcome: str) -> str:
            return f'<td style="color:{COLOURS[outcome]};font-weight:bold">{outcome}</td>'

        parts = [f'<p style="color:{COLOURS[self.outcome]};font-weight:bold">{html.escape(self._verdict())}</p>']
        if self.findings:
            items = "".join(f"<li>{html.escape(str(finding))}</li>" for finding in self.findings)
            parts.append(f"<ul>{items}</ul>")
        head = "".join(
            f"<th>{name}</th>"
            for name in ("array", "shape", "wrong", "undecided", "digits", "verdict", "digits of each entry")
        )
        rows = "".join(
            f"<tr><td>{html.escape(t.name)}</td><td>{t.shape}</td><td>{t.refuted}</td><td>{t.undecided}</td>"
            f"<td>{t.least_digits:.1f}</td>{outcome_cell(t.outcome)}<td>{_heat_map(t)}</td></tr>"
            for t in self.tensors
        )
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
        wrong = [entry for t in self.tensors for entry in t.worst[:MOST_SHOWN] if entry.outcome != "confirmed"]
        parts += [f"<pre>{html.escape(str(entry))}</pre>" for entry in wrong]
        parts += [f"<p>{html.escape(remark)}</p>" for remark in self.remarks]
        parts.append(f"<p>{html.escape(self._footer())}</p>")
        return "".join(parts)


MOST_CELLS_A_SIDE = 60


def _heat_map(tensor: TensorResult) -> str:
    """A cell for each entry: red where no digit agrees, green where all do, grey where none was checked."""
    digits = (
        tensor.digits.reshape(tensor.digits.shape[0], -1) if tensor.digits.ndim > 1 else tensor.digits.reshape(1, -1)
    )
    digits = digits[:MOST_CELLS_A_SIDE, :MOST_CELLS_A_SIDE]
    size = 6
    cells = []
    for place, value in np.ndenumerate(digits):
        row, column = place
        if np.isnan(value):
            fill = "#999"
        else:
            fill = f"hsl({120 * min(max(float(value), 0.0), DIGITS_OF_DOUBLE) / DIGITS_OF_DOUBLE:.0f},65%,45%)"
        cells.append(f'<rect x="{size * column}" y="{size * row}" width="{size}" height="{size}" fill="{fill}"/>')
    height, width = size * digits.shape[0], size * digits.shape[1]
    label = html.escape(f"digits to which each entry of {tensor.name} agrees")
    return f'<svg width="{width}" height="{height}" role="img" aria-label="{label}">{"".join(cells)}</svg>'
