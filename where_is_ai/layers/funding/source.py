"""SEC Form D data sets: which there are, by the SEC's page, and what is read of them.

Only FORMDSUBMISSION, ISSUERS and OFFERING are opened. The tables of people (RELATEDPERSONS, RECIPIENTS, SIGNATURES)
and, in those that are opened, columns with phone numbers, representatives and free text are never read.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from where_is_ai.archive.content import has_member
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.funding.members import Member
from where_is_ai.quarters import Quarter

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
PREVIOUS_NAMES = tuple(
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
    optional=(*PREVIOUS_NAMES, "ZIPCODE"),
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
