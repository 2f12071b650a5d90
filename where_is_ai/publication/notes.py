"""What the pictures of each layer say about where their numbers come from."""

from collections.abc import Sequence

from where_is_ai.archive.entry import Entry
from where_is_ai.employment.occupations import TITLES, ai_occupations
from where_is_ai.employment.releases import release_known_in
from where_is_ai.publication.maps import EditionNotes
from where_is_ai.quarters import Quarter
from where_is_ai.research.methods import ArticleMethod


def of_employment(quarter: Quarter, method: ArticleMethod, entries: Sequence[Entry]) -> EditionNotes:  # noqa: ARG001
    """Notes on BLS OEWS; the research method plays no part in them."""
    release = release_known_in(quarter)
    return EditionNotes(
        quarter=str(quarter),
        source="BLS OEWS",
        period=str(release),
        method=" and ".join(f"{TITLES[code]} (SOC {code})" for code in ai_occupations(release)),
        reconstructed=any(entry.reconstructed for entry in entries),
        remark=f"This quarter repeats {release}" * release.repeated_in(quarter),
    )


def of_research(quarter: Quarter, method: ArticleMethod, entries: Sequence[Entry]) -> EditionNotes:
    """Notes on OpenAlex."""
    first, last = method.window(quarter)
    return EditionNotes(
        quarter=str(quarter),
        source="OpenAlex",
        period=f"{first:%-d %B %Y} to {last:%-d %B %Y}",
        method=f"method “{method.name}”",
        licence="CC0",
        reconstructed=any(entry.reconstructed for entry in entries),
    )
