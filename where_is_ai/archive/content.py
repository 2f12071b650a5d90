"""Is an answer what was asked for? Sources answer 200 with an error page, or stop halfway."""

import json
import re
from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.archive.unpack import FETCH_ANEW, open_zip
from where_is_ai.errors import BadUpstream
from where_is_ai.limits import Limits


def check_content(answer: Path, request: Request, limits: Limits | None = None) -> None:
    """Raise BadUpstream unless the file ``answer`` is a whole answer of the request's media type."""
    with answer.open("rb") as file:
        beginning = file.read(8192)
    if not beginning:
        raise BadUpstream(f"{request.url} answered with nothing.", FETCH_ANEW)
    if is_html(beginning) and request.media_type != "text/html":
        raise BadUpstream(
            f"{request.url} answered with an HTML page ({html_title(beginning)}) "
            f"where {request.media_type} was expected.",
            request.source.refusal_hint,
        )
    if zipfile_expected(request):
        with open_zip(answer, request.url, limits) as archive:
            archive.verify()
    if request.media_type == "application/json":
        _check_json(answer, request)


def zipfile_expected(request: Request) -> bool:
    """Workbooks are zips too."""
    return request.media_type == "application/zip" or "openxmlformats" in request.media_type


def is_html(beginning: bytes) -> bool:
    return re.match(rb"\s*(<!doctype html|<html)", beginning, re.IGNORECASE) is not None


def html_title(beginning: bytes) -> str:
    found = re.search(rb"<title[^>]*>(.*?)</title>", beginning, re.IGNORECASE | re.DOTALL)
    return f"“{found[1].decode(errors='replace').strip()}”" if found else "untitled"


def _check_json(answer: Path, request: Request) -> None:
    try:
        json.loads(answer.read_bytes())
    except ValueError as error:
        raise BadUpstream(f"{request.url} answered with malformed JSON: {error}.", FETCH_ANEW) from None
