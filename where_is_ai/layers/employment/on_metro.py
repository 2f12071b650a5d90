"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.employment.coverage import WORDS, is_lower_bound
from where_is_ai.layers.employment.schema import MetroEmployment
from where_is_ai.layers.layer import EditionTables, OnMetro, Point, Row, Slice
from where_is_ai.layers.phrases import between, known_lines, month, number, rank_range

METROS, SERIES = "usa_ai_employment_by_msa", "usa_ai_employment_series"


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    columns, bound = columns_of(MetroEmployment), is_lower_bound(row["coverage"])
    text = {name: columns[name].text(row[name]) for name in columns if name in row}
    ranked = int(edition.tables[METROS]["rank_workers"].notna().sum())
    return Slice(
        value=f"{'≥ ' * bound}{text['ai_workers']}" if pd.notna(row["ai_workers"]) else "unknown",
        unit=f"AI workers, {month(row['oews_release'])}",
        lines=known_lines(
            f"Rank {text['rank_workers']} of {ranked} by number{rank_range(row)}",
            f"{'at least ' * bound}{text['ai_per_1000']} per 1,000 jobs, rank {text['rank_concentration']}",
            between(columns, row, "ai_workers", "AI workers"),
            WORDS[row["coverage"]],
        ),
        trend=_series(row, edition),
        trend_shows="AI workers by release; a broken line parts what can't be compared",
    )


def rests_on(row: Row) -> str:
    return f"{month(row['oews_release'])}; {WORDS[row['coverage']]}"


def in_short(row: Row) -> str:
    workers = columns_of(MetroEmployment)["ai_workers"].text(row["ai_workers"])
    return f"{'at least ' * is_lower_bound(row['coverage'])}{workers} AI workers"


def _series(row: Row, edition: EditionTables) -> list[Point]:
    releases = edition.rows_by(SERIES, "area_code").get(str(row["area_code"]), ())
    return [
        Point(
            label=month(each["oews_release"]),
            value=number(each["ai_workers"]),
            low=number(each["ai_workers_low"]),
            high=number(each["ai_workers_high"]),
            bound=is_lower_bound(each["coverage"]),
            linked=each["linked"],
            at=_years(each["oews_release"]),
        )
        for each in sorted(releases, key=lambda each: each["oews_release"])
    ]


def _years(release: str) -> float:
    """The reference month as a year and its part, so that a release that is not at hand leaves a gap."""
    year, month_number = release.split("-")
    return int(year) + (int(month_number) - 1) / 12


ON_METRO = OnMetro(
    slice=metro_slice,
    history=(
        "ai_workers",
        "ai_workers_low",
        "ai_workers_high",
        "ai_per_1000",
        "rank_workers",
        "rank_concentration",
    ),
    rests_on=rests_on,
    in_short=in_short,
    not_here="BLS lists no AI occupation under an area of this name.",
    abroad="BLS measures metros of the USA only.",
    nearby="BLS counts jobs by other areas than research is counted by. Those close by:",
)
