"""Where the numbers of an edition come from, as its pictures and pages say it."""

from collections.abc import Sequence

from where_is_ai.archive.entry import Entry
from where_is_ai.layers.layer import Material
from where_is_ai.layers.made_up import says_nothing, whose
from where_is_ai.maps.notes import EditionNotes

RAW = "raw_formd_data_sets"
METROS, OFFERINGS = "usa_ai_funding_by_metro", "usa_ai_funding_by_offering"
FIRST_SALES, COVERAGE = "usa_ai_funding_by_first_sale", "usa_ai_funding_coverage"
FILED, MADE_UP = "SEC Form D", "made-up filings"
SAYS_NOTHING = says_nothing(MADE_UP)


def source_of(entries: Sequence[Entry]) -> str:
    """Whose filings the data sets hold: the SEC's, or made-up ones where any is."""
    return whose(entries, MADE_UP, FILED)


def notes(material: Material) -> EditionNotes:
    """Notes on the quarter's filings behind the table by metro, and whether they are made up."""
    first = material.tables[METROS].iloc[0]
    made_up = first["source"] == MADE_UP
    return EditionNotes(
        quarter=str(material.quarter),
        source=first["source"],
        period=str(material.quarter),
        method=f"by quarter of filing; AI companies of tier {first['tiers']}; of amendments what they add",
        licence="written for the project" if made_up else "public domain",
        reconstructed=not made_up and material.reconstructed(RAW),
        remark=SAYS_NOTHING if made_up else "",
        basis=f"tiers {first['tiers']}",
        warning=f"{SAYS_NOTHING}." if made_up else "",
        made_up=made_up,
    )
