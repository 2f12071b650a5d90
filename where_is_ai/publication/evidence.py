"""What an edition was made from: its published tables, the cleaned ones behind them, and the archived answers."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import WhereIsAIError
from where_is_ai.publication.edition import PROVENANCE
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf


class EditionEvidence:
    """What the edition in ``settings.published`` of ``quarter`` was made from, by its own provenance.

    ``folder`` is where it lies while it is being made.

    Raises WhereIsAIError where there is no such edition, or its tables were made anew since it was published.
    """

    def __init__(self, settings: Settings, quarter: Quarter, folder: Path | None = None):
        self.quarter = quarter
        self.folder = folder or settings.published / str(quarter)
        path = self.folder / PROVENANCE
        if not path.is_file():
            raise WhereIsAIError(
                f"{self.folder} holds no edition of {quarter}.", f"Run where-is-ai run --quarter {quarter}."
            )
        provenance = json.loads(path.read_text())
        settings = replace(settings, source=provenance["source"])
        self.archive = Archive(settings.archive)
        self.library: Library = Replay(self.archive)
        self._shelf = Shelf(settings.tables)
        self._tables: dict[str, pd.DataFrame] = {}
        self._published: dict[str, pd.DataFrame | None] = {}
        self._inputs = [(entry["asset"], _entry(entry)) for entry in provenance["inputs"]]
        self._require_tables_of_this_edition()

    def table(self, name: str) -> pd.DataFrame:
        if name not in self._tables:
            self._tables[name] = pd.read_parquet(self.path(name))
        return self._tables[name]

    def path(self, name: str) -> Path:
        path = self._shelf.path(name, self.quarter)
        if not path.is_file():
            raise WhereIsAIError(
                f"The table {name} of {self.quarter} is not in {self._shelf.folder}.",
                f"Run where-is-ai run --quarter {self.quarter} again.",
            )
        return path

    def entries(self, asset: str) -> list[Entry]:
        return [entry for name, entry in self._inputs if name.startswith(asset)]

    def published(self, table: str) -> pd.DataFrame | None:
        """The CSV as it was published, every value as the text it is; None where it is left out."""
        if table not in self._published:
            path = self.folder / f"{table}.csv"
            there = path.is_file()
            self._published[table] = pd.read_csv(path, dtype="str", keep_default_na=False) if there else None
        return self._published[table]

    def _require_tables_of_this_edition(self) -> None:
        for asset in {name for name, _ in self._inputs}:
            made_from = {entry.sha256 for entry in self._shelf.entries(asset, self.quarter)}
            if made_from != {entry.sha256 for name, entry in self._inputs if name == asset}:
                raise WhereIsAIError(
                    f"{asset} of {self.quarter} was fetched anew since the edition was published.",
                    f"Run where-is-ai run --quarter {self.quarter} to publish what was fetched.",
                )


def _entry(recorded: Mapping[str, object]) -> Entry:
    names = {field.name for field in fields(Entry)}
    return Entry(**{name: value for name, value in recorded.items() if name in names})
