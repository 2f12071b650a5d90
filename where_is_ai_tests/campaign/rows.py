"""What a campaign gives: a row for each fault, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeVar

SEEDS_OF_A_KIND = 30
K = TypeVar("K")


class Verdict(StrEnum):
    RIGHT = "right"
    CLEAR_ERROR = "clear error"
    TROUBLE = "trouble row"
    UNDETECTABLE = "not detectable by content"
    FOREIGN = "foreign exception"
    SILENTLY_WRONG = "silently wrong"
    LOST = "lost"
    LEAKED = "secret leaked"


# What none of the campaigns may give.
BAD = (Verdict.FOREIGN, Verdict.SILENTLY_WRONG, Verdict.LOST, Verdict.LEAKED)


@dataclass(frozen=True)
class Row:
    """One fault of a ``kind``, and what came of it; ``said`` is the error, or what was wrong."""

    kind: str
    fault: str
    verdict: Verdict
    said: str = ""


def cases(kinds: Sequence[K], seed: int) -> list[tuple[K, str]]:
    """Each kind of fault SEEDS_OF_A_KIND times with a seed of its own, in an order that follows from ``seed``."""
    shuffled = Random(seed).sample(kinds, len(kinds))
    return [(kind, f"{seed}-{number}") for number in range(SEEDS_OF_A_KIND) for kind in shuffled]


def table(rows: Iterable[Row]) -> str:
    """How many faults of each kind had which outcome, then every bad row."""
    rows = list(rows)
    counts = Counter((row.kind, row.verdict) for row in rows)
    kinds = sorted({row.kind for row in rows})
    width = max(map(len, [*kinds, "all"]))
    lines = [f"{'':{width}}  {'  '.join(Verdict)}"]
    for kind in [*kinds, "all"]:
        numbers = [
            sum(
                number
                for (each, verdict), number in counts.items()
                if verdict is column and kind in (each, "all")
            )
            for column in Verdict
        ]
        cells = (f"{number:>{len(column)}}" for number, column in zip(numbers, Verdict, strict=True))
        lines.append(f"{kind:{width}}  {'  '.join(cells)}")
    lines += [f"{row.verdict}: {row.kind}: {row.fault}: {row.said}" for row in rows if row.verdict in BAD]
    return "\n".join(lines)
