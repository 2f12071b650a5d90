"""What the visas tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

from where_is_ai.columns import columns_of
from where_is_ai.layers.layer import Findings, Material
from where_is_ai.layers.phrases import day
from where_is_ai.layers.visas.definitions import measured
from where_is_ai.layers.visas.metro import ALL, FEWEST_CASES, MADE_UP, year_before
from where_is_ai.layers.visas.notes import METROS, NATION
from where_is_ai.layers.visas.schema import MetroVisas, NationVisas
from where_is_ai.layers.visas.superlatives import cases_lead
from where_is_ai.layers.visas.wages import HOURS_A_YEAR
from where_is_ai.statements import worded
from where_is_ai.tables import ranked
from where_is_ai.templates import fill

TOP = 15


def visas_findings(material: Material) -> str:
    """Markdown on the metros with most AI jobs offered to foreign workers, the nation, and what is in no number."""
    metros, nation = material.tables[METROS], material.tables[NATION]
    columns = columns_of(MetroVisas)
    top = [
        {**row, **{f"{name}_text": columns[name].text(row[name]) for name in columns}}
        for row in ranked(metros, "rank")[:TOP]
    ]
    whole = nation[nation["part"] == ALL].iloc[0]
    shown = columns_of(NationVisas)
    return fill(
        Path(__file__).with_name("visas_findings.md.j2"),
        quarter=material.quarter,
        lead=worded(lead) if (lead := cases_lead(metros)) else "",
        before=year_before(material.quarter),
        top=top,
        ranked=int(metros["rank"].notna().sum()),
        fewest=FEWEST_CASES,
        hours=HOURS_A_YEAR,
        whole=whole,
        wage=shown["median_wage_usd_per_year"].text(whole["median_wage_usd_per_year"]),
        change=shown["ai_lca_cases_change_pct"].text(whole["ai_lca_cases_change_pct"]),
        share_change=shown["ai_share_change"].text(whole["ai_share_change"]),
        parts=nation[nation["part"] != ALL].to_dict("records"),
        titles=measured(),
        received=day(whole["retrieved_on"]),
        made_up=whole["sources"] == MADE_UP,
    )


FINDINGS = (
    Findings(
        "visas_findings",
        (METROS, NATION),
        "Where employers offer foreign workers most AI jobs, in words, with what the numbers do not mean. Every "
        "number in a sentence is taken from the tables; nothing is typed by hand.",
        visas_findings,
    ),
)
