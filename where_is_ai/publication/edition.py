"""An edition: a quarter's published folder, what may be written there, and its tables as CSV."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.store import retrieved_in_time
from where_is_ai.columns import Column
from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import write_json, write_text, written_aside
from where_is_ai.publication.spreadsheet import guarded_table
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

PROVENANCE = "provenance.json"


@dataclass(frozen=True)
class Edition:
    """The published folder of one quarter, for results of ``source`` (sample, archive or live)."""

    folder: Path
    quarter: Quarter
    source: str

    @classmethod
    def of(cls, settings: Settings, quarter: Quarter) -> "Edition":
        """The edition to publish to; raises WhereIsAIError where a sample would overwrite received figures."""
        edition = cls(settings.published / str(quarter), quarter, settings.source)
        edition._require_not_overwriting()
        return edition

    def path(self, name: str) -> Path:
        return self.folder / name

    def write_csv(self, name: str, table: pd.DataFrame, columns: Mapping[str, Column]) -> Path:
        """``table`` as the CSV ``name``: UTF-8, ``.`` decimals, empty for unknown, ``true``/``false``."""
        write_text(self.path(name), as_csv(table, columns))
        return self.path(name)

    def write_parquet(self, name: str, table: pd.DataFrame) -> Path:
        """``table`` as it is, with all decimals and types."""
        with written_aside(self.path(name)) as aside:
            table.to_parquet(aside, index=False)
        return self.path(name)

    def write_provenance(self, inputs: Mapping[str, Sequence[Entry]], methods: Mapping[str, str]) -> Path:
        """``provenance.json``: the source, the methods, and per raw asset the archived answers it used."""
        content = {
            "quarter": str(self.quarter),
            "source": self.source,
            "methods": dict(methods),
            "inputs": [
                _input(asset, entry, self.quarter) for asset, entries in inputs.items() for entry in entries
            ],
        }
        write_json(self.path(PROVENANCE), content)
        return self.path(PROVENANCE)

    def _require_not_overwriting(self) -> None:
        if self.source != "sample" or not self.path(PROVENANCE).is_file():
            return
        before = json.loads(self.path(PROVENANCE).read_text())["source"]
        if before != "sample":
            article = "an" if before == "archive" else "a"
            raise WhereIsAIError(
                f"{self.folder} holds {article} {before} edition, which a sample must not overwrite.",
                "Choose another quarter, choose another data folder, or run from the archive or live.",
            )


def as_csv(table: pd.DataFrame, columns: Mapping[str, Column] | None = None) -> str:
    """The published form of a table; rounding happens here and nowhere before, and no text passes for a formula.

    Numbers have the decimals of their ``columns``; what is not among them is left as it is.
    """
    decimals = {name: column.decimals for name, column in (columns or {}).items() if column.kind == "number"}
    rounded = guarded_table(table).round(decimals)
    for name in rounded.select_dtypes(["float64", "Float64"]).columns:
        rounded[name] += 0.0  # what rounds to zero from below is zero, not -0.0
    for name in rounded.select_dtypes(["bool", "boolean"]).columns:
        rounded[name] = rounded[name].map({True: "true", False: "false"})
    return rounded.to_csv(index=False, lineterminator="\n")


def editions(published: Path) -> list[str]:
    """The quarters that have an edition, newest first."""
    names = (path.parent.name for path in published.glob(f"*/{PROVENANCE}"))
    return sorted((name for name in names if not name.startswith(".")), reverse=True)


def source_of(published: Path, quarter: str) -> str:
    """What the edition of ``quarter`` was made from: sample, archive or live."""
    return json.loads((published / quarter / PROVENANCE).read_text(encoding="utf-8"))["source"]


def received_editions(published: Path) -> list[Quarter]:
    """The quarters with an edition that is not made from the sample, newest first."""
    return [Quarter.parse(name) for name in editions(published) if source_of(published, name) != "sample"]


def _input(asset: str, entry: Entry, quarter: Quarter) -> dict:
    return {
        "asset": asset,
        "url": entry.url,
        "retrieved_at": entry.retrieved_at,
        "as_known": not entry.reconstructed and retrieved_in_time(entry, quarter),
        "sha256": entry.sha256,
        "bytes": entry.bytes,
        "media_type": entry.media_type,
        "source": entry.source,
        "licence": entry.licence,
        "reconstructed": entry.reconstructed,
        "note": entry.note,
    }
