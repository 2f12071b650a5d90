"""What the research tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.geography.names import country_names
from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.layers.phrases import day
from where_is_ai.layers.research.notes import METROS, RAW, method_of
from where_is_ai.layers.research.superlatives import papers_lead
from where_is_ai.layers.research.words import with_article
from where_is_ai.statements import worded
from where_is_ai.tables import ranked
from where_is_ai.templates import fill

TOP = 30


def world_findings(material: Material) -> str:
    """Markdown on the metros (MetroResearch) with most AI papers."""
    metros = material.tables[METROS]
    top = ranked(metros, "rank")[:TOP]
    countries = pd.Series([metro["country_code"] for metro in top]).value_counts()
    return fill(
        Path(__file__).with_name("world_findings.md.j2"),
        quarter=material.quarter,
        method=method_of(metros),
        reconstructed=material.reconstructed(RAW),
        sample_note=SAMPLE_NOTE,
        lead=worded(papers_lead(metros)),
        first=top[0],
        window_from=day(top[0]["window_from"]),
        window_to=day(top[0]["window_to"]),
        top=top,
        leading_country=with_article(country_names(metros["country_code"])[countries.index[0]]),
        leading_country_metros=countries.iloc[0],
    )


FINDINGS = (
    Findings(
        "world_findings",
        (METROS,),
        "Which metros of the world publish the most AI papers, in words, with what the numbers do not mean. "
        "Every number in a sentence is taken from the table, with the source, the window and the method named; nothing "
        "is typed by hand.",
        world_findings,
    ),
)
