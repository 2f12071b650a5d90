"""What each filing is: dropped as a fund's or a test, or an operating company's, and then in which tiers and where.

Tiers are never added up.
"""

import pandas as pd

from where_is_ai.layers.funding.addresses import TownReader
from where_is_ai.layers.funding.chains import offerings_of
from where_is_ai.layers.funding.companies import on_list
from where_is_ai.layers.funding.names import INDUSTRIES, plain_name, says_ai
from where_is_ai.layers.funding.schema import ClassifiedFilings
from where_is_ai.tables import as_table

FUND_INDUSTRIES = ("Pooled Investment Fund", "Investing")
# Section 3(c) of the Investment Company Act exempts funds: 3C, 3C.1, 3C.7 and so on.
_FUND_EXEMPTION = r"(?:^|[,;|\s])3C"


def classified(
    filings: pd.DataFrame,
    awards: pd.DataFrame | None,
    counties: pd.DataFrame,
    zips: pd.DataFrame,
    source: str,
) -> pd.DataFrame:
    """ClassifiedFilings from FormDFilings, CbsaCounties and ZipCounties.

    ``awards`` (AiAwards) is None where none are at hand. Without a number at the SEC issuers are told apart by name.
    """
    without_number = filings["cik"].isna()
    rows = filings.assign(
        kind=_kinds(filings),
        offering=offerings_of(filings),
        issuer_key=filings["cik"].where(
            ~without_number, filings.loc[without_number, "issuer"].map(plain_name)
        ),
        says=pd.Series([says_ai(name) for name in filings["issuer"]], index=filings.index, dtype="str"),
        tier_a=on_list(filings),
        source=source,
    )
    rows["tier_b"] = rows["says"].notna() & rows["industry"].isin(INDUSTRIES)
    rows["tier_c"] = pd.NA if awards is None else filings["issuer"].map(plain_name).isin(awards["company"])
    in_any = rows["tier_a"] | rows["tier_b"] | (awards is not None and rows["tier_c"])
    rows["ai"] = in_any & (rows["kind"] == "operating")
    return as_table(TownReader(counties, zips).place(rows), ClassifiedFilings)


def tiers_in_words(rows: pd.DataFrame) -> str:
    """The tiers by which ClassifiedFilings are told, of which an offering in any counts once."""
    return "A or B" if rows["tier_c"].isna().all() else "A, B or C"


def _kinds(filings: pd.DataFrame) -> pd.Series:
    """Most filings that name a well-known AI company are of funds that feed money into it."""
    fund = filings["pooled_fund"] | filings["industry"].isin(FUND_INDUSTRIES)
    exempt = filings["exemptions"].str.contains(_FUND_EXEMPTION, case=False, na=False)
    kind = pd.Series("operating", index=filings.index, dtype="str")
    return kind.mask(exempt, "exempt").mask(fund, "fund").mask(~filings["live"], "test")
