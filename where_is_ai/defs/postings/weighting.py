"""The named alternative to residents: AI postings against the metro's jobs, over the edge to employment's cells."""

import dagster as dg
import pandas as pd

from where_is_ai.defs.groups import quarterly
from where_is_ai.defs.outputs import described_by, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.steps import asset
from where_is_ai.layers.postings.weighting import computer_jobs, weighted
from where_is_ai.layers.postings.weighting_schema import WeightedPostings


@asset(**quarterly("postings"), kinds={"pandas", "duckdb"}, metadata=described_by(WeightedPostings))
def usa_ai_postings_by_weighting(
    context: dg.AssetExecutionContext, usa_ai_postings_by_metro: pd.DataFrame, oews_metro_cells: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """AI postings per 1,000 jobs in computer and mathematical occupations, and what becomes of each metro's rank.

    A named alternative to residents, from the same postings and the jobs that BLS publishes.
    """
    if usa_ai_postings_by_metro.empty or oews_metro_cells.empty:
        what = "postings" if usa_ai_postings_by_metro.empty else "jobs by occupation"
        return left_out(WeightedPostings, f"There are no {what} of {quarter_of(context)} to weigh by.")
    return table(weighted(usa_ai_postings_by_metro, computer_jobs(oews_metro_cells)), WeightedPostings)
