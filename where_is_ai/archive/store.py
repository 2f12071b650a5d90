"""The archive on disk: raw answers by their sha256, never edited, and an index that is only added to."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from io import BufferedReader
from pathlib import Path

from filelock import FileLock

from where_is_ai.archive.entry import RETRIEVED_AT, Entry, Request
from where_is_ai.archive.lines import SetAside, append_line, size_of, unreadable_explained
from where_is_ai.errors import BadUpstream, NotArchived, UsageError
from where_is_ai.files import locked, side_file, sync, unwritable_explained
from where_is_ai.quarters import Quarter
from where_is_ai.reading import ARCHIVE, note
from where_is_ai.redaction import printable

# A quarter is measured on the 20th day after its end; what was retrieved by then, with some days for a late
# rerun, was archived in its time. Later answers say what the source says today, not what was known then.
IN_TIME = timedelta(days=31)
# The folder of locks, one for each request that is being fetched.
FETCHING = ".fetching"
_RESTORE = "Restore the file from a copy of the archive, or fetch it again with a live run."


class Archive:
    """A folder of kept answers: ``objects/ab/abcd…`` and ``index.jsonl``, one Entry a line, oldest first.

    ``set-aside.jsonl``, where there is one, names kept bytes that were found bad: no run uses their entries any more.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._index = folder / "index.jsonl"
        self._aside = SetAside(folder / "set-aside.jsonl")
        self._lock = threading.RLock()
        self._read_bytes = 0
        self._entries: dict[str, list[Entry]] = {}

    def versions(self, key: str) -> list[Entry]:
        """All kept answers of a request's ``key`` (its address, where nothing is posted), oldest first."""
        note(ARCHIVE)
        with self._lock:
            self._read_on()
            return self._in_use(self._entries.get(key, ()))

    def newest(self, prefix: str) -> list[Entry]:
        """The last kept answer of each address that begins with ``prefix``, in the order of the addresses."""
        note(ARCHIVE)
        with self._lock:
            self._read_on()
            urls = sorted(url for url in self._entries if url.startswith(prefix))
            return [kept[-1] for url in urls if (kept := self._in_use(self._entries[url]))]

    def version(self, key: str, quarter: Quarter) -> Entry:
        """The answer of a request's ``key`` that a run of ``quarter`` uses: the last one in its time, else the newest.

        Raises NotArchived where there is none.
        """
        versions = self.versions(key)
        if not versions:
            raise NotArchived(
                f"The archive {self.folder} holds no answer of {key}.", "Fetch it with a live run."
            )
        in_time = [entry for entry in versions if retrieved_in_time(entry, quarter)]
        return (in_time or versions)[-1]

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A side file inside the archive to put an answer in; gone afterwards unless it was adopted."""
        with side_file(self.folder) as aside:
            yield aside

    @contextmanager
    def fetching(self, request: Request, say: Callable[[str], None]) -> Iterator[None]:
        """Hold ``request``, so that no other thread or process asks for it at the same time; wait where one does."""
        name = hashlib.sha256(request.key.encode()).hexdigest()[:32]
        with locked(
            self.folder / FETCHING / name,
            lambda: say(f"{request.url} is being fetched by another run; waiting for its answer."),
        ):
            yield

    def set_aside(self, sha256: str, why: str, now: datetime) -> list[Entry]:
        """Let no run use the kept bytes with this sha256 (or its beginning) any more; their entries.

        Nothing is moved or removed. Raises NotArchived where the index names none such, UsageError where it names
        several or ``why`` is empty.
        """
        if not why.strip():
            raise UsageError("Nothing says why it is set aside.", "Say what is wrong with it: --why TEXT.")
        with self._lock:
            self._read_on()
            everything = [entry for kept in self._entries.values() for entry in kept]
        found = [entry for entry in everything if sha256 and entry.sha256.startswith(sha256.lower())]
        names = sorted({entry.sha256 for entry in found})
        if not names:
            raise NotArchived(
                f"The archive {self.folder} holds nothing with the sha256 {sha256!r}.",
                "Look it up in the provenance of an edition or in index.jsonl.",
            )
        if len(names) > 1:
            raise UsageError(f"{sha256!r} begins {len(names)} kept answers.", "Give more of the sha256.")
        with unwritable_explained(self.folder), self._lock, FileLock(self.folder / ".lock"):
            self._aside.add(names[0], why.strip(), now)
        return found

    def set_aside_because(self) -> dict[str, str]:
        """Why kept bytes were set aside, by their sha256."""
        with self._lock:
            return dict(self._aside.read())

    def _in_use(self, entries: Sequence[Entry]) -> list[Entry]:
        bad = self._aside.read()
        return [entry for entry in entries if entry.sha256 not in bad]

    def adopt(self, aside: Path, request: Request, now: datetime, **more: object) -> Entry:
        """Keep the side file's content as an answer to ``request`` and enter it in the index.

        ``more`` sets further fields of the Entry (etag, last_modified, reconstructed, note).
        """
        with unwritable_explained(self.folder), self._lock, FileLock(self.folder / ".lock"):
            with aside.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            if why := self._aside.read().get(sha256):
                raise BadUpstream(
                    f"{request.url} gave the bytes again that were set aside: {why}.",
                    "Wait until the source has mended them.",
                )
            entry = Entry.of(request, sha256, aside.stat().st_size, now, **more)
            kept = self.path(entry)
            kept.parent.mkdir(parents=True, exist_ok=True)
            aside.chmod(0o600 if request.source.private else 0o644)
            aside.replace(kept)
            sync(kept.parent)
            self._append(entry)
        return entry

    def keep(self, content: bytes, request: Request, now: datetime, **more: object) -> Entry:
        """Like ``adopt``, for content that is at hand as bytes."""
        with self.aside() as aside:
            with unwritable_explained(self.folder):
                aside.write_bytes(content)
            return self.adopt(aside, request, now, **more)

    def enter_again(self, entry: Entry, now: datetime) -> Entry:
        """Note that the source still gave ``entry``'s bytes at ``now``; they are kept once."""
        again = replace(entry, retrieved_at=now.astimezone(UTC).strftime(RETRIEVED_AT))
        with unwritable_explained(self.folder), self._lock, FileLock(self.folder / ".lock"):
            self._append(again)
        return again

    def path(self, entry: Entry) -> Path:
        return self.folder / "objects" / entry.sha256[:2] / entry.sha256

    def read(self, entry: Entry) -> bytes:
        """The bytes of ``entry``; raises BadUpstream where they are gone or are no longer what was kept."""
        with self._kept_file(entry) as file:
            content = file.read()
            _require_kept(entry, hashlib.sha256(content).hexdigest(), file.name)
        return content

    def verified(self, entry: Entry) -> Path:
        """The file of ``entry``, for what is too large to be read at once; raises BadUpstream as ``read`` does."""
        with self._kept_file(entry) as file:
            _require_kept(entry, hashlib.file_digest(file, "sha256").hexdigest(), file.name)
        return self.path(entry)

    @contextmanager
    def _kept_file(self, entry: Entry) -> Iterator[BufferedReader]:
        path = self.path(entry)
        try:
            with path.open("rb") as file:
                yield file
        except FileNotFoundError:
            raise BadUpstream(f"{path}, the kept answer of {entry.url}, is missing.", _RESTORE) from None
        except OSError as error:
            raise BadUpstream(
                f"{path}, the kept answer of {entry.url}, can't be read: {error.strerror}.", _RESTORE
            ) from None

    def _append(self, entry: Entry) -> None:
        append_line(self._index, entry.to_json())

    def _read_on(self) -> None:
        """Take in the whole lines that were added since the last look, by this process or another."""
        size = size_of(self._index)
        if size < self._read_bytes:
            self._read_bytes, self._entries = 0, {}
        if size == self._read_bytes:
            return
        with unreadable_explained(self._index), self._index.open("rb") as index:
            index.seek(self._read_bytes)
            added = index.read()
        whole = added[: added.rfind(b"\n") + 1]
        entries = [self._entry(line) for line in whole.split(b"\n")[:-1]]
        self._read_bytes += len(whole)
        for entry in entries:
            self._entries.setdefault(entry.key, []).append(entry)

    def _entry(self, line: bytes) -> Entry:
        try:
            return Entry.from_json(line.decode())
        except ValueError:
            raise BadUpstream(
                f"{self._index} has a line that is no entry: {printable(line[:60].decode(errors='replace'))!r}.",
                "where-is-ai doctor --archive names all such lines. Restore the index from a copy of the archive.",
            ) from None


def _require_kept(entry: Entry, sha256: str, path: str) -> None:
    if sha256 != entry.sha256:
        raise BadUpstream(f"{path}, the kept answer of {entry.url}, was changed after it was kept.", _RESTORE)


def retrieved_in_time(entry: Entry, quarter: Quarter) -> bool:
    """Whether an answer was archived in the quarter's time, so that it says what was known then."""
    closing = datetime.combine(quarter.last_day, time.max, UTC) + IN_TIME
    return entry.retrieved <= closing
