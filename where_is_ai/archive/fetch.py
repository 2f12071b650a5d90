"""Answers to requests: replayed from the archive, or fetched live and kept. The only door that layers use."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from where_is_ai.archive.content import check_content
from where_is_ai.archive.download import Downloader
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.mirror import file_in_mirror
from where_is_ai.archive.store import Archive
from where_is_ai.errors import UsageError
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

Say = Callable[[str], None]


class Library(Protocol):
    """Where layers get answers: NotArchived where a replay has none, BadUpstream where a source fails."""

    def get(self, request: Request, quarter: Quarter) -> Entry:
        """The entry that a run of ``quarter`` uses for ``request``."""

    def read(self, entry: Entry) -> bytes:
        """Its bytes, as received."""


class Replay:
    """Answers only from the archive; never touches the network."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.read = archive.read

    def get(self, request: Request, quarter: Quarter) -> Entry:
        return self.archive.version(request.url, quarter)


class Live:
    """Asks the source (or its mirror), keeps what arrives, and gives the kept answer."""

    def __init__(self, archive: Archive, settings: Settings, say: Say = lambda message: None):
        if not settings.contact and not _is_folder(settings.mirror):
            raise UsageError(
                "Live mode needs WHERE_IS_AI_CONTACT: sources refuse clients that do not say who asks.",
                "Set it to an e-mail address that is read; it goes into the User-Agent.",
            )
        self.archive = archive
        self.read = archive.read
        self._settings = settings
        self._downloader = Downloader(settings, say)
        self._say = say

    def get(self, request: Request, quarter: Quarter) -> Entry:  # noqa: ARG002 (live answers are today's)
        now = datetime.now(UTC)
        latest = next(reversed(self.archive.versions(request.url)), None)
        if latest and now - latest.retrieved < request.fresh_for:
            return latest
        if _is_folder(self._settings.mirror):
            return self._copy(file_in_mirror(request, Path(self._settings.mirror)), request, now)
        return self._downloader.download(request, latest, self.archive)

    def _copy(self, file: Path, request: Request, now: datetime) -> Entry:
        with self.archive.aside() as aside:
            shutil.copyfile(file, aside)
            check_content(aside, request)
            return self.archive.adopt(aside, request, now)


def open_library(settings: Settings, say: Say = lambda message: None) -> Library:
    """The library that the settings choose. Raises UsageError where live mode lacks a contact."""
    archive = Archive(settings.archive)
    return Live(archive, settings, say) if settings.source == "live" else Replay(archive)


def _is_folder(mirror: str) -> bool:
    return bool(mirror) and not mirror.startswith(("http://", "https://"))
