"""What the table of the named alternative weighting holds."""

import pandas as pd
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import AREA_CODE, RATE_DECIMALS, Table

UNIT = "per 1,000 computer and mathematical jobs"


class WeightedPostings(Table):
    """AI postings per 1,000 jobs in computer and mathematical occupations: ``usa_ai_postings_by_weighting``."""

    area_code: Series[str] = column("CBSA code, July 2023", str_matches=AREA_CODE, unique=True)
    metro: Series[str] = column("Name with its states")
    weighting: Series[str] = column("What AI postings are held against")
    ai_postings: Series[int] = fields.count(
        "AI postings, corrected for the classifier's known errors", "postings", heading="AI postings"
    )
    computer_jobs: Series[pd.Int64Dtype] = fields.count(
        "Jobs in computer and mathematical occupations (SOC 15-0000) that BLS publishes",
        "jobs",
        nullable=True,
    )
    is_at_least: Series[bool] = column(
        "These jobs are the sum of the occupations published, so that there are at least so many, and the rate is at "
        "most so much",
        heading="At least",
    )
    ai_postings_per_1000_computer_jobs: Series[pd.Float64Dtype] = fields.rate(
        "AI postings per 1,000 of these jobs", UNIT, RATE_DECIMALS, heading="Per 1,000 computer jobs"
    )
    ai_postings_per_1000_computer_jobs_low: Series[pd.Float64Dtype] = fields.rate(
        "The same, at least: 95 % interval given the classifier's errors",
        UNIT,
        RATE_DECIMALS,
        heading="At least",
    )
    ai_postings_per_1000_computer_jobs_high: Series[pd.Float64Dtype] = fields.rate(
        "The same, at most: 95 % interval given the classifier's errors",
        UNIT,
        RATE_DECIMALS,
        heading="At most",
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 has most AI postings per 1,000 of these jobs")
    rank_per_resident: Series[pd.Int64Dtype] = fields.rank(
        "Rank per 100,000 residents, among the same metros"
    )
    rank_gain: Series[pd.Int64Dtype] = column(
        "Places that it gains against the rank per resident", unit="places", nullable=True
    )
    oews_release: Series[str] = column("Reference month of the OEWS release that the jobs are of")
