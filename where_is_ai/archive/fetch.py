"""Answers to requests: replayed from the archive, or fetched live and kept. The only door that layers use."""

import hashlib
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from where_is_ai.archive.content import check_content
from where_is_ai.archive.download import CONCURRENT, PROGRESS_EVERY_S, Downloader
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.mirror import file_in_mirror
from where_is_ai.archive.pace import Allowance
from where_is_ai.archive.store import FETCHING, Archive
from where_is_ai.errors import UsageError
from where_is_ai.files import sweep, unwritable_explained
from where_is_ai.quarters import Quarter
from where_is_ai.reading import ARCHIVE, note
from where_is_ai.settings import Settings

Say = Callable[[str], None]


class Library(Protocol):
    """Where layers get answers: NotArchived where a replay has none, BadUpstream where a source fails."""

    def get(self, request: Request, quarter: Quarter) -> Entry:
        """The entry that a run of ``quarter`` uses for ``request``."""

    def get_all(self, requests: Sequence[Request], quarter: Quarter) -> list[Entry]:
        """The entries of ``requests`` in their order, asked for at the same time where that is allowed."""

    def is_paid(self, request: Request) -> bool:
        """Whether ``get`` would give ``request`` from the archive, so that it costs nothing."""

    def allowance(self, free: Request) -> Allowance | None:
        """What is left of the source's budget today, by asking ``free``, which must cost nothing; None if unknown."""

    def read(self, entry: Entry) -> bytes:
        """Its bytes, as received."""

    def path(self, entry: Entry) -> Path:
        """The file that holds them as received, for what is too large to be read at once."""

    def versions(self, request: Request) -> list[Entry]:
        """All kept answers of ``request``, oldest first, without asking anybody."""

    def newest(self, prefix: str) -> list[Entry]:
        """The last kept answer of each address that begins with ``prefix``, without asking anybody."""


class _Kept:
    """What the archive alone can answer."""

    def __init__(self, archive: Archive):
        self.archive = archive

    def read(self, entry: Entry) -> bytes:
        return self.archive.read(entry)

    def path(self, entry: Entry) -> Path:
        return self.archive.verified(entry)

    def newest(self, prefix: str) -> list[Entry]:
        return self.archive.newest(prefix)

    def versions(self, request: Request) -> list[Entry]:
        return self.archive.versions(request.key)


class Replay(_Kept):
    """Answers only from the archive; never touches the network."""

    def get(self, request: Request, quarter: Quarter) -> Entry:
        return self.archive.version(request.key, quarter)

    def get_all(self, requests: Sequence[Request], quarter: Quarter) -> list[Entry]:
        return [self.get(request, quarter) for request in requests]

    def is_paid(self, request: Request) -> bool:  # noqa: ARG002 (a replay never pays)
        return True

    def allowance(self, free: Request) -> Allowance | None:  # noqa: ARG002
        return None


class Live(_Kept):
    """Asks the source (or its mirror), keeps what arrives, and gives the kept answer."""

    def __init__(self, archive: Archive, settings: Settings, say: Say = lambda message: None):
        if not settings.contact and not settings.mirror_folder:
            raise UsageError(
                "Live mode needs WHERE_IS_AI_CONTACT: sources refuse clients that do not say who asks.",
                "Set it to an e-mail address that is read; it goes into the User-Agent.",
            )
        super().__init__(archive)
        self._settings = settings
        self._downloader = Downloader(settings, say)
        self._say = say

    def get(self, request: Request, quarter: Quarter) -> Entry:  # noqa: ARG002 (live answers are today's)
        with self._settings.kept_from_errors():
            if kept := self._young(request):
                return kept
            with self.archive.fetching(request, self._say):
                # Whoever held the request before us may have just paid for its answer.
                return self._young(request) or self._fetch(request)

    def _young(self, request: Request) -> Entry | None:
        """The kept answer where it is young enough not to be asked for again."""
        latest = self._latest(request)
        return latest if latest and _is_fresh(latest, request, datetime.now(UTC)) else None

    def _fetch(self, request: Request) -> Entry:
        now, latest = datetime.now(UTC), self._latest(request)
        if by_hand := self._by_hand(request):
            return self._copy(by_hand, request, now, latest)
        if folder := self._settings.mirror_folder:
            return self._copy(file_in_mirror(request, folder), request, now)
        entry = self._downloader.download(request, latest, self.archive)
        return self.archive.enter_again(entry, now) if request.each_time and entry is latest else entry

    def get_all(self, requests: Sequence[Request], quarter: Quarter) -> list[Entry]:
        # Threads of their own don't know which step they work for.
        note(ARCHIVE)
        told = time.monotonic()
        with ThreadPoolExecutor(CONCURRENT) as pool:
            asked = [pool.submit(self.get, request, quarter) for request in requests]
            try:
                for done, answer in enumerate(as_completed(asked), start=1):
                    answer.result()
                    if time.monotonic() - told >= PROGRESS_EVERY_S:
                        told = time.monotonic()
                        self._say(f"{requests[0].source.name}: {done:,} of {len(requests):,} answers")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [answer.result() for answer in asked]

    def is_paid(self, request: Request) -> bool:
        return self._young(request) is not None

    def allowance(self, free: Request) -> Allowance | None:
        return None if self._settings.mirror_folder else self._downloader.ask_allowance(free)

    def _latest(self, request: Request) -> Entry | None:
        return next(reversed(self.archive.versions(request.key)), None)

    def _by_hand(self, request: Request) -> Path | None:
        """A file of the address's name that somebody put there, for what can't be fetched from here."""
        name = Path(urlsplit(request.url).path).name
        file = self._settings.by_hand / name
        plain = not request.body and not urlsplit(request.url).query
        return file if name and plain and file.is_file() else None

    def _copy(self, file: Path, request: Request, now: datetime, latest: Entry | None = None) -> Entry:
        if latest and _sha256(file) == latest.sha256:
            return latest
        with self.archive.aside() as aside:
            with unwritable_explained(aside):
                shutil.copyfile(file, aside)
            check_content(aside, request, self._settings.limits)
            return self.archive.adopt(aside, request, now)


def open_library(settings: Settings, say: Say = lambda message: None) -> Library:
    """The library that the settings choose. Raises UsageError where live mode lacks a contact."""
    archive = Archive(settings.archive)
    if settings.source != "sample":
        # What another process still writes or holds is marked as such, however young it is.
        sweep(archive.folder, older_than_s=0)
        sweep(archive.folder / FETCHING, "*", older_than_s=0)
    return Live(archive, settings, say) if settings.source == "live" else Replay(archive)


def _is_fresh(latest: Entry, request: Request, now: datetime) -> bool:
    return now - latest.retrieved < request.fresh_for


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
