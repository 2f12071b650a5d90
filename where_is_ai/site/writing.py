"""Writing what a site consists of: a file that is the same already is left alone."""

import gzip
from pathlib import Path

from where_is_ai.files import unwritable_explained


def write(path: Path, content: str | bytes) -> Path:
    """Make ``path`` hold ``content``, and give it back; a reader finds the old page or the new one.

    Nothing waits for the disk: hundreds of pages would take longer to be flushed one by one than to be made again.
    """
    content = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return path
    with unwritable_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".part-{path.name}")
        try:
            aside.write_bytes(content)
            aside.replace(path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
    return path


def human_size(size: int) -> str:
    """A file's size for people: "34 kB"."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"


def compressed(*paths: Path) -> int:
    """Bytes of files as a server would send them."""
    return sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in paths)
