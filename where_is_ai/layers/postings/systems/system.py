"""What a job board system is: where its boards answer, and how an answer becomes postings. One module each, all alike.

A new system is a module with a ``SYSTEM`` and its name in ``systems/__init__.py``; a new board of it is a line in the
list of boards.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

from where_is_ai.archive.entry import Request, Source
from where_is_ai.json_records import Record, read_json

_LICENCE = "texts belong to the employers: kept locally, never published"
_GONE = "The board may have moved: look at the employer's careers page, then mend or drop it in the list of boards."
# A posting's own answer is asked for once while it is open: employers seldom rewrite what they posted.
DETAIL_FRESH_FOR = timedelta(days=120)


@dataclass(frozen=True)
class Posted:
    """One posting as its system tells it; texts are empty where nothing is given.

    ``published`` is the date as given, None where none is, and ``posted_on`` what it was read as. ``address`` is the
    location with what the system says beside it, empty where it says no more; ``requisition`` the system's own id of
    the opening, where it has one; ``is_remote`` whether it says that the place does not matter.
    """

    id: str
    title: str
    markup: str
    published: object
    posted_on: date | None
    location: str
    address: str = ""
    url: str = ""
    company: str = ""
    requisition: str = ""
    is_remote: bool = False
    is_prospect: bool = False


@dataclass(frozen=True, kw_only=True)
class System:
    """A job board system.

    ``address`` gives where the board with a token answers first, ``part`` names the list of postings in an answer
    (empty where the answer is the list), ``title`` the title's field, by which a posting is cited. ``read`` takes a
    posting and, where the system has ``detail`` requests, the answer to its own. ``following`` is the page after one,
    given its request and its answer. ``body`` is posted with the first request; ``total`` reads how many postings an
    answer says that there are; ``merged`` makes one of the rows that an answer gives of one posting.
    """

    name: str
    source: Source
    address: Callable[[str], str]
    part: str
    title: str
    read: Callable[[Record, Record], Posted]
    token: str = r"[^/]+"
    token_looks_like: str = "acme"
    media_type: str = "application/json"
    parse: Callable[[bytes, str], object] = field(default=read_json)
    body: str = ""
    following: Callable[[Request, object], Request | None] | None = None
    detail: Callable[[str, Record], Request | None] | None = None
    is_shown: Callable[[object], bool] = field(default=lambda job: True)
    total: Callable[[object], object] = field(default=lambda answer: None)
    merged: Callable[[list], list] = field(default=lambda jobs: jobs)

    def request(self, token: str) -> Request:
        """A board's first request. Each answer is entered in the archive: when a posting was open matters."""
        url = self.address(token)
        return Request(url, self.source, self.media_type, each_time=True, promise=self.lacks, body=self.body)

    def is_page(self, url: str, token: str) -> bool:
        """Whether an address is that of a page of a board's list, rather than of a posting's own answer."""
        return address_of(url) == address_of(self.address(token))

    @property
    def is_json(self) -> bool:
        return self.media_type == "application/json"

    def lacks(self, answer: object) -> str:
        """What an answer lacks to be a board of this system, "" where it lacks nothing."""
        if isinstance(answer, str) and not self.is_json:
            return "" if f"<{self.part}" in answer else f"a {self.part!r} in XML"
        return "" if isinstance(self._part(answer), list) else "a list of postings"

    def records(self, answer: object) -> list:
        """The postings of an answer that lacks nothing, without those that the employer does not show."""
        return self.merged(list(filter(self.is_shown, self.all_records(answer))))

    def all_records(self, answer: object) -> list:
        """Those that the employer does not show among them, so that their numbers are those in the answer."""
        return self._part(answer)

    def path(self, number: int) -> str:
        """The JSON path of the title of a posting by its number in the answer, from 0."""
        return f"$.{self.part}[{number}].{self.title}" if self.part else f"$[{number}].{self.title}"

    def _part(self, answer: object) -> object:
        if not self.part:
            return answer
        return answer.get(self.part) if isinstance(answer, dict) else None


def address_of(url: str) -> str:
    """Host and path of an address."""
    parts = urlsplit(url)
    return parts.netloc + parts.path.rstrip("/")


def of(pattern: str) -> Callable[[str], str]:
    """The address of a board by its token, from a pattern with ``{token}``."""
    return lambda token: pattern.format(token=quote(token, safe=""))


def source(name: str, homepage: str, per_second: float | None = None) -> Source:
    rate = (per_second, per_second) if per_second else None
    return Source(name=name, licence=_LICENCE, homepage=homepage, refusal_hint=_GONE, per_second=rate)


def own_answer(url: str, of_source: Source, promise: Callable[[object], str]) -> Request:
    """The request of one posting's own answer."""
    return Request(url, of_source, "application/json", fresh_for=DETAIL_FRESH_FOR, promise=promise)


def with_url(request: Request, url: str) -> Request:
    return replace(request, url=url)


def with_body(request: Request, body: str) -> Request:
    return replace(request, body=body)
