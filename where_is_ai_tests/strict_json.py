"""JSON as other readers than Python take it: without NaN and infinity, which are no JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

from lxml import html

LINES = ".jsonl"
ENDINGS = (".json", ".geojson", LINES, ".html")


def no_json(folder: Path) -> dict[str, str]:
    """What in the files anywhere in ``folder`` passes for JSON and is none, by the file's path: {} where all is."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in ENDINGS and path.is_file():
            try:
                for text in _texts(path):
                    json.loads(text, parse_constant=_refuse)
            except ValueError as error:
                found[str(path.relative_to(folder))] = str(error)
    return found


def _texts(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == LINES:
        yield from text.splitlines()
    elif path.suffix == ".html":
        yield from html.fromstring(text).xpath("//script[contains(@type, 'json')]/text()")
    else:
        yield text


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
