"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.adoption.origin import MADE_UP, SAYS_NOTHING
from where_is_ai.layers.adoption.schema import MetroAdoption
from where_is_ai.layers.adoption.trace import METROS
from where_is_ai.layers.layer import EditionTables, OnMetro, Row, Slice
from where_is_ai.layers.phrases import known_lines


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    columns = columns_of(MetroAdoption)
    text = {name: columns[name].text(row[name]) for name in columns}
    if pd.isna(row["ai_use_pct"]):
        return Slice("unknown", "share of businesses that use AI", (str(row["why_unknown"]),))
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    return Slice(
        value=f"{row['ai_use_pct']:.1f} %",
        unit="of businesses used AI in the last two weeks",
        lines=known_lines(
            SAYS_NOTHING if row.get("source") == MADE_UP else "",
            f"Rank {text['rank']} of {ranked} metros without a suppressed cycle",
            f"Between {text['ai_use_low_pct']} and {text['ai_use_high_pct']} % (90 % interval)",
            f"{text['expected_6m_pct']} % expect to in the next six months",
            "A share of firms, not of workers",
            rests_on(row),
        ),
    )


def rests_on(row: Row) -> str:
    said = f"{row['cycles']} of {row['cycles_in_quarter']} cycles, {row['suppressed_cycles']} suppressed"
    return f"{said}; the mean leans high" if row["selected"] else said


def in_short(row: Row) -> str:
    return "unknown" if pd.isna(row["ai_use_pct"]) else f"{row['ai_use_pct']:.1f} % of businesses use AI"


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_use_pct", "ai_use_se_pct", "expected_6m_pct", "rank", "wording", "samples"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="The survey gives only the 25 largest metros of 2020, in quarters whose file is at hand. San Jose, Austin "
    "and Raleigh are not among the 25.",
    abroad="The survey asks businesses of the USA only.",
)
