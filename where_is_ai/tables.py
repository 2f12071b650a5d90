"""What every table's pandera model shares."""

import pandera.pandas as pa

AREA_CODE = r"^\d{5}$"


class Table(pa.DataFrameModel):
    """A tidy table: exactly the columns of its model, in their types."""

    class Config:
        strict = True
        coerce = True
        ordered = True


def as_table(frame, model: type[Table]):
    """``frame`` with the model's columns in the model's order and types; what they hold is left to its check."""
    schema = model.to_schema()
    return frame[list(schema.columns)].astype(
        {name: str(column.dtype) for name, column in schema.columns.items()}
    )
