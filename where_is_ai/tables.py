"""Tables: what every pandera model shares, and where a quarter's tables are kept."""

import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from where_is_ai.archive.entry import Entry
from where_is_ai.files import write_text, written_aside
from where_is_ai.quarters import Quarter

AREA_CODE = r"^\d{5}$"
# Decimals of published rates; ranks follow them, so that metros a reader sees with the same value share a rank.
RATE_DECIMALS = 2


class Table(pa.DataFrameModel):
    """A tidy table: exactly the columns of its model, in their types."""

    class Config:
        strict = True
        coerce = True
        ordered = True


def as_table(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """``frame`` with the model's columns in the model's order and types; what they hold is left to its check."""
    schema = model.to_schema()
    return frame[list(schema.columns)].astype(
        {name: str(column.dtype) for name, column in schema.columns.items()}
    )


def ranked(rows: pd.DataFrame, rank: str) -> list[dict]:
    """The rows that have a rank as records, first rank first; ties as the table has them."""
    return rows.dropna(subset=rank).sort_values(rank, kind="stable").to_dict("records")


class Shelf:
    """Keeps an asset's result of a quarter as ``ASSET/2026-Q2.parquet``, or ``.json`` for archive entries."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, name: str, quarter: Quarter, result: pd.DataFrame | list[Entry]) -> None:
        path = self.folder / name / str(quarter)
        if isinstance(result, pd.DataFrame):
            with written_aside(path.with_suffix(".parquet")) as aside:
                result.to_parquet(aside, index=False)
        else:
            write_text(path.with_suffix(".json"), json.dumps([asdict(entry) for entry in result], indent=1))

    def path(self, name: str, quarter: Quarter) -> Path:
        """The parquet file of ``name``, for tables that are too large to be held at once."""
        return self.folder / name / f"{quarter}.parquet"

    def table(self, name: str, quarter: Quarter) -> pd.DataFrame | None:
        """The table kept under ``name``, or None where there is none."""
        path = self.path(name, quarter)
        return pd.read_parquet(path) if path.exists() else None

    def entries(self, name: str, quarter: Quarter) -> list[Entry]:
        """The archive entries kept under ``name``: none where the layer was left out or has not run."""
        path = self.folder / name / f"{quarter}.json"
        return [Entry(**entry) for entry in json.loads(path.read_text())] if path.exists() else []
