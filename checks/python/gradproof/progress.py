# SPDX-License-Identifier: MIT
"""How far a long check has come."""

import sys
from typing import Any, Callable, Optional, Union

Progress = Callable[[int, int], None]

#: Checks that take longer than this say so beforehand.
LONG_CHECK_SECONDS = 5.0


class Bar:
    """tqdm's progress bar."""

    def __init__(self, tqdm: Any, total: int, name: str) -> None:
        self._bar = tqdm(total=total, desc=f"entries of the gradient of {name}", leave=False)

    def __call__(self, done: int, total: int) -> None:
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


def progress_for(
    wanted: Union[bool, Progress, None], seconds: float, entries: int, calls: int, name: str
) -> Optional[Progress]:
    """Whom to tell how many entries are done; says beforehand what a long check will cost."""
    if callable(wanted):
        return wanted
    if wanted is False or (wanted is None and seconds < LONG_CHECK_SECONDS):
        return None
    print(
        f"gradproof: {entries} entries, about {calls} calls of {name}, {seconds:.0f} s; "
        "entries=100 checks 100 of them",
        file=sys.stderr,
    )
    if wanted is None and not sys.stderr.isatty() and "ipykernel" not in sys.modules:
        return None
    try:
        from tqdm.auto import tqdm  # type: ignore[import]
    except ImportError:
        return None
    return Bar(tqdm, entries, name)
