"""A description as plain text, whatever markup it came in."""

import re
from html import unescape

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml.etree import ParserError

from where_is_ai.characters import writable

# More than any real description; what is beyond costs time and says nothing of the job.
LONGEST_CHARS = 200_000
_TAG = re.compile(r"<[^<>]*>")
# Escaped by whom it was stored with, by the board, and by who passed it on.
MOST_ESCAPES = 3
_BEGUN_TAG = re.compile(r"<[A-Za-z/!]")
_ESCAPED_TAG = re.compile(r"&(?:amp;)*lt;")
_WORD = re.compile(r"[^\W_]{2}")
_CONFIG = ParserConfig(css=CSS_PROFILES["strict"])


def plain_text(markup: str | None) -> str:
    """The text of ``markup``: HTML, HTML escaped once or more, or plain text; a longer one is cut at LONGEST_CHARS."""
    html = writable((markup or "")[:LONGEST_CHARS])
    for _ in range(MOST_ESCAPES):
        # What was escaped once too often shows no tag before it is read back.
        if _BEGUN_TAG.search(html) or not _ESCAPED_TAG.search(html):
            break
        html = unescape(html)
    if "<" not in html:
        return unescape(html).strip()
    try:
        lines = get_text(html, _CONFIG).splitlines()
    except (ParserError, ValueError, RecursionError):
        return ""
    return "\n".join(line.strip() for line in lines if line.strip())


def has_words(markup: str) -> bool:
    """Whether there is anything to read between the tags of ``markup``."""
    return _WORD.search(_TAG.sub(" ", unescape(markup[:LONGEST_CHARS]))) is not None


def is_overlong(markup: str) -> bool:
    return len(markup) > LONGEST_CHARS
