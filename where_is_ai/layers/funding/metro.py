"""From filings to the quarter's offerings, to metros, to quarters of first sale, and to what was dropped.

``rows`` are everywhere ClassifiedFilings of all data sets at hand.
"""

from datetime import date

import pandas as pd

from where_is_ai.geography.places import locate
from where_is_ai.layers.funding.chains import NOT_AT_HAND, in_order, in_quarter
from where_is_ai.layers.funding.schema import (
    KINDS,
    PLACED,
    TIERS,
    AiOffering,
    FirstSaleFunding,
    FundingCoverage,
    MetroFunding,
)
from where_is_ai.layers.funding.tiers import tiers_in_words
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

FIRST_SALE_QUARTERS = 4
ALL, AI = "all filings", "AI companies of any tier"
KEPT = KINDS["operating"]
DROPPED = tuple(words for kind, words in KINDS.items() if kind != "operating")
SAYS_AI_DROPPED = "of those dropped: names that say AI"
UNREAD = "set aside beside these: lines that can't be read"
EARLIER_UNKNOWN = "AI: amends a filing that is not at hand"


def operating_offerings(rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """Of each offering of an operating company the last filing in the quarter, with what the quarter added."""
    return in_quarter(rows[rows["kind"] == "operating"], quarter)


def ai_offerings(rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """AiOffering: the offerings of AI companies that were filed on in the quarter, the largest amount first."""
    offerings = operating_offerings(rows, quarter)
    ai = offerings[offerings["ai"]].sort_values(
        ["amount_sold_usd", "accession_number"], ascending=[False, True]
    )
    return as_table(ai, AiOffering).reset_index(drop=True)


def by_metro(filings: pd.DataFrame, places: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """MetroFunding: metros (CbsaPlaces) with any filing of an AI company, first rank first."""
    offerings = operating_offerings(filings, quarter)
    here = offerings[offerings["area_code"].notna()]
    ai = here[here["ai"]]
    rows = ai.groupby("area_code").agg(
        ai_filings=("filings", "sum"),
        ai_issuers=("issuer_key", "nunique"),
        ai_unknown_offerings=("amount_sold_usd", lambda sold: int(sold.isna().sum())),
    )
    rows["ai_amount_sold_usd"] = _sum(ai, "amount_sold_usd")
    rows["ai_amount_corrected_usd"] = _sum(ai, "amount_corrected_usd")
    rows["ai_amount_median_usd"] = (
        ai[ai["amount_sold_usd"] > 0].groupby("area_code")["amount_sold_usd"].median()
    )
    rows["operating_issuers"] = here.groupby("area_code")["issuer_key"].nunique()
    rows["ai_issuers_pct"] = rows["ai_issuers"] / rows["operating_issuers"] * 100
    for tier in TIERS:
        rows = rows.join(_tier(ai, tier))
    rows = rows.reset_index().assign(
        tiers=tiers_in_words(filings),
        data_sets=filings["data_set"].nunique(),
        source=filings["source"].iloc[0] if len(filings) else "",
    )
    rows["metro"] = rows["area_code"].map(places.set_index("area_code")["name"])
    rows[["lat", "lon"]] = locate(rows, places)
    sold = rows["ai_amount_sold_usd"].round(0)
    rows["rank"] = sold.where(sold > 0).rank(method="min", ascending=False).astype("Int64")
    return as_table(rows.sort_values(["rank", "area_code"]), MetroFunding).reset_index(drop=True)


def _tier(ai: pd.DataFrame, tier: str) -> pd.DataFrame:
    """filings, issuers and amount sold of one tier by metro; unknown where nobody knows who is in it."""
    codes = pd.Index(sorted(ai["area_code"].unique()), name="area_code")
    names = [f"{tier}_{what}" for what in ("filings", "issuers", "amount_sold_usd")]
    member = ai[f"tier_{tier}"]
    if member.isna().any():
        return pd.DataFrame(pd.NA, index=codes, columns=names)
    within = ai[member.astype(bool)].groupby("area_code")
    counts = within.agg(**{names[0]: ("filings", "sum"), names[1]: ("issuer_key", "nunique")}).reindex(codes)
    counts = counts.fillna(0)
    # Where none filed nothing was sold; where some did and no amount is known, the sum is not known either.
    sold = within["amount_sold_usd"].sum(min_count=1).reindex(codes)
    return counts.assign(**{names[2]: sold.mask(counts[names[0]] == 0, 0.0)})


def by_first_sale(rows: pd.DataFrame, places: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """FirstSaleFunding: AI offerings by metro and quarter of first sale, as last filed on up to this quarter.

    The latest quarters are not whole: half of the filings come more than two weeks after the first sale.
    """
    last = in_order(rows[rows["ai"]]).groupby("offering").tail(1)
    last = last[last["area_code"].notna() & last["first_sale"].notna()]
    last = last.assign(
        first_sale_quarter=[str(Quarter.of(date.fromisoformat(day))) for day in last["first_sale"]]
    )
    quarters = [quarter]
    while len(quarters) < FIRST_SALE_QUARTERS:
        quarters.append(quarters[-1].previous)
    grouped = last[last["first_sale_quarter"].isin(map(str, quarters))].groupby(
        ["area_code", "first_sale_quarter"]
    )
    sums = grouped.agg(
        ai_offerings=("offering", "size"), ai_issuers=("issuer_key", "nunique"), source=("source", "first")
    )
    sums["ai_sold_in_all_usd"] = grouped["sold_usd"].sum(min_count=1)
    sums = sums.reset_index()
    sums["metro"] = sums["area_code"].map(places.set_index("area_code")["name"])
    order = ["first_sale_quarter", "ai_sold_in_all_usd", "area_code"]
    return as_table(sums.sort_values(order, ascending=[False, False, True]), FirstSaleFunding).reset_index(
        drop=True
    )


def coverage(filings: pd.DataFrame, unread: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """FundingCoverage: all filings of the quarter's data set that can be read, what was dropped, where the rest is.

    ``unread`` are UnreadLines of all data sets.
    """
    own = filings[filings["data_set"] == str(quarter)]
    offerings = operating_offerings(filings, quarter)
    ai = offerings[offerings["ai"]]
    dropped = own[own["kind"] != "operating"]
    parts = [
        (ALL, own),
        *((words, own[own["kind"] == kind]) for kind, words in KINDS.items() if words != KEPT),
    ]
    rows = [
        _counted(part, each) for part, each in [*parts, (SAYS_AI_DROPPED, dropped[dropped["says"].notna()])]
    ]
    damaged = int(unread["data_set"].eq(str(quarter)).sum())
    rows.append({"part": UNREAD, "filings": damaged, "issuers": 0})
    rows.append(
        {
            "part": "issuers named beside the primary one",
            "filings": 0,
            "issuers": (own["issuers_named"] - 1).sum(),
        }
    )
    tiers = {tier: ai[f"tier_{tier}"] for tier in TIERS}
    summed = [
        (KEPT, offerings),
        (AI, ai),
        *(
            (f"tier {tier.upper()}: {TIERS[tier]}", ai[member.astype(bool)])
            for tier, member in tiers.items()
            if member.notna().all()
        ),
        *((f"AI: {words}", ai[ai["placed"] == placed]) for placed, words in PLACED.items()),
        (EARLIER_UNKNOWN, ai[ai["why_unknown"] == NOT_AT_HAND]),
        ("AI: debt among what is sold", ai[ai["debt"]]),
        ("AI: part of a merger or an exchange", ai[ai["business_combination"]]),
    ]
    rows += [_counted(part, each) | _sold(each) for part, each in summed]
    columns = [name for name in FundingCoverage.to_schema().columns if name != "source"]
    source = filings["source"].iloc[0] if len(filings) else ""
    return as_table(pd.DataFrame(rows, columns=columns).assign(source=source), FundingCoverage)


def _counted(part: str, rows: pd.DataFrame) -> dict[str, object]:
    """Of filings how many there are, of offerings how many filings they had in the quarter."""
    filings = int(rows["filings"].sum()) if "filings" in rows else len(rows)
    return {"part": part, "filings": filings, "issuers": rows["issuer_key"].nunique()}


def _sold(offerings: pd.DataFrame) -> dict[str, object]:
    sold = offerings["amount_sold_usd"]
    return {
        "amount_sold_usd": sold.sum(min_count=1) if len(offerings) else 0.0,
        "median_usd": sold[sold > 0].median(),
    }


def _sum(rows: pd.DataFrame, column: str) -> pd.Series:
    """Unknown only where it is of every offering."""
    return rows.groupby("area_code")[column].sum(min_count=1)
