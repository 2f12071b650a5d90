"""What the patents tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.layers.patents.metro import ALL
from where_is_ai.layers.patents.notes import COVERAGE, METROS, RAW, WORLD
from where_is_ai.layers.patents.superlatives import patents_lead
from where_is_ai.layers.phrases import day
from where_is_ai.statements import worded
from where_is_ai.tables import ranked
from where_is_ai.templates import fill

TOP = 15


def patents_findings(material: Material) -> str:
    """Markdown on the metros (MetroPatents) with most AI patents, the world's, and what is in none."""
    metros, coverage = material.tables[METROS], material.tables[COVERAGE]
    first = metros.iloc[0]
    return fill(
        Path(__file__).with_name("patents_findings.md.j2"),
        quarter=material.quarter,
        lead=worded(lead) if (lead := patents_lead(metros)) else "",
        release=day(first["release"]),
        as_known=bool(first["as_known"]),
        sample_note=SAMPLE_NOTE if material.reconstructed(RAW) else "",
        top=ranked(metros, "rank")[:TOP],
        abroad=ranked(material.tables[WORLD].query("country_code != 'US'"), "rank")[:TOP]
        if material.has_rows(WORLD)
        else [],
        whole=coverage[coverage["part"] == ALL].iloc[0],
        parts=coverage[coverage["part"] != ALL].to_dict("records"),
    )


FINDINGS = (
    Findings(
        "patents_findings",
        (METROS, WORLD, COVERAGE),
        "Where the inventors of AI patents live, in words, with what lies abroad or in no metro, and what the numbers "
        "do not mean. Every number in a sentence is taken from a table.",
        patents_findings,
    ),
)
