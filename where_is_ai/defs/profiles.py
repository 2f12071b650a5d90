"""All that is said of a metro of the USA, in one table of all layers."""

from collections.abc import Sequence

import dagster as dg
import pandas as pd

from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import PUBLICATION, quarterly
from where_is_ai.defs.layer_publication import publication_of
from where_is_ai.defs.outputs import described_by, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.layer import Layer
from where_is_ai.publication.profiles import NAME, MetroProfiles, profiles


def profiles_asset(layers: Sequence[Layer]) -> dg.AssetsDefinition:
    """The asset of the table, made from what is on the shelf of the tables by metro of ``layers``."""
    metros = [layer.by_metro.name for layer in layers]

    @asset(
        name=NAME,
        **quarterly(PUBLICATION),
        kinds={"pandas"},
        deps=[publication_of(layer) for layer in layers],
        metadata=described_by(MetroProfiles),
    )
    def usa_metro_profiles(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[pd.DataFrame]:
        """Each metro of the USA with every measure of every layer at hand: value, bounds, rank, and what it rests on.

        Nothing is added up: a row is one measure of one layer, as its own table has it.
        """
        quarter = quarter_of(context)
        kept = {name: rows for name in metros if (rows := choices.shelf.table(name, quarter)) is not None}
        rows = profiles(layers, kept, quarter)
        if rows.empty:
            return left_out(MetroProfiles, f"No layer has metros of the USA in {quarter}.")
        return table(rows, MetroProfiles)

    return usa_metro_profiles


@asset_check(asset=NAME)
def ranks_lie_in_their_ranges(profile: pd.DataFrame) -> dg.AssetCheckResult:
    """A value lies between its bounds and a rank within the range that the bounds allow."""
    between = profile["value"].between(
        profile["low"].fillna(-float("inf")), profile["high"].fillna(float("inf"))
    )
    within = (profile["rank"] >= profile["rank_low"]) & (profile["rank"] <= profile["rank_high"])
    wrong = ~(between | profile["value"].isna()) | ~within.fillna(True)
    columns = ["area_code", "layer", "measure", "value", "low", "high", "rank", "rank_low", "rank_high"]
    return result("values between bounds, ranks in their ranges", profile.loc[wrong.fillna(False), columns])
