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
    for path in sorted((published / quarter / "maps").glob("*.json")):
        yield from map(title, json.loads(path.read_text())["drawn"].values())


def title(drawn: str) -> str:
    """The title of a drawing: its lines of the largest size."""
    texts = list(etree.fromstring(drawn).iter("text"))
    largest = max(float(text.get("font-size")) for text in texts)
    lines = [
        "".join(line.itertext())
        for text in texts
        if float(text.get("font-size")) == largest
        for line in (list(text) or [text])
    ]
    return " ".join(lines)


def said(published: Path, quarter: str) -> list[str]:
    """What the statements of an edition say."""
    return pd.read_parquet(published / quarter / "statements.parquet")["said"].dropna().to_list()
