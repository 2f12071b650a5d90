"""Where an answer may lead on to: never into the clear, never to a file, never with credentials in the address."""

from urllib.parse import SplitResult, urljoin, urlsplit

from where_is_ai.archive.entry import Request
from where_is_ai.errors import BadUpstream

_PORTS = {"http": 80, "https": 443}


def followed(url: str, location: str, request: Request) -> str:
    """The address that ``location`` leads to from ``url``; raises BadUpstream where it may not be followed."""
    try:
        before, after = urlsplit(url), urlsplit(led := urljoin(url, location))
        after_port = after.port
    except ValueError:
        raise _refused(request, "to something that is no address") from None
    if after.scheme not in _PORTS or not after.hostname or after_port == 0:
        raise _refused(request, f"to {after.scheme or 'no'}: address")
    if before.scheme == "https" and after.scheme != "https":
        raise _refused(request, "from https to http, where anybody on the way could read along")
    if after.username is not None or after.password is not None:
        raise _refused(request, "to an address with a name or password in it")
    return led


def same_host(url: str, other: str) -> bool:
    """Whether both addresses are of one host and port, so that what one may know the other may know."""
    return _host(urlsplit(url)) == _host(urlsplit(other))


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    return parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _refused(request: Request, how: str) -> BadUpstream:
    return BadUpstream(
        f"{request.url} leads on {how}; that is not followed.",
        "Try again later; if it stays so, look at the source's own pages.",
    )
