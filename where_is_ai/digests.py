"""Digests of code and files, by which what was made of them is known to be as it was."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from sys import version as python

_PACKAGE = Path(__file__).resolve().parent
# Larger files are told apart by their size and the time of their last writing alone.
_WHOLLY_READ_BYTES = 64 * 2**20


def digest(parts: Iterable[bytes]) -> str:
    """One digest of several parts, of which none runs into the next."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()[:32]


@cache
def of_code() -> str:
    """The digest of the package's own files, Python and the libraries that it names."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    own = [part for path in files for part in (str(path.relative_to(_PACKAGE)).encode(), path.read_bytes())]
    return digest([python.encode(), *(library.encode() for library in _libraries()), *own])


def of_contents(paths: Iterable[Path]) -> str:
    """The digest of what files hold, by their names; of what is not there it is that of nothing."""
    return digest(
        part
        for path in sorted(paths)
        if path.is_file()
        for part in (path.name.encode(), _of_file(stamp(path)))
    )


def stamp(path: Path) -> bytes:
    """A file's path, size and time of its last writing."""
    state = path.stat()
    return json.dumps([str(path), state.st_size, state.st_mtime_ns]).encode()


def _libraries() -> list[str]:
    found = set()
    for required in requires("where-is-ai") or ():
        if name := match(r"[\w.-]+", required):
            with suppress(PackageNotFoundError):
                found.add(f"{name[0]}=={version(name[0])}")
    return sorted(found)


@cache
def _of_file(stamp: bytes) -> bytes:
    """What a file holds, read once for each ``stamp`` of it."""
    path, size, _ = json.loads(stamp)
    if size > _WHOLLY_READ_BYTES:
        return stamp
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
