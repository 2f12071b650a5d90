"""The archive on disk: raw answers by their sha256, never edited, and an index that is only added to."""

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from filelock import FileLock

from where_is_ai.archive.entry import RETRIEVED_AT, Entry, Request
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.files import unwritable_explained
from where_is_ai.quarters import Quarter

# A quarter is measured on the 20th day after its end; what was retrieved by then, with some days for a late
# rerun, was archived in its time. Later answers say what the source says today, not what was known then.
IN_TIME = timedelta(days=31)


class Archive:
    """A folder of kept answers: ``objects/ab/abcd…`` and ``index.jsonl``, one Entry a line, oldest first."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._index = folder / "index.jsonl"
        self._lock = threading.RLock()
        self._read_bytes = 0
        self._entries: dict[str, list[Entry]] = {}

    def versions(self, url: str) -> list[Entry]:
        """All kept answers of ``url``, oldest first."""
        with self._lock:
            self._read_on()
            return list(self._entries.get(url, ()))

    def newest(self, prefix: str) -> list[Entry]:
        """The last kept answer of each address that begins with ``prefix``, in the order of the addresses."""
        with self._lock:
            self._read_on()
            return [self._entries[url][-1] for url in sorted(self._entries) if url.startswith(prefix)]

    def version(self, url: str, quarter: Quarter) -> Entry:
        """The answer of ``url`` that a run of ``quarter`` uses: the last one retrieved in its time, else the newest.

        Raises NotArchived where there is none.
        """
        versions = self.versions(url)
        if not versions:
            raise NotArchived(
                f"The archive {self.folder} holds no answer of {url}.", "Fetch it with a live run."
            )
        in_time = [entry for entry in versions if retrieved_in_time(entry, quarter)]
        return (in_time or versions)[-1]

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A side file inside the archive to put an answer in; gone afterwards unless it was adopted."""
        with unwritable_explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".part-")
            os.close(handle)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def adopt(self, aside: Path, request: Request, now: datetime, **more: object) -> Entry:
        """Keep the side file's content as an answer to ``request`` and enter it in the index.

        ``more`` sets further fields of the Entry (etag, last_modified, reconstructed, note).
        """
        with unwritable_explained(self.folder), self._lock, FileLock(self.folder / ".lock"):
            with aside.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            entry = Entry.of(request, sha256, aside.stat().st_size, now, **more)
            kept = self.path(entry)
            kept.parent.mkdir(parents=True, exist_ok=True)
            aside.chmod(0o644)
            aside.replace(kept)
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
        path = self.path(entry)
        remedy = "Restore the file from a copy of the archive, or fetch it again with a live run."
        if not path.is_file():
            raise BadUpstream(f"{path}, the kept answer of {entry.url}, is missing.", remedy)
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise BadUpstream(
                f"{path}, the kept answer of {entry.url}, was changed after it was kept.", remedy
            )
        return content

    def _append(self, entry: Entry) -> None:
        """Add a line; a torn last line, left by a machine that stopped while writing, is cut off first."""
        with self._index.open("a+b") as index:
            size = index.tell()
            index.seek(max(0, size - 1))
            if index.read(1) not in (b"\n", b""):
                index.seek(0)
                index.truncate(index.read().rfind(b"\n") + 1)
            index.write(entry.to_json().encode() + b"\n")
            index.flush()
            os.fsync(index.fileno())

    def _read_on(self) -> None:
        """Take in the whole lines that were added since the last look, by this process or another."""
        size = self._index.stat().st_size if self._index.exists() else 0
        if size < self._read_bytes:
            self._read_bytes, self._entries = 0, {}
        if size == self._read_bytes:
            return
        with self._index.open("rb") as index:
            index.seek(self._read_bytes)
            added = index.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._read_bytes += len(whole)
        for line in whole.decode().split("\n")[:-1]:
            entry = Entry.from_json(line)
            self._entries.setdefault(entry.url, []).append(entry)


def retrieved_in_time(entry: Entry, quarter: Quarter) -> bool:
    """Whether an answer was archived in the quarter's time, so that it says what was known then."""
    closing = datetime.combine(quarter.last_day, time.max, UTC) + IN_TIME
    return entry.retrieved <= closing
