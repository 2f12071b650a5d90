"""The data dictionary: every column of every published table, from the models."""

from collections.abc import Iterable

from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.datapackage import field_type
from where_is_ai.publication.wording import unit

NAME = "dictionary.csv"


def dictionary(tables: Iterable[PublishedTable]) -> list[dict]:
    """One row per column: table, column, type, unit, whether it can be unknown, values and meaning."""
    return [
        {
            "table": table.name,
            "column": name,
            "type": field_type(column),
            "unit": unit(name) if field_type(column) in ("integer", "number") else "",
            "can_be_unknown": column.nullable,
            "values": " | ".join(_values(column)),
            "meaning": column.description or "",
        }
        for table in tables
        for name, column in table.columns().items()
    ]


def _values(column) -> list[str]:
    given = [check.statistics or {} for check in column.checks]
    return [str(value) for found in given for value in found.get("allowed_values", ())]
