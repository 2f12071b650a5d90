"""What the table of an OEWS workbook's cells holds."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.layers.employment.pay import MARK, PAY_MARKS
from where_is_ai.tables import Table

SOC_CODE = r"^\d{2}-\d{4}$"
RELEASE = r"^\d{4}-05$"
STATUSES = ("published", "suppressed")


class OewsCells(Table):
    """One row per area and occupation that a workbook lists. An area without a row for an occupation is not listed."""

    release: Series[str] = pa.Field(str_matches=RELEASE, description="Reference month of the estimates")
    area_code: Series[str] = pa.Field(
        str_matches=r"^\d{2,5}$", description="CBSA or NECTA code; 99 is the nation"
    )
    area_title: Series[str] = pa.Field(description="The area's name as BLS gives it")
    occ_code: Series[str] = pa.Field(str_matches=SOC_CODE, description="SOC code; 00-0000 is all occupations")
    employment: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs, rounded by BLS to 10; empty where suppressed"
    )
    status: Series[str] = pa.Field(isin=STATUSES, description="published, or suppressed (marked ** by BLS)")
    emp_prse_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Percent relative standard error of employment; empty where not given",
    )
    jobs_1000: Series[pd.Float64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        le=1000,
        description="Jobs per 1,000 of the area, by BLS from unrounded employment",
    )
    loc_quotient: Series[pd.Float64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="The occupation's share of the area's jobs by its share of the nation's",
    )
    pay_pct25_usd: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, gt=0, description="25th percentile of pay a year"
    )
    pay_median_usd: Series[pd.Float64Dtype] = pa.Field(nullable=True, gt=0, description="Median pay a year")
    pay_pct75_usd: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, gt=0, description="75th percentile of pay a year"
    )
    pay_pct25_mark: Series[str] = pa.Field(nullable=True, isin=tuple(PAY_MARKS), description=MARK)
    pay_median_mark: Series[str] = pa.Field(nullable=True, isin=tuple(PAY_MARKS), description=MARK)
    pay_pct75_mark: Series[str] = pa.Field(nullable=True, isin=tuple(PAY_MARKS), description=MARK)
    member: Series[str] = pa.Field(description="Workbook within the zip")
    sheet: Series[str] = pa.Field(description="Sheet of the workbook")
    sheet_row: Series[int] = pa.Field(
        ge=2, description="Row of the sheet, counted from 1 as a spreadsheet does"
    )

    class Config(Table.Config):
        unique = ("release", "area_code", "occ_code")

    @pa.dataframe_check(error="a suppressed cell has no employment, a published one has")
    def status_matches_employment(cls, cells: pd.DataFrame) -> pd.Series:  # noqa: N805
        return cells["employment"].isna() == (cells["status"] == "suppressed")
