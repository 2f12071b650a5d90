"""Tables: what every pandera model shares."""

import pandas as pd
import pandera.pandas as pa

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
