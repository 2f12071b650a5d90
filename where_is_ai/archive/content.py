"""Is an answer what was asked for? Sources answer 200 with an error page or an error in JSON, or stop halfway."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from where_is_ai.archive.entry import Request
from where_is_ai.archive.unpack import FETCH_ANEW, open_zip
from where_is_ai.errors import BadUpstream
from where_is_ai.limits import Limits
from where_is_ai.redaction import printable, shortened

BEGINNING_BYTES = 8192
CHUNK_BYTES = 1 << 16
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# What other kinds of file begin with, none of which is the text of a table.
_OTHER_KINDS = {
    b"PK\x03\x04": "a zip",
    b"\x1f\x8b": "a gzip",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"{": "JSON",
    b"[": "JSON",
}
_ERROR_PARTS = ("error", "errors", "Error", "fault")


def check_content(answer: Path, request: Request, limits: Limits | None = None) -> None:
    """Raise BadUpstream unless the file ``answer`` is a whole answer of the kind that the request promises.

    ``limits`` are those that are set where none are given.
    """
    with answer.open("rb") as file:
        beginning = file.read(BEGINNING_BYTES)
    if not beginning.strip():
        raise BadUpstream(f"{request.url} answered with nothing.", FETCH_ANEW)
    if is_markup(beginning) and "html" not in request.media_type and request.media_type[-3:] != "xml":
        raise BadUpstream(
            f"{request.url} answered with an HTML page ({shortened(printable(html_title(beginning)))}) "
            f"where {request.media_type} was expected.",
            request.source.refusal_hint,
        )
    _require_promised(_content_of_kind(answer, beginning, request, limits), request)


def zipfile_expected(request: Request) -> bool:
    """Workbooks are zips too."""
    return request.media_type == "application/zip" or "openxmlformats" in request.media_type


def is_markup(beginning: bytes) -> bool:
    """Whether it is HTML or XML, as error pages are: no zip, table or JSON begins with ``<``."""
    for mark in _BYTE_ORDER_MARKS:
        beginning = beginning.removeprefix(mark)
    return beginning.replace(b"\0", b"").lstrip().startswith(b"<")


def html_title(page: bytes) -> str:
    found = re.search(rb"<title[^>]*>(.*?)</title>", page.replace(b"\0", b""), re.IGNORECASE | re.DOTALL)
    return f"“{found[1].decode(errors='replace').strip()}”" if found else "untitled"


def has_columns(*names: str) -> Callable[[str], str]:
    """The promise of a table in text that its first line names these columns."""

    def lacks(beginning: str) -> str:
        header = beginning.partition("\n")[0]
        missing = [name for name in names if name not in header]
        return f"a first line with the columns {', '.join(missing)}" if missing else ""

    return lacks


def has_member(pattern: re.Pattern[str]) -> Callable[[list[str]], str]:
    """The promise of a zip that it holds a file of such a name."""
    return lambda names: "" if any(map(pattern.search, names)) else f"a file named like {pattern.pattern!r}"


def has_part(name: str, kind: type) -> Callable[[object], str]:
    """The promise of JSON that it is an object with a list, an object or a text under ``name``."""
    words: dict[type, str] = {list: "a list", dict: "an object", str: "a text"}
    word = words[kind]
    return lambda said: (
        "" if isinstance(said, dict) and isinstance(said.get(name), kind) else f"{word} {name!r}"
    )


def _content_of_kind(answer: Path, beginning: bytes, request: Request, limits: Limits | None) -> Any:
    """What a promise is given; raises BadUpstream where the answer is damaged or of another kind."""
    if zipfile_expected(request):
        with open_zip(answer, request.url, limits, request.source.unpacked_mb) as archive:
            archive.verify()
            return archive.names
    if request.media_type == "application/json":
        return _json(answer, request)
    if request.media_type.startswith("text/"):
        for magic, kind in _OTHER_KINDS.items():
            if beginning.lstrip().startswith(magic):
                raise _other_kind(request, kind)
    return beginning.decode("utf-8", errors="replace")


def _json(answer: Path, request: Request) -> dict | list:
    try:
        said = json.loads(answer.read_bytes(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise BadUpstream(f"{request.url} answered with malformed JSON: {why}.", FETCH_ANEW) from None
    if not isinstance(said, dict | list):
        raise _other_kind(request, f"the JSON value {shortened(json.dumps(said), 40)}")
    if isinstance(said, dict) and (error := next(filter(None, map(said.get, _ERROR_PARTS)), None)):
        parts = [error, said.get("message")]
        words = ": ".join(part if isinstance(part, str) else json.dumps(part) for part in parts if part)
        raise BadUpstream(
            f"{request.url} answered with an error, though with status 200: {shortened(printable(words))}.",
            request.source.refusal_hint,
        )
    return said


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _require_promised(content: Any, request: Request) -> None:
    if request.promise and (lacking := request.promise(content)):
        raise BadUpstream(f"{request.url} answered without {lacking}.", request.source.refusal_hint)


def _other_kind(request: Request, kind: str) -> BadUpstream:
    return BadUpstream(
        f"{request.url} answered with {kind} where {request.media_type} was expected.",
        request.source.refusal_hint,
    )


def holds_any(file: Path, forms: Sequence[bytes]) -> bool:
    """Whether any of ``forms``, in small letters, is in the file, which may be too large to be held at once."""
    before, overlap = b"", max(map(len, forms)) - 1
    with file.open("rb") as content:
        while chunk := content.read(CHUNK_BYTES):
            window = before + chunk.lower()
            if any(form in window for form in forms):
                return True
            before = window[-overlap:] if overlap else b""
    return False
