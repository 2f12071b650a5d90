"""What the table of every release holds: the one place that says so."""

import pandas as pd
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.layers.employment import shared_columns as shared
from where_is_ai.layers.employment.coverage import INTERVALS
from where_is_ai.layers.employment.schema_cells import RELEASE
from where_is_ai.tables import AREA_CODE, Table


class MetroSeries(Table):
    """AI workers of each metro in every release at hand: the published table ``usa_ai_employment_series``."""

    area_code: Series[str] = column("CBSA or NECTA code", str_matches=AREA_CODE)
    metro: Series[str] = column("The area's name in this release")
    oews_release: Series[str] = column(
        "Reference month of the estimates", heading="Release", str_matches=RELEASE
    )
    occupations: Series[str] = column("SOC codes whose published cells are summed")
    ai_workers: Series[pd.Int64Dtype] = shared.ai_workers()
    ai_workers_low: Series[pd.Int64Dtype] = shared.ai_workers_low()
    ai_workers_high: Series[pd.Int64Dtype] = shared.ai_workers_high()
    coverage: Series[str] = shared.coverage()
    interval_holds: Series[str] = column("What low and high allow for", nullable=True, isin=INTERVALS)
    total_employment: Series[pd.Int64Dtype] = shared.total_employment()
    ai_per_1000: Series[pd.Float64Dtype] = shared.ai_per_1000()
    segment: Series[int] = fields.count(
        "Stretch of releases between the breaks of this area; never join two of them",
        "stretch between breaks, counted from 1",
        least=1,
    )
    linked: Series[bool] = column("Comparable with the metro's figure in the release before at hand")
    why_not_linked: Series[str] = fields.reason("Why it is not; empty where it is", heading="Why not linked")

    class Config(Table.Config):
        unique = ("area_code", "oews_release")
