"""Replacing a folder whole: a reader finds the old one or the new one, whenever the writer is interrupted.

The new folder is made aside, brought to the disk and exchanged with the old one in one step, where the system can do
that (Linux). Elsewhere two renames do it, with a note beside them by which the next writer completes what was begun.
"""

import ctypes
import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from where_is_ai import files
from where_is_ai.files import PART, marked_as_in_use, sync, unwritable_explained, write_json

_REPLACING = ".replacing-"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the lock of all that writes into ``folder``, which is made; it is free again when its holder is gone."""
    lock = FileLock(folder / ".lock", is_singleton=True)
    with unwritable_explained(Path(lock.lock_file)):
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def replaced_whole(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, beside ``folder``; when the block succeeds it takes its place, else it is gone.

    The caller holds the lock of the folder that holds both, so what an earlier writer left there is swept first.
    """
    with unwritable_explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        recover(folder)
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=_prefix(folder)))
        aside.chmod(0o755)
    try:
        yield aside
        with unwritable_explained(folder):
            for path in (*aside.rglob("*"), aside):
                sync(path)
            take_place(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def side_folder(folder: Path) -> Iterator[Path]:
    """A new empty folder in ``folder``, gone after the block, and swept where the process ends before."""
    with unwritable_explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, aside = _new_side_folder(folder)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what ended processes left half made anywhere in ``folder``; what is still being made is left alone."""
    for note in [*folder.glob(f"**/{_note(Path('*')).name}")]:
        recover(note.with_name(note.name.removeprefix(_REPLACING).removesuffix(".json")))
    files.sweep(folder, f"**/{PART}*", 0)
    for left in [path for path in folder.glob(f"**/{PART}*") if path.is_dir()]:
        with suppress(OSError):
            _remove_forsaken(left)


def link(path: Path, to: Path) -> None:
    """Give ``path`` the name ``to`` as well, or where the file system can't do that, copy it.

    Files here are replaced and never written into, so both names keep what they name.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    to.unlink(missing_ok=True)
    try:
        os.link(path, to)
    except OSError:
        shutil.copyfile(path, to)


def recover(folder: Path) -> None:
    """Complete a replacement of ``folder`` that was interrupted, and sweep what it left."""
    note = _note(folder)
    if note.is_file():
        names = json.loads(note.read_text())
        for name in (names["new"], names["old"]):
            if not folder.exists() and (folder.parent / name).is_dir():
                (folder.parent / name).rename(folder)
        note.unlink()
    for left in folder.parent.glob(f"{_prefix(folder)}*"):
        shutil.rmtree(left, ignore_errors=True)


def take_place(aside: Path, folder: Path) -> None:
    """Make ``aside`` the new ``folder`` in one step; what was there before lies in ``aside`` or is gone."""
    if not folder.exists():
        aside.rename(folder)
    elif not _exchanged(aside, folder):
        old = aside.with_name(f"{aside.name}-old")
        where = {name: os.path.relpath(path, folder.parent) for name, path in (("new", aside), ("old", old))}
        write_json(_note(folder), where)
        folder.rename(old)
        aside.rename(folder)
        _note(folder).unlink()
        shutil.rmtree(old, ignore_errors=True)
    sync(folder.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system can't."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(failed, os.strerror(failed), str(other))


def _prefix(folder: Path) -> str:
    return f"{PART}{folder.name}-"


def _note(folder: Path) -> Path:
    return folder.with_name(f"{_REPLACING}{folder.name}.json")


def _new_side_folder(folder: Path) -> tuple[int, Path]:
    while True:
        aside = Path(tempfile.mkdtemp(dir=folder, prefix=PART))
        with suppress(FileNotFoundError):
            descriptor = os.open(aside, os.O_RDONLY)
            if marked_as_in_use(descriptor, aside):
                return descriptor, aside
            os.close(descriptor)


def _remove_forsaken(aside: Path) -> None:
    descriptor = os.open(aside, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(aside)
    finally:
        os.close(descriptor)
