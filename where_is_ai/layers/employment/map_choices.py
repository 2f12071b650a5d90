"""What a reader may choose of the maps of AI jobs: the measure, and the release of BLS."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.employment.breaks import area_break, occupation_break
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.layers.employment.words import holds_among_all
from where_is_ai.layers.map_choices import MapMeasure, Moment, Releases

METROS, CHANGES, SERIES = "usa_ai_employment_by_msa", "usa_ai_employment_yoy", "usa_ai_employment_series"
# Pay differs by less than powers of ten.
PAY_LIMITS_USD = (80_000.0, 95_000.0, 110_000.0, 125_000.0, 140_000.0)
NOISE, APART = "change that noise may explain, among so many", "not comparable"

JOBS_MEASURES = (
    MapMeasure(
        "AI workers",
        "ai_workers",
        colour="ai_per_1000",
        colour_title="AI workers per 1,000 jobs",
        unknown="neither occupation published: unknown",
    ),
    MapMeasure("AI workers per 1,000 jobs", "ai_per_1000", unknown="neither occupation published: unknown"),
    MapMeasure(
        "AI workers by a wider definition",
        "ai_workers_wide",
        unknown="none of the occupations published: unknown",
    ),
    MapMeasure(
        "Median pay of AI workers, US$ a year",
        "ai_workers",
        colour="pay_median_low_usd",
        area_title="AI workers",
        colour_title="median pay of the occupation that pays less, US$",
        limits=PAY_LIMITS_USD,
        listed="pay_median_low_usd",
    ),
    MapMeasure(
        "Change since the release before",
        "like_for_like_change",
        table=CHANGES,
        area_title="jobs gained or lost",
        qualifies=holds_among_all,
        muted=NOISE,
        unknown=APART,
    ),
)
CHANGE_MEASURES = (
    MapMeasure(
        "Jobs gained or lost",
        "like_for_like_change",
        area_title="jobs gained or lost",
        qualifies=holds_among_all,
        muted=NOISE,
        unknown=APART,
    ),
    MapMeasure(
        "Change in percent",
        "like_for_like_pct",
        area_title="change, %",
        qualifies=holds_among_all,
        muted=NOISE,
        unknown=APART,
    ),
)
NO_METRO = "no metro that BLS publishes AI workers of"
OF_METROS = (
    "≥: some occupations of the state's metros are not published. What lies outside metros is in none. "
    "A metro of several states counts where its first-named city is."
)
STATE_MEASURES = (
    MapMeasure(
        "AI workers per 1,000 jobs in the metros of each state",
        "ai_per_1000",
        area_title="AI workers per 1,000 jobs",
        unknown=f"unknown: {NO_METRO}",
        caveat=OF_METROS,
    ),
    MapMeasure(
        "AI workers in the metros of each state",
        "ai_workers",
        area_title="AI workers",
        unknown=f"unknown: {NO_METRO}",
        caveat=OF_METROS,
    ),
)


def moments(rows: pd.DataFrame) -> Sequence[Moment]:
    """The releases from the first to the last of ``rows`` (MetroSeries), and where areas or occupations changed.

    A release is held against the one before it of those that are at hand, as the series does.
    """
    at_hand = sorted(set(rows["oews_release"]))
    before, found = "", []
    for release in known_releases():
        month = release.reference_month
        if not at_hand[0] <= month <= at_hand[-1]:
            continue
        why = (
            [area_break(before, month), occupation_break(before, month)]
            if before and month in at_hand
            else []
        )
        year, number = map(int, month.split("-"))
        found.append(Moment(month, str(release), year + (number - 1) / 12, "; ".join(filter(None, why))))
        before = month if month in at_hand else before
    return found


RELEASES = Releases(SERIES, "oews_release", moments)
