"""Writing files so that a reader finds either the old bytes or the new ones, never a half."""

import errno
import fcntl
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from where_is_ai.errors import WhereIsAIError
from where_is_ai.settings import is_set

PART = ".part-"
UNWRITABLE = " can't be written: "
# A side file that nobody writes is swept when it is older than this.
FORSAKEN_S = 3600
_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_IN_THE_WAY = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
# The side file's name is longer than that of the file that it becomes.
_STEM_LETTERS = 40


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give a side file to write; when the block succeeds it is fsynced and renamed to ``path``.

    The side file keeps the suffix of ``path``, since some writers choose their format by it.
    """
    with side_file(path.parent, f"{path.stem[:_STEM_LETTERS]}-", path.suffix, path) as aside:
        with full_disk_explained(path):
            yield aside
        with unwritable_explained(path):
            sync(aside)
            aside.chmod(0o644)
            aside.replace(path)
            sync(path.parent)


@contextmanager
def side_file(folder: Path, stem: str = "", suffix: str = "", meant: Path | None = None) -> Iterator[Path]:
    """A new empty file in ``folder``, gone after the block unless it was renamed; ``meant`` is what errors name."""
    with unwritable_explained(meant or folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=f"{PART}{stem}", suffix=suffix)
        while not marked_as_in_use(descriptor, Path(name)):
            os.close(descriptor)
            descriptor, name = tempfile.mkstemp(dir=folder, prefix=f"{PART}{stem}", suffix=suffix)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
        os.close(descriptor)


def sweep(folder: Path, pattern: str = f"{PART}*", older_than_s: float = FORSAKEN_S) -> list[Path]:
    """Remove the side files (or locks) in ``folder`` that a process left which is no more; those that were removed."""
    swept = []
    with suppress(OSError):
        for path in folder.glob(pattern):
            if path.is_file() and _age_s(path) >= older_than_s and _remove_forsaken(path):
                swept.append(path)
    return swept


@contextmanager
def locked(path: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock file ``path``, alone among threads and processes; ``waiting`` is called where another holds it.

    The system frees it when its holder dies, and the file is gone afterwards.
    """
    with unwritable_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _lock(path, waiting)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def marked_as_in_use(descriptor: int, path: Path) -> bool:
    """Tell who sweeps that this process still writes ``path``; False where it was swept before that could be told.

    The system lets go of the mark however the process ends; one that knows no such marks sweeps nothing either.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return path.exists()


def write_bytes(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` atomically."""
    with written_aside(path) as aside, unwritable_explained(path):
        aside.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Replace ``path`` by ``content`` as UTF-8 atomically."""
    write_bytes(path, content.encode())


def write_json(path: Path, content: object) -> None:
    """Replace ``path`` by ``content`` as JSON atomically.

    Raises ValueError for NaN and infinity, which Python writes and other readers of JSON refuse: unknown is null.
    """
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


@contextmanager
def unwritable_explained(path: Path) -> Iterator[None]:
    """Turn what the system says against writing ``path`` into an error that names it and the remedy."""
    try:
        yield
    except OSError as error:
        raise WhereIsAIError(f"{_named(path)}{UNWRITABLE}{_why(path, error)}.", _remedy(error)) from None


@contextmanager
def full_disk_explained(path: Path) -> Iterator[None]:
    """Like ``unwritable_explained``, for a block that also does other things: only a full disk is surely ours."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        with unwritable_explained(path):
            raise


def explained(error: OSError) -> WhereIsAIError:
    """What the system says against the file that ``error`` names, and the remedy: where nothing nearer explains it."""
    path = Path(os.fsdecode(error.filename)) if error.filename else None
    what = _named(path) if path else "A file"
    return WhereIsAIError(f"{what} can't be read or written: {_why(path, error)}.", _remedy(error))


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(path: Path, waiting: Callable[[], None]) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Whoever held it has removed it by now; another may have made it anew.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _age_s(path: Path) -> float:
    return max(0.0, time.time() - path.stat().st_mtime)


def _remove_forsaken(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        path.unlink(missing_ok=True)
    return True


def _why(path: Path | None, error: OSError) -> str:
    if path and error.errno in _IN_THE_WAY:
        in_the_way = next((each for each in (path, *path.parents) if _is_no_folder(each)), None)
        if in_the_way:
            return f"{_named(in_the_way)} is a file where a folder should be"
    # In the system's own words: libraries have others, and each file's would differ.
    return os.strerror(error.errno) if error.errno else str(error) or type(error).__name__


def _remedy(error: OSError) -> str:
    elsewhere = (
        "choose another data folder"
        if is_set("WHERE_IS_AI_DATA")
        else "set WHERE_IS_AI_DATA to another folder"
    )
    if error.errno in _FULL:
        return f"Free some space, or {elsewhere} on another disk."
    if error.errno == errno.ENAMETOOLONG:
        return f"Give it a shorter name, or {elsewhere} with a shorter path."
    if error.errno in _IN_THE_WAY:
        return f"Move what is in the way, or {elsewhere}."
    if error.errno in _READ_ONLY:
        return f"Make the folder writable, or {elsewhere}."
    return f"See that the folder can be written and the disk isn't full, or {elsewhere}."


def _named(path: Path) -> str:
    """A path as an error tells it: a name of thousands of letters is cut."""
    text = str(path)
    return text if len(text) <= 300 else f"{text[:200]}…{text[-60:]}"


def _is_no_folder(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir()
    except OSError:
        return False


@contextmanager
def file_or_standard_input(given: Path) -> Iterator[Path]:
    """The file ``given``; for - one that holds standard input, since its lines are read twice."""
    if str(given) != "-":
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "standard input"
        kept.write_bytes(sys.stdin.buffer.read())
        yield kept
