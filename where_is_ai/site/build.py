"""The whole site out of the published folder: the same editions give the same bytes."""

import uuid
from collections.abc import Sequence
from pathlib import Path

from where_is_ai.errors import UsageError
from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.publication.edition import editions
from where_is_ai.settings import given_values
from where_is_ai.site.assets import FOLDER, remove_old_assets, write_assets
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.edition_pages import update_edition_pages
from where_is_ai.site.for_machines import write_for_machines
from where_is_ai.site.frame import TEMPLATES, Frame, page
from where_is_ai.site.metro_pages import update_metros
from where_is_ai.site.metros import places_of
from where_is_ai.site.outlines import forget_outlines, outlined
from where_is_ai.site.overview import cards, edition_picture
from where_is_ai.site.read import Published
from where_is_ai.site.record import Record
from where_is_ai.site.writing import human_size, write
from where_is_ai.templates import fill

ADDRESS, DOI, REPORTS = "WHERE_IS_AI_SITE", "WHERE_IS_AI_DOI", "WHERE_IS_AI_REPORTS"
FEED_ID = uuid.uuid5(uuid.NAMESPACE_URL, "where-is-ai/editions")


def site_address() -> str:
    """Where the site will be, from the setting WHERE_IS_AI_SITE; empty where it is not set."""
    return given_values().get(ADDRESS, "")


def build_site(published: Path, address: str = "") -> Path:
    """Write every page of every edition in ``published``, the metros' pages and the feed, the front page last.

    Pages whose every part is as it was the last time are left alone, which their record in ``.site`` tells.

    ``address`` is where the site will be, if that is known: shared links then name their picture in full. Gives the
    front page. Raises WhereIsAIError where an edition can't be read, UsageError where ``address`` is none.
    """
    if address and not address.startswith(("https://", "http://")):
        raise UsageError(f"{address!r} is no address of a site.", "Write https:// in front.")
    address = f"{address.rstrip('/')}/" if address else ""
    record = Record(published)
    found = [outlined(published, quarter) for quarter in editions(published)]
    assets = write_assets(published)
    write(published / FOLDER / "editions.js", _editions(found))
    places = places_of(found)
    given = given_values()
    frame = Frame(found, assets, address, given.get(DOI, ""), given.get(REPORTS, ""), metros=places.pages)
    for edition, before in zip(found, [*found, None][1:], strict=True):
        update_edition_pages(record, frame, edition, before)
    update_metros(record, published, frame, places)
    write_for_machines(published, frame, places)
    write(published / "feed.xml", _feed(found, address))
    remove_old_assets(published, assets)
    record.keep()
    forget_outlines(published, found)
    return write(published / "index.html", _front(published, frame))


def _editions(found: Sequence[Published]) -> str:
    """The script that names all editions, which those of their pages load that are asked for them."""
    return data_script([[each.quarter, each.is_sample] for each in found])


def _front(published: Path, frame: Frame) -> str:
    database = published / DATABASE
    newest = frame.editions[0] if frame.editions else None
    return page(
        "editions.html.j2",
        frame,
        "index.html",
        "Where AI actually happens, by metro · where-is-ai",
        "Re-measured every quarter from primary sources, and every number can be walked back to them.",
        edition_picture(newest) if newest else None,
        editions=[
            {"quarter": each.quarter, "is_sample": each.is_sample, "holds": each.outline.holds}
            for each in frame.editions
        ],
        cards=cards(newest) if newest else [],
        database={"name": DATABASE, "size": human_size(database.stat().st_size)}
        if database.is_file()
        else None,
    )


def _feed(found: Sequence[Published], address: str) -> str:
    """An Atom feed of the editions, dated by their newest input."""
    entries = [
        {
            "id": uuid.uuid5(FEED_ID, edition.quarter).urn,
            "quarter": edition.quarter,
            "is_sample": edition.is_sample,
            "updated": edition.newest_input,
            "summary": edition.outline.summary,
        }
        for edition in found
    ]
    updated = max((entry["updated"] for entry in entries), default="1970-01-01T00:00:00Z")
    return fill(TEMPLATES / "feed.xml.j2", id=FEED_ID.urn, updated=updated, entries=entries, address=address)
