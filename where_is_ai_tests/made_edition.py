"""An edition's tables as layers see them, made from rows in a test."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class MadeEdition:
    """``tables`` by name, of ``quarter``."""

    quarter: str = "2026-Q2"
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def rows_by(self, name: str, column: str) -> dict[str, list[dict]]:
        grouped: dict[str, list[dict]] = {}
        for row in self.tables.get(name, pd.DataFrame()).to_dict("records"):
            grouped.setdefault(str(row[column]), []).append(row)
        return grouped


def made_edition(quarter: str = "2026-Q2", **tables: list[dict]) -> MadeEdition:
    return MadeEdition(quarter, {name: pd.DataFrame(rows) for name, rows in tables.items()})
