"""Taking secrets out of text, in whatever form an answer may give them back, and out of what libraries log."""

import base64
import html
import json
import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from html.entities import html5
from urllib.parse import quote, quote_plus

REDACTED = "…"
# Of a secret inside a longer base64 text only so many letters are its own that chance can't have made them.
_LEAST_BASE64_LETTERS = 8
# Those whose loggers see addresses with their queries.
_TALKATIVE = ("where_is_ai", "urllib3", "requests", "charset_normalizer", "openai", "httpx", "httpcore")


def redacted(text: str, secrets: Iterable[str]) -> str:
    """``text`` without the ``secrets``: in clear, URL-, HTML-, JSON- or Python-escaped, as base64 and as hex.

    Letters' case does not matter, nor whether all or some characters are escaped, nor how often.
    """
    wanted = tuple(sorted({secret.strip() for secret in secrets} - {""}, key=len, reverse=True))
    return _pattern(wanted).sub(REDACTED, text) if wanted else text


def usual_forms(secret: str) -> set[str]:
    """The forms in which an answer gives its question back, for a quick look through what is too long to redact."""
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
    }


def printable(text: str) -> str:
    """``text`` as one line without control characters, which could hide a secret from a redaction."""
    return " ".join(
        "".join(each for each in text if each.isspace() or unicodedata.category(each)[0] != "C").split()
    )


def shortened(text: str, longest: int = 300) -> str:
    """The first words of ``text``; no word is cut, since half a secret could not be redacted any more."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rpartition(' ')[0]} …".strip()


@cache
def _pattern(secrets: tuple[str, ...]) -> re.Pattern[str]:
    forms = [form for secret in secrets for form in (_escaped(secret), *_encoded(secret.encode()))]
    return re.compile("|".join(forms), re.IGNORECASE)


def _escaped(secret: str) -> str:
    return "".join(f"(?:{'|'.join(_forms_of(character))})" for character in secret)


@cache
def _forms_of(character: str) -> tuple[str, ...]:
    code, utf8 = ord(character), character.encode("utf-8", "surrogatepass")
    utf16 = character.encode("utf-16-be", "surrogatepass").hex()
    entities = [rf"&(?:amp;)*{re.escape(name)}" for name, meant in html5.items() if meant == character]
    return (
        rf"\\*{re.escape(character)}",
        "".join(f"%(?:25)*{byte:02x}" for byte in utf8),
        "".join(rf"\\+x{byte:02x}" for byte in utf8),
        "".join(rf"\\+u{utf16[at : at + 4]}" for at in range(0, len(utf16), 4)),
        f"&(?:amp;)*#0*{code};?",
        f"&(?:amp;)*#x0*{code:x};?",
        *entities,
        *([r"\+"] if character == " " else []),
    )


def _encoded(secret: bytes) -> Iterable[str]:
    """The secret as hex, and the letters of base64 that are its own wherever in the encoded text it stands."""
    if len(secret) * 2 >= _LEAST_BASE64_LETTERS:
        yield secret.hex()
    for before in range(3):
        letters = base64.b64encode(bytes(before) + secret).decode().rstrip("=")
        # The first letters also hold bits of what stands before, the last may hold bits of what follows.
        own = letters[(0, 2, 3)[before] : len(letters) - bool((before + len(secret)) % 3)]
        if len(own) >= _LEAST_BASE64_LETTERS:
            yield "".join(r"(?:[+\-]|%2b)" if c == "+" else r"(?:[/_]|%2f)" if c == "/" else c for c in own)


@dataclass(frozen=True)
class RedactingFilter(logging.Filter):
    """Takes ``secrets`` out of the records that pass a logger, tracebacks included."""

    secrets: tuple[str, ...] = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if record.exc_info:
            said = f"{said}\n{logging.Formatter().formatException(record.exc_info)}"
        if (clean := redacted(said, self.secrets)) != said:
            record.msg, record.args, record.exc_info, record.exc_text = clean, (), None, None
        return True


def redact_logs(secrets: tuple[str, ...]) -> None:
    """Take ``secrets`` out of what the network's libraries log: at level DEBUG they log addresses with their keys."""
    known = [*_TALKATIVE, *(name for name in logging.root.manager.loggerDict if name.startswith(_TALKATIVE))]
    for name in known:
        logger = logging.getLogger(name)
        if RedactingFilter(secrets) not in logger.filters:
            logger.addFilter(RedactingFilter(secrets))
