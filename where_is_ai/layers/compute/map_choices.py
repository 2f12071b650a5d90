"""What a reader may choose of the maps of data centres: the measure."""

import pandas as pd

from where_is_ai.layers.map_choices import MapMeasure, anything

# Most metros have nothing in the pipeline, so classes by how many have what would be one.
PIPELINE_LIMITS_MW = (1.0, 200.0, 500.0, 1000.0, 2000.0)
PLANNED = "planned only, or unknown"


def running(rows: pd.DataFrame) -> pd.Series:
    """Which rows have computing power now."""
    return rows["h100e"] > 0


def planned(rows: pd.DataFrame) -> pd.Series:
    """Which rows have any planned."""
    return rows["pipeline_mw"] > 0


MEASURES = (
    MapMeasure(
        "H100 equivalents",
        "h100e",
        colour="pipeline_mw",
        colour_title="pipeline, MW",
        limits=PIPELINE_LIMITS_MW,
        sized=running,
        unknown=PLANNED,
    ),
    MapMeasure("Megawatts", "mw", sized=running, unknown=PLANNED),
    MapMeasure(
        "Megawatts planned after the quarter",
        "pipeline_mw",
        limits=PIPELINE_LIMITS_MW[1:],
        sized=planned,
        qualifies=anything,
        unknown="nothing planned, or unknown",
    ),
    MapMeasure(
        "H100 equivalents planned after the quarter",
        "pipeline_h100e",
        sized=planned,
        qualifies=anything,
        unknown="nothing planned, or unknown",
    ),
    MapMeasure("Data centres", "sites", limits=(2.0, 3.0, 5.0), sized=running, unknown=PLANNED),
)
