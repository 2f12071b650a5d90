"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.funding import words
from where_is_ai.layers.funding.notes import MADE_UP, METROS, OFFERINGS, SAYS_NOTHING
from where_is_ai.layers.funding.schema import MetroFunding
from where_is_ai.layers.layer import EditionTables, OnMetro, Row, Slice
from where_is_ai.layers.phrases import known_lines

LARGEST = 5


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    text = {name: each.text(row[name]) for name, each in columns_of(MetroFunding).items()}
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


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_amount_sold_usd", "ai_issuers", "ai_issuers_pct", "ai_amount_median_usd", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="No company known here as an AI company filed a Form D from this metro in the quarter. Few names say AI, "
    "and many rounds are not filed.",
    abroad="Form D is filed by issuers abroad too, but they are not placed in metros.",
)
