"""What the adoption tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import AREA_CODE, RATE_DECIMALS, Table

STATUSES = ("published", "suppressed", "not_asked")
QUESTIONS = ("current", "expected_6m")
CYCLE = r"^\d{4}(0[1-9]|1\d|2[0-6])$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
POINTS = "percentage points"
WORDINGS = {
    "goods or services": "“in producing goods or services” (until November 2025)",
    "any business function": "“in any of its business functions” (since 17 November 2025)",
}


class BtosAnswers(Table):
    """One row per stratum, question, wording and cycle: the share of businesses that answered Yes."""

    stratum: Series[str] = pa.Field(
        description="State's postal code or metro's CBSA code; XX is firms of several states, not the nation"
    )
    question: Series[str] = pa.Field(
        isin=QUESTIONS, description="Use in the last two weeks, or expected in the next six months"
    )
    wording: Series[str] = pa.Field(isin=tuple(WORDINGS), description="How the question described the use")
    cycle: Series[str] = pa.Field(str_matches=CYCLE, description="ISO year and fortnight of the collection")
    collected_until: Series[str] = pa.Field(str_matches=DAY, description="Last day of the collection")
    status: Series[str] = pa.Field(isin=STATUSES, description="published, suppressed (S) or not asked (.)")
    use_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, le=100, description="Percent of businesses that said Yes; empty unless published"
    )
    se_pct: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="Its standard error in percentage points; empty where not given"
    )
    sheet_row: Series[int] = pa.Field(ge=2, description="Row of the sheet of estimates, counted from 1")
    error_row: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=2, description="Row of the sheet of standard errors, counted from 1"
    )

    class Config(Table.Config):
        unique = ("stratum", "question", "wording", "cycle")

    @pa.dataframe_check(error="a published answer has its share, another has none")
    def status_matches_share(cls, answers: pd.DataFrame) -> pd.Series:  # noqa: N805
        return answers["use_pct"].notna() == (answers["status"] == "published")


class BtosCycles(Table):
    """One row per cycle that a workbook dates, whether or not it has figures of it."""

    cycle: Series[str] = pa.Field(str_matches=CYCLE, unique=True, description="ISO year and fortnight")
    collected_until: Series[str] = pa.Field(str_matches=DAY, description="Last day of the collection")
    has_figures: Series[bool] = pa.Field(description="Whether the workbook has a column of the cycle")


def _rate(description: str, heading: str) -> object:
    return fields.share_pct(description, heading=heading, decimals=RATE_DECIMALS)


class _MetroKey(Table):
    area_code: Series[str] = column("CBSA code", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("The area's name of 2020, as the survey gives it")


class _StateKey(Table):
    state: Series[str] = column("Postal code", unique=True, str_matches=r"^[A-Z]{2}$")
    name: Series[str] = column("Name of the state", heading="State")


class Use(Table):
    """What is said of a quarter, alike by metro and by state."""

    ai_use_pct: Series[pd.Float64Dtype] = _rate(
        "Percent of businesses that used AI in the last two weeks, mean of the quarter's published cycles",
        "Use AI, %",
    )
    ai_use_se_pct: Series[pd.Float64Dtype] = fields.rate(
        "Its standard error: root of the summed squares of the cycles' errors, by their number",
        POINTS,
        RATE_DECIMALS,
        heading="Standard error",
    )
    ai_use_low_pct: Series[pd.Float64Dtype] = _rate("Lower end of its 90 % interval", "90 % from")
    ai_use_high_pct: Series[pd.Float64Dtype] = _rate("Upper end of its 90 % interval", "90 % to")
    cycles: Series[int] = fields.count("Published cycles that the mean is of", "cycles", heading="Cycles")
    suppressed_cycles: Series[int] = fields.count(
        "Cycles in which the share was suppressed", "cycles", heading="Suppressed cycles"
    )
    cycles_in_quarter: Series[int] = fields.count(
        "Cycles whose collection ended in the quarter, with figures in the file or without",
        "cycles",
        heading="Cycles in the quarter",
    )
    selected: Series[bool] = column(
        "Whether a suppressed cycle is left out of the mean, which then leans to the cycles with higher use"
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 is the highest use; none where selected", heading="Rank")
    expected_6m_pct: Series[pd.Float64Dtype] = _rate(
        "Percent of businesses that expect to use AI in the next six months, made alike", "Expect to, %"
    )
    expected_6m_se_pct: Series[pd.Float64Dtype] = fields.rate(
        "Its standard error", POINTS, RATE_DECIMALS, heading="Its standard error"
    )
    expected_6m_cycles: Series[int] = fields.count("Published cycles that this mean is of", "cycles")
    expected_6m_suppressed_cycles: Series[int] = fields.count(
        "Cycles in which this share was suppressed", "cycles"
    )
    wording: Series[str] = column("How the question described the use", words=WORDINGS, nullable=True)
    samples: Series[str] = column(
        "First cycles of the survey's samples that were asked; joined by +. A new sample is drawn each year"
    )
    first_cycle: Series[str] = column("First cycle of the quarter that was asked, by ISO year and fortnight")
    last_cycle: Series[str] = column("Last cycle of the quarter that was asked")
    cycles_averaged: Series[str] = column("The published cycles, by name", nullable=True)
    why_unknown: Series[str] = fields.reason("Why there is no number", heading="Why unknown")
    source: Series[str] = column("Whose answers: the survey's, or made-up ones")


class _Point(Table):
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()


class MetroAdoption(_Point, Use, _MetroKey):
    """Use of AI by businesses of each of 25 metros: the published table ``usa_ai_adoption_by_metro``."""


class StateAdoption(Use, _StateKey):
    """Use of AI by businesses of each state: the published table ``usa_ai_adoption_by_state``."""
