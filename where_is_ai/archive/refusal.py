"""What a source says when it refuses: its reason in one line, without secrets, and how long it wants to be let be."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from where_is_ai.archive.content import html_title, is_markup
from where_is_ai.archive.entry import Request
from where_is_ai.redaction import printable, shortened
from where_is_ai.settings import Settings

# A source that names a time so far away means another day, whatever it is exactly.
_LONGEST_WAIT_S = 1e9
KEY_REFUSED_STATUS = frozenset({401, 403})


def reason(response: requests.Response, settings: Settings) -> str:
    """An API's own words, a page's title, else the status line; only the beginning of the page is read."""
    body = _beginning(response, settings.limits.error_page_bytes)
    said = _words(body) or (html_title(body) if is_markup(body) else response.reason or "no reason given")
    return shortened(settings.redact(printable(said)))


def remedy(response: requests.Response, request: Request, settings: Settings) -> str:
    """What usually mends a refusal; never to set what is set."""
    source = request.source
    if source.key is None:
        return source.refusal_hint
    if source.key[1] not in settings.secrets:
        return f"{source.hint_without_key} {source.refusal_hint}".strip()
    if response.status_code in KEY_REFUSED_STATUS:
        return "The key that was sent is not accepted: see that it is whole and still valid, then run again."
    return source.refusal_hint


def retry_after_s(response: requests.Response) -> float | None:
    """The seconds that the source asks to wait; None where it says nothing that can be understood."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal() and asked.isascii():
        return min(float(asked[:20]), _LONGEST_WAIT_S)
    try:
        until = parsedate_to_datetime(asked)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _beginning(response: requests.Response, most_bytes: int) -> bytes:
    try:
        return response.raw.read(most_bytes, decode_content=True)
    except Exception:  # the page only says why; whatever is wrong with it, the status was understood
        return b""


def _words(body: bytes) -> str:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    parts = (said.get(part) for part in ("error", "message", "detail", "title"))
    return ": ".join(part if isinstance(part, str) else json.dumps(part) for part in parts if part)
