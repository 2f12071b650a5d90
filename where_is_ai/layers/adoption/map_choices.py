"""What a reader may choose of the maps of AI use: the measure."""

from dataclasses import replace

import pandas as pd

from where_is_ai.layers.adoption.words import NOT_WORKERS, SEVERAL_STATES
from where_is_ai.layers.map_choices import MapMeasure

SUPPRESSED, UNKNOWN = "a cycle is suppressed: not ranked", "suppressed in every cycle: unknown"
CAVEAT = f"{NOT_WORKERS} {SEVERAL_STATES}"


def whole(rows: pd.DataFrame) -> pd.Series:
    """Which rows (Use) have a number of every cycle."""
    return ~rows["selected"].astype("bool")


def whole_expected(rows: pd.DataFrame) -> pd.Series:
    """The same of the use that is expected."""
    return rows["expected_6m_suppressed_cycles"] == 0


EXPECTED = MapMeasure(
    "Businesses that expect to use AI in six months, %",
    "expected_6m_pct",
    area_title="% that expect to in six months",
    qualifies=whole_expected,
    muted=SUPPRESSED,
    unknown=UNKNOWN,
)
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
    EXPECTED,
)
STATE_MEASURES = (
    replace(MEASURES[0], colour="", colour_title="", caveat=CAVEAT),
    replace(EXPECTED, caveat=CAVEAT),
)
