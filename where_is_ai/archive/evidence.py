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

    ``at`` has member, sheet, row and column of a workbook in a zip; line and column of a text, with its member where it
    lies in a zip; row and column of a file of many rows, its header not counted; the json_path of an API's answer; or
    the part of an answer that counts as a whole. Rows and lines count from 1.
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

    def published(self, table: str) -> pd.DataFrame | None:
        """The CSV as it was published, every value as the text it is; None where it is left out."""


def whole_answers(how: str, entries: Sequence[Entry]) -> Trace:
    """The trace of a value that was counted over whole answers."""
    cells = (
        RawCell(entry, {"part": "the whole answer"}, entry.bytes, "one of the answers; bytes")
        for entry in entries
    )
    return Trace(how, tuple(cells))
