"""What the funding tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.funding.addresses import agent_towns
from where_is_ai.layers.funding.evaluation import labels, tier_b_precision
from where_is_ai.layers.funding.metro import AI, ALL, DROPPED, EARLIER_UNKNOWN, KEPT, SAYS_AI_DROPPED
from where_is_ai.layers.funding.notes import COVERAGE, FIRST_SALES, MADE_UP, METROS, OFFERINGS, RAW
from where_is_ai.layers.funding.superlatives import sold_lead
from where_is_ai.layers.funding.words import usd_text
from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.layers.phrases import listed
from where_is_ai.statements import worded
from where_is_ai.tables import ranked
from where_is_ai.templates import fill

TOP = 15


def funding_findings(material: Material) -> str:
    """Markdown on the metros (MetroFunding) where AI companies raised most, the tiers, and what was dropped."""
    metros, offerings, coverage = (material.tables[name] for name in (METROS, OFFERINGS, COVERAGE))
    parts = coverage.set_index("part")
    made_up = metros["source"].iloc[0] == MADE_UP
    return fill(
        Path(__file__).with_name("funding_findings.md.j2"),
        quarter=material.quarter,
        lead=worded(lead) if (lead := sold_lead(metros)) else "",
        made_up=MADE_UP if made_up else "",
        sample_note=SAMPLE_NOTE if material.reconstructed(RAW) and not made_up else "",
        tiers=metros["tiers"].iloc[0],
        data_sets=int(metros["data_sets"].iloc[0]),
        metros=_in_words(metros),
        top=ranked(_in_words(metros), "rank")[:TOP],
        offerings=_in_words(offerings.dropna(subset="amount_sold_usd").query("amount_sold_usd > 0"))
        .head(TOP)
        .to_dict("records"),
        all=parts.loc[ALL],
        operating=_in_words(parts).loc[KEPT],
        ai=_in_words(parts).loc[AI],
        dropped=[(words, int(parts.loc[words, "filings"])) for words in DROPPED],
        says_ai_dropped=int(parts.loc[SAYS_AI_DROPPED, "filings"]),
        unknown_before=int(parts.loc[EARLIER_UNKNOWN, "filings"]),
        coverage=_in_words(coverage[coverage["part"].str.contains("^(?:tier|AI:)")]).to_dict("records"),
        first_sales=_by_quarter(material.tables[FIRST_SALES]) if material.has_rows(FIRST_SALES) else [],
        agent_towns=listed([f"{town.town}, {town.state}" for town in agent_towns().itertuples()]),
        precision=tier_b_precision(),
        unclear=int(((labels()["tier_b"] == "yes") & (labels()["ai"] == "unclear")).sum()),
    )


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their amounts as people read them, of which some are unknown."""
    amounts = [name for name in rows if name.endswith("_usd")]
    return rows.assign(**{name.replace("_usd", "_text"): rows[name].map(usd_text) for name in amounts})


def _by_quarter(rows: pd.DataFrame) -> list[dict]:
    """What was first sold in each quarter in all metros, the latest quarter first."""
    sums = rows.groupby("first_sale_quarter").agg(
        ai_offerings=("ai_offerings", "sum"),
        ai_sold_in_all_usd=("ai_sold_in_all_usd", lambda sold: sold.sum(min_count=1)),
    )
    return _in_words(sums.reset_index()).sort_values("first_sale_quarter", ascending=False).to_dict("records")


FINDINGS = (
    Findings(
        "funding_findings",
        (METROS, OFFERINGS, FIRST_SALES, COVERAGE),
        "Where AI companies raised most money privately, in words, with each tier, what was dropped, and what the "
        "numbers do not mean. Every number in a sentence is taken from a table.",
        funding_findings,
    ),
)
