"""What goes wrong on the way to a source and back, and which of it may pass."""

import requests
import urllib3

from where_is_ai.archive.entry import Request
from where_is_ai.errors import BadUpstream, WhereIsAIError
from where_is_ai.limits import SETTINGS, Limits

# What may pass: a connection that broke or never came, an answer that ended early or garbled on the way.
PASSING = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    urllib3.exceptions.ProtocolError,
    urllib3.exceptions.TimeoutError,
    ConnectionError,
    TimeoutError,
    EOFError,
)

FAULTS = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError, EOFError)


class Transient(Exception):
    """A fault that may pass; ``wait_s`` is what the source asked for, ``explained`` what to say if it does not pass."""

    def __init__(self, explained: WhereIsAIError, wait_s: float | None = None):
        super().__init__(str(explained))
        self.explained = explained
        self.wait_s = wait_s


def explained(fault: Exception, request: Request, is_over_time: bool, limits: Limits) -> Exception:
    """A fault without the library's own message, which may hold the full address with its key."""
    if is_over_time:
        return BadUpstream(
            f"{request.url} was not whole after {limits.request_s:g} seconds.",
            f"Run again; for a slow line raise {SETTINGS['request_s']}.",
        )
    refusal = BadUpstream(
        f"{request.url} could not be fetched whole: {type(fault).__name__}.",
        "Check the network connection, then run again.",
    )
    return Transient(refusal) if isinstance(fault, PASSING) else refusal
