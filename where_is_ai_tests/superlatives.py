"""Finds superlatives that no statement stands for, in what a reader sees of an edition."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from lxml import etree, html

SUPERLATIVE = re.compile(
    r"(?<!at )\b(?:most|highest|largest|leads?|led|fastest|biggest|the next)\b", re.IGNORECASE
)


def unjudged(texts: Iterable[str], said: Iterable[str]) -> list[str]:
    """Those of ``texts`` with a superlative that is in nothing of what the edition's statements have ``said``."""
    statements = sorted((each for each in said if each), key=len, reverse=True)
    return [text for text in texts if SUPERLATIVE.search(_without(text, statements))]


def _without(text: str, statements: Iterable[str]) -> str:
    for statement in statements:
        text = text.replace(statement, "")
    return text


def sentences(published: Path, quarter: str) -> Iterator[str]:
    """Leads, cards, descriptions, the feed and the maps' titles of an edition."""
    feed = etree.parse(str(published / "feed.xml"))
    yield from feed.xpath("//*[local-name()='summary']/text()")
    for path in (published / "index.html", *sorted((published / quarter).glob("*.html"))):
        tree = html.fromstring(path.read_text())
        yield from tree.xpath("//meta[@property='og:description']/@content")
        yield from tree.xpath("//*[contains(@class, 'lead')]/text()")
        yield from tree.xpath("//li[contains(@class, 'card')]//p/text()")
    for path in sorted((published / quarter / "maps").glob("*-wide.js")) + sorted(
        (published / quarter / "maps").glob("*-vertical.js")
    ):
        yield title(path)


def title(script: Path) -> str:
    """The title of the picture in a map's script: its bold lines of the largest size."""
    text = script.read_text()
    figure = json.loads(text[text.index("{") : text.rindex("}") + 1])
    written = figure["layout"]["annotations"]
    largest = max(each["font"]["size"] for each in written)
    return " ".join(
        re.sub(r"<br>|</?b>", " ", each["text"]) for each in written if each["font"]["size"] == largest
    )


def said(published: Path, quarter: str) -> list[str]:
    """What the statements of an edition say."""
    return pd.read_parquet(published / quarter / "statements.parquet")["said"].dropna().to_list()
