"""The walk back from a published number: which cells of which archived answers it was made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library


@dataclass(frozen=True)
class RawCell:
    """One value in an archived answer: ``at`` says where in it, ``says`` what stands there, ``meaning`` what it is.

    ``at`` has member, sheet, row and column of a workbook in a zip; member, line and column of a text in a zip; or
    the json_path of an API's answer. Rows and lines count from 1.
    """

    entry: Entry
    at: Mapping[str, str | int]
    says: str | float | int | None
    meaning: str


@dataclass(frozen=True)
class Trace:
    """How a value was made, in words, and from which raw cells."""

    how: str
    cells: tuple[RawCell, ...]


class Evidence(Protocol):
    """What an edition was made from."""

    library: Library

    def table(self, name: str) -> pd.DataFrame:
        """The cleaned table of that name."""

    def path(self, name: str) -> Path:
        """The parquet file of that table, for those too large to be held at once."""

    def entries(self, asset: str) -> Sequence[Entry]:
        """The archived answers that the raw assets used whose names begin so."""
