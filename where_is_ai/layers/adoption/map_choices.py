"""What a reader may choose of the maps of AI use: the measure."""

import pandas as pd

from where_is_ai.layers.map_choices import MapMeasure

SUPPRESSED, UNKNOWN = "a cycle is suppressed: not ranked", "suppressed in every cycle: unknown"


def whole(rows: pd.DataFrame) -> pd.Series:
    """Which rows (Use) have a number of every cycle."""
    return ~rows["selected"].astype("bool")


MEASURES = (
    MapMeasure(
        "Businesses that use AI, %",
        "ai_use_pct",
        colour="expected_6m_pct",
        area_title="% of businesses that use AI",
        colour_title="% that expect to in six months",
        qualifies=whole,
        muted=SUPPRESSED,
        unknown=UNKNOWN,
    ),
    MapMeasure(
        "Businesses that expect to use AI in six months, %",
        "expected_6m_pct",
        area_title="% that expect to in six months",
        qualifies=whole,
        muted=SUPPRESSED,
        unknown=UNKNOWN,
    ),
)
