"""The tables in a Form D data set: tab-separated lines, whose columns are found by their headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from where_is_ai.archive.unpack import Zip
from where_is_ai.errors import BadUpstream

INDEFINITE = "indefinite"
ADAPT = "Fetch it again; if it stays so, the SEC has changed the layout: adapt where_is_ai/layers/funding/source.py."
_AMOUNT = re.compile(r"\d+(\.\d+)?")
_ACCESSION = re.compile(r"(\d{10})-?(\d{2})-?(\d{6})")
_CIK = re.compile(r"\d{1,10}")
# 30-SEP-2024, as data sets have it since about 2020; month names are English whatever the machine's language.
_WORDED_DAY = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_TRUE, _FALSE = {"true", "yes", "y", "1"}, {"false", "no", "n", "0"}


class UnreadableLine(BadUpstream):
    """A line that can't be read: ``why`` says it without what stands there, which the message quotes as ``found``."""

    def __init__(self, member: str, url: str, number: int, why: str, found: str = ""):
        quoted = f" has {found!r}" if found else ""
        super().__init__(f"{member} in {url}: line {number}{quoted}: {why}.", ADAPT)
        self.member, self.number, self.why = member, number, why


@dataclass(frozen=True)
class Member:
    """A table of the data set: the end of its name, and the columns that are read of it. Nothing else is."""

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def path_in(self, names: list[str], url: str) -> str:
        """Its name in the zip, whatever folder it lies in."""
        for name in names:
            if name.rpartition("/")[2].lower() == self.name.lower():
                return name
        raise BadUpstream(f"{url} holds no {self.name}, only {', '.join(names) or 'nothing'}.", ADAPT)


@dataclass(frozen=True)
class Line:
    """The read cells of a line by column, stripped; ``number`` counts from 1, with the heading."""

    member: str
    url: str
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str | None:
        """The cell in one line; None where it is empty or there is no such column."""
        cell = self.cells.get(column, "")
        return (" ".join(cell.split()) if "  " in cell else cell) or None

    def required(self, column: str) -> str:
        return self.text(column) or self._refuse(column, "a value")

    def ticked(self, column: str) -> bool:
        """Whether a box is ticked; an empty cell is one that is not."""
        said = (self.text(column) or "false").lower()
        if said not in _TRUE | _FALSE:
            self._refuse(column, "true, false or nothing")
        return said in _TRUE

    def usd(self, column: str) -> float | None:
        """US dollars; None where the cell is empty."""
        said = self.text(column)
        return (
            None
            if said is None
            else float(said)
            if _AMOUNT.fullmatch(said)
            else self._refuse(column, "an amount")
        )

    def usd_or_indefinite(self, column: str) -> tuple[float | None, bool]:
        """US dollars, and whether the amount is Indefinite, which is an answer and not unknown."""
        if (self.text(column) or "").lower() == INDEFINITE:
            return None, True
        return self.usd(column), False

    def day(self, column: str) -> str | None:
        """A day as ISO 8601, of ``2015-03-31 17:28:10``, ``2015-03-31`` or ``30-SEP-2024``."""
        said = self.text(column)
        if said is None:
            return None
        try:
            if match := _WORDED_DAY.fullmatch(said.upper()):
                return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])).isoformat()
            return datetime.fromisoformat(said).date().isoformat()
        except ValueError:
            return self._refuse(column, "a day as 2015-03-31 or 30-SEP-2024")

    def cik(self, column: str) -> str | None:
        """The number in ten digits."""
        said = self.text(column)
        return (
            None
            if said is None
            else said.zfill(10)
            if _CIK.fullmatch(said)
            else self._refuse(column, "a CIK")
        )

    def accession_number(self, column: str) -> str | None:
        """A filing's number with its dashes, as ``0001234567-26-000001``; what is no such number stays as it is."""
        said = self.text(column)
        match = said and _ACCESSION.fullmatch(said)
        return "-".join(match.groups()) if match else said

    def _refuse(self, column: str, expected: str):
        raise UnreadableLine(
            self.member,
            self.url,
            self.number,
            f"{expected} is expected under {column}",
            self.cells.get(column, "")[:60] or "nothing",
        )


def lines_of(archive: Zip, member: Member, url: str) -> Iterator[Line | UnreadableLine]:
    """The lines of the member with the cells of its columns, and what can't be read of it in between.

    A line break within a text cuts its line in two, which are put together again; what does not come to as many cells
    as there are headings is given as an error. Raises BadUpstream where a needed column is missing.
    """
    path = member.path_in(archive.names, url)
    with archive.open(path) as file:
        header = [name.strip() for name in _cells(file.readline().removeprefix(b"\xef\xbb\xbf"))]
        if missing := [name for name in member.needed if name not in header]:
            raise BadUpstream(
                f"{member.name} in {url} lacks the columns {', '.join(missing)}; it has {', '.join(header)}.",
                ADAPT,
            )
        read = {name: header.index(name) for name in (*member.needed, *member.optional) if name in header}
        for number, cells in _whole_lines(file, len(header)):
            if len(cells) == len(header):
                named = {name: cells[at].strip() for name, at in read.items()}
                yield Line(member.name, url, number, named)
            else:
                yield UnreadableLine(
                    member.name, url, number, f"{len(cells)} cells under {len(header)} headings"
                )


def _whole_lines(file: Iterable[bytes], width: int) -> Iterator[tuple[int, list[str]]]:
    """The number and the cells of each line; one with too few goes on in the next, unless that is whole itself."""
    began, cut = 0, []
    for number, line in enumerate(file, start=2):
        cells = _cells(line)
        if cut and len(cells) < width and not _ACCESSION.fullmatch(cells[0].strip()):
            cut = [*cut[:-1], f"{cut[-1]} {cells[0]}", *cells[1:]]
            if len(cut) >= width:
                yield began, cut
                cut = []
            continue
        if cut:
            yield began, cut
            cut = []
        if len(cells) < width:
            # A blank line is none, and so is one at the end of the file.
            began, cut = (number, cells) if any(cell.strip() for cell in cells) else (0, [])
        else:
            yield number, cells
    if cut:
        yield began, cut


def _cells(line: bytes) -> list[str]:
    return line.decode("utf-8").rstrip("\r\n").split("\t")
