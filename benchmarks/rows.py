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


def seconds(work: Callable[[], object], repeats: int = 3, warm_up: bool = True) -> float:
    """The median wall-clock time of ``work`` in seconds, by default after one run that is not counted."""
    if warm_up:
        work()
    return statistics.median(_once(work) for _ in range(repeats))


def ratio(
    work: Callable[[], object],
    other: Callable[[], object],
    repeats: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """The median over pairs of ``work``'s time to ``other``'s, taken in turn so that both see the same machine.

    By ``clock``, which may be that of CPU seconds.
    """
    work(), other()
    return statistics.median(_once(work, clock) / _once(other, clock) for _ in range(repeats))


def _once(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    work()
    return clock() - start
