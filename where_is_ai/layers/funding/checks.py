"""What must hold of the funding tables against what they were made from; a row for each breach."""

import pandas as pd

from where_is_ai.layers.funding.metro import AI, ALL, DROPPED, KEPT
from where_is_ai.layers.funding.schema import PLACED
from where_is_ai.quarters import Quarter


def unlike_offerings(metros: pd.DataFrame, offerings: pd.DataFrame) -> pd.DataFrame:
    """Metros (MetroFunding) whose filings or amount differ from those of their offerings (AiOffering)."""
    own = offerings[offerings["area_code"].notna()].groupby("area_code")
    sums = pd.DataFrame({"filings": own["filings"].sum(), "sold": own["amount_sold_usd"].sum(min_count=1)})
    rows = metros[["area_code", "ai_filings", "ai_amount_sold_usd"]].merge(
        sums.reset_index(), "outer", "area_code"
    )
    far = (rows["ai_amount_sold_usd"].fillna(-1) - rows["sold"].fillna(-1)).abs() > 0.5
    return rows[far | rows["ai_filings"].ne(rows["filings"]).fillna(True)]


def not_adding_up(coverage: pd.DataFrame) -> pd.DataFrame:
    """Sums of filings that differ: what was dropped and kept against all, places against AI companies."""
    filings = coverage.set_index("part")["filings"]
    sums = {
        ALL: [*DROPPED, KEPT],
        AI: [f"AI: {words}" for words in PLACED.values()],
    }
    rows = [(whole, filings[whole], filings[parts].sum()) for whole, parts in sums.items()]
    told = pd.DataFrame(rows, columns=["part", "filings", "sum"])
    return told[told["filings"] != told["sum"]]


def dated_outside(filings: pd.DataFrame) -> pd.DataFrame:
    """Filings (FormDFilings) whose day is not within the quarter of the data set that holds them."""
    quarters = {name: Quarter.parse(name) for name in filings["data_set"].unique()}
    first = filings["data_set"].map({name: each.first_day.isoformat() for name, each in quarters.items()})
    last = filings["data_set"].map({name: each.last_day.isoformat() for name, each in quarters.items()})
    outside = filings["filing_date"].notna() & ~filings["filing_date"].between(first, last)
    return filings.loc[outside, ["accession_number", "data_set", "filing_date"]]
