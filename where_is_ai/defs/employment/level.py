"""AI workers by occupation and by state: assets beside the table by metro, and the check of what they rest on."""

import dagster as dg
import pandas as pd

from where_is_ai.defs.checks import result
from where_is_ai.defs.employment import oews_metro_cells
from where_is_ai.defs.groups import quarterly
from where_is_ai.defs.outputs import described_by, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.employment.by_occupation import by_occupation
from where_is_ai.layers.employment.by_state import by_state
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.schema_level import OccupationEmployment, StateEmployment
from where_is_ai.layers.employment.unrounded import contradicting
from where_is_ai.occupations import ai_occupations

COMMON = quarterly("employment")
NOT_MEASURED = "No employment is measured in this quarter."


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(OccupationEmployment))
def usa_ai_employment_by_occupation(
    context: dg.AssetExecutionContext, oews_metro_cells: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Each AI occupation of each metro: what BLS shows of it and what not, its interval, location quotient and pay.

    Pay is often published where employment is not. A mark that stands for a wage stays a mark.
    """
    if oews_metro_cells.empty:
        return left_out(OccupationEmployment, NOT_MEASURED)
    occupations = ai_occupations(release_known_in(quarter_of(context)).reference_month)
    return table(by_occupation(oews_metro_cells, occupations), OccupationEmployment)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(StateEmployment))
def usa_ai_employment_by_state(
    usa_ai_employment_by_msa: pd.DataFrame, oews_national_cells: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """AI workers in the metros of each state, and in the nation by the same sum and by BLS's national file.

    A state's number is named for what it is, the sum of the published cells of its metros: less than the state has.
    """
    if usa_ai_employment_by_msa.empty:
        return left_out(StateEmployment, NOT_MEASURED)
    return table(by_state(usa_ai_employment_by_msa, oews_national_cells), StateEmployment)


@asset_check(asset=oews_metro_cells)
def jobs_1000_fits_employment(oews_metro_cells: pd.DataFrame) -> dg.AssetCheckResult:
    """BLS's jobs per 1,000 and its rounded jobs can both hold; a cell where they can't is bounded by both alike.

    One of the two is then wrong, or the area's total that they are held together by.
    """
    wrong = contradicting(oews_metro_cells)
    return result("JOBS_1000 within what rounding leaves of TOT_EMP", wrong, dg.AssetCheckSeverity.WARN)
