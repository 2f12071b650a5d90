"""Where the numbers of an edition come from, as its pictures and pages say it: by what the table rests on."""

from where_is_ai.layers.layer import Material
from where_is_ai.layers.made_up import says_nothing
from where_is_ai.layers.postings.made_up import NOTE as MADE_UP
from where_is_ai.maps.notes import EditionNotes

METROS = "usa_ai_postings_by_metro"
SAYS_NOTHING = says_nothing(MADE_UP)
LICENCE = "counts CC BY 4.0, texts not published"


def notes(material: Material) -> EditionNotes:
    """Notes on sources, classifier and basis of the table by metro, and whether its postings are made up."""
    first = material.tables[METROS].iloc[0]
    made_up = first["sources"] == MADE_UP
    parts = (
        MADE_UP if made_up else "",
        f"classifier “{first['classifier']}”",
        f"boards read in {first['snapshots']} weeks" if first["snapshots"] else "",
        "" if first["basis"] == "flow" else "all that were seen open, not new ones alone",
    )
    return EditionNotes(
        quarter=str(material.quarter),
        source=first["sources"],
        period=str(material.quarter),
        method="; ".join(part for part in parts if part),
        licence="written for the project" if made_up else LICENCE,
        remark=SAYS_NOTHING if made_up else "",
        basis=first["basis"],
        warning=f"{SAYS_NOTHING}." if made_up else "",
        made_up=made_up,
    )
