"""What the visas tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import AREA_CODE, RATE_DECIMALS, Table

DAY = r"^\d{4}-\d{2}-\d{2}$"
STATUSES = ("certified", "certified_withdrawn", "withdrawn", "denied")
PLACED = {
    "metro": "in a metro area",
    "micro": "in a micro area",
    "outside": "outside metro and micro areas",
    "unplaced": "worksite not placed",
}
PLACED_BY = ("county", "town", "zip", "city")
CASES, POSITIONS, POINTS = "cases", "positions", "percentage points"


class LcaCases(Table):
    """One row per case decided in the quarter, once, without anybody's name but the employer's. It stays local."""

    case_number: Series[str] = pa.Field(unique=True, description="Number of the case")
    file: Series[str] = pa.Field(description="File of the Department of Labor that it was read from")
    line: Series[int] = pa.Field(
        ge=2, description="Row of the sheet, or line of the CSV file, counted from 1"
    )
    status: Series[str] = pa.Field(isin=STATUSES, description="What was decided")
    decided_on: Series[str] = pa.Field(
        str_matches=DAY, description="Day of the decision, by which it is counted"
    )
    job_title: Series[str] = pa.Field(nullable=True, description="Title of the job as the employer wrote it")
    soc_written: Series[str] = pa.Field(nullable=True, description="Occupation's code as written")
    soc_code: Series[str] = pa.Field(
        nullable=True,
        str_matches=r"^\d\d-\d{4}$",
        description="Occupation's six-digit code; empty if not known",
    )
    ai_occupation: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether the code is of an AI occupation; empty where it is not known"
    )
    ai_title: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether the title alone tells an AI job; empty without a title"
    )
    positions: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0, description="Positions applied for")
    positions_new: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Of these for new employment or a change of employer"
    )
    positions_renewed: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Of these for continued employment or an amended petition"
    )
    employer: Series[str] = pa.Field(nullable=True, description="Employer's name without its legal form")
    staffing: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether the worker is placed with another company; empty where not said"
    )
    wage_usd_per_year: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="Lower end of the offered wage, US dollars a year of full-time work"
    )
    worksite: Series[str] = pa.Field(description="Key of its first worksite in lca_worksites")


class LcaWorksites(Table):
    """One row per distinct worksite as written: city, county, state and ZIP code, and where it was placed."""

    worksite: Series[str] = pa.Field(unique=True, description="City, county, state and ZIP code, joined by |")
    placed: Series[str] = pa.Field(isin=tuple(PLACED), description="How far it could be placed")
    placed_by: Series[str] = pa.Field(
        nullable=True,
        isin=PLACED_BY,
        description="What placed it: county, town (Connecticut), ZIP code or city",
    )
    area_code: Series[str] = pa.Field(
        nullable=True, str_matches=AREA_CODE, description="CBSA code, July 2023"
    )
    zip_agrees: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Whether its ZIP code leads to the same area; empty where it leads nowhere"
    )


class Offers(Table):
    """What is counted of certified cases, alike by metro and for all."""

    ai_lca_cases: Series[int] = fields.count(
        "Certified cases in an AI occupation, by day of decision: the occupations of the employment layer", CASES,
        heading="AI cases",
    )  # fmt: skip
    all_lca_cases: Series[int] = fields.count(
        "All certified cases, those withdrawn later left out", CASES, heading="All cases"
    )
    ai_share_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "AI cases as part of all certified cases; withheld where AI cases are fewer than 10",
        heading="Share, %",
    )
    ai_lca_cases_by_title: Series[int] = fields.count(
        "Certified cases whose title alone tells an AI job, whatever their occupation's code", CASES,
        heading="By title",
    )  # fmt: skip
    ai_share_by_title_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "These as part of all certified cases; withheld where they are fewer than 10", heading="By title, %"
    )
    ai_lca_positions: Series[int] = fields.count(
        "Positions of the AI cases: one case may be for many", POSITIONS, heading="Positions"
    )
    ai_lca_positions_new: Series[int] = fields.count(
        "Of these new hires: new employment, or a change of employer", POSITIONS, heading="New hires"
    )
    ai_lca_positions_renewed: Series[int] = fields.count(
        "Of these renewals: continued employment, or an amended petition. The rest changes jobs with the same employer "
        "or adds a second one",
        POSITIONS,
        heading="Renewals",
    )
    ai_staffing_cases: Series[int] = fields.count(
        "AI cases of staffing firms: the worker is placed with another company, whose site is counted", CASES,
        heading="Of staffing firms",
    )  # fmt: skip
    ai_employers: Series[pd.Int64Dtype] = fields.count(
        "Employers of the AI cases; withheld where they are fewer than 3", "employers", heading="Employers",
        nullable=True,
    )  # fmt: skip
    median_wage_usd_per_year: Series[pd.Float64Dtype] = fields.rate(
        "Median over the AI cases of the lower end of the offered wage, a year of full-time work (an hour 2,080 "
        "times); withheld where it is known of fewer than 10 or employers are fewer than 3",
        "US dollars a year",
        0,
        heading="Median wage, US $ a year",
    )
    ai_lca_cases_year_before: Series[pd.Int64Dtype] = fields.count(
        "AI cases in the same quarter of the year before", CASES, heading="A year before", nullable=True
    )
    ai_lca_cases_change_pct: Series[pd.Float64Dtype] = column(
        "Change of the AI cases since then",
        heading="Change, %",
        unit="percent",
        decimals=1,
        nullable=True,
        signed=True,
    )
    ai_share_year_before_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Share of all certified cases in the same quarter of the year before",
        heading="Share a year before, %",
    )
    ai_share_change: Series[pd.Float64Dtype] = column(
        "Change of the share since then", heading="Change of the share", unit=POINTS, decimals=RATE_DECIMALS,
        nullable=True, signed=True)  # fmt: skip


class Reasons(Table):
    """Why something is not said."""

    why_withheld: Series[str] = fields.reason(
        "Why share, wage or employers are withheld", heading="Why withheld"
    )
    why_no_change: Series[str] = fields.reason(
        "Why it is not compared with a year before", heading="Why no change"
    )


class Basis(Table):
    """What the numbers rest on."""

    definition: Series[str] = column("Classification and codes of the AI occupations that were looked for")
    title_classifier: Series[str] = column("Classifier that reads titles alone")
    title_precision_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Of the titles that it calls AI, how many are, measured on labelled postings of employers it had not seen",
        decimals=1,
    )
    title_recall_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Of the AI jobs, how many it finds by their title, measured alike", decimals=1
    )
    sources: Series[str] = column(
        "Files that the cases were read from, joined by +; or that they are made up"
    )
    retrieved_on: Series[str] = column("Day on which the newest of the files was received", str_matches=DAY)
    as_known: Series[bool] = column(
        "Whether that was in the quarter's time: within a month of the day that the file is expected on"
    )


class _MetroKey(Table):
    area_code: Series[str] = column("CBSA code, July 2023 delineation", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    rank: Series[pd.Int64Dtype] = fields.rank("By AI cases, among the metros that have at least 10")


class _Point(Table):
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()


class _PartKey(Table):
    part: Series[str] = column("All certified cases, or where their worksite is", unique=True)


class _Rest(Table):
    withdrawn_cases: Series[int] = fields.count(
        "Cases decided in the quarter that were withdrawn, before or after certification; in no other number",
        CASES,
    )
    denied_cases: Series[int] = fields.count("Cases that were denied; in no other number", CASES)
    cases_without_code: Series[int] = fields.count(
        "Certified cases whose occupation's code can't be read: in no AI case by occupation", CASES
    )
    ai_cases_without_wage: Series[int] = fields.count(
        "AI cases whose wage is not known or not plausible", CASES
    )
    late_cases: Series[int] = fields.count(
        "Certified cases that came with a later file than the quarter's own", CASES
    )


# The columns of a model are those of its bases, last base first.
class MetroVisas(_Point, Basis, Reasons, Offers, _MetroKey):
    """The published table ``usa_ai_visas_by_metro``."""


class NationVisas(Basis, _Rest, Reasons, Offers, _PartKey):
    """The published table ``usa_ai_visas_nation``: all certified cases, and by how far their worksite was placed."""
