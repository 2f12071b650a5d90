"""What the patents tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

from where_is_ai.geography.abroad import URBAN_CENTRE
from where_is_ai.layers.layer import SAMPLE_NOTE, Findings, Material
from where_is_ai.layers.patents.metro import ALL, USA
from where_is_ai.layers.patents.notes import COUNTRIES, COVERAGE, MADE_UP, METROS, RAW, WORLD
from where_is_ai.layers.patents.schema import WorldPatents
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
    made_up = first["source"] == MADE_UP
    world = material.tables[WORLD] if material.has_rows(WORLD) else WorldPatents.empty()
    return fill(
        Path(__file__).with_name("patents_findings.md.j2"),
        quarter=material.quarter,
        lead=worded(lead) if (lead := patents_lead(metros)) else "",
        release=day(first["release"]),
        as_known=bool(first["as_known"]),
        made_up=MADE_UP if made_up else "",
        sample_note=SAMPLE_NOTE if material.reconstructed(RAW) and not made_up else "",
        top=ranked(metros, "rank")[:TOP],
        abroad=ranked(world[world["country_code"] != USA], "rank")[:TOP],
        by_centre=bool(world["geography"].eq(URBAN_CENTRE).any()),
        countries=ranked(material.tables[COUNTRIES], "rank")[:TOP] if material.has_rows(COUNTRIES) else [],
        whole=coverage[coverage["part"] == ALL].iloc[0],
        parts=coverage[coverage["part"] != ALL].to_dict("records"),
    )


FINDINGS = (
    Findings(
        "patents_findings",
        (METROS, WORLD, COUNTRIES, COVERAGE),
        "Where the inventors of AI patents live, in words, with what lies abroad or in no metro, and what the numbers "
        "do not mean. Every number in a sentence is taken from a table.",
        patents_findings,
    ),
)
