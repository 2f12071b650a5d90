"""What the postings tables hold: the one place that says so."""

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.layers.postings.systems import SYSTEMS
from where_is_ai.tables import AREA_CODE, RATE_DECIMALS, Table

SOURCES = (*SYSTEMS, "usajobs", "linkup", "bulk")
BASES = ("flow", "stock")
DAY = r"^\d{4}-\d{2}-\d{2}$"


class Postings(Table):
    """One row per opening of a quarter. Its text stays here: it is its employer's and is never published."""

    posting_id: Series[str] = pa.Field(
        unique=True, description="Source, board and the board's own id of its first post"
    )
    source: Series[str] = pa.Field(isin=SOURCES, description="Where it was read")
    board: Series[str] = pa.Field(
        description="Board or feed; what is compared like for like between quarters"
    )
    company: Series[str] = pa.Field(description="Employer as the source or the list of boards names it")
    title: Series[str] = pa.Field(str_length={"min_value": 1}, description="Job title")
    text: Series[str] = pa.Field(
        nullable=True, description="Description as plain text; empty where none was given"
    )
    posted_on: Series[str] = pa.Field(
        nullable=True, str_matches=DAY, description="Day first published; empty where not given or absurd"
    )
    first_seen: Series[str] = pa.Field(
        str_matches=DAY, description="Day of the first snapshot of the quarter with it"
    )
    last_seen: Series[str] = pa.Field(
        str_matches=DAY, description="Day of the last snapshot of the quarter with it"
    )
    location: Series[str] = pa.Field(
        nullable=True, description="Location as written; several joined by semicolons"
    )
    address: Series[str] = pa.Field(
        nullable=True, description="Location with the state or country that the source gives beside it"
    )
    url: Series[str] = pa.Field(nullable=True, description="The posting's own page")
    copies: Series[int] = pa.Field(
        ge=1,
        description="Posts of one requisition, or of one employer and title with texts alike but for place and pay",
    )
    is_new: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Posted within the quarter, as all its posts; empty where nothing tells"
    )
    sector: Series[str] = pa.Field(nullable=True, description="Sector of its employer; empty where not given")


class Posts(Table):
    """One row per post of an opening: each has its own place and days, so that an old opening may be new in a city."""

    post_id: Series[str] = pa.Field(unique=True, description="Source, board and the board's own id")
    posting_id: Series[str] = pa.Field(description="The opening that it is a post of, as in Postings")
    board: Series[str] = pa.Field(description="Board or feed that it was read from")
    address: Series[str] = pa.Field(nullable=True, description="Its location, as in Postings")
    posted_on: Series[str] = pa.Field(
        nullable=True, str_matches=DAY, description="Day first published; empty where not given or absurd"
    )
    first_seen: Series[str] = pa.Field(
        str_matches=DAY, description="Day of the first snapshot of the quarter with it"
    )
    last_seen: Series[str] = pa.Field(
        str_matches=DAY, description="Day of the last snapshot of the quarter with it"
    )
    is_new: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Posted within the quarter; empty where nothing tells"
    )


class Troubles(Table):
    """What was wrong with what came in: counted, and named so that it can be looked up."""

    source: Series[str] = pa.Field(isin=SOURCES, description="Where it came from")
    board: Series[str] = pa.Field(description="Board, feed or file")
    trouble: Series[str] = pa.Field(description="What was wrong")
    count: Series[int] = pa.Field(ge=1, description="Answers or postings that it concerns")
    consequence: Series[str] = pa.Field(description="What was done about it")
    example: Series[str] = pa.Field(description="One of them: an address or a posting's id")


class PostingVerdicts(Table):
    """Whether each posting is an AI job, by which classifier."""

    posting_id: Series[str] = pa.Field(unique=True, description="As in Postings")
    ai_job: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="The classifier's own verdict; empty where unknown"
    )
    probability: Series[pd.Float64Dtype] = pa.Field(
        nullable=True,
        ge=0,
        le=1,
        description="Chance that it really is an AI job, 0 to 1; empty where unknown",
    )
    classifier: Series[str] = pa.Field(description="Name, version and model of the classifier")


def _population_vintage() -> Any:
    return column(
        "Year of the Census Bureau's estimates; a later vintage revises earlier years",
        unit="year",
        nullable=True,
    )


