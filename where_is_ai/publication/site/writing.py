"""Writing what a site consists of: a file that is the same already is left alone."""

import gzip
from pathlib import Path

from where_is_ai.files import write_bytes


def write(path: Path, content: str | bytes) -> Path:
    """Make ``path`` hold ``content``, atomically; give it back."""
    content = content.encode() if isinstance(content, str) else content
    if not (path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content):
        write_bytes(path, content)
    return path


def human_size(size: int) -> str:
    """A file's size for people: "34 kB"."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3)):,} kB"


def compressed(*paths: Path) -> int:
    """Bytes of files as a server would send them."""
    return sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in paths)
