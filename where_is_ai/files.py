"""Writing files so that a reader finds either the old bytes or the new ones, never a half."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from where_is_ai.errors import WhereIsAIError


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give a side file to write; when the block succeeds it is fsynced and renamed to ``path``.

    The side file keeps the suffix of ``path``, since some writers choose their format by it.
    """
    with unwritable_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".part-{path.stem}-", suffix=path.suffix)
        os.close(handle)
    aside = Path(name)
    try:
        yield aside
        with unwritable_explained(path):
            sync(aside)
            aside.chmod(0o644)
            aside.replace(path)
            sync(path.parent)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content`` atomically."""
    with written_aside(path) as aside, unwritable_explained(path):
        aside.write_bytes(content)


def write_text(path: Path, content: str) -> None:
    """Replace ``path`` by ``content`` as UTF-8 atomically."""
    write_bytes(path, content.encode())


@contextmanager
def unwritable_explained(path: Path) -> Iterator[None]:
    """Turn a read-only or full disk into an error that names the file and the remedy."""
    try:
        yield
    except OSError as error:
        raise WhereIsAIError(
            f"{path} can't be written: {error.strerror or error}.",
            "Make the data folder writable (and check that the disk isn't full), "
            "or set WHERE_IS_AI_DATA to a folder that is.",
        ) from error


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