def _open_at_end() -> Any:
    return fields.count(
        "AI openings of boards that were open at the end of the quarter, corrected as AI postings are; empty where no "
        "board was read in its last week",
        "postings",
        heading="Open at the end",
        nullable=True,
    )


def _days_open() -> Any:
    return column(
        "Days by which half of the openings called AI are closed (Kaplan-Meier, to the week); empty where too few were "
        "watched in snapshots of boards",
        heading="Median days open",
        unit="days",
        decimals=0,
        nullable=True,
    )


class NationPostings(Table):
    """One row: the quarter's postings of the whole nation and what is known of them."""

    ai_postings: Series[int] = fields.count(
        "AI postings in the USA, each once, corrected for the classifier's known errors",
        "postings",
        heading="AI postings",
    )
    all_postings: Series[int] = fields.count("Postings in the USA, each once", "postings")
    ai_postings_per_100k: Series[pd.Float64Dtype] = fields.rate(
        "AI postings per 100,000 residents",
        "per 100,000 residents",
        RATE_DECIMALS,
        heading="Per 100,000 residents",
    )
    ai_share_pct: Series[pd.Float64Dtype] = fields.share_pct("AI share, per cent", heading="AI share, %")
    population: Series[pd.Int64Dtype] = fields.count(
        "Residents of the USA; empty where the vintage of the metros' can't be had",
        "residents",
        least=1,
        nullable=True,
    )
    population_year: Series[pd.Int64Dtype] = column("1 July of this year", unit="year", nullable=True)
    employers: Series[int] = fields.count("Employers behind the AI postings", "employers")
    snapshots: Series[int] = fields.count("Weeks of the quarter in which boards were read", "weeks")
    basis: Series[str] = column("flow: new postings; stock: all that were seen open", isin=BASES)
    undated: Series[int] = fields.count(
        "Postings left out of a flow because nothing tells their age", "postings"
    )
    in_metros: Series[int] = fields.count("Postings with at least one metro", "postings")
    in_micros: Series[int] = fields.count("Postings in micro areas alone", "postings")
    rural: Series[int] = fields.count("Postings in US places outside any metro or micro area", "postings")
    ambiguous: Series[int] = fields.count("Postings whose place could be several", "postings")
    remote: Series[int] = fields.count("Remote postings that name no place", "postings")
    usa_only: Series[int] = fields.count("Postings that name the nation or a state only", "postings")
    abroad: Series[int] = fields.count("Postings abroad", "postings")
    unnamed: Series[int] = fields.count("Postings that name no place", "postings")
    unknown: Series[int] = fields.count("Postings whose place was not recognised", "postings")
    classifier: Series[str] = column("Classifier of all verdicts")
    sources: Series[str] = column("Sources read; says so where the postings are made up")
    population_vintage: Series[pd.Int64Dtype] = _population_vintage()
    ai_postings_called: Series[int] = fields.count(
        "Postings that the classifier calls AI jobs", "postings", heading="Called AI"
    )
    ai_postings_low: Series[pd.Float64Dtype] = fields.rate(
        "AI postings, at least: 95 % interval given the classifier's errors", "postings", 1
    )
    ai_postings_high: Series[pd.Float64Dtype] = fields.rate(
        "AI postings, at most: 95 % interval given the classifier's errors", "postings", 1
    )
    ai_open_at_end: Series[pd.Int64Dtype] = _open_at_end()
    median_days_open: Series[pd.Float64Dtype] = _days_open()


