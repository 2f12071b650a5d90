"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import EditionTables, OnMetro, Row, Slice
from where_is_ai.layers.phrases import known_lines
from where_is_ai.layers.visas.metro import ALL, MADE_UP
from where_is_ai.layers.visas.notes import METROS
from where_is_ai.layers.visas.schema import MetroVisas

NATION = "usa_ai_visas_nation"


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    text = {name: each.text(row[name]) for name, each in columns_of(MetroVisas).items()}
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    return Slice(
        value=text["ai_lca_cases"],
        unit="certified cases for AI occupations in the quarter",
        lines=known_lines(
            f"{MADE_UP.capitalize()}: they say nothing about the world" if row["sources"] == MADE_UP else "",
            f"Rank {text['rank']} of {ranked} with at least 10",
            f"{text['ai_share_pct']} % of {text['all_lca_cases']} certified cases of all occupations",
            f"By title {text['ai_lca_cases_by_title']}: reading titles has a precision of "
            f"{row['title_precision_pct']:.0f} % and a recall of {row['title_recall_pct']:.0f} %",
            f"{text['ai_lca_positions']} positions: {text['ai_lca_positions_new']} new hires, "
            f"{text['ai_lca_positions_renewed']} renewals",
            f"{text['ai_staffing_cases']} cases of staffing firms, at their client's site"
            if row["ai_staffing_cases"]
            else "",
            f"Median offered wage {text['median_wage_usd_per_year']} US dollars a year",
            f"{text['ai_employers']} employers",
            _change(row, text),
            str(row["why_withheld"]).capitalize() if pd.notna(row["why_withheld"]) else "",
            "Offers that employers filed: neither visas nor hires",
        ),
    )


def _change(row: Row, text: dict[str, str]) -> str:
    if pd.isna(row["ai_lca_cases_change_pct"]):
        return ""
    return (
        f"{text['ai_lca_cases_year_before']} in the same quarter of the year before; their share was "
        f"{text['ai_share_year_before_pct']} %"
    )


def rests_on(row: Row) -> str:
    return f"{row['definition']}; {row['sources']}"


def in_short(row: Row) -> str:
    return f"{columns_of(MetroVisas)['ai_lca_cases'].text(row['ai_lca_cases'])} AI cases"


def nation(edition: EditionTables) -> dict[str, float]:
    """The measures of all certified cases."""
    found = next(iter(edition.rows_by(NATION, "part").get(ALL, ())), {})
    measures = ("ai_lca_cases", "ai_share_pct", "ai_lca_positions_new", "median_wage_usd_per_year")
    return {name: float(found[name]) for name in measures if pd.notna(found.get(name))}


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_lca_cases", "ai_share_pct", "ai_lca_positions_new", "median_wage_usd_per_year", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="No certified case of the quarter has its worksite here, or the quarter's cases are not disclosed yet.",
    abroad="Labor condition applications are for worksites in the USA.",
    nation=nation,
)
