# SPDX-License-Identifier: MIT
from typing import Callable, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

class Verdicts:
    calls: int
    changed: int
    def outcomes(self) -> List[str]: ...
    def claimed(self) -> Numbers: ...
    def numerical(self) -> Numbers: ...
    def lower(self) -> Numbers: ...
    def upper(self) -> Numbers: ...
    def error_bars(self) -> Numbers: ...
    def digits(self) -> Numbers: ...
    def explanation(self, n: int) -> str: ...
    def raise_error(self) -> None: ...

class UnreadableSubmission(ValueError): ...

class CheckOptions:
    file: str
    hidden: str
    output: str
    loss: str
    lambd: float
    convention: str
    l2: str
    dz: str
    rename: List[str]
    tie: List[str]
    set: List[str]
    layers: str

def judge(
    evaluate: Callable[[], Numbers],
    is_outside: Callable[[BaseException], bool],
    memory: Numbers,
    claimed: Numbers,
    inputs: Sequence[int],
    rounding: Numbers,
    required_digits: int,
    stacked: Optional[Callable[[Numbers], Numbers]],
    progress: Optional[Callable[[int, int], None]],
) -> Verdicts: ...
def pattern(claimed: Numbers, numerical: Numbers, bars: Numbers) -> str: ...
def check_bytes(npz: bytes, name: str, options: CheckOptions) -> Tuple[str, str, str, str]: ...
def check_file(options: CheckOptions) -> Tuple[str, str, str, str]: ...
