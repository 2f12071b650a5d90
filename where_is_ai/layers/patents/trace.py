"""From a published count back to the patents in the patent office's tables."""

from collections.abc import Iterator

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.geography.trace import COLUMNS, point_cells
from where_is_ai.layers.patents.bulk_tables import CPC, INVENTORS
from where_is_ai.layers.patents.notes import RAW
from where_is_ai.layers.patents.source import entries_by_table

# The flag of a patent that counts for a column; the plain count of AI patents where none is named.
_FLAG = {"ai_patents_inventional": "g06n_inventional", "ai_patents_wide": "wide"}
_OF_ALL = ("all_patents", "ai_share_pct", "release", "as_known")


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The records of the AI patents with an inventor in the metro: of their classes and of their inventors."""
    if column in COLUMNS:
        return Trace(
            "the metro's own entry in the Census gazetteer", tuple(point_cells(row, column, evidence))
        )
    if column in _OF_ALL:
        return trace_whole(table, row, column, evidence)
    flag = _FLAG.get(column, "g06n")
    patents, places = evidence.table("ai_patents"), evidence.table("patent_places")
    shares = evidence.table("patent_shares")
    own = places.loc[places["area_code"] == row["area_code"], "location_id"]
    shares = shares[
        shares["location_id"].isin(own) & shares["patent_id"].isin(patents.loc[patents[flag], "patent_id"])
    ]
    here = shares.groupby("patent_id")["share"].sum()
    how = f"{len(here)} patents of {flag.replace('_', ' ')} with an inventor there, each by its inventors' share there"
    return Trace(
        how, tuple(_cells(here, "a class of the wider list" if flag == "wide" else "G06N", evidence))
    )


def trace_whole(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row that was counted over all patents: the whole tables."""
    return whole_answers(
        f"{column} of {table} was counted over all patents of the quarter", evidence.entries(RAW)
    )


def _cells(shares: pd.Series, classed: str, evidence: Evidence) -> Iterator[RawCell]:
    entries = entries_by_table(evidence.entries(RAW))
    for number, share in shares.items():
        for table, says, meaning in (
            (CPC, classed, f"classes of patent {number}"),
            (INVENTORS, round(float(share), 6), f"share of patent {number}'s inventors who live there"),
        ):
            at = {"member": f"{table.name}.tsv", "part": f"records of patent {number}"}
            yield RawCell(entries[table], at, says, meaning)
