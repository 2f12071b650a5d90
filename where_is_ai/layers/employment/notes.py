"""Where the numbers of an edition come from, as its pictures and pages say it."""

from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.layer import Material
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.occupations import TITLES, ai_occupations

RAW = "raw_oews_metro"

PAY_NOTE = (
    "Pay is often published where employment is not. An occupation that is not shown has at most what its group "
    "leaves over; it shares that with others that are not shown."
)
RANK_NOTE = (
    "“Rank from” and “rank to” allow for the sampling error alone: what is hidden elsewhere can move a metro by far "
    "more, as its page says."
)
WIDE_NOTE = (
    "The count by a wider definition stands apart and is never mixed with the strict one; its name, its weights and "
    "what BLS does not show of it are in the file."
)


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
