"""Walking back from tables that were made from other tables, or over a whole layer."""

from collections.abc import Callable

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell, Trace
from where_is_ai.layers.research import trace as research

METROS = research.TABLES[0]


def of_metro(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """Behind a row that speaks of a metro of the research layer: what is behind that metro's papers."""
    metros = evidence.table(METROS)
    found = metros[metros["metro_id"] == row["metro_id"]]
    if found.empty:
        return _whole_layer(
            f"{column} of {table}; its metro has no row of its own in {METROS}", "raw_openalex", evidence
        )
    behind = research.trace(METROS, found.iloc[0], "ai_works", evidence)
    return Trace(f"{column} of {table} rests on the metro's papers: {behind.how}", behind.cells)


def of_layer(raw: str) -> Callable[[str, pd.Series, str, Evidence], Trace]:
    """Behind a row that was counted over a whole layer: all answers of the raw assets that begin with ``raw``."""
    return lambda table, row, column, evidence: _whole_layer(
        f"{column} of {table} was counted over the whole layer", raw, evidence
    )


def of_claim(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a claim's verdict: the filter of a published table that answers it, which can be explained in turn."""
    asked = row["answered_by"] or "no published table"
    return Trace(f"the statement was held against {asked}; {row['why'] or 'nothing more to say'}", ())


def _whole_layer(how: str, raw: str, evidence: Evidence) -> Trace:
    cells = [
        RawCell(entry, {"part": "the whole answer"}, entry.bytes, "one of the answers; bytes")
        for entry in evidence.entries(raw)
    ]
    return Trace(how, tuple(cells))
