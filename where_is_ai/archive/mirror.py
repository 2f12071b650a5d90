"""A mirror stands in for the sources: ``https://HOST/PATH?QUERY`` is read from ``MIRROR/HOST/PATH?QUERY``."""

from pathlib import Path
from urllib.parse import urlsplit

from where_is_ai.archive.entry import Request
from where_is_ai.errors import NotArchived


def mirrored(url: str, mirror: str) -> str:
    """The address of ``url`` on an ``http(s)://`` mirror; ``url`` itself where there is no mirror."""
    return f"{mirror.rstrip('/')}/{url.removeprefix('https://')}" if mirror else url


def file_in_mirror(request: Request, mirror: Path) -> Path:
    """The plain file that stands for ``request`` under a mirror folder; raises NotArchived where there is none."""
    parts = urlsplit(request.url)
    path = mirror / parts.netloc / parts.path.lstrip("/")
    if parts.query or request.body or not path.is_file():
        raise NotArchived(
            f"The mirror folder {mirror} holds no file for {request.url}.",
            "Put the file there under HOST/PATH, or mirror queries over http.",
        )
    return path
