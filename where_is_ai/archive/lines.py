"""Files of lines that are only added to: the archive's index, and what was set aside of it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from where_is_ai.archive.entry import RETRIEVED_AT
from where_is_ai.errors import BadUpstream


class SetAside:
    """``set-aside.jsonl``: sha256, set_aside_at and why of kept bytes that were found bad, one a line."""

    def __init__(self, path: Path):
        self.path = path
        self._size = 0
        self._why: dict[str, str] = {}

    def read(self) -> dict[str, str]:
        """Why each was set aside, by its sha256."""
        if (size := size_of(self.path)) != self._size:
            with unreadable_explained(self.path):
                lines = self.path.read_bytes().rpartition(b"\n")[0].splitlines()
            self._why = dict(map(self._parsed, lines))
            self._size = size
        return self._why

    def add(self, sha256: str, why: str, now: datetime) -> None:
        """Name ``sha256``; the caller holds the archive's lock."""
        said = {"sha256": sha256, "set_aside_at": now.astimezone(UTC).strftime(RETRIEVED_AT), "why": why}
        append_line(self.path, json.dumps(said, ensure_ascii=False, allow_nan=False))

    def _parsed(self, line: bytes) -> tuple[str, str]:
        try:
            said = json.loads(line)
            return said["sha256"], said["why"]
        except (ValueError, TypeError, KeyError):
            raise BadUpstream(
                f"{self.path} has a line that can't be read: {line[:60].decode(errors='replace')!r}.",
                "Restore the file from a copy of the archive.",
            ) from None


def append_line(path: Path, line: str) -> None:
    """Add a line; a torn last line, left by a machine that stopped while writing, is cut off first."""
    with path.open("a+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        if file.read(1) not in (b"\n", b""):
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def size_of(path: Path) -> int:
    """Its bytes, 0 where it is not there."""
    with unreadable_explained(path):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return 0


@contextmanager
def unreadable_explained(path: Path) -> Iterator[None]:
    """Turn what the system says against reading ``path`` into an error that names it."""
    try:
        yield
    except OSError as error:
        raise BadUpstream(
            f"{path} can't be read: {error.strerror or type(error).__name__}.",
            "Make the archive readable, and see that it is a folder.",
        ) from None
