"""How much of a release BLS keeps back."""

import pandas as pd

from where_is_ai.occupations import ai_occupations_in

# From May 2021 to May 2025 it was 1 to 8 % of the areas that list an AI occupation.
USUAL_SUPPRESSED_PCT = 10.0


def suppressed_shares(cells: pd.DataFrame) -> pd.DataFrame:
    """Per AI occupation of ``cells`` (OewsCells of one release): areas listed, of these suppressed, and in percent."""
    of_ai = cells[cells["occ_code"].isin(ai_occupations_in(cells))]
    shares = (
        of_ai.assign(suppressed=of_ai["status"] == "suppressed")
        .groupby(["release", "occ_code"], as_index=False)["suppressed"]
        .agg(listed_areas="size", suppressed_areas="sum")
    )
    shares["suppressed_pct"] = shares["suppressed_areas"] / shares["listed_areas"] * 100
    return shares
