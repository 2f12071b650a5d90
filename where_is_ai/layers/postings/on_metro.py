"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import EditionTables, OnMetro, Row, Slice
from where_is_ai.layers.phrases import between, known_lines
from where_is_ai.layers.postings.schema import MetroPostings

NATION = "usa_ai_postings_nation"


def metro_slice(row: Row, edition: EditionTables) -> Slice:  # noqa: ARG001
    columns, rate = columns_of(MetroPostings), row["ai_postings_per_100k"]
    # Editions made before counts were corrected have no such column: theirs are what the classifier called AI.
    called = row.get("ai_postings_called")
    ranked = (
        f"Rank {columns['rank'].text(row['rank'])} among the metros that qualify{_range(row)}"
        if pd.notna(row["rank"])
        else "Not ranked: too few residents or AI postings"
    )
    return Slice(
        value=f"{rate:.1f}" if pd.notna(rate) else f"{row['ai_postings']:,}",
        unit="AI postings per 100,000 residents" if pd.notna(rate) else "AI postings",
        lines=known_lines(
            ranked,
            f"{columns['ai_share_pct'].text(row['ai_share_pct'])} % of {row['all_postings']:,} postings",
            in_short(row),
            between(columns, row, "ai_postings", "AI postings, given that the classifier can be wrong"),
            f"The classifier itself calls {columns['ai_postings_called'].text(called)} AI"
            if pd.notna(called)
            else "",
            _standing(row),
            "Few employers: says more about them than about the metro" if row["few_employers"] else "",
        ),
    )


def _range(row: Row) -> str:
    """The ranks that it has when any one employer is left out."""
    low, high = row.get("rank_low"), row.get("rank_high")
    if pd.isna(low) or pd.isna(high):
        return ""
    return f", {low:.0f} to {high:.0f} with any one employer left out"


def _standing(row: Row) -> str:
    """What was open at the end of the quarter and for how long, as far as snapshots tell."""
    columns, still_open, days = (
        columns_of(MetroPostings),
        row.get("ai_open_at_end"),
        row.get("median_days_open"),
    )
    parts = (
        f"{columns['ai_open_at_end'].text(still_open)} were open at the end of the quarter"
        if pd.notna(still_open)
        else "",
        f"half are closed after {columns['median_days_open'].text(days)} days" if pd.notna(days) else "",
    )
    return "; ".join(part for part in parts if part)


def rests_on(row: Row) -> str:
    return f"{row['sources']}; {row['classifier']}"


def in_short(row: Row) -> str:
    return f"{row['ai_postings']:,} AI postings from {row['employers']:,} employers"


def nation(edition: EditionTables) -> dict[str, float]:
    """The measures of all postings of the USA, with those that name no metro."""
    rows = edition.tables.get(NATION)
    if rows is None or rows.empty:
        return {}
    found = rows.iloc[0]
    measures = ("ai_postings_per_100k", "ai_postings", "ai_share_pct")
    return {name: float(found[name]) for name in measures if pd.notna(found[name])}


ON_METRO = OnMetro(
    slice=metro_slice,
    history=(
        "ai_postings",
        "ai_postings_low",
        "ai_postings_high",
        "ai_postings_per_100k",
        "ai_share_pct",
        "rank",
    ),
    rests_on=rests_on,
    in_short=in_short,
    abroad="Postings are read from boards for the USA only.",
    nation=nation,
)
