"""What the employment tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.layers.employment import shared_columns as shared
from where_is_ai.layers.employment.concentration import BASES
from where_is_ai.layers.employment.coverage import INTERVALS
from where_is_ai.layers.employment.pay import PAY_MARKS
from where_is_ai.layers.employment.sampling import ERROR_RULES
from where_is_ai.layers.employment.schema_cells import RELEASE
from where_is_ai.tables import AREA_CODE, RATE_DECIMALS, Table


class MetroEmployment(Table):
    """AI workers of each metro: the published table ``usa_ai_employment_by_msa``."""

    area_code: Series[str] = column("CBSA or NECTA code", str_matches=AREA_CODE, unique=True)
    metro: Series[str] = column("The area's name as BLS gives it")
    state: Series[str] = column("State of the first-named city, or states joined by -")
    ai_workers: Series[pd.Int64Dtype] = shared.ai_workers()
    ai_workers_low: Series[pd.Int64Dtype] = shared.ai_workers_low()
    ai_workers_high: Series[pd.Int64Dtype] = shared.ai_workers_high()
    coverage: Series[str] = shared.coverage()
    total_employment: Series[pd.Int64Dtype] = shared.total_employment()
    ai_per_1000: Series[pd.Float64Dtype] = shared.ai_per_1000()
    ai_per_1000_low: Series[pd.Float64Dtype] = fields.rate(
        "At least so many", "per 1,000 jobs", RATE_DECIMALS
    )
    ai_per_1000_high: Series[pd.Float64Dtype] = fields.rate(
        "At most so many", "per 1,000 jobs", RATE_DECIMALS
    )
    rank_workers: Series[pd.Int64Dtype] = fields.rank("1 is most AI workers", heading="Rank")
    rank_concentration: Series[pd.Int64Dtype] = fields.rank(
        "1 is most per 1,000 jobs", heading="Rank per 1,000"
    )
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()
    oews_release: Series[str] = column(
        "Reference month of the estimates", heading="Release", str_matches=RELEASE
    )
    interval_holds: Series[str] = column(
        "What low and high allow for: occupations not shown, and the 90 % sampling error of those shown",
        nullable=True,
        isin=INTERVALS,
    )
    rank_low: Series[pd.Int64Dtype] = fields.rank(
        "5th percentile of rank_workers in 1,000 simulated draws of the sampling error (simulation range)",
        heading="Rank from",
    )
    rank_high: Series[pd.Int64Dtype] = fields.rank(
        "95th percentile of rank_workers in the same draws (simulation range)", heading="Rank to"
    )
    hidden_low: Series[pd.Int64Dtype] = fields.count(
        "Jobs at least, by what is not shown alone: certain but for rounding", "jobs", nullable=True
    )
    hidden_high: Series[pd.Int64Dtype] = fields.count(
        "Jobs at most, by what is not shown alone: certain but for rounding", "jobs", nullable=True
    )
    moe90: Series[pd.Float64Dtype] = fields.margin(
        "90 % margin of the published cells, in jobs; their errors added linearly",
        "jobs",
        heading="90 % margin, ±",
    )
    moe90_rule: Series[str] = column(
        "By BLS's standard errors, or where a cell has none by the median of like-sized cells of May 2022",
        words=ERROR_RULES,
        nullable=True,
        isin=tuple(ERROR_RULES),
    )
    moe90_upper_decile: Series[pd.Float64Dtype] = fields.margin(
        "moe90, with the upper decile of like-sized cells of May 2022 where BLS gives no standard error",
        "jobs",
    )
    rank_concentration_low: Series[pd.Int64Dtype] = fields.rank(
        "5th percentile of rank_concentration in 1,000 simulated draws of moe90 (simulation range)"
    )
    rank_concentration_high: Series[pd.Int64Dtype] = fields.rank(
        "95th percentile of rank_concentration in such draws (simulation range)"
    )
    ai_per_1000_basis: Series[str] = column(
        "What ai_per_1000 is made of", words=BASES, nullable=True, isin=tuple(BASES)
    )
    pay_median_low_usd: Series[pd.Int64Dtype] = fields.count(
        "Least median pay of the AI occupations that pay_occupations names",
        "US dollars a year",
        nullable=True,
        heading="Median pay from, US$",
    )
    pay_median_high_usd: Series[pd.Int64Dtype] = fields.count(
        "Greatest median pay of the same: theirs together lies between the two",
        "US dollars a year",
        nullable=True,
        heading="Median pay to, US$",
    )
    pay_median_mark: Series[str] = column(
        "# where a median is at or above the highest wage that BLS publishes, so that the greatest is unknown",
        words=PAY_MARKS,
        nullable=True,
        isin=tuple(PAY_MARKS),
    )
    pay_occupations: Series[str] = column(
        "SOC codes of the AI occupations whose median BLS gives here", nullable=True
    )
    wide_definition: Series[str] = column("Name of the wider definition, see wide_definitions.csv")
    ai_workers_wide: Series[pd.Int64Dtype] = fields.count(
        "Jobs by the wider definition: published cells by their weights; never mixed with ai_workers",
        "jobs",
        heading="By a wider definition",
        nullable=True,
    )
    wide_moe90: Series[pd.Float64Dtype] = fields.margin(
        "90 % margin of ai_workers_wide from sampling alone; its weights are assumptions", "jobs"
    )
    wide_not_shown: Series[str] = column(
        "SOC codes of the wider definition that BLS does not show here, which makes it a lower bound",
        unknown="",
        nullable=True,
    )
    rank_wide: Series[pd.Int64Dtype] = fields.rank("1 is most by the wider definition")
    rank_wide_gain: Series[pd.Int64Dtype] = column(
        "Places higher (or, below 0, lower) than by rank_workers",
        heading="Places gained by it",
        unit="places",
        nullable=True,
        signed=True,
    )


class MetroChange(Table):
    """What changed in each metro between two releases: the published table ``usa_ai_employment_yoy``."""

    area_code: Series[str] = column("CBSA or NECTA code", str_matches=AREA_CODE, unique=True)
    metro: Series[str] = column("The area's name in the later release that has it")
    workers_before: Series[pd.Int64Dtype] = fields.count(
        "Jobs, sum of the published cells of the earlier release", "jobs", heading="Before", nullable=True
    )
    workers_after: Series[pd.Int64Dtype] = fields.count(
        "Jobs, sum of the published cells of the later release", "jobs", heading="After", nullable=True
    )
    comparable: Series[bool] = column(
        "Each AI occupation has the same status in both releases and none is suppressed"
    )
    like_for_like_change: Series[pd.Int64Dtype] = column(
        "Jobs gained or lost in the occupations published in both releases",
        heading="Like-for-like change",
        unit="jobs",
        nullable=True,
        signed=True,
    )
    like_for_like_pct: Series[pd.Float64Dtype] = column(
        "The same in percent of the earlier jobs in these occupations",
        heading="Change, %",
        unit="percent",
        decimals=2,
        nullable=True,
        ge=-100,
        signed=True,
    )
    change_low: Series[pd.Int64Dtype] = column(
        "Jobs gained at least: whatever is not shown, less the 90 % margin and rounding of what is",
        heading="Change at least",
        unit="jobs",
        nullable=True,
        signed=True,
    )
    change_high: Series[pd.Int64Dtype] = column(
        "Jobs gained at most: whatever is not shown, plus the 90 % margin and rounding of what is",
        heading="Change at most",
        unit="jobs",
        nullable=True,
        signed=True,
    )
    why_not: Series[str] = fields.reason("Why it is not comparable; empty where it is", heading="Why not")
    release_before: Series[str] = column("Reference month of the earlier release", str_matches=RELEASE)
    release_after: Series[str] = column("Reference month of the later release", str_matches=RELEASE)
    like_for_like_before: Series[pd.Int64Dtype] = fields.count(
        "Earlier jobs in the occupations published in both releases", "jobs", nullable=True
    )
    like_for_like_after: Series[pd.Int64Dtype] = fields.count(
        "Later jobs in the same occupations", "jobs", nullable=True
    )
    noise: Series[pd.Float64Dtype] = fields.margin(
        "90 % margin of the like-for-like change and its rounding, in jobs; see error_assumption",
        "jobs",
        heading="Noise, ±",
    )
    noise_rule: Series[str] = column(
        "By BLS's standard errors, or where a release gives none by the median of like-sized cells of May 2022",
        nullable=True,
        isin=("emp_prse", "prse_by_size_2022"),
    )
    exceeds_noise: Series[pd.BooleanDtype] = column(
        "Whether the like-for-like change is larger than its noise", heading="Exceeds noise", nullable=True
    )
    interval_holds: Series[str] = column(
        "What change_low and change_high allow for", nullable=True, isin=INTERVALS
    )
    caution: Series[str] = column("BLS's own warning, to stand by every figure of change")
    moe90: Series[pd.Float64Dtype] = fields.margin(
        "90 % margin of the like-for-like change, in jobs, without rounding; see error_assumption",
        "jobs",
        heading="90 % margin, ±",
    )
    noise_upper_decile: Series[pd.Float64Dtype] = fields.margin(
        "noise, with the upper decile of like-sized cells of May 2022 where a release gives no standard error",
        "jobs",
    )
    noise_if_panels_overlap: Series[pd.Float64Dtype] = fields.margin(
        "noise, if the errors of the two releases correlate by the share of panels in both, 4 of 6", "jobs"
    )
    p_value: Series[pd.Float64Dtype] = fields.rate(
        "Probability of a change at least as large from sampling alone, by moe90", "probability", 6
    )
    exceeds_noise_fdr10: Series[pd.BooleanDtype] = column(
        "Whether the change holds among all comparable metros: Benjamini-Hochberg, false-discovery rate 10 %",
        heading="Holds among all",
        nullable=True,
    )
    hidden_change_low: Series[pd.Int64Dtype] = column(
        "Jobs gained at least, by what is not shown alone: certain but for rounding",
        unit="jobs",
        nullable=True,
        signed=True,
    )
    hidden_change_high: Series[pd.Int64Dtype] = column(
        "Jobs gained at most, by what is not shown alone: certain but for rounding",
        unit="jobs",
        nullable=True,
        signed=True,
    )
    phase_in: Series[str] = column(
        "What to know of growth while an occupation's code was phased in; empty where none was", nullable=True
    )
    error_assumption: Series[str] = column("What moe90 assumes of covariances that BLS does not publish")

    @pa.dataframe_check(error="a metro is not comparable if and only if why_not says why")
    def incomparability_explained(cls, rows: pd.DataFrame) -> pd.Series:  # noqa: N805
        return rows["comparable"] == rows["why_not"].isna()
