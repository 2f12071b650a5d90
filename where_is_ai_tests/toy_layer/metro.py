"""From lines to metros."""

import pandas as pd

from where_is_ai.tables import as_table
from where_is_ai_tests.toy_layer.schema import MetroPower


def roll_up(lines: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """MetroPower from PowerLines and CbsaPlaces."""
    rows = lines.merge(places.rename(columns={"name": "metro"}), on="area_code")
    rows["rank"] = rows["power_mw"].rank(method="min", ascending=False).astype("Int64")
    return as_table(rows.sort_values(["rank", "area_code"]), MetroPower).reset_index(drop=True)
