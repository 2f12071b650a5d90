"""Which files of an edition's folder the site made itself, so that they are not among those that it is made from."""

from pathlib import Path

from where_is_ai.site.differences import FOLDER as DIFFERENCES
from where_is_ai.site.figures import FOLDER as MAPS
from where_is_ai.site.more_rows import FOLDER as ROWS
from where_is_ai.site.pages import pages
from where_is_ai.site.walk import FOLDER as WALK

CITATION = "CITATION.cff"
OTHERS = ("data", "story", "index")
PREVIEW = "-Preview.jpg"
# Scripts of a map's measures and times; what else lies beside them was drawn.
MAP_DATA = ("-values", "-releases", "-looks")


def edition_pages() -> tuple[str, ...]:
    """The slugs of an edition's pages."""
    return (*(page.slug for page in pages()), *OTHERS)


def is_own(path: Path) -> bool:
    """Whether the site makes the file at ``path`` from the edition's folder."""
    if path.parent.name == MAPS:
        return path.stem.endswith(MAP_DATA)
    if path.parent.name in (DIFFERENCES, ROWS, WALK):
        return True
    return path.name in {CITATION, *(f"{slug}.html" for slug in edition_pages())} or path.name.endswith(
        PREVIEW
    )
