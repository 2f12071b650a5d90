"""From a published number back to the line of the CSV."""

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell, Trace


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """The line of the file that the row's metro has."""
    lines = evidence.table("power_lines")
    own = lines[lines["area_code"] == row["area_code"]]
    cells = [
        RawCell(entry, {"line": int(line.line), "column": "power_mw"}, line.power_mw, "megawatts as listed")
        for entry in evidence.entries("raw_power")
        for line in own.itertuples()
    ]
    return Trace("the metro's line of the file", tuple(cells))
