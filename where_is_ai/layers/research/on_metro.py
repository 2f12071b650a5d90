"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Point, Row, Slice
from where_is_ai.layers.phrases import between, changed, day, known_lines
from where_is_ai.layers.research.notes import METROS
from where_is_ai.layers.research.schema import MetroResearch

LARGEST = 5
TREND = "world_ai_research_trend"
NOT_ADDED = (
    "A paper of several metros counts in each, so that metros do not add up to a country: it has at least as many as "
    "its metro with the most, and at most the sum over its institutions."
)
NO_RULE = (
    "papers are counted, not sampled, and OpenAlex gives no error, so that nobody can tell growth from what its index "
    "gained or lost."
)
BASIS = {"distinct": "each paper counted once", "summed": "a paper counts once for each of its institutions"}


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    columns, institutions = columns_of(MetroResearch), row["institutions"]
    return Slice(
        value=columns["ai_works"].text(row["ai_works"]),
        unit=f"AI papers, {day(row['window_from'])} to {day(row['window_to'])}",
        lines=known_lines(
            f"Rank {columns['rank'].text(row['rank'])} of {len(edition.tables[METROS])}",
            f"{institutions:,} institution{'s' * (institutions != 1)}; {BASIS[row['count_basis']]}",
            between(columns, row, "ai_works", "AI papers"),
            *_largest(row, edition),
        ),
        trend=_trend(row, edition),
        trend_shows="AI papers by quarter; a broken line parts what can't be compared",
    )


def rests_on(row: Row) -> str:
    return f"{row['window_from']} to {row['window_to']}, method {row['method']}"


def in_short(row: Row) -> str:
    columns = columns_of(MetroResearch)
    return f"{columns['ai_works'].text(row['ai_works'])} AI papers, rank {columns['rank'].text(row['rank'])}"


def _largest(row: Row, edition: EditionTables) -> list[str]:
    here = edition.rows_by("world_ai_research_by_institution", "metro_id").get(str(row["metro_id"]), ())
    counted = sorted(
        (each for each in here if each["included"] and each["ai_works"]), key=lambda each: -each["ai_works"]
    )
    return [f"{each['institution']}: {each['ai_works']:,}" for each in counted[:LARGEST]]


def _trend(row: Row, edition: EditionTables) -> list[Point]:
    quarters = edition.rows_by(TREND, "metro_id").get(str(row["metro_id"]), ())
    return [
        Point(each["quarter"], float(each["ai_works"]), linked=pd.isna(each["break_reason"]))
        for each in sorted(quarters, key=lambda each: each["quarter"])
    ]


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """What a country's institutions have, by the rule that its metros' papers are counted by.

    Where each paper is counted once, one of several metros is in each of them: a country has at least as many as its
    metro with the most, and at most the sum over its institutions.
    """
    metros = edition.rows_by(METROS, "country_code").get(country, ())
    if not metros:
        return {}
    summed = float(sum(each["ai_works_summed"] for each in metros))
    institutions = National(
        float(sum(each["institutions"] for each in metros)), note="in metros of this table"
    )
    if all(each["count_basis"] == "summed" for each in metros):
        papers = National(summed, note="of the institutions of this table, a paper once for each of them")
    else:
        most = float(max(each["ai_works"] for each in metros))
        papers = National(None, most, summed, note=NOT_ADDED)
    return {"ai_works": papers, "institutions": institutions}


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:  # noqa: ARG001
    """How papers changed since the quarter before, or why the two can't be compared; "" without a quarter before."""
    quarters = sorted(
        edition.rows_by(TREND, "metro_id").get(str(row["metro_id"]), ()), key=lambda each: each["quarter"]
    )
    if len(quarters) < 2:
        return ""
    before, now = quarters[-2:]
    if pd.isna(now["change"]):
        why = now["break_reason"]
        return f"AI papers can't be compared between {before['quarter']} and {now['quarter']}: " + (
            f"{why}." if pd.notna(why) else "there is a gap between them."
        )
    said = changed(
        "AI papers of twelve months",
        before["quarter"],
        now["quarter"],
        now["change"],
        f"{abs(now['change']):,} ({abs(now['change_pct']):.1f} %)",
    )
    return f"{said}: {NO_RULE}"


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_works", "ai_works_low", "ai_works_high", "institutions", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="No institution in this metro is among those whose papers are counted.",
    abroad="No institution here is among those whose papers are counted.",
    nation=nation,
    change=change,
)
