"""What the funding tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import AREA_CODE, Table

QUARTER = r"^\d{4}-Q[1-4]$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
CIK = r"^\d{10}$"
USD = "US dollars"
TIERS = {
    "a": "issuer on the reviewed list",
    "b": "name says AI, industry fits",
    "c": "named in an award whose text says AI",
}
KINDS = {
    "operating": "operating companies",
    "test": "dropped: sent as a test",
    "fund": "dropped: pooled funds",
    "exempt": "dropped: exempt as funds (3C)",
}
PLACED = {
    "metro": "in a metro area",
    "micro": "in a micro area",
    "outside": "outside metro and micro areas",
    "agent": "in a town of registered agents, not mapped",
    "abroad": "address abroad",
    "unplaced": "town not known here",
}


class UnreadLines(Table):
    """One row per line of a data set that can't be read. What stands there is not kept: some of it names people."""

    data_set: Series[str] = pa.Field(str_matches=QUARTER, description="Quarter of the data set that holds it")
    member: Series[str] = pa.Field(description="Name of the table in it")
    line: Series[int] = pa.Field(ge=2, description="Line of the table that it begins in")
    why: Series[str] = pa.Field(description="Why it can't be read")


class FormDFilings(Table):
    """One row per Form D filing of the data sets at hand, of its primary issuer. No person's name is read."""

    accession_number: Series[str] = pa.Field(unique=True, description="The filing's number at the SEC")
    data_set: Series[str] = pa.Field(str_matches=QUARTER, description="Quarter of the data set that holds it")
    filing_date: Series[str] = pa.Field(
        nullable=True, str_matches=DAY, description="Day of the filing; empty where the data set gives none"
    )
    file_number: Series[str] = pa.Field(nullable=True, description="Number that an offering's filings share")
    live: Series[bool] = pa.Field(description="False for a filing that was sent as a test")
    amendment: Series[bool] = pa.Field(description="Whether it amends an earlier filing of the offering")
    previous_accession_number: Series[str] = pa.Field(nullable=True, description="The filing that it amends")
    first_sale: Series[str] = pa.Field(
        nullable=True, str_matches=DAY, description="Day of the first sale; empty where it has yet to occur"
    )
    issuers_named: Series[int] = pa.Field(ge=1, description="Issuers named, of which the primary is read")
    cik: Series[str] = pa.Field(nullable=True, str_matches=CIK, description="The issuer's number at the SEC")
    issuer: Series[str] = pa.Field(description="The primary issuer's name")
    previous_names: Series[str] = pa.Field(nullable=True, description="Its names before, separated by |")
    city: Series[str] = pa.Field(nullable=True, description="Town of its address, as written")
    state: Series[str] = pa.Field(
        nullable=True, description="Postal code of its state, or SEC code of its country"
    )
    zip_code: Series[str] = pa.Field(nullable=True, description="ZIP code of its address, as written")
    industry: Series[str] = pa.Field(nullable=True, description="Industry group, as the form lists them")
    exemptions: Series[str] = pa.Field(nullable=True, description="Federal exemptions claimed, as listed")
    pooled_fund: Series[bool] = pa.Field(description="Whether interests in a pooled investment fund are sold")
    debt: Series[bool] = pa.Field(description="Whether debt is among what is sold")
    business_combination: Series[bool] = pa.Field(description="Whether it is part of a merger or an exchange")
    offering_usd: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="Amount offered in US dollars; empty where indefinite or not given"
    )
    offering_indefinite: Series[bool] = pa.Field(description="Whether the amount offered is Indefinite")
    sold_usd: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=0, description="Amount sold since the offering began, in US dollars"
    )
    submission_line: Series[int] = pa.Field(ge=2, description="Line in FORMDSUBMISSION.tsv")
    issuer_line: Series[int] = pa.Field(ge=2, description="Line in ISSUERS.tsv")
    offering_line: Series[int] = pa.Field(ge=2, description="Line in OFFERING.tsv")


