"""An edition as it lies on the disk: everything that pages are made from."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from where_is_ai.errors import WhereIsAIError
from where_is_ai.layers.layer import Layer, PublishedTable
from where_is_ai.markdown import plain
from where_is_ai.publication.about import About, read_about
from where_is_ai.publication.catalog import published_tables
from where_is_ai.publication.edition import PROVENANCE
from where_is_ai.publication.profiles import layer_profiles
from where_is_ai.publication.revisions import CORRECTIONS, read_record
from where_is_ai.quarters import Quarter
from where_is_ai.site.metro_row import MetroRow, outlined_row
from where_is_ai.site.outline import Outline, OutlinedRow


@dataclass(frozen=True)
class Published:
    """The edition in ``folder``; raises WhereIsAIError where a file of it can't be read.

    ``outline`` is what an earlier build kept of it: what that says is not read again.
    """

    folder: Path
    outline: Outline | None = None

    @property
    def quarter(self) -> str:
        return self.folder.name

    @cached_property
    def provenance(self) -> dict:
        return json.loads((self.folder / PROVENANCE).read_text())

    @cached_property
    def inputs(self) -> dict[str, dict]:
        """Its archived answers by their sha256."""
        return {given["sha256"]: given for given in self.provenance["inputs"]}

    @property
    def is_sample(self) -> bool:
        return self.outline.is_sample if self.outline else self.provenance["source"] == "sample"

    @property
    def warnings(self) -> list[str]:
        """What each of its pages must say at its head."""
        if self.outline:
            return self.outline.warnings
        return sorted({notes.warning for notes in self.about.notes.values() if notes.warning})

    @cached_property
    def newest_input(self) -> str:
        """When the newest answer was retrieved, ISO 8601; what the feed goes by, since it is no clock of ours."""
        if self.outline:
            return self.outline.newest_input
        return max(
            (given["retrieved_at"] for given in self.provenance["inputs"]), default="1970-01-01T00:00:00Z"
        )

    @cached_property
    def about(self) -> About:
        return read_about(self.folder)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables of this edition by name, in the catalog's order."""
        return {
            name: self._read(table)
            for name, table in published_tables().items()
            if (self.folder / f"{name}.parquet").is_file()
        }

    @property
    def measured(self) -> Collection[str]:
        """The names of its tables."""
        return self.outline.tables if self.outline else self.tables.keys()

    @property
    def bases(self) -> dict[str, str]:
        """What the figures of each layer are made on: those of two bases can't be compared."""
        if self.outline:
            return self.outline.bases
        return {name: notes.basis for name, notes in self.about.notes.items()}

    def records(self, name: str) -> list[dict]:
        """The rows of a table, in its order."""
        if name not in self._records:
            self._records[name] = self.tables[name].to_dict("records")
        return self._records[name]

    @cached_property
    def _records(self) -> dict[str, list[dict]]:
        return {}

    def metro_rows(self, layer: Layer, table: PublishedTable) -> list[MetroRow]:
        """The rows of one of the layer's tables of metros, those with the most first; none where it has none."""
        found = self.outline.rows.get(table.name, []) if self.outline else self.outlined_rows(layer, table)
        return [MetroRow(table, row, self.records) for row in found]

    def outlined_rows(self, layer: Layer, table: PublishedTable) -> list[OutlinedRow]:
        """The outlines of the same rows."""
        rows = self.tables.get(table.name)
        if rows is None or rows.empty:
            return []
        keys, records = list(table.row_keys(rows)), self.records(table.name)
        numbered = rows[table.measure].reset_index(drop=True)
        order = numbered.sort_values(ascending=False, kind="stable", na_position="last").index
        return [outlined_row(layer, table, at, keys[at], records[at]) for at in map(int, order)]

    @cached_property
    def findings(self) -> dict[str, "Findings"]:
        """What the findings say, by file name."""
        return {path.name: findings(path.read_text()) for path in sorted(self.folder.glob("*_findings.md"))}

    @cached_property
    def corrections(self) -> pd.DataFrame:
        path = self.folder / CORRECTIONS
        return pd.read_csv(path, dtype="str", keep_default_na=False) if path.is_file() else pd.DataFrame()

    @cached_property
    def revisions(self) -> list[dict]:
        return read_record(self.folder)

    def texts(self, name: str) -> pd.DataFrame:
        """A table as it was published, every value as the text it is."""
        return pd.read_csv(self.folder / f"{name}.csv", dtype="str", keep_default_na=False)

    def rows_by(self, name: str, column: str) -> dict[str, list[dict]]:
        """The rows of a table by the text in ``column``, in its order; empty where there is no such table."""
        if (name, column) not in self._grouped:
            rows = self.records(name) if name in self.tables else []
            grouped = self._grouped[name, column] = {}
            for row in rows:
                grouped.setdefault(str(row[column]), []).append(row)
        return self._grouped[name, column]

    @cached_property
    def _grouped(self) -> dict[tuple[str, str], dict[str, list[dict]]]:
        return {}

    def profile(self, layer: Layer, table: PublishedTable | None = None) -> pd.DataFrame:
        """What the layer says of each metro of ``table`` by measure, as ``layer_profiles`` has it."""
        table = table or layer.by_metro
        if table.name not in self._profiles:
            self._profiles[table.name] = layer_profiles(
                layer, self.tables, Quarter.parse(self.quarter), table
            )
        return self._profiles[table.name]

    @cached_property
    def _profiles(self) -> dict[str, pd.DataFrame]:
        return {}

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def size(self, name: str) -> int:
        return (self.folder / name).stat().st_size

    def _read(self, table: PublishedTable) -> pd.DataFrame:
        path = self.folder / f"{table.name}.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError) as error:
            raise WhereIsAIError(
                f"{path} can't be read: {error}.", f"Publish {self.quarter} again."
            ) from error


@dataclass(frozen=True)
class Findings:
    """The first sentence of a page of findings, and its limits: what the numbers do not mean, or its warning."""

    lead: str
    limits: tuple[str, ...]


def findings(markdown: str) -> Findings:
    """Read a page of findings as the templates write them."""
    body = [line.strip() for line in markdown.splitlines() if line.strip() and not line.startswith("#")]
    lead = next((line for line in body if not line.startswith(("|", "-", "Source:", "Method:"))), "")
    _, _, meaning = markdown.partition("## What these numbers do not mean")
    limits = tuple(
        plain(line[2:]) for line in meaning.partition("\n## ")[0].splitlines() if line.startswith("- ")
    )
    warnings = tuple(plain(line) for line in body if line.startswith("**") and line.endswith("**"))
    return Findings(plain(lead), limits or warnings)
