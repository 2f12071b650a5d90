"""Share of businesses that use AI, from Census BTOS: assets and checks."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import result, rows_like_last_quarter
from where_is_ai.defs.groups import quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept, kept_as_far_as_there, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.geography.names import state_names_by_code
from where_is_ai.layers.adoption import quarter as use
from where_is_ai.layers.adoption import source
from where_is_ai.layers.adoption.checks import outside_their_cycles, strata_lost
from where_is_ai.layers.adoption.origin import source_of
from where_is_ai.layers.adoption.schema import BtosAnswers, BtosCycles, MetroAdoption, StateAdoption

COMMON = quarterly("adoption")
WARN = dg.AssetCheckSeverity.WARN


@asset(**COMMON, **received_from(source.BTOS), kinds={"excel"})
def raw_btos_states(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The survey's workbook by state, every cycle since its start; a later file is kept beside the earlier."""
    return kept(choices.library(context), [source.STATES], quarter_of(context))


@asset(**COMMON, **received_from(source.BTOS), kinds={"excel"})
def raw_btos_metros(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The survey's workbook of its 25 metros, every cycle since its start.

    Without it the quarter has its table by state alone, and says which file is missing.
    """
    return kept_as_far_as_there(choices.library(context), [source.METROS], quarter_of(context))


def _answers(
    context: dg.AssetExecutionContext, choices: Choices, entries: list[Entry]
) -> dg.Output[pd.DataFrame]:
    library = choices.library(context)
    return table([source.read_answers(library, entry) for entry in entries], BtosAnswers)


def _cycles(
    context: dg.AssetExecutionContext, choices: Choices, entries: list[Entry]
) -> dg.Output[pd.DataFrame]:
    library = choices.library(context)
    return table([source.read_cycles(library, entry) for entry in entries], BtosCycles)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(BtosAnswers))
def btos_state_answers(
    context: dg.AssetExecutionContext, choices: Choices, raw_btos_states: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The share that said Yes to using AI by state and cycle: published, suppressed or not asked, with its error."""
    return _answers(context, choices, raw_btos_states)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(BtosAnswers))
def btos_metro_answers(
    context: dg.AssetExecutionContext, choices: Choices, raw_btos_metros: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The share that said Yes to using AI by metro and cycle, read as the workbook by state is.

    Metros have their CBSA code, and their name of 2020 as the survey gives it.
    """
    return _answers(context, choices, raw_btos_metros)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(BtosCycles))
def btos_state_cycles(
    context: dg.AssetExecutionContext, choices: Choices, raw_btos_states: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The cycles that the workbook by state dates, so that a quarter knows which of its own are not in yet."""
    return _cycles(context, choices, raw_btos_states)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(BtosCycles))
def btos_metro_cycles(
    context: dg.AssetExecutionContext, choices: Choices, raw_btos_metros: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """The cycles that the workbook by metro dates, with figures or without.

    The two workbooks are posted apart, so that one may have a cycle more than the other.
    """
    return _cycles(context, choices, raw_btos_metros)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(StateAdoption))
def usa_ai_adoption_by_state(
    context: dg.AssetExecutionContext,
    raw_btos_states: list[Entry],
    btos_state_answers: pd.DataFrame,
    btos_state_cycles: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Share of each state's businesses that use AI: mean of the quarter's cycles, its error, and what is suppressed.

    A share of firms, not of workers. Firms of several states are in no state.
    """
    quarter = quarter_of(context)
    whose = source_of(raw_btos_states)
    rows = use.by_state(btos_state_answers, btos_state_cycles, state_names_by_code(), quarter, whose)
    if rows.empty:
        return left_out(StateAdoption, f"The workbook by state has no cycle that ended in {quarter}.")
    return table(rows, StateAdoption)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroAdoption))
def usa_ai_adoption_by_metro(
    context: dg.AssetExecutionContext,
    raw_btos_metros: list[Entry],
    btos_metro_answers: pd.DataFrame,
    btos_metro_cycles: pd.DataFrame,
    cbsa_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Share of businesses that use AI in the 25 metros of the survey, made as the table by state is.

    They are the largest metros of 2020: San Jose, Austin and Raleigh are not among them.
    """
    quarter = quarter_of(context)
    names, whose = source.survey_metros(), source_of(raw_btos_metros)
    rows = use.by_metro(btos_metro_answers, btos_metro_cycles, names, cbsa_places, quarter, whose)
    if rows.empty:
        return left_out(
            MetroAdoption, f"No workbook by metro with a cycle that ended in {quarter} is at hand."
        )
    return table(rows, MetroAdoption)


@asset_check(asset=usa_ai_adoption_by_state, additional_ins={"answers": dg.AssetIn("btos_state_answers")})
def state_shares_within_their_cycles(
    usa_ai_adoption_by_state: pd.DataFrame, answers: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each state's share lies between the lowest and the highest of the cycles that it names."""
    wrong = outside_their_cycles(usa_ai_adoption_by_state, answers, "state")
    return result("shares between those of their cycles", wrong)


@asset_check(asset=usa_ai_adoption_by_metro, additional_ins={"answers": dg.AssetIn("btos_metro_answers")})
def metro_shares_within_their_cycles(
    usa_ai_adoption_by_metro: pd.DataFrame, answers: pd.DataFrame
) -> dg.AssetCheckResult:
    """Each metro's share lies between the lowest and the highest of the cycles that it names."""
    wrong = outside_their_cycles(usa_ai_adoption_by_metro, answers, "area_code")
    return result("shares between those of their cycles", wrong)


@asset_check(asset=usa_ai_adoption_by_state)
def no_state_is_lost(usa_ai_adoption_by_state: pd.DataFrame) -> dg.AssetCheckResult:
    """All states, the District of Columbia and Puerto Rico have a row, with a number or why there is none."""
    wrong = strata_lost(usa_ai_adoption_by_state["state"], state_names_by_code())
    return result("a row for each state", wrong if len(usa_ai_adoption_by_state) else wrong.head(0), WARN)


@asset_check(asset=usa_ai_adoption_by_metro)
def no_metro_of_the_survey_is_lost(usa_ai_adoption_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """All 25 metros of the survey have a row, with a number or why there is none."""
    wrong = strata_lost(usa_ai_adoption_by_metro["area_code"], source.survey_metros()["area_code"])
    return result("a row for each metro", wrong if len(usa_ai_adoption_by_metro) else wrong.head(0), WARN)


states_like_last_quarter = rows_like_last_quarter(usa_ai_adoption_by_state)
