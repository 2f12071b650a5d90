"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Row, Slice
from where_is_ai.layers.phrases import between, changed, known_lines, number
from where_is_ai.layers.postings.schema import MetroPostings
from where_is_ai.quarters import Quarter

NATION = "usa_ai_postings_nation"
EVERYWHERE = "with postings in no metro, each once"
NO_RULE = (
    "the classifier's interval is of each quarter, not of the difference between two, so that nobody can tell it from "
    "noise."
)


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
            between(
                columns, row, "ai_postings_per_100k", "per 100,000, given that the classifier can be wrong"
            ),
            in_short(row),
            between(columns, row, "ai_postings", "AI postings, given the same"),
            f"The classifier itself calls {columns['ai_postings_called'].text(called)} AI"
            if pd.notna(called)
            else "",
            _standing(row),
            _behind(row),
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


def _behind(row: Row) -> str:
    """Whose postings were read, as far as the edition tells."""
    read, part, sector = row.get("employers_read"), row.get("largest_employer_pct"), row.get("largest_sector")
    if read is None or pd.isna(read):
        return ""
    largest = f", one of them with {part:.0f} % of AI postings" if pd.notna(part) else ""
    most = f"; {row['largest_sector_pct']:.0f} % are in {str(sector).lower()}" if pd.notna(sector) else ""
    return f"{read:,.0f} employers read{largest}{most}"


def rests_on(row: Row) -> str:
    return f"{row['sources']}; {row['classifier']}"


def in_short(row: Row) -> str:
    return f"{row['ai_postings']:,} AI postings, called so at {row['employers']:,} employers"


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """The measures of all postings of the USA, with those that name no metro, each posting once."""
    rows = edition.tables.get(NATION)
    if rows is None or rows.empty or country != "US":
        return {}
    found = rows.iloc[0]
    low, high = (number(found.get(f"ai_postings_{end}")) for end in ("low", "high"))
    return {
        "ai_postings": National(number(found["ai_postings"]), low, high, note=EVERYWHERE),
        "ai_postings_per_100k": National(
            number(found["ai_postings_per_100k"]),
            *(_of_residents(end, found["population"], 100_000) for end in (low, high)),
            note=EVERYWHERE if pd.notna(found["ai_postings_per_100k"]) else "Its residents are not at hand.",
        ),
        "ai_share_pct": National(number(found["ai_share_pct"]), note=EVERYWHERE),
    }


def _of_residents(postings: float | None, residents: object, per: int) -> float | None:
    return None if postings is None or pd.isna(residents) else postings / float(residents) * per


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:
    """Growth on the boards read in both quarters, or why there is none; "" where nothing before is at hand."""
    before, after = row.get("growth_before"), row.get("growth_after")
    if before is None or pd.isna(before) or pd.isna(after):
        why = row.get("why_no_growth")
        if earlier is None or why is None or pd.isna(why):
            return ""
        return f"AI postings can't be compared between {earlier.quarter} and {edition.quarter}: {why}."
    said = changed(
        "AI postings on the boards read in both quarters",
        str(Quarter.parse(edition.quarter).previous),
        edition.quarter,
        after - before,
        f"{abs(after - before):,} (from {before:,} to {after:,})",
    )
    return f"{said}: {NO_RULE}"


def unknown(row: Row) -> str:  # noqa: ARG001
    """Why a metro has postings and no number of them per resident."""
    return "how many live there is not at hand"


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
    unknown=unknown,
    not_here="None of the postings that were read is for a place here; only some employers' boards are read.",
    abroad="Postings are read from boards for the USA only.",
    nation=nation,
    change=change,
)
