"""What the tables by occupation and by state hold."""

from typing import Any

import pandas as pd
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.layers.employment.pay import MARK, PAY_MARKS
from where_is_ai.layers.employment.sampling import ERROR_RULES
from where_is_ai.layers.employment.schema_cells import RELEASE, SOC_CODE
from where_is_ai.tables import AREA_CODE, RATE_DECIMALS, Table

CELL_STATUSES = {
    "published": "published",
    "suppressed": "withheld by BLS",
    "not_listed": "not listed by BLS, which is not zero",
}
SUMMED, NATIONAL = "published_metro_cells", "national_file"
STATE_BASES = {
    SUMMED: "sum of the published cells of metros, by the state of the first-named city",
    NATIONAL: "BLS's national file, with what lies outside metros",
}


def _pay(description: str, heading: str = "") -> Any:
    return fields.count(description, "US dollars a year", heading=heading, nullable=True)


def _mark(heading: str = "") -> Any:
    return column(MARK, heading=heading, words=PAY_MARKS, unknown="", nullable=True, isin=tuple(PAY_MARKS))


class OccupationEmployment(Table):
    """Each AI occupation of each metro: the published table ``usa_ai_employment_by_occupation``."""

    area_code: Series[str] = column("CBSA or NECTA code", str_matches=AREA_CODE)
    metro: Series[str] = column("The area's name as BLS gives it")
    occ_code: Series[str] = column("SOC code", heading="SOC", str_matches=SOC_CODE)
    occupation: Series[str] = column("The occupation's name in the SOC")
    employment: Series[pd.Int64Dtype] = fields.count(
        "Jobs, rounded by BLS to 10; empty where not published", "jobs", heading="Jobs", nullable=True
    )
    employment_low: Series[pd.Int64Dtype] = fields.count(
        "Jobs at least, by the 90 % margin; empty where not published",
        "jobs",
        heading="At least",
        nullable=True,
    )
    employment_high: Series[pd.Int64Dtype] = fields.count(
        "Jobs at most: by the 90 % margin, or where not published by what 15-0000 leaves over",
        "jobs",
        heading="At most",
        nullable=True,
    )
    status: Series[str] = column("What BLS says of the cell", words=CELL_STATUSES, isin=tuple(CELL_STATUSES))
    jobs_1000: Series[pd.Float64Dtype] = fields.rate(
        "Jobs per 1,000 of the area, by BLS from unrounded employment",
        "per 1,000 jobs",
        3,
        heading="Per 1,000 jobs",
    )
    loc_quotient: Series[pd.Float64Dtype] = fields.rate(
        "Location quotient by BLS: the occupation's share of the area's jobs by that of the nation's",
        "times the nation's share",
        RATE_DECIMALS,
        heading="Location quotient",
    )
    pay_pct25_usd: Series[pd.Int64Dtype] = _pay(
        "25th percentile of pay a year", heading="Lower quartile, US$"
    )
    pay_median_usd: Series[pd.Int64Dtype] = _pay("Median pay a year", heading="Median pay, US$")
    pay_pct75_usd: Series[pd.Int64Dtype] = _pay(
        "75th percentile of pay a year", heading="Upper quartile, US$"
    )
    pay_pct25_mark: Series[str] = _mark()
    pay_median_mark: Series[str] = _mark(heading="Median pay is")
    pay_pct75_mark: Series[str] = _mark()
    moe90: Series[pd.Float64Dtype] = fields.margin("90 % margin, in jobs", "jobs", heading="90 % margin, ±")
    moe90_rule: Series[str] = column(
        "Whose standard error it is made of", words=ERROR_RULES, nullable=True, isin=tuple(ERROR_RULES)
    )
    unrounded_low: Series[pd.Float64Dtype] = fields.rate(
        "What rounding leaves of employment at least, from TOT_EMP and JOBS_1000", "jobs", 1
    )
    unrounded_high: Series[pd.Float64Dtype] = fields.rate(
        "What rounding leaves of employment at most, from TOT_EMP and JOBS_1000", "jobs", 1
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 is most jobs in the occupation", heading="Rank")
    oews_release: Series[str] = column(
        "Reference month of the estimates", heading="Release", str_matches=RELEASE
    )

    class Config(Table.Config):
        unique = ("area_code", "occ_code")


def _metros(description: str, heading: str = "") -> Any:
    """A number of metros, which the national file has none of: there is nothing to know, so that nothing is shown."""
    return column(description, heading=heading, unit="metros", unknown="", nullable=True, ge=0)


class StateEmployment(Table):
    """AI workers of each state's metros and of the nation: the published table ``usa_ai_employment_by_state``."""

    area: Series[str] = column("State, or US", heading="State", str_matches="^[A-Z]{2}$")
    metros_of: Series[str] = column("Whose jobs are counted, in words", heading="What is counted")
    basis: Series[str] = column("What is counted", words=STATE_BASES, isin=tuple(STATE_BASES))
    metros: Series[pd.Int64Dtype] = _metros(
        "Metros whose first-named city is in the state; empty for the national file"
    )
    metros_published: Series[pd.Int64Dtype] = _metros(
        "Of these, metros with a published AI cell; empty for the national file", heading="With figures"
    )
    ai_workers: Series[pd.Int64Dtype] = fields.count(
        "Jobs in the published cells; a lower bound where cells of metros are not shown",
        "jobs",
        heading="AI workers",
        nullable=True,
    )
    hidden_high: Series[pd.Int64Dtype] = fields.count(
        "Jobs at most, by what is not shown in these metros alone; empty where one has no bound",
        "jobs",
        heading="At most",
        nullable=True,
    )
    moe90: Series[pd.Float64Dtype] = fields.margin(
        "90 % margin of ai_workers, the errors of metros independent; for the national file by BLS's own alone",
        "jobs",
        heading="90 % margin, ±",
    )
    total_employment: Series[pd.Int64Dtype] = fields.count(
        "Jobs in all occupations in the metros with a published AI cell",
        "jobs",
        heading="All jobs",
        nullable=True,
    )
    ai_per_1000: Series[pd.Float64Dtype] = fields.rate(
        "AI workers per 1,000 of these jobs", "per 1,000 jobs", RATE_DECIMALS, heading="Per 1,000 jobs"
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 is the state with the most AI workers", heading="Rank")
    oews_release: Series[str] = column(
        "Reference month of the estimates", heading="Release", str_matches=RELEASE
    )

    class Config(Table.Config):
        unique = ("area", "basis")
