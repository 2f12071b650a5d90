"""What a reader may choose of the map of AI papers: the measure, and the quarter."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.map_choices import MapMeasure, Moment, Releases
from where_is_ai.layers.research.citations import LEAST_MATURE_WORKS
from where_is_ai.quarters import Quarter

TREND = "world_ai_research_trend"
# By definition a tenth of the world's papers are in the top 10 %: the classes lie around that.
CITED_LIMITS_PCT = (5.0, 8.0, 10.0, 12.0, 15.0)
TOO_FEW = f"fewer than {LEAST_MATURE_WORKS} papers old enough to be cited"


def mature(rows: pd.DataFrame) -> pd.Series:
    """Which rows (MetroResearch) have enough papers that are old enough to be cited."""
    return rows["mature_works"] >= LEAST_MATURE_WORKS


MEASURES = (
    MapMeasure(
        "AI papers",
        "ai_works",
        colour="top_10_pct",
        colour_title="of these in the most cited 10 %, %",
        limits=CITED_LIMITS_PCT,
    ),
    MapMeasure("AI papers per 100,000 residents", "ai_works_per_100k", unknown="residents unknown"),
    MapMeasure(
        "Share in the most cited 10 %, %",
        "top_10_pct",
        limits=CITED_LIMITS_PCT,
        qualifies=mature,
        muted=TOO_FEW,
    ),
    MapMeasure("Share in the most cited 1 %, %", "top_1_pct", qualifies=mature, muted=TOO_FEW),
    MapMeasure(
        "Change since the quarter before",
        "change",
        table=TREND,
        area_title="papers more or fewer",
        unknown="not comparable",
    ),
    MapMeasure(
        "Change since the quarter before, %",
        "change_pct",
        table=TREND,
        area_title="change, %",
        unknown="not comparable",
    ),
)


def moments(rows: pd.DataFrame) -> Sequence[Moment]:
    """The quarters from the first to the last of ``rows`` (ResearchTrend), and why a segment begins at one."""
    reasons = rows.groupby("quarter")["break_reason"].first()
    quarters, last = [Quarter.parse(min(reasons.index))], Quarter.parse(max(reasons.index))
    while quarters[-1] < last:
        quarters.append(quarters[-1].next)
    return [
        Moment(
            str(quarter),
            str(quarter),
            quarter.first_day_in_years,
            str(reason) if pd.notna(reason := reasons.get(str(quarter))) and place else "",
        )
        for place, quarter in enumerate(quarters)
    ]


RELEASES = Releases(TREND, "quarter", moments)
