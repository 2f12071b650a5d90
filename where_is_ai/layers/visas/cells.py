"""The needed columns of a sheet or a CSV file, read as a stream: a file of 250 MB takes tens of megabytes of memory.

Of the other columns nothing is kept, not even for a moment: they hold names, addresses and telephone numbers of people.
So no message quotes a cell, and of a workbook's shared texts only those are taken that a needed cell points to.
"""

import csv
import re
from array import array
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from lxml import etree

from where_is_ai.archive.unpack import Zip, open_zip
from where_is_ai.errors import BadUpstream
from where_is_ai.limits import Limits

ADAPT = "The Department of Labor has changed the layout: adapt where_is_ai/layers/visas/source.py."
EMPTY = -1
# No entity, no DTD and nothing from the network is needed to read a sheet.
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False}
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHARED, _BOOK = "xl/sharedStrings.xml", "xl/workbook.xml"
Row = tuple[int, Sequence[str | None]]


def read_rows(file: Path, url: str, headings: Sequence[str], limits: Limits | None = None) -> Iterator[Row]:
    """Each row of the file under ``headings``: its number, counted from 1, and its cells as text, None where empty.

    Columns are found by their headings, in whatever order. Raises BadUpstream where one is missing.
    """
    reader = _csv_rows if url.lower().endswith(".csv") else _sheet_rows
    return reader(file, url, headings, limits)


def starts_in_1904(file: Path, url: str, limits: Limits | None = None) -> bool:
    """Whether the workbook counts its days from 1904, as those of old Macs do; never true of a CSV file."""
    if url.lower().endswith(".csv"):
        return False
    with open_zip(file, url, limits) as book:
        if _BOOK not in book.names:
            return False
        root = etree.fromstring(book.read(_BOOK), etree.XMLParser(**_SAFE))
    return any(each.get("date1904") in ("1", "true") for each in root.iter("{*}workbookPr"))


def _csv_rows(file: Path, url: str, headings: Sequence[str], limits: Limits | None) -> Iterator[Row]:  # noqa: ARG001
    with file.open("rb") as raw:
        rows = csv.reader(TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
        header = next(rows, [])
        places = _places([(number, cell) for number, cell in enumerate(header)], url, headings)
        begins = rows.line_num + 1
        for cells in rows:
            if any(cells):
                if len(cells) != len(header):
                    raise BadUpstream(
                        f"{url}: line {begins} has {len(cells)} cells under {len(header)} headings.", ADAPT
                    )
                yield begins, [cells[place].strip() or None for place in places]
            begins = rows.line_num + 1


def _sheet_rows(file: Path, url: str, headings: Sequence[str], limits: Limits | None) -> Iterator[Row]:
    """Twice through the sheet's texts, once through the sheet: codes first, then the texts that they stand for."""
    with open_zip(file, url, limits) as book:
        member, places = _find_sheet(book, url, headings)
        numbers, columns, texts = array("i"), [array("i") for _ in headings], _Texts()
        rows = _rows(book, member, dict(zip(places, range(len(places)), strict=True)), texts)
        next(rows)
        for number, codes in rows:
            if any(code != EMPTY for code in codes):
                numbers.append(number)
                for column, code in zip(columns, codes, strict=True):
                    column.append(code)
        texts.resolve(book, {code for column in columns for code in set(column) if code >= 0}, url)
    for number, codes in zip(numbers, zip(*columns, strict=True), strict=True):
        yield number, [texts.text(code) for code in codes]


def _find_sheet(book: Zip, url: str, headings: Sequence[str]) -> tuple[str, list[str]]:
    """The first sheet that has all ``headings`` in its first row, and the letters of their columns."""
    members = sorted(name for name in book.names if _SHEET.fullmatch(name))
    refusal = BadUpstream(f"{url} holds no sheet.", ADAPT)
    for member in members:
        texts = _Texts()
        _, header = next(_rows(book, member, None, texts), (0, {}))
        texts.resolve(book, {code for code in header.values() if code >= 0}, url)
        try:
            return member, _places(
                [(letters, texts.text(code)) for letters, code in header.items()], url, headings
            )
        except BadUpstream as lacking:
            refusal = lacking
    raise refusal


def _places(header: Sequence[tuple], url: str, headings: Sequence[str]) -> list:
    """Where each of ``headings`` stands in the header, whatever its case and blanks."""
    at = {"_".join(text.upper().split()): place for place, text in reversed(header) if text}
    if missing := [name for name in headings if name not in at]:
        known = ", ".join(sorted(at)[:20])
        raise BadUpstream(
            f"{url} lacks the columns {', '.join(missing)}; of its {len(at)} columns the first by name are {known}.",
            f"{ADAPT} Files before fiscal year 2020 came on another form and are not read.",
        )
    return [at[name] for name in headings]


def _rows(
    book: Zip, member: str, wanted: dict[str, int] | None, texts: "_Texts"
) -> Iterator[tuple[int, object]]:
    """Row by row the codes of its ``wanted`` columns; of all of them, by letters, where none are named."""
    number = 0
    with book.open(member) as sheet:
        for _, row in etree.iterparse(sheet, tag="{*}row", **_SAFE):
            number = int(row.get("r") or number + 1)
            found, place = {}, 0
            for cell in row:
                reference = cell.get("r")
                place = place + 1 if reference is None else 0
                letters = _letters(place) if reference is None else reference.rstrip("0123456789")
                if wanted is None or letters in wanted:
                    found[letters] = texts.code(cell)
            yield number, found if wanted is None else [found.get(letters, EMPTY) for letters in wanted]
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


def _letters(place: int) -> str:
    """The letters of the column at ``place``, counted from 1: 27 is AA."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _Texts:
    """Codes of texts: not below 0 of those that the workbook shares, below EMPTY of those that stand in their cells."""

    def __init__(self) -> None:
        self._own: dict[str, int] = {}
        self._texts: dict[int, str] = {}

    def code(self, cell) -> int:
        """The code of what stands in ``cell``."""
        kind = cell.get("t")
        if kind == "inlineStr":
            text = "".join(part.text or "" for part in cell.iter("{*}t")).strip()
        else:
            text = next((part.text for part in cell if part.tag.endswith("}v") and part.text), "").strip()
        if not text or kind == "e":
            return EMPTY
        if kind == "s":
            return int(text)
        if text not in self._own:
            self._own[text] = EMPTY - 1 - len(self._own)
            self._texts[self._own[text]] = text
        return self._own[text]

    def resolve(self, book: Zip, codes: set[int], url: str) -> None:
        """Take those of the shared texts that ``codes`` stand for, and no other."""
        left = set(codes)
        if left and _SHARED in book.names:
            with book.open(_SHARED) as shared:
                for code, (_, item) in enumerate(etree.iterparse(shared, tag="{*}si", **_SAFE)):
                    if code in left:
                        runs = (part for part in item.iter("{*}t") if not _is_phonetic(part))
                        self._texts[code] = "".join(part.text or "" for part in runs).strip()
                        left.discard(code)
                        if not left:
                            break
                    item.clear()
                    while item.getprevious() is not None:
                        del item.getparent()[0]
        if left:
            raise BadUpstream(f"{url} points to {len(left)} shared texts that it does not hold.", ADAPT)

    def text(self, code: int) -> str | None:
        return self._texts.get(code) or None


def _is_phonetic(part) -> bool:
    """Whether it is the reading aid beside a text in an East Asian script."""
    return etree.QName(part.getparent()).localname == "rPh"
