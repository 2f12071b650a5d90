"""SEC Form D data sets: which there are, by the SEC's page, and from a zip of tables to one row per filing.

Only FORMDSUBMISSION, ISSUERS and OFFERING are opened. The tables of people (RELATEDPERSONS, RECIPIENTS, SIGNATURES)
and, in those that are opened, columns with phone numbers, representatives and free text are never read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pandas as pd

from where_is_ai.archive.content import has_member
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import open_zip
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.funding.members import Line, Member, lines_of
from where_is_ai.layers.funding.schema import FormDFilings
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

SEC = Source(
    name="SEC, Form D data sets",
    licence="public domain",
    homepage="https://www.sec.gov/data-research/sec-markets-data/form-d-data-sets",
    per_second=(10, 10),
    private=True,
    refusal_hint="The SEC refuses clients that don't name a contact, and those that ask more than ten times a second.",
)
PAGE = Request(SEC.homepage, SEC, "text/html")
# How far back an amended filing is looked for: offerings are amended once a year.
EARLIER_DATA_SETS = 8
_ADAPT = "The SEC has changed the layout: adapt where_is_ai/layers/funding/source.py."
_DATA_SET = re.compile(
    r"(?:^|/)(?P<year>20\d{2})q(?P<number>[1-4])_d(?:_(?P<again>\d+))?\.zip$", re.IGNORECASE
)
_SUBMISSIONS = re.compile(r"(?:^|/)FORMDSUBMISSION\.tsv$", re.IGNORECASE)
_PREVIOUS_NAMES = tuple(
    f"{kind}_PREVIOUSNAME_{number}" for kind in ("ISSUER", "EDGAR") for number in (1, 2, 3)
)
SUBMISSIONS = Member(
    "FORMDSUBMISSION.tsv",
    needed=("ACCESSIONNUMBER", "FILING_DATE"),
    optional=("FILE_NUM", "SUBMISSIONTYPE", "TESTORLIVE"),
)
ISSUERS = Member(
    "ISSUERS.tsv",
    needed=(
        "ACCESSIONNUMBER",
        "IS_PRIMARYISSUER_FLAG",
        "ISSUER_SEQ_KEY",
        "CIK",
        "ENTITYNAME",
        "CITY",
        "STATEORCOUNTRY",
    ),
    optional=_PREVIOUS_NAMES,
)
OFFERINGS = Member(
    "OFFERING.tsv",
    needed=(
        "ACCESSIONNUMBER",
        "INDUSTRYGROUPTYPE",
        "FEDERALEXEMPTIONS_ITEMS_LIST",
        "ISAMENDMENT",
        "PREVIOUSACCESSIONNUMBER",
        "SALE_DATE",
        "ISPOOLEDINVESTMENTFUNDTYPE",
        "TOTALOFFERINGAMOUNT",
        "TOTALAMOUNTSOLD",
    ),
    optional=("ISDEBTTYPE", "ISBUSINESSCOMBINATIONTRANS"),
)


def data_sets(library: Library, page: Entry) -> dict[Quarter, Request]:
    """The data sets that the SEC's page links to; of several of a quarter the one that was put there again."""
    with reading(page.url):
        links = _Links()
        links.feed(library.read(page).decode("utf-8"))
    found: dict[Quarter, tuple[int, str]] = {}
    for link in links.found:
        url = urljoin(page.url, link.strip())
        if match := _DATA_SET.search(urlsplit(url).path):
            quarter = Quarter(int(match["year"]), int(match["number"]))
            again = int(match["again"] or -1)
            if quarter not in found or again > found[quarter][0]:
                found[quarter] = again, _required_home(url, page)
    if not found:
        raise BadUpstream(f"{page.url} links to no data set named like 2026q2_d.zip.", _ADAPT)
    return {quarter: data_set(url) for quarter, (_, url) in found.items()}


def data_set(url: str) -> Request:
    return Request(url, SEC, "application/zip", promise=has_member(_SUBMISSIONS))


def quarter_of(entry: Entry) -> Quarter:
    """The quarter whose data set the entry is, by its address."""
    match = _DATA_SET.search(urlsplit(entry.url).path)
    if not match:
        raise BadUpstream(f"{entry.url} is not named as a data set of a quarter.", _ADAPT)
    return Quarter(int(match["year"]), int(match["number"]))


def read_filings(library: Library, entries: Sequence[Entry]) -> pd.DataFrame:
    """FormDFilings of the data sets, the oldest first; a filing that two of them hold is of the older one."""
    ordered = sorted(entries, key=quarter_of)
    read = [_read_data_set(library, entry) for entry in ordered]
    rows = pd.concat(read, ignore_index=True) if read else FormDFilings.empty()
    return rows.drop_duplicates("accession_number", ignore_index=True)


