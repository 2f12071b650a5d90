"""Where the numbers of an edition come from, as its pictures and pages say it."""

from where_is_ai.layers.adoption.origin import MADE_UP, RECEIVED, SAYS_NOTHING
from where_is_ai.layers.adoption.trace import METROS, STATES
from where_is_ai.layers.adoption.words import wording_text
from where_is_ai.layers.layer import Material
from where_is_ai.maps.notes import EditionNotes

RAW = "raw_btos_states"


def notes(material: Material) -> EditionNotes:
    """Notes on the edition's table by state, without it on that by metro."""
    return notes_on(next(name for name in (STATES, METROS) if material.has_rows(name)), material)


def notes_on(table: str, material: Material) -> EditionNotes:
    """Notes on the quarter's cycles in ``table``, the question's wording and the sample that was asked."""
    rows = material.tables[table]
    cycles, most = (
        int(rows["cycles_in_quarter"].max()),
        int((rows["cycles"] + rows["suppressed_cycles"]).max()),
    )
    wording, samples = wording_text(rows), " and ".join(sorted(rows["samples"].unique()))
    made_up = bool(rows["source"].eq(MADE_UP).any())
    remarks = (
        SAYS_NOTHING * made_up,
        f"The file at hand has {most} of the quarter's {cycles} cycles" * (most < cycles),
    )
    return EditionNotes(
        quarter=str(material.quarter),
        source=MADE_UP if made_up else RECEIVED,
        period=str(material.quarter),
        method=f"mean of two-week cycles, by the end of their collection; asked {wording}; sample of {samples}"
        if wording
        else "no number: the question's wording changed within the quarter",
        licence="written for the project" if made_up else "public domain",
        reconstructed=not made_up and material.reconstructed(RAW),
        remark=". ".join(each for each in remarks if each),
        basis=f"{wording}; {samples}{'; made up' * made_up}",
        warning=f"{SAYS_NOTHING}." if made_up else "",
        made_up=made_up,
    )
