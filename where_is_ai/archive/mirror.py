"""A mirror stands in for the sources: ``https://HOST/PATH?QUERY`` is read from ``MIRROR/HOST/PATH?QUERY``."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from requests import PreparedRequest
from requests.auth import HTTPBasicAuth

from where_is_ai.archive.entry import Request
from where_is_ai.errors import NotArchived
from where_is_ai.settings import credentials_in


def mirrored(url: str, mirror: str) -> str:
    """The address of ``url`` on an ``http(s)://`` mirror; ``url`` itself where there is no mirror."""
    return f"{mirror.rstrip('/')}/{url.removeprefix('https://')}" if mirror else url


def credentials_of(mirror: str) -> Callable[[PreparedRequest], PreparedRequest]:
    """What a mirror wants to know of who asks; nobody else is told anything, not even what a .netrc holds."""
    user, mark, password = credentials_in(mirror).partition(":")
    if user or mark:
        return HTTPBasicAuth(unquote(user).encode(), unquote(password).encode())
    return lambda prepared: prepared


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
