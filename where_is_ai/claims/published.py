"""The published tables of claims and of our own statements, as the catalog has them beside those of the layers."""

import pandas as pd

from where_is_ai.archive.evidence import Evidence, Trace
from where_is_ai.claims.schema import Claims, Statements
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


def trace_statement(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a statement: the published table and column that answer it, which can be explained in turn."""
    asked = f"{row['measure']} of {row['places']} in {row['answered_by']}"
    return Trace(f"{asked} was held against all others; {row['why'] or 'none of them may have as much'}", ())


STATEMENTS = PublishedTable(
    name="statements",
    title="What titles and leads say, judged by the same tables",
    model=Statements,
    page="trust",
    key=("statement_id",),
    shown=("said", "stands", "why", "disputed_by", "answered_by", "measure"),
    measure="stands",
    origin=Origin("where-is-ai", "", "CC-BY-4.0"),
    trace=trace_statement,
)
