"""How far tiers can be trusted: the precision of names that say AI, and of names that are the same.

    python -m where_is_ai.layers.funding.evaluation [MATCHES.json]

``labels.csv`` has filings of 2024 that one reader labelled by hand, from what is generally known of each company and
not from its pages; its name alone was no reason. ``yes`` is a company whose main product is AI or works by it.
MATCHES is a file of machine matches of company names to filers with a person's verdict on each, as
``{"matches": {NAME: {"entity_name": …, "validated": …}}}``.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

import pandas as pd

from where_is_ai.errors import UsageError
from where_is_ai.intervals import Z_90
from where_is_ai.layers.funding.names import same_company


@dataclass(frozen=True)
class Share:
    """``right`` of ``of`` were right; ``low`` and ``high`` are the 90 % interval (Wilson) of the share, in percent."""

    right: int
    of: int

    @property
    def pct(self) -> float:
        return self.right / self.of * 100

    @property
    def low(self) -> float:
        return self._bound(-1)

    @property
    def high(self) -> float:
        return self._bound(1)

    def _bound(self, side: int) -> float:
        share, squared = self.right / self.of, Z_90**2
        middle = share + squared / (2 * self.of)
        reach = Z_90 * sqrt(share * (1 - share) / self.of + squared / (4 * self.of**2))
        return (middle + side * reach) / (1 + squared / self.of) * 100

    def __str__(self) -> str:
        return (
            f"{self.right} of {self.of} ({self.pct:.0f} %, 90 % interval {self.low:.0f} to {self.high:.0f} %)"
        )


@cache
def labels() -> pd.DataFrame:
    """accession_number, tier_b (what tier B's rule said of it), ai (yes, no or unclear), reason."""
    return pd.read_csv(Path(__file__).with_name("labels.csv"), dtype="str")


def tier_b_precision() -> Share:
    """How many of the labelled filings in tier B are of AI companies; unclear ones count as wrong."""
    taken = labels()[labels()["tier_b"] == "yes"]
    return Share(int((taken["ai"] == "yes").sum()), len(taken))


def machine_matches(file: Path) -> list[tuple[str, str, bool]]:
    """Name, filer and whether a person approved the match, of each match that a person judged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))["matches"]
        return [
            (name.replace("-", " "), match["entity_name"], match["validated"] == "approved")
            for name, match in found.items()
            if match.get("validated") in ("approved", "rejected")
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file} is no file of matches: {error}.", "Give one as the module describes it."
        ) from None


def match_precision(matches: Iterable[tuple[str, str, bool]]) -> tuple[Share, Share]:
    """Of all matches those approved; of those whose names are the same but for the legal form, those approved."""
    judged = list(matches)
    same = [approved for name, filer, approved in judged if same_company(name, filer)]
    return Share(sum(approved for *_, approved in judged), len(judged)), Share(sum(same), len(same))


def main(arguments: list[str]) -> None:
    print(f"Tier B, a name that says AI: {tier_b_precision()} of the labelled filings are of AI companies.")
    for file in arguments:
        every, same = match_precision(machine_matches(Path(file)))
        print(f"Machine matches of names to filers: {every} approved by a person.")
        print(f"Those whose names are the same but for the legal form: {same} approved.")


if __name__ == "__main__":
    main(sys.argv[1:])
