"""What the postings tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.layer import Findings, Material
from where_is_ai.layers.postings.coverage import why_no_ranking
from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS, Rule
from where_is_ai.layers.postings.notes import METROS
from where_is_ai.layers.postings.snapshots import SNAPSHOTS_OF_A_FLOW
from where_is_ai.layers.postings.superlatives import rate_lead
from where_is_ai.statements import worded
from where_is_ai.templates import fill

TOP = 15
MOST_GROWTH = 10


def postings_findings(material: Material) -> str:
    """Markdown on the metros (MetroPostings) with most AI postings per resident."""
    metros, nation = material.tables[METROS], material.tables["usa_ai_postings_nation"]
    troubles, rule = material.tables["posting_troubles"], Rule.chosen()
    ranked = metros.dropna(subset="rank").sort_values(["rank", "area_code"])
    grown = ranked.dropna(subset="growth_pct").sort_values("growth_pct", ascending=False)
    lead = rate_lead(metros)
    return fill(
        Path(__file__).with_name("postings_findings.md.j2"),
        quarter=material.quarter,
        made_up=nation["sources"].eq("made-up postings").any(),
        nation=nation.iloc[0].to_dict(),
        open_at_end=_known(nation["ai_open_at_end"].iloc[0]),
        median_days_open=_known(nation["median_days_open"].iloc[0]),
        lead=worded(lead) if lead else "",
        top=ranked.head(TOP).to_dict("records"),
        why_no_ranking=why_no_ranking(metros),
        qualifying=len(ranked),
        metros=len(metros),
        few=int(metros["few_employers"].sum()),
        enough_employers=ENOUGH_EMPLOYERS,
        rule=rule,
        flow_needs=SNAPSHOTS_OF_A_FLOW,
        grown=grown.head(MOST_GROWTH).to_dict("records"),
        why_no_growth=sorted(metros["why_no_growth"].dropna().unique()),
        troubles=troubles.groupby(["trouble", "consequence"])["count"].sum().reset_index().to_dict("records"),
        published=material.tables["posting_implied_residents"].to_dict("records"),
    )


def _known(value: object) -> object:
    return None if pd.isna(value) else value


FINDINGS = (
    Findings(
        "postings_findings",
        (METROS, "usa_ai_postings_nation", "posting_troubles", "posting_implied_residents"),
        "Which metros post the most AI jobs per resident, in words, with what the numbers do not mean. Every number in "
        "a sentence is taken from the table, with the sources and the classifier named; nothing is typed by hand.",
        postings_findings,
    ),
)
