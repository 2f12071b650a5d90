"""What a reader may choose of the map of AI postings: the measure."""

import pandas as pd

from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS
from where_is_ai.layers.postings.words import too_few

TOO_FEW = f"fewer than {ENOUGH_EMPLOYERS} employers: too few to speak for the metro"
NOT_RANKED = "not ranked: too few residents or AI postings"


def ranked(rows: pd.DataFrame) -> pd.Series:
    """A metro that is not ranked has no size that could be held against those of the ranked."""
    return rows["rank"].notna()


def enough(rows: pd.DataFrame) -> pd.Series:
    """Which rows (MetroPostings) have enough employers to speak for their metro."""
    return ~too_few(rows)


MEASURES = (
    MapMeasure(
        "AI postings per 100,000 residents",
        "ai_postings_per_100k",
        colour="ai_share_pct",
        colour_title="AI share of postings, %",
        sized=ranked,
        qualifies=enough,
        muted=TOO_FEW,
        unknown=NOT_RANKED,
    ),
    MapMeasure("AI postings", "ai_postings", qualifies=enough, muted=TOO_FEW),
    MapMeasure(
        "AI share of all postings, %",
        "ai_share_pct",
        sized=ranked,
        qualifies=enough,
        muted=TOO_FEW,
        unknown=NOT_RANKED,
    ),
    MapMeasure(
        "AI postings per 1,000 computer jobs",
        "ai_postings_per_1000_computer_jobs",
        table="usa_ai_postings_by_weighting",
    ),
    MapMeasure(
        "Growth since the quarter before, %",
        "growth_pct",
        area_title="growth or fall, %",
        unknown="not comparable",
    ),
)
