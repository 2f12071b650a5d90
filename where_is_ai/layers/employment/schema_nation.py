"""What the table of all metros together holds."""

import pandas as pd
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.layers.employment.schema_cells import RELEASE
from where_is_ai.tables import Table


class NationChange(Table):
    """All comparable metros together, in one row: the published table ``usa_ai_employment_change_nation``."""

    area: Series[str] = column("What is summed", heading="Area", unique=True)
    release_before: Series[str] = column("Reference month of the earlier release", str_matches=RELEASE)
    release_after: Series[str] = column("Reference month of the later release", str_matches=RELEASE)
    metros_compared: Series[int] = fields.count("Metros that are comparable", "metros", heading="Metros")
    like_for_like_before: Series[int] = fields.count("Their earlier jobs", "jobs", heading="Before")
    like_for_like_after: Series[int] = fields.count("Their later jobs", "jobs", heading="After")
    like_for_like_change: Series[int] = column(
        "Jobs gained or lost", heading="Change", unit="jobs", signed=True
    )
    like_for_like_pct: Series[pd.Float64Dtype] = column(
        "The same in percent of the earlier jobs",
        heading="Change, %",
        unit="percent",
        decimals=2,
        nullable=True,
        signed=True,
    )
    moe90: Series[pd.Float64Dtype] = fields.margin(
        "90 % margin of the change, in jobs, without rounding, errors of metros independent",
        "jobs",
        heading="90 % margin, ±",
    )
    rounding: Series[pd.Float64Dtype] = fields.margin(
        "What rounding each figure to 10 jobs can add at most, in jobs",
        "jobs",
        heading="Rounding at most, ±",
    )
    moe90_if_panels_overlap: Series[pd.Float64Dtype] = fields.margin(
        "moe90, if the errors of the two releases correlate by the share of panels in both, 4 of 6", "jobs"
    )
    moe90_if_metros_move_together: Series[pd.Float64Dtype] = fields.margin(
        "moe90, if the errors of all metros add up linearly", "jobs"
    )
    exceeds_noise: Series[bool] = column(
        "Whether the change is larger than moe90 and rounding together", heading="Exceeds noise"
    )
    rose: Series[int] = fields.count("Metros with more jobs", "metros", heading="Rose")
    fell: Series[int] = fields.count("Metros with fewer jobs", "metros", heading="Fell")
    unchanged: Series[int] = fields.count("Metros with as many jobs", "metros", heading="Unchanged")
    exceeding_noise: Series[int] = fields.count("Metros whose change exceeds its own noise", "metros")
    exceeding_noise_fdr10: Series[int] = fields.count(
        "Metros whose change holds among all: Benjamini-Hochberg, false-discovery rate 10 %", "metros"
    )
    error_assumption: Series[str] = column("What moe90 assumes of covariances that BLS does not publish")
    caution: Series[str] = column("BLS's own warning, to stand by every figure of change")
