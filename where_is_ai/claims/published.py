"""The published table of claims, as the catalog has it beside those of the layers."""

import pandas as pd

from where_is_ai.archive.evidence import Evidence, Trace
from where_is_ai.claims.schema import Claims
from where_is_ai.layers.layer import Origin, PublishedTable


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a claim's verdict: the filter of a published table that answers it, which can be explained in turn."""
    asked = row["answered_by"] or "no published table"
    return Trace(f"the statement was held against {asked}; {row['why'] or 'nothing more to say'}", ())


CLAIMS = PublishedTable(
    name="claims",
    title="Claims of others, held against the tables",
    model=Claims,
    page="trust",
    key=("claim_id",),
    shown=("statement", "published", "computed", "verdict", "why", "source"),
    measure="verdict",
    origin=Origin("where-is-ai", "", "CC-BY-4.0"),
    trace=trace,
)
