"""An edition as it lies on the disk: everything that pages are made from."""

import json
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


@dataclass(frozen=True)
class Published:
    """The edition in ``folder``; raises WhereIsAIError where a file of it can't be read."""

    folder: Path

    @property
    def quarter(self) -> str:
        return self.folder.name

    @cached_property
    def provenance(self) -> dict:
        return json.loads((self.folder / PROVENANCE).read_text())

    @property
    def is_sample(self) -> bool:
        return self.provenance["source"] == "sample"

    @property
    def warnings(self) -> list[str]:
        """What each of its pages must say at its head."""
        return sorted({notes.warning for notes in self.about.notes.values() if notes.warning})

    @property
    def newest_input(self) -> str:
        """When the newest answer was retrieved, ISO 8601; what the feed goes by, since it is no clock of ours."""
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
            rows = self.tables[name].to_dict("records") if name in self.tables else []
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
