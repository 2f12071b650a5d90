"""Where the numbers of an edition come from, as its pictures and pages say it."""

from where_is_ai.layers.layer import Material
from where_is_ai.layers.phrases import day
from where_is_ai.maps.notes import EditionNotes

RAW = "raw_patentsview_tables"
METROS, WORLD = "usa_ai_patents_by_metro", "world_ai_patents_by_metro"
COVERAGE = "world_ai_patents_coverage"


def notes(material: Material) -> EditionNotes:
    """Notes on the release behind the table by metro."""
    first = material.tables[METROS].iloc[0]
    return EditionNotes(
        quarter=str(material.quarter),
        source="USPTO, PatentsView",
        period=str(material.quarter),
        method=f"granted in the quarter, CPC G06N, by inventors' homes; release of {day(first['release'])}",
        licence="CC BY 4.0",
        reconstructed=material.reconstructed(RAW),
        remark=""
        if first["as_known"]
        else f"Classified as of {day(first['release'])}, long after the quarter",
        basis=first["release"],
    )
