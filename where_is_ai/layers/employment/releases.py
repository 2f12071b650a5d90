"""OEWS releases: one zip per May reference period, published about a year later."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import pandas as pd

from where_is_ai.archive.entry import Request, Source
from where_is_ai.errors import NotArchived
from where_is_ai.quarters import Quarter

BLS = Source(
    name="U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics",
    licence="public domain",
    homepage="https://www.bls.gov/oes/",
    refusal_hint="BLS refuses clients whose e-mail address it doubts: see that the contact is one that is read. If it "
    "stays so, download the file in a browser and put it, under its own name, into the data folder's by_hand.",
)


@dataclass(frozen=True, order=True)
class Release:
    """The estimates for one reference month, written ``2025-05``, and the day they were published.

    ``areas`` is how many metros BLS lists in it; None where that is not known.
    """

    reference_month: str
    published_on: date
    areas: int | None = None

    def __str__(self) -> str:
        return f"May {self.reference_month[:4]}"

    @property
    def metro_workbook(self) -> Request:
        return self._zip("ma")

    @property
    def national_workbook(self) -> Request:
        return self._zip("nat")

    def _zip(self, kind: str) -> Request:
        url = f"https://www.bls.gov/oes/special-requests/oesm{self.reference_month[2:4]}{kind}.zip"
        return Request(url, BLS, "application/zip")

    @property
    def previous(self) -> "Release | None":
        """The release of the year before; None before the first that is known here."""
        before = [release for release in known_releases() if release < self]
        return before[-1] if before else None

    def repeated_in(self, quarter: Quarter) -> bool:
        """Whether the quarter before already used this release, so that nothing in it is new."""
        return self.published_on < quarter.first_day


@cache
def known_releases() -> tuple[Release, ...]:
    """All releases of ``releases.csv``, oldest first. A new one is a new line there."""
    with files("where_is_ai.layers.employment").joinpath("releases.csv").open() as file:
        rows = pd.read_csv(file, parse_dates=["published_on"])
    return tuple(
        sorted(
            Release(
                row.reference_month, row.published_on.date(), None if pd.isna(row.areas) else int(row.areas)
            )
            for row in rows.itertuples()
        )
    )


def release_known_in(quarter: Quarter) -> Release:
    """The newest release that was out by the quarter's last day."""
    out = [release for release in known_releases() if release.published_on <= quarter.last_day]
    if not out:
        raise NotArchived(
            f"No OEWS release known here was out by the end of {quarter}.", "Choose a later quarter."
        )
    return out[-1]
