"""Where the numbers of an edition come from, as its pictures and pages say it."""

from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.layer import Material
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.occupations import TITLES, ai_occupations

RAW = "raw_oews_metro"


def notes(material: Material) -> EditionNotes:
    """Notes on the release of BLS OEWS that the quarter knew."""
    release = release_known_in(material.quarter)
    occupations = ai_occupations(release.reference_month)
    return EditionNotes(
        quarter=str(material.quarter),
        source="BLS OEWS",
        period=str(release),
        method=" and ".join(f"{TITLES[code]} (SOC {code})" for code in occupations),
        reconstructed=material.reconstructed(RAW),
        remark=f"This quarter repeats {release}" * release.repeated_in(material.quarter),
    )
