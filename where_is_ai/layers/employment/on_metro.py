"""What the layer says on the page of a metro."""

from collections.abc import Mapping

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.employment.coverage import WORDS, is_lower_bound
from where_is_ai.layers.employment.schema import MetroEmployment
from where_is_ai.layers.layer import EditionTables, OnMetro, Point, Row, Slice
from where_is_ai.layers.phrases import between, known_lines, month, number, rank_range

METROS, SERIES = "usa_ai_employment_by_msa", "usa_ai_employment_series"


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    columns, bound = columns_of(MetroEmployment), is_lower_bound(row["coverage"])
    text = {name: columns[name].text(row.get(name)) for name in columns}
    ranked = int(edition.tables[METROS]["rank_workers"].notna().sum())
    return Slice(
        value=f"{'≥ ' * bound}{text['ai_workers']}" if pd.notna(row["ai_workers"]) else "unknown",
        unit=f"AI workers, {month(row['oews_release'])}",
        lines=known_lines(
            f"Rank {text['rank_workers']} of {ranked} by number{rank_range(row)}",
            f"{'at least ' * bound}{text['ai_per_1000']} per 1,000 jobs, rank {text['rank_concentration']}"
            f"{rank_range(_concentration(row))}",
            between(columns, row, "ai_workers", "AI workers"),
            WORDS[row["coverage"]],
            _pay(text),
            f"By the wider definition “{text['wide_definition']}”: {text['ai_workers_wide']}, "
            f"rank {text['rank_wide']}",
        ),
        trend=_series(row, edition),
        trend_shows="AI workers by release; a broken line parts what can't be compared",
    )


def _concentration(row: Row) -> Row:
    """The row with the range of its other rank in place of the first's."""
    return {end: row.get(end.replace("rank", "rank_concentration")) for end in ("rank_low", "rank_high")}


def _pay(text: Mapping[str, str]) -> str:
    """Between which of its occupations' medians that of all together lies; a single one is said to be that."""
    low, high = text["pay_median_low_usd"], text["pay_median_high_usd"]
    if text["pay_occupations"].count("+"):
        return f"Median pay between ${low} and ${high} a year, by occupation"
    return f"Median pay ${low} a year in {text['pay_occupations']}"


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
