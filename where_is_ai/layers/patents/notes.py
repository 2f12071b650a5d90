"""Where the numbers of an edition come from, as its pictures and pages say it."""

from where_is_ai.layers.layer import Material
from where_is_ai.layers.made_up import says_nothing
from where_is_ai.layers.phrases import day
from where_is_ai.maps.notes import EditionNotes

RAW = "raw_patentsview_tables"
METROS, WORLD = "usa_ai_patents_by_metro", "world_ai_patents_by_metro"
COUNTRIES, COVERAGE = "world_ai_patents_by_country", "world_ai_patents_coverage"
RECEIVED, MADE_UP = "USPTO, PatentsView", "made-up patents"
SAYS_NOTHING = says_nothing(MADE_UP)


def notes(material: Material) -> EditionNotes:
    """Notes on the release behind the table by metro, and whether its patents are made up."""
    first = material.tables[METROS].iloc[0]
    made_up = first["source"] == MADE_UP
    remarks = (
        SAYS_NOTHING if made_up else "",
        "" if first["as_known"] else f"Classified as of {day(first['release'])}, long after the quarter",
    )
    return EditionNotes(
        quarter=str(material.quarter),
        source=first["source"],
        period=str(material.quarter),
        method=f"granted in the quarter, CPC G06N, by inventors' homes; release of {day(first['release'])}",
        licence="written for the project" if made_up else "CC BY 4.0",
        reconstructed=not made_up and material.reconstructed(RAW),
        remark=". ".join(each for each in remarks if each),
        basis=f"{first['release']}{'; made up' * made_up}",
        warning=f"{SAYS_NOTHING}." if made_up else "",
        made_up=made_up,
    )
