"""What a reader may choose of the map of AI jobs offered to foreign workers: the measure."""

from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.layers.visas.metro import FEWEST_CASES

# Percent of all certified cases: metros differ by less than powers of ten.
SHARE_LIMITS_PCT = (1.0, 2.0, 3.0, 5.0, 8.0)
WAGE_LIMITS_USD = (90_000.0, 110_000.0, 130_000.0, 150_000.0, 170_000.0)
FEW = f"fewer than {FEWEST_CASES} cases"

MEASURES = (
    MapMeasure(
        "AI cases",
        "ai_lca_cases",
        colour="ai_share_pct",
        colour_title="% of all certified cases",
        limits=SHARE_LIMITS_PCT,
        muted=FEW,
    ),
    MapMeasure("AI share of all cases, %", "ai_share_pct", limits=SHARE_LIMITS_PCT, muted=FEW),
    MapMeasure("New hires", "ai_lca_positions_new", muted=FEW),
    MapMeasure(
        "Median wage offered, US$ a year",
        "ai_lca_cases",
        colour="median_wage_usd_per_year",
        area_title="AI cases",
        colour_title="median wage, US$ a year",
        limits=WAGE_LIMITS_USD,
        listed="median_wage_usd_per_year",
        muted=FEW,
    ),
    MapMeasure(
        "Change since a year before, %",
        "ai_lca_cases_change_pct",
        area_title="change, %",
        unknown="not comparable, or too few",
    ),
)
