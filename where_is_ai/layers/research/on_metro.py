"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import EditionTables, OnMetro, Point, Row, Slice
from where_is_ai.layers.phrases import between, day, known_lines
from where_is_ai.layers.research.notes import METROS
from where_is_ai.layers.research.schema import MetroResearch

LARGEST = 5
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
    quarters = edition.rows_by("world_ai_research_trend", "metro_id").get(str(row["metro_id"]), ())
    return [
        Point(each["quarter"], float(each["ai_works"]), linked=pd.isna(each["break_reason"]))
        for each in sorted(quarters, key=lambda each: each["quarter"])
    ]


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_works", "ai_works_low", "ai_works_high", "institutions", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="Research is counted by other areas than jobs are, and none of them is this one.",
    abroad="Nothing was measured for this metro.",
)