class MetroPostings(Table):
    """AI postings of each metro: the published table ``usa_ai_postings_by_metro``."""

    area_code: Series[str] = column("CBSA code, July 2023", str_matches=AREA_CODE, unique=True)
    metro: Series[str] = column("Name with its states")
    ai_postings: Series[int] = fields.count(
        "AI postings, each once per metro, corrected for the classifier's known errors: within the interval",
        "postings",
        heading="AI postings",
    )
    all_postings: Series[int] = fields.count("Postings, each once per metro", "postings")
    ai_share_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "AI postings, per cent of all postings; empty where there is none", heading="AI share, %"
    )
    ai_postings_per_100k: Series[pd.Float64Dtype] = fields.rate(
        "AI postings per 100,000 residents; empty where residents are not known",
        "per 100,000 residents",
        RATE_DECIMALS,
        heading="Per 100,000 residents",
    )
    population: Series[pd.Int64Dtype] = fields.count("Residents of the metro", "residents", nullable=True)
    employers: Series[int] = fields.count("Employers behind the AI postings", "employers")
    qualifies: Series[bool] = column("Enough residents and AI postings to be ranked")
    rank: Series[pd.Int64Dtype] = fields.rank(
        "1 has most AI postings per 100,000 residents of those that qualify"
    )
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()
    classifier: Series[str] = column("Classifier of all verdicts")
    ai_postings_expected: Series[pd.Float64Dtype] = fields.rate(
        "AI postings as expected given the classifier's errors, before they are a whole number", "postings", 1
    )
    ai_postings_low: Series[pd.Float64Dtype] = fields.rate(
        "AI postings, at least: 95 % interval given the classifier's errors",
        "postings",
        1,
        heading="AI postings, at least",
    )
    ai_postings_high: Series[pd.Float64Dtype] = fields.rate(
        "AI postings, at most: 95 % interval given the classifier's errors",
        "postings",
        1,
        heading="AI postings, at most",
    )
    few_employers: Series[bool] = column(
        "Rests on fewer employers than speak for a metro", heading="Few employers"
    )
    growth_pct: Series[pd.Float64Dtype] = column(
        "AI postings against the quarter before, per cent, on the boards read in both",
        heading="Growth, %",
        unit="percent",
        decimals=1,
        nullable=True,
        signed=True,
    )
    growth_before: Series[pd.Int64Dtype] = fields.count(
        "AI postings of the quarter before on the boards read in both", "postings", nullable=True
    )
    growth_after: Series[pd.Int64Dtype] = fields.count(
        "AI postings of this quarter on the boards read in both", "postings", nullable=True
    )
    why_no_growth: Series[str] = fields.reason("Why there is no growth; empty where there is")
    population_year: Series[pd.Int64Dtype] = column("1 July of this year", unit="year", nullable=True)
    snapshots: Series[int] = fields.count("Weeks of the quarter in which boards were read", "weeks")
    basis: Series[str] = column("flow: new postings; stock: all that were seen open", isin=BASES)
    sources: Series[str] = column("Sources read; says so where the postings are made up")
    population_vintage: Series[pd.Int64Dtype] = _population_vintage()
    ai_postings_called: Series[int] = fields.count(
        "Postings that the classifier calls AI jobs, each once per metro", "postings", heading="Called AI"
    )
    ai_postings_per_100k_low: Series[pd.Float64Dtype] = fields.rate(
        "AI postings per 100,000 residents, at least: 95 % interval given the classifier's errors",
        "per 100,000 residents",
        RATE_DECIMALS,
        heading="Per 100,000, at least",
    )
    ai_postings_per_100k_high: Series[pd.Float64Dtype] = fields.rate(
        "AI postings per 100,000 residents, at most: 95 % interval given the classifier's errors",
        "per 100,000 residents",
        RATE_DECIMALS,
        heading="Per 100,000, at most",
    )
    ai_open_at_end: Series[pd.Int64Dtype] = _open_at_end()
    median_days_open: Series[pd.Float64Dtype] = _days_open()
    employers_read: Series[pd.Int64Dtype] = fields.count(
        "Employers with any posting counted in the metro",
        "employers",
        heading="Employers read",
        nullable=True,
    )
    largest_employer_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "AI postings of the employer with most of them, per cent of the metro's",
        heading="Largest employer, %",
    )
    sectors: Series[pd.Int64Dtype] = fields.count(
        "Sectors of these employers, of those whose sector is known", "sectors", nullable=True
    )
    largest_sector: Series[str] = column("Sector of most of these employers", nullable=True)
    largest_sector_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Employers known to be in that sector, per cent of all employers read", heading="Largest sector, %"
    )
    rank_low: Series[pd.Int64Dtype] = fields.rank(
        "Best rank when any one employer is left out, among the same metros", heading="Rank, best"
    )
    rank_high: Series[pd.Int64Dtype] = fields.rank(
        "Worst rank when any one employer is left out, among the same metros", heading="Rank, worst"
    )
