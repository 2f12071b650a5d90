"""A description as plain text, whatever markup it came in."""

from html import unescape

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml.etree import ParserError

# More than any real description; what is beyond costs time and says nothing of the job.
LONGEST_CHARS = 200_000
_CONFIG = ParserConfig(css=CSS_PROFILES["strict"])


def plain_text(markup: str | None) -> str:
    """The text of ``markup``: HTML, entity-escaped HTML or plain text; a longer one is cut at LONGEST_CHARS."""
    if not markup:
        return ""
    cut = markup[:LONGEST_CHARS]
    html = unescape(cut) if "&lt;" in cut else cut
    if "<" not in html:
        return unescape(html).strip()
    try:
        lines = get_text(html, _CONFIG).splitlines()
    except ParserError:
        return ""
    return "\n".join(line.strip() for line in lines if line.strip())


def is_overlong(markup: str | None) -> bool:
    return bool(markup) and len(markup) > LONGEST_CHARS
