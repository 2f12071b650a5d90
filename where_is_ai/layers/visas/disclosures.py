"""Which files of the Department of Labor hold a quarter's decisions, and where they are to be had.

A fiscal year begins in October. A past one comes as four quarterly files, the running one as a single file of the year
to date that is replaced each quarter. Files hold stragglers of other quarters, so a quarter is counted by days of
decision: from its own file, or a later one of the year to date, and from the file after that what came late.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import Absent, BadUpstream, NotArchived
from where_is_ai.quarters import Quarter

DUE_DAYS = 42
HOMEPAGE = "https://www.dol.gov/agencies/eta/foreign-labor/performance"
HINT = (
    "Download the file in a browser and put it, under its own name, into the folder by_hand of the data folder; the "
    "next live run takes it from there."
)
OFLC = Source(
    "U.S. Department of Labor, Office of Foreign Labor Certification",
    "public domain",
    HOMEPAGE,
    refusal_hint=HINT,
    private=True,
)
# The page itself names no case, yet it is kept by the same rule as all that its source answers.
PAGE = Request(HOMEPAGE, OFLC, "text/html")
# Addresses that files were seen at; the page names the true ones.
SEEN_AT = (
    "https://www.dol.gov/media/{name}.xlsx",
    "https://www.dol.gov/sites/dolgov/files/ETA/oflc/pdfs/{name}.xlsx",
    "https://www.dol.gov/sites/dolgov/files/ETA/oflc/pdfs/{name}.csv",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HOST = "dol.gov"
_FILE = re.compile(r"LCA_Disclosure_Data_FY(\d{4})_Q([1-4])[\w-]*\.(xlsx|csv)", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class FiscalQuarter:
    """A quarter of the fiscal year ``year``, which begins on 1 October of the year before."""

    year: int
    number: int

    @classmethod
    def holding(cls, quarter: Quarter) -> "FiscalQuarter":
        """That of a calendar quarter: 2025-Q4 is the first of 2026."""
        return cls(quarter.year + quarter.number // 4, quarter.number % 4 + 1)

    @property
    def quarter(self) -> Quarter:
        """The calendar quarter."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @property
    def next(self) -> "FiscalQuarter":
        return FiscalQuarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def name(self) -> str:
        return f"LCA_Disclosure_Data_FY{self.year}_Q{self.number}"


@dataclass(frozen=True)
class Found:
    """The files of a quarter, that which should hold it whole first; where there is none, ``why_none``."""

    entries: tuple[Entry, ...]
    why_none: str = ""


def due(quarter: Quarter) -> date:
    """By when the quarter's file is expected."""
    return quarter.last_day + timedelta(days=DUE_DAYS)


def named(url: str) -> FiscalQuarter | None:
    """The fiscal quarter that the file at ``url`` is named after; None for any other file."""
    found = _FILE.fullmatch(file_name(url))
    return FiscalQuarter(int(found[1]), int(found[2])) if found else None


def file_name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def request(url: str) -> Request:
    """What to ask for at the address of a disclosure file."""
    if url.lower().endswith(".csv"):
        return Request(url, OFLC, "text/csv", promise=has_columns("CASE_NUMBER", "DECISION_DATE"))
    return Request(url, OFLC, XLSX, promise=_has_sheet)


def find(library: Library, quarter: Quarter, say: Callable[[str], None] = lambda message: None) -> Found:
    """The files that hold the decisions of ``quarter``, from the addresses that the page lists or once listed.

    A file that the page lists and that can't be had is an error; one that is merely not out yet is expected.
    """
    try:
        library.get(PAGE, quarter)
    except NotArchived:
        pass  # The archive knows the addresses that its files came from.
    except BadUpstream as refusal:
        say(f"{refusal} Files are looked for at the addresses that they were seen at.")
    own = FiscalQuarter.holding(quarter)
    for fiscal in _rest_of_year(own):
        if entry := _entry(library, fiscal, quarter, guess=fiscal == own):
            late = None if fiscal.next == own else _entry(library, fiscal.next, quarter)
            return Found((entry, late) if late else (entry,))
    return Found(
        (),
        f"{own.name} is not at hand: it is expected by {due(quarter):%-d %B %Y}, five to six weeks after the quarter's "
        f"end. A later run adds it to the edition of {quarter}.",
    )


def listed(page: str) -> dict[FiscalQuarter, str]:
    """The addresses of the disclosure files that the page links to, of two for one quarter the first."""
    links = _Links()
    links.feed(page)
    found: dict[FiscalQuarter, str] = {}
    for link in links.targets:
        url = urljoin(HOMEPAGE, link)
        host = urlsplit(url).hostname or ""
        fiscal = named(url)
        if fiscal and (host == _HOST or host.endswith(f".{_HOST}")):
            found.setdefault(fiscal, url.partition("#")[0])
    return found


def _rest_of_year(own: FiscalQuarter) -> Iterator[FiscalQuarter]:
    for number in range(own.number, 5):
        yield FiscalQuarter(own.year, number)


def _entry(library: Library, fiscal: FiscalQuarter, quarter: Quarter, guess: bool = False) -> Entry | None:
    """The file of ``fiscal``, where it is at hand; ``guess`` looks also where nothing says that it is."""
    for url in _addresses(library, fiscal):
        with suppress(NotArchived, Absent):
            return library.get(request(url), quarter)
    for pattern in SEEN_AT if guess else ():
        with suppress(NotArchived, BadUpstream):
            return library.get(request(pattern.format(name=fiscal.name)), quarter)
    return None


def _addresses(library: Library, fiscal: FiscalQuarter) -> list[str]:
    """Where the page says that the file is, the newest copy of the page first; then where it was received from."""
    pages = [listed(library.read(entry).decode(errors="replace")) for entry in library.versions(PAGE)]
    kept = [entry.url for entry in library.newest(f"https://www.{_HOST}/") if named(entry.url) == fiscal]
    return list(dict.fromkeys([*(page[fiscal] for page in reversed(pages) if fiscal in page), *kept]))


def _has_sheet(names: list[str]) -> str:
    return "" if any(name.startswith("xl/worksheets/") for name in names) else "a worksheet"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.targets.append(target)
