"""How fast a source may be asked, what an answer cost, and what is left of the day's budget."""

import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

# A source counts what arrives in a second, and what is sent evenly arrives unevenly: keep a little below its rate.
MARGIN = 0.95


class Pace:
    """Gives turns evenly spaced, at most ``per_second`` a second, to any number of threads; None is no limit."""

    def __init__(self, per_second: float | None):
        self._gap_s = 1 / (per_second * MARGIN) if per_second else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        with self._lock:
            turn = max(time.monotonic(), self._next)
            self._next = turn + self._gap_s
        time.sleep(max(0.0, turn - time.monotonic()))


@dataclass(frozen=True)
class Allowance:
    """What is left of a source's daily budget, in US dollars, and the seconds until it is whole again."""

    remaining_usd: float
    resets_in_s: float | None = None

    @classmethod
    def told_by(cls, headers: Mapping[str, str]) -> "Allowance | None":
        """From an answer's headers; None where they say nothing."""
        remaining, reset = (
            _number(headers, "x-ratelimit-remaining-usd"),
            _number(headers, "x-ratelimit-reset"),
        )
        return None if remaining is None else cls(remaining, reset)


def cost_usd(headers: Mapping[str, str]) -> float | None:
    """What an answer cost by its own headers; None where they say nothing."""
    return _number(headers, "x-ratelimit-cost-usd")


def _number(headers: Mapping[str, str], name: str) -> float | None:
    try:
        number = float(headers[name])
    except (KeyError, ValueError):
        return None
    return number if math.isfinite(number) else None
