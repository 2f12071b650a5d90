"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Row, Slice
from where_is_ai.layers.phrases import changed, known_lines, number
from where_is_ai.layers.visas.metro import ALL, MADE_UP
from where_is_ai.layers.visas.notes import METROS, SAYS_NOTHING
from where_is_ai.layers.visas.schema import MetroVisas
from where_is_ai.quarters import Quarter

NATION = "usa_ai_visas_nation"


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    text = {name: each.text(row.get(name)) for name, each in columns_of(MetroVisas).items()}
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    return Slice(
        value=text["ai_lca_cases"],
        unit="certified cases for AI occupations in the quarter",
        lines=known_lines(
            SAYS_NOTHING if row["sources"] == MADE_UP else "",
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
            str(row["why_withheld"]).capitalize() if pd.notna(row["why_withheld"]) else "",
            "Offers that employers filed: neither visas nor hires",
        ),
    )


def rests_on(row: Row) -> str:
    return f"{row['definition']}; {row['sources']}"


def in_short(row: Row) -> str:
    return f"{columns_of(MetroVisas)['ai_lca_cases'].text(row['ai_lca_cases'])} AI cases"


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """The measures of all certified cases."""
    found = next(iter(edition.rows_by(NATION, "part").get(ALL, ())), None)
    if found is None or country != "US":
        return {}
    measures = ("ai_lca_cases", "ai_share_pct", "ai_lca_positions_new", "median_wage_usd_per_year")
    return {
        name: National(number(found[name]), note="all certified cases, in a metro or not")
        for name in measures
    }


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:  # noqa: ARG001
    """The change against the same quarter of the year before, or why it is not said; "" where that is not at hand."""
    now, then = row["ai_lca_cases"], row["ai_lca_cases_year_before"]
    quarter = Quarter.parse(edition.quarter)
    before = str(Quarter(quarter.year - 1, quarter.number))
    why = row.get("why_no_change")
    if pd.isna(then):
        return "" if pd.isna(why) else f"AI cases can't be compared with {before}: {why}."
    said = changed("AI cases", before, edition.quarter, now - then, f"{abs(now - then):,}")
    few = f" ({why})" if pd.notna(why) else ""
    shares = [row["ai_share_year_before_pct"], row["ai_share_pct"]]
    share = (
        "" if any(map(pd.isna, shares)) else f" Their share went from {shares[0]:.2f} to {shares[1]:.2f} %."
    )
    return (
        f"{said}: cases are counted, not sampled, and no error is given, so that nobody can tell it from "
        f"chance{few}.{share}"
    )


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_lca_cases", "ai_share_pct", "ai_lca_positions_new", "median_wage_usd_per_year", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="No certified case of the quarter has its worksite here, or the quarter's cases are not disclosed yet.",
    abroad="Labor condition applications are for worksites in the USA.",
    nation=nation,
    change=change,
)
