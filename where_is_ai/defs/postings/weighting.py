"""The named alternative to residents: AI postings against the metro's jobs, over the edge to employment's reader.

The workbook is asked for apart from employment's own, since postings stand without it.
"""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.groups import quarterly
from where_is_ai.defs.outputs import described_by, kept_as_far_as_there, left_out, not_needed, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.source import read_metro_cells
from where_is_ai.layers.postings.weighting import computer_jobs, weighted
from where_is_ai.layers.postings.weighting_schema import WeightedPostings

COMMON = quarterly("postings")


@asset(**COMMON, kinds={"zip", "excel"})
def raw_oews_weights(
    context: dg.AssetExecutionContext, choices: Choices, usa_ai_postings_by_metro: pd.DataFrame
) -> dg.Output[list[Entry]]:
    """BLS's zip of metropolitan employment that was out by the quarter's last day, to hold postings against.

    Asked for where there are postings. Where it can't be had, `missing` says why, and they stand without the
    alternative.
    """
    quarter = quarter_of(context)
    if usa_ai_postings_by_metro.empty:
        return not_needed([], f"There are no postings of {quarter} to hold against jobs.")
    return kept_as_far_as_there(choices.library(context), [release_known_in(quarter).metro_workbook], quarter)


@asset(**COMMON, kinds={"pandas", "duckdb"}, metadata=described_by(WeightedPostings))
def usa_ai_postings_by_weighting(
    context: dg.AssetExecutionContext,
    choices: Choices,
    usa_ai_postings_by_metro: pd.DataFrame,
    raw_oews_weights: list[Entry],
) -> dg.Output[pd.DataFrame]:
    """AI postings per 1,000 jobs in computer and mathematical occupations, and what becomes of each metro's rank.

    A named alternative to residents, from the same postings and the jobs that BLS publishes.
    """
    quarter = quarter_of(context)
    if usa_ai_postings_by_metro.empty or not raw_oews_weights:
        why = "There are no postings" if usa_ai_postings_by_metro.empty else "BLS's workbook could not be had"
        return left_out(WeightedPostings, f"{why}, so that nothing of {quarter} is held against jobs.")
    library = choices.library(context)
    try:
        (cells,) = (read_metro_cells(library, entry, release_known_in(quarter)) for entry in raw_oews_weights)
    except BadUpstream as refusal:
        context.log.warning(str(refusal))
        return left_out(WeightedPostings, str(refusal))
    return table(weighted(usa_ai_postings_by_metro, computer_jobs(cells)), WeightedPostings)
