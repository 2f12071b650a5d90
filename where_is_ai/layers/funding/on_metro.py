"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.funding import words
from where_is_ai.layers.funding.metro import AI, KEPT
from where_is_ai.layers.funding.notes import COVERAGE, MADE_UP, METROS, OFFERINGS, SAYS_NOTHING
from where_is_ai.layers.funding.schema import MetroFunding
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Row, Slice
from where_is_ai.layers.phrases import changed, known_lines, number

LARGEST = 5


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    text = {name: each.text(row.get(name)) for name, each in columns_of(MetroFunding).items()}
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    at_least = "≥ " * bool(row["ai_unknown_offerings"])
    sold = words.usd_text(row["ai_amount_sold_usd"])
    return Slice(
        value=f"{at_least}{sold}" if pd.notna(row["ai_amount_sold_usd"]) else "unknown",
        unit="that AI companies here reported as sold in private offerings",
        lines=known_lines(
            SAYS_NOTHING if row["source"] == MADE_UP else "",
            f"Rank {text['rank']} of {ranked} metros where any was sold",
            f"{text['ai_issuers']} of {text['operating_issuers']} companies that filed, {text['ai_filings']} filings",
            f"Median offering: {words.usd_text(row['ai_amount_median_usd'])}"
            if pd.notna(row["ai_amount_median_usd"])
            else "",
            *words.tiers_text(pd.Series(dict(row))),
            f"{words.usd_text(-row['ai_amount_corrected_usd'])} less by amendments that correct, not taken off"
            if pd.notna(row["ai_amount_corrected_usd"]) and row["ai_amount_corrected_usd"] < 0
            else "",
            *_largest(row, edition),
            "A floor: many large rounds file no Form D, or late",
            str(row["source"]),
        ),
    )


def _largest(row: Row, edition: EditionTables) -> list[str]:
    here = edition.rows_by(OFFERINGS, "area_code").get(str(row["area_code"]), ())
    sold = [each for each in here if pd.notna(each["amount_sold_usd"]) and each["amount_sold_usd"] > 0]
    sold.sort(key=lambda each: (-each["amount_sold_usd"], str(each["accession_number"])))
    return [f"{each['issuer']}: {words.usd_text(each['amount_sold_usd'])}" for each in sold[:LARGEST]]


def rests_on(row: Row) -> str:
    return f"{row['source']}, tiers {row['tiers']}, {row['data_sets']} data set{'s' * (row['data_sets'] != 1)} at hand"


def in_short(row: Row) -> str:
    return f"{words.usd_text(row['ai_amount_sold_usd'])} sold by {row['ai_issuers']} AI companies"


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """All AI companies with an address in the USA, in metros or not; their part of all that filed with those abroad."""
    offerings = edition.tables.get(OFFERINGS)
    if offerings is None or offerings.empty or country != "US":
        return {}
    here = offerings[offerings["placed"] != "abroad"]
    sold = here["amount_sold_usd"]
    parts = edition.rows_by(COVERAGE, "part")
    filers = [number(parts[part][0]["issuers"]) if part in parts else None for part in (AI, KEPT)]
    share = None if None in filers or not filers[1] else filers[0] / filers[1] * 100
    return {
        "ai_amount_sold_usd": National(
            float(sold.sum()) if sold.notna().any() else None,
            at_least=bool(sold.isna().any()),
            note="with companies in no metro",
        ),
        "ai_issuers": National(
            float(here["cik"].fillna(here["issuer"]).nunique()), note="with companies in no metro"
        ),
        "ai_amount_median_usd": National(number(sold[sold > 0].median()), note="with companies in no metro"),
        "ai_issuers_pct": National(share, note="of all operating companies that filed, those abroad too"),
    }


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:
    """What two editions say, and that nothing tells it from chance; "" without an earlier one."""
    name = "ai_amount_sold_usd"
    if earlier is None or pd.isna(row[name]) or pd.isna(earlier.row[name]):
        return ""
    for column, why in (
        ("source", "made-up filings are compared with no others"),
        ("tiers", "AI companies were told by other tiers"),
    ):
        if earlier.row.get(column) != row.get(column):
            return f"Amounts sold can't be compared between {earlier.quarter} and {edition.quarter}: {why}."
    by = float(row[name]) - float(earlier.row[name])
    said = changed("the amount sold", earlier.quarter, edition.quarter, by, words.usd_text(abs(by)))
    return (
        f"{said}: a floor then and now, without an error, and one large offering moves it, so that nobody can tell it "
        "from chance."
    )


def unknown(row: Row) -> str:
    """Why no amount sold is known although AI companies filed."""
    offerings = row["ai_unknown_offerings"]
    return f"the amount sold is not known of {offerings} offering{'s' * (offerings != 1)}"


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_amount_sold_usd", "ai_issuers", "ai_issuers_pct", "ai_amount_median_usd", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    unknown=unknown,
    not_here="No company known here as an AI company filed a Form D from this metro in the quarter. Few names say AI, "
    "and many rounds are not filed.",
    abroad="Form D is filed by issuers abroad too, but they are not placed in metros.",
    nation=nation,
    change=change,
)