def _read_data_set(library: Library, entry: Entry) -> pd.DataFrame:
    quarter = str(quarter_of(entry))
    with reading(entry.url), open_zip(library.path(entry), entry.url) as archive:
        submissions = _one_each(lines_of(archive, SUBMISSIONS, entry.url))
        offerings = _one_each(lines_of(archive, OFFERINGS, entry.url))
        issuers: dict[str, list[Line]] = {}
        for line in lines_of(archive, ISSUERS, entry.url):
            issuers.setdefault(_number(line), []).append(line)
        for member, numbers in ((OFFERINGS, offerings), (ISSUERS, issuers)):
            _require_all(submissions, numbers, member, entry)
        rows = [
            {"accession_number": number, "data_set": quarter}
            | _filing(submission, issuers[number], offerings[number])
            for number, submission in submissions.items()
        ]
        return as_table(pd.DataFrame(rows, columns=list(FormDFilings.to_schema().columns)), FormDFilings)


def _filing(submission: Line, named: list[Line], offering: Line) -> dict[str, object]:
    """What is read of a filing: of its issuers the primary, and of several so marked the first."""
    issuer = min(named, key=lambda line: (not line.ticked("IS_PRIMARYISSUER_FLAG"), _place(line)))
    offered, indefinite = offering.usd_or_indefinite("TOTALOFFERINGAMOUNT")
    former = dict.fromkeys(name for column in _PREVIOUS_NAMES if (name := issuer.text(column)))
    return {
        "filing_date": submission.day("FILING_DATE"),
        "file_number": submission.text("FILE_NUM"),
        "live": (submission.text("TESTORLIVE") or "LIVE").upper() != "TEST",
        "amendment": offering.ticked("ISAMENDMENT")
        or (submission.text("SUBMISSIONTYPE") or "").endswith("/A"),
        "previous_accession_number": offering.accession_number("PREVIOUSACCESSIONNUMBER"),
        "first_sale": offering.day("SALE_DATE"),
        "issuers_named": len(named),
        "cik": issuer.cik("CIK"),
        "issuer": issuer.required("ENTITYNAME"),
        "previous_names": "|".join(former) or None,
        "city": issuer.text("CITY"),
        "state": issuer.text("STATEORCOUNTRY"),
        "industry": offering.text("INDUSTRYGROUPTYPE"),
        "exemptions": offering.text("FEDERALEXEMPTIONS_ITEMS_LIST"),
        "pooled_fund": offering.ticked("ISPOOLEDINVESTMENTFUNDTYPE"),
        "debt": offering.ticked("ISDEBTTYPE"),
        "business_combination": offering.ticked("ISBUSINESSCOMBINATIONTRANS"),
        "offering_usd": offered,
        "offering_indefinite": indefinite,
        "sold_usd": offering.usd("TOTALAMOUNTSOLD"),
        "submission_line": submission.number,
        "issuer_line": issuer.number,
        "offering_line": offering.number,
    }


def _place(issuer: Line) -> int:
    """The issuer's place among those that the filing names."""
    said = issuer.text("ISSUER_SEQ_KEY") or ""
    return int(said) if said.isdecimal() else issuer.number


def _number(line: Line) -> str:
    """The number of the filing that the line is of."""
    return line.accession_number("ACCESSIONNUMBER") or line.required("ACCESSIONNUMBER")


def _one_each(lines: Iterable[Line]) -> dict[str, Line]:
    """The lines by the number of their filing; BadUpstream where one has two."""
    found: dict[str, Line] = {}
    for line in lines:
        number = _number(line)
        if number in found:
            raise BadUpstream(
                f"{line.member} in {line.url} has {number} in line {found[number].number} and in {line.number}.",
                _ADAPT,
            )
        found[number] = line
    return found


def _require_all(
    submissions: Mapping[str, Line], numbers: Mapping[str, object], member: Member, entry: Entry
) -> None:
    """Raise BadUpstream where a filing has no line in the member: half a data set must not pass for a whole one."""
    if alone := [number for number in submissions if number not in numbers]:
        raise BadUpstream(
            f"{member.name} in {entry.url} has no line of {alone[0]}; so it is with {len(alone)} of "
            f"{len(submissions)} filings.",
            "Fetch it again: it was cut off, or its tables are of different quarters.",
        )


def _required_home(url: str, page: Entry) -> str:
    """``url``, which must be the SEC's own; BadUpstream for one that leads elsewhere."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname != urlsplit(SEC.homepage).hostname:
        raise BadUpstream(f"{page.url} links to {url[:120]}, which is not the SEC's own.", _ADAPT)
    return url


class _Links(HTMLParser):
    """The addresses that a page links to, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.extend(value for name, value in attrs if name == "href" and value)
