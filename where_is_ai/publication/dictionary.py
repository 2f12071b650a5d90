"""The data dictionary: every column of every published table, from the models."""

from collections.abc import Iterable

from where_is_ai.layers.layer import PublishedTable


def dictionary(tables: Iterable[PublishedTable]) -> list[dict]:
    """One row per column: table, column, type, unit, whether it can be unknown, values and meaning."""
    return [
        {
            "table": table.name,
            "column": name,
            "type": column.kind,
            "unit": column.unit,
            "can_be_unknown": column.nullable,
            "values": " | ".join(map(str, column.constraints.get("enum", ()))),
            "meaning": column.description,
        }
        for table in tables
        for name, column in table.columns().items()
    ]
