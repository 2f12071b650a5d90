"""What a reader may choose of the map of AI patents: the measure."""

import pandas as pd

from where_is_ai.layers.map_choices import MapMeasure, anything

# Metros with few patents have shares of all sizes, so classes that stay the same from quarter to quarter.
SHARE_LIMITS_PCT = (2.0, 5.0, 10.0, 20.0, 40.0)
WIDER_ALONE = "by the wider list alone"


def any_patent(rows: pd.DataFrame) -> pd.Series:
    """Where there is any AI patent by the list that counts."""
    return rows["ai_patents"] > 0


MEASURES = (
    MapMeasure(
        "AI patents, by inventors' shares",
        "ai_patents",
        colour="ai_share_pct",
        colour_title="AI share of patents, %",
        limits=SHARE_LIMITS_PCT,
        sized=any_patent,
        unknown=WIDER_ALONE,
    ),
    MapMeasure(
        "AI share of all patents, %",
        "ai_share_pct",
        limits=SHARE_LIMITS_PCT,
        sized=any_patent,
        unknown=WIDER_ALONE,
    ),
    MapMeasure("AI patents with an inventor here", "ai_patents_any", sized=any_patent, unknown=WIDER_ALONE),
    MapMeasure("AI patents by a wider list", "ai_patents_wide", qualifies=anything),
)
