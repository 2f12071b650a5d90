"""What the employment tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import AREA_CODE, Table

SOC_CODE = r"^\d{2}-\d{4}$"
RELEASE = r"^\d{4}-05$"
STATUSES = ("published", "suppressed")
# From the strongest to the weakest: a metro has the weakest coverage of its occupations.
COVERAGES = ("all_published", "not_listed", "suppressed", "none_published")
# What an interval allows for: occupations that are not shown, and the survey's error in all or some of those that are.
INTERVALS = ("coverage", "coverage, sampling of published", "coverage, sampling")


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


class MetroEmployment(Table):
    """AI workers of each metro: the published table ``usa_ai_employment_by_msa``."""

    area_code: Series[str] = pa.Field(str_matches=AREA_CODE, unique=True, description="CBSA or NECTA code")
    metro: Series[str] = pa.Field(description="The area's name as BLS gives it")
    state: Series[str] = pa.Field(description="State of the first-named city, or states joined by -")
    ai_workers: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs, sum of the published cells; empty where none is published"
    )
    ai_workers_low: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0, description="At least so many jobs")
    ai_workers_high: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0, description="At most so many jobs")
    coverage: Series[str] = pa.Field(
        isin=COVERAGES, description="The weakest coverage of the metro's occupations"
    )
    total_employment: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs in all occupations"
    )
    ai_per_1000: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI workers per 1,000 jobs"
    )
    ai_per_1000_low: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, description="At least so many")
    ai_per_1000_high: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=0, description="At most so many")
    rank_workers: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=1, description="1 is most AI workers")
    rank_concentration: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=1, description="1 is most per 1,000 jobs"
    )
    lat: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84")
    lon: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84"
    )
    oews_release: Series[str] = pa.Field(str_matches=RELEASE, description="Reference month of the estimates")
    interval_holds: Series[str] = pa.Field(
        nullable=True,
        isin=INTERVALS,
        description="What low and high allow for: occupations not shown, and the 90 % sampling error of those shown",
    )
    rank_low: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=1,
        description="5th percentile of rank_workers in 1,000 simulated draws of the sampling error (simulation range)",
    )
    rank_high: Series[pd.Int64Dtype] = pa.Field(
        nullable=True,
        ge=1,
        description="95th percentile of rank_workers in the same draws (simulation range)",
    )


class MetroChange(Table):
    """What changed in each metro between two releases: the published table ``usa_ai_employment_yoy``."""

    area_code: Series[str] = pa.Field(str_matches=AREA_CODE, unique=True, description="CBSA or NECTA code")
    metro: Series[str] = pa.Field(description="The area's name in the later release that has it")
    workers_before: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs, sum of the published cells of the earlier release"
    )
    workers_after: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs, sum of the published cells of the later release"
    )
    comparable: Series[bool] = pa.Field(
        description="Each AI occupation has the same status in both releases and none is suppressed"
    )
    like_for_like_change: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Jobs gained or lost in the occupations published in both releases"
    )
    like_for_like_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-100, description="The same in percent of the earlier jobs in these occupations"
    )
    change_low: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Jobs gained at least, whatever is not shown; see interval_holds"
    )
    change_high: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, description="Jobs gained at most, whatever is not shown; see interval_holds"
    )
    why_not: Series[str] = pa.Field(nullable=True, description="Why it is not comparable; empty where it is")
    release_before: Series[str] = pa.Field(
        str_matches=RELEASE, description="Reference month of the earlier release"
    )
    release_after: Series[str] = pa.Field(
        str_matches=RELEASE, description="Reference month of the later release"
    )
    like_for_like_before: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Earlier jobs in the occupations published in both releases"
    )
    like_for_like_after: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Later jobs in the same occupations"
    )
    noise: Series[pd.Float64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        description="Half the 90 % interval of the like-for-like change and its rounding, in jobs",
    )
    noise_rule: Series[str] = pa.Field(
        nullable=True,
        isin=("emp_prse", "prse_by_size_2022"),
        description="By BLS's standard errors, or where a release gives none by those of like-sized cells of May 2022",
    )
    exceeds_noise: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether the like-for-like change is larger than its noise"
    )
    interval_holds: Series[str] = pa.Field(
        nullable=True, isin=INTERVALS, description="What change_low and change_high allow for"
    )
    caution: Series[str] = pa.Field(description="BLS's own warning, to stand by every figure of change")

    @pa.dataframe_check(error="a metro is not comparable if and only if why_not says why")
    def incomparability_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["comparable"] == rows["why_not"].isna()


class MetroSeries(Table):
    """AI workers of each metro in every release at hand: the published table ``usa_ai_employment_series``."""

    area_code: Series[str] = pa.Field(str_matches=AREA_CODE, description="CBSA or NECTA code")
    metro: Series[str] = pa.Field(description="The area's name in this release")
    oews_release: Series[str] = pa.Field(str_matches=RELEASE, description="Reference month of the estimates")
    occupations: Series[str] = pa.Field(description="SOC codes whose published cells are summed")
    ai_workers: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs, sum of the published cells; empty where none is published"
    )
    ai_workers_low: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0, description="At least so many jobs")
    ai_workers_high: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0, description="At most so many jobs")
    coverage: Series[str] = pa.Field(
        isin=COVERAGES, description="The weakest coverage of the metro's occupations"
    )
    interval_holds: Series[str] = pa.Field(
        nullable=True, isin=INTERVALS, description="What low and high allow for"
    )
    total_employment: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Jobs in all occupations"
    )
    ai_per_1000: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="AI workers per 1,000 jobs"
    )
    segment: Series[int] = pa.Field(
        ge=1, description="Stretch of releases between breaks; never join two of them"
    )
    linked: Series[bool] = pa.Field(
        description="Comparable with the metro's figure in the release before at hand"
    )
    why_not_linked: Series[str] = pa.Field(nullable=True, description="Why it is not; empty where it is")

    class Config(Table.Config):
        unique = ("area_code", "oews_release")
