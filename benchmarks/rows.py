"""What a benchmark gives: one row per promise, with what was measured and what was promised."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """``measured`` and ``promised`` are ready for print, ``kept`` says whether the promise holds."""

    what: str
    measured: str
    promised: str = ""
    kept: bool | None = None


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """The median wall-clock time of ``work`` in seconds, after one run that is not counted."""
    work()
    return statistics.median(_once(work) for _ in range(repeats))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