class ClassifiedFilings(FormDFilings):
    """The same with what each filing came to: dropped or not, of which offering, in which tiers, and where."""

    kind: Series[str] = pa.Field(
        isin=tuple(KINDS), description="Whether it is dropped, and why, or operating"
    )
    offering: Series[str] = pa.Field(description="Accession number of the offering's first filing at hand")
    issuer_key: Series[str] = pa.Field(description="CIK, or where there is none the plain name")
    says: Series[str] = pa.Field(nullable=True, description="What in the issuer's name says AI")
    tier_a: Series[bool] = pa.Field(description="Issuer on the reviewed list")
    tier_b: Series[bool] = pa.Field(description="Name says AI, industry fits")
    tier_c: Series[pd.BooleanDtype] = pa.Field(
        nullable=True, description="Named in an award whose text says AI; empty without a file of awards"
    )
    ai: Series[bool] = pa.Field(description="Operating, and in at least one tier")
    placed: Series[str] = pa.Field(isin=tuple(PLACED), description="How far the issuer's address leads")
    area_code: Series[str] = pa.Field(
        nullable=True, str_matches=AREA_CODE, description="CBSA code of a metro area"
    )
    source: Series[str] = pa.Field(description="Whose filings they are")


class AiAwards(Table):
    """One row per company that an award names whose text says AI."""

    company: Series[str] = pa.Field(
        unique=True, description="Its name without case, punctuation and legal form"
    )
    says: Series[str] = pa.Field(description="What in the award's text says AI")
    line: Series[int] = pa.Field(ge=2, description="Line of the file that the first such award begins in")


class _Issuer(Table):
    """Who offers."""

    accession_number: Series[str] = column("The offering's last filing in the quarter", unique=True)
    offering: Series[str] = column("The offering's first filing at hand, which stands for it")
    filings: Series[int] = fields.count("Filings of the offering in the quarter", "filings", least=1)
    issuer: Series[str] = column("The primary issuer's name in that filing")
    cik: Series[str] = column("The issuer's number at the SEC, whatever it is called", nullable=True)
    industry: Series[str] = column("Industry group, as the form lists them", nullable=True)


class _Place(Table):
    """Where the issuer's address is."""

    city: Series[str] = column("Town of the issuer's address, as written", nullable=True)
    state: Series[str] = column("Postal code of its state, or SEC code of its country", nullable=True)
    placed: Series[str] = column("How far the address leads", words=PLACED, isin=tuple(PLACED))
    area_code: Series[str] = column("CBSA code, July 2023 delineation", nullable=True, str_matches=AREA_CODE)


def _usd(description: str, heading: str, least: float | None = 0, **more: object) -> object:
    limits = {} if least is None else {"ge": least}
    return column(description, heading=heading, unit=USD, decimals=0, nullable=True, **limits, **more)


class AiOffering(_Place, _Issuer):
    """One row per offering of an AI company with a filing in the quarter: ``usa_ai_funding_by_offering``."""

    tier_a: Series[bool] = column("Whether the issuer's CIK is on the reviewed list", heading="Tier A")
    tier_b: Series[bool] = column("Whether its name says AI and its industry fits", heading="Tier B")
    tier_c: Series[pd.BooleanDtype] = column(
        "Whether an award whose text says AI names it; empty where no file of awards is at hand",
        heading="Tier C",
        nullable=True,
    )
    says: Series[str] = column("What in its name says AI", heading="Name says", nullable=True)
    first_sale: Series[str] = column(
        "Day of the first sale; empty where it has yet to occur or is not given", nullable=True
    )
    sold_usd: Series[pd.Float64Dtype] = _usd(
        "Amount sold since the offering began, by its last filing", "Sold in all, USD"
    )
    sold_before_usd: Series[pd.Float64Dtype] = _usd(
        "The same by its last filing before the quarter; 0 where it began in the quarter, empty where the filing "
        "that it amends is not at hand",
        "Sold before, USD",
    )
    before_accession_number: Series[str] = column("The filing before the quarter that says so", nullable=True)
    amount_sold_usd: Series[pd.Float64Dtype] = _usd(
        "What the quarter added: sold in all less sold before; 0 where that is a decrease", "Sold, USD"
    )
    amount_corrected_usd: Series[pd.Float64Dtype] = _usd(
        "The decrease, where the quarter's last filing says less than was said before",
        "Corrected, USD",
        None,
        le=0,
    )
    offering_usd: Series[pd.Float64Dtype] = _usd(
        "Amount offered in all, where it is a number", "Offered, USD"
    )
    offering_indefinite: Series[bool] = column("Whether the amount offered is Indefinite")
    debt: Series[bool] = column("Whether debt is among what is sold")
    business_combination: Series[bool] = column("Whether it is part of a merger or an exchange")
    why_unknown: Series[str] = fields.reason("Why the amount sold is not known", heading="Why unknown")
    source: Series[str] = column("Whose filings they are")


