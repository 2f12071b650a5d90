"""Where the numbers of an edition come from, as its pictures and pages say it: by what the table rests on."""

from where_is_ai.layers.layer import Material
from where_is_ai.layers.made_up import says_nothing
from where_is_ai.layers.phrases import day
from where_is_ai.layers.visas.definitions import measured
from where_is_ai.layers.visas.metro import MADE_UP
from where_is_ai.maps.notes import EditionNotes

RAW = "raw_lca_disclosures"
SAYS_NOTHING = says_nothing(MADE_UP)
METROS, NATION = "usa_ai_visas_by_metro", "usa_ai_visas_nation"


def notes(material: Material) -> EditionNotes:
    """Notes on files, occupations and classifier behind the table by metro, and whether its cases are made up."""
    first = material.tables[METROS].iloc[0]
    made_up = first["sources"] == MADE_UP
    remarks = (
        SAYS_NOTHING if made_up else "",
        "" if first["as_known"] else f"Received on {day(first['retrieved_on'])}, long after the quarter",
    )
    return EditionNotes(
        quarter=str(material.quarter),
        source=MADE_UP if made_up else "U.S. Department of Labor, LCA disclosure data",
        period=str(material.quarter),
        method=f"certified cases of {first['definition']}; beside them by title, {measured().words}",
        licence="written for the project" if made_up else "public domain",
        remark=". ".join(each for each in remarks if each),
        basis=f"{first['definition']}; {'made up' if made_up else 'received'}",
        warning=f"{SAYS_NOTHING}." if made_up else "",
        made_up=made_up,
    )
