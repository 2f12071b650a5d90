"""The toy's assets."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import quarterly
from where_is_ai.defs.outputs import described_by, kept, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai_tests.toy_layer.metro import roll_up
from where_is_ai_tests.toy_layer.schema import MetroPower, PowerLines
from where_is_ai_tests.toy_layer.source import FIGURES, read_lines

COMMON = quarterly("toy")


@asset(**COMMON, kinds={"csv"})
def raw_power(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The toy's file, kept whole as it came."""
    return kept(choices.library(context), [FIGURES], quarter_of(context))


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(PowerLines))
def power_lines(
    context: dg.AssetExecutionContext, choices: Choices, raw_power: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Its lines."""
    return table([read_lines(choices.library(context), entry) for entry in raw_power], PowerLines)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroPower))
def usa_power_by_metro(power_lines: pd.DataFrame, cbsa_places: pd.DataFrame) -> dg.Output[pd.DataFrame]:
    """Megawatts by metro."""
    return table(roll_up(power_lines, cbsa_places), MetroPower)


@asset_check(asset=usa_power_by_metro)
def no_line_is_lost(usa_power_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """Every line of the file is a metro."""
    return result("a rank for each", usa_power_by_metro[usa_power_by_metro["rank"].isna()])