class _MetroKey(Table):
    area_code: Series[str] = column("CBSA code, July 2023 delineation", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    rank: Series[pd.Int64Dtype] = fields.rank("By ai_amount_sold_usd among the metros where any was sold")


class _Money(Table):
    """What AI companies of any tier filed, each offering once."""

    ai_filings: Series[int] = fields.count(
        "Filings in the quarter by AI companies of any tier, each once",
        "filings",
        heading="AI filings",
        least=1,
    )
    ai_issuers: Series[int] = fields.count(
        "AI companies that filed", "issuers", heading="AI issuers", least=1
    )
    ai_amount_sold_usd: Series[pd.Float64Dtype] = _usd(
        "Sum of what the quarter's filings added to the amounts that AI companies' offerings sold; a lower bound",
        "Sold, USD",
    )
    ai_amount_corrected_usd: Series[pd.Float64Dtype] = _usd(
        "Sum of the decreases by amendments, kept apart and not taken off", "Corrected, USD", None, le=0
    )
    ai_amount_median_usd: Series[pd.Float64Dtype] = _usd(
        "Median of what an offering sold, of those that sold any", "Median, USD"
    )
    ai_unknown_offerings: Series[int] = fields.count(
        "AI offerings whose amount sold is not known", "offerings", heading="Amount unknown"
    )
    operating_issuers: Series[int] = fields.count(
        "Operating companies that filed there, AI or not", "issuers", heading="All issuers", least=1
    )
    ai_issuers_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "AI companies in percent of all operating companies that filed there", heading="AI share, %"
    )


class _Tiers(Table):
    """What each tier has by itself. An offering may be in several, so that they don't add up."""

    a_filings: Series[int] = fields.count("Filings of tier A: issuers on the reviewed list", "filings")
    a_issuers: Series[int] = fields.count("Issuers of tier A", "issuers", heading="Tier A issuers")
    a_amount_sold_usd: Series[pd.Float64Dtype] = _usd("Amount sold in tier A", "Tier A, USD")
    b_filings: Series[int] = fields.count("Filings of tier B: the name says AI, the industry fits", "filings")
    b_issuers: Series[int] = fields.count("Issuers of tier B", "issuers", heading="Tier B issuers")
    b_amount_sold_usd: Series[pd.Float64Dtype] = _usd("Amount sold in tier B", "Tier B, USD")
    c_filings: Series[pd.Int64Dtype] = fields.count(
        "Filings of tier C: an award whose text says AI names the issuer; empty without a file of awards",
        "filings",
        nullable=True,
    )
    c_issuers: Series[pd.Int64Dtype] = fields.count("Issuers of tier C", "issuers", nullable=True)
    c_amount_sold_usd: Series[pd.Float64Dtype] = _usd("Amount sold in tier C", "Tier C, USD")
    tiers: Series[str] = column("The tiers of which the columns that begin with ai count each offering once")


class _Point(Table):
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()
    data_sets: Series[int] = fields.count(
        "Quarterly data sets at hand, in which amended filings are looked for", "data sets", least=1
    )
    source: Series[str] = column("Whose filings they are")


class MetroFunding(_Point, _Tiers, _Money, _MetroKey):
    """Private offerings of AI companies by metro: the published table ``usa_ai_funding_by_metro``."""


class FirstSaleFunding(Table):
    """The same offerings by the quarter of their first sale: ``usa_ai_funding_by_first_sale``."""

    area_code: Series[str] = column("CBSA code, July 2023 delineation", str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    first_sale_quarter: Series[str] = column("Quarter of the first sale", str_matches=QUARTER)
    ai_offerings: Series[int] = fields.count("AI offerings first sold in that quarter", "offerings", least=1)
    ai_issuers: Series[int] = fields.count("AI companies that offer them", "issuers", least=1)
    ai_sold_in_all_usd: Series[pd.Float64Dtype] = _usd(
        "Amount sold since they began, by their last filings up to the edition's quarter", "Sold in all, USD"
    )
    source: Series[str] = column("Whose filings they are")

    class Config(Table.Config):
        unique = ("area_code", "first_sale_quarter")


class FundingCoverage(Table):
    """What the data set holds, what was dropped of it, and where the rest is: ``usa_ai_funding_coverage``."""

    part: Series[str] = column("Part of the data set", unique=True)
    filings: Series[int] = fields.count("Filings", "filings")
    issuers: Series[pd.Int64Dtype] = fields.count("Primary issuers", "issuers", nullable=True)
    amount_sold_usd: Series[pd.Float64Dtype] = _usd(
        "What the quarter's filings added to amounts sold; empty of what was dropped", "Sold, USD"
    )
    median_usd: Series[pd.Float64Dtype] = _usd(
        "Median of what an offering sold, of those that sold any", "Median, USD"
    )
    source: Series[str] = column("Whose filings they are")
