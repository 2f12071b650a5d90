"""What made-up archives of layers share: the sample archive's metros, and answers that say that nobody sent them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.settings import SAMPLE_ARCHIVE


def copy_places(archive: Archive) -> None:
    """Enter the Census Bureau's metros, their residents and counties into ``archive``, from the sample archive."""
    sample = Archive(SAMPLE_ARCHIVE)
    for request in (GAZETTEER, POPULATION, DELINEATION):
        entry = sample.versions(request.url)[-1]
        archive.keep(sample.read(entry), request, entry.retrieved, reconstructed=True, note=entry.note)


def enter(archive: Archive, request: Request, content: bytes, day: date, what: str) -> None:
    """Enter an answer that ``what`` says is made up, such as "made-up filings", as if it had come on ``day``."""
    archive.keep(content, request, datetime.combine(day, time(5), UTC), reconstructed=True, note=what)


def whose(entries: Sequence[Entry], made_up: str, received: str) -> str:
    """Whose figures the answers hold: those ``received``, or ``made_up`` ones where any is."""
    return made_up if any(entry.note == made_up for entry in entries) else received


def says_nothing(made_up: str) -> str:
    """What is said wherever made-up figures are shown."""
    return f"{made_up.capitalize()}: they say nothing about the world"
