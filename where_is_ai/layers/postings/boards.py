"""Public job boards: which are read, and how each system's answer becomes sightings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.characters import writable
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.json_records import Record, is_count, read_json
from where_is_ai.layers.postings.prospects import TROUBLE, is_prospect
from where_is_ai.layers.postings.sightings import (
    Sighting,
    Tally,
    day_of,
    day_of_epoch_ms,
    fit_to_keep,
    plausible_day,
    unreadable_counted,
)
from where_is_ai.layers.postings.text import has_words, is_overlong, plain_text

OWN_LIST = "job_boards.csv"
MOST_POSTINGS = 1_000_000
_LICENCE = "texts belong to the employers: kept locally, never published"
_GONE = "The board may have moved: look at the employer's careers page, then mend or drop it in the list of boards."


@dataclass(frozen=True)
class System:
    """A job board system: who runs it, where a board answers, where its postings lie, how one is read."""

    source: Source
    url: str
    records: Callable[[object], object]
    read: Callable[[Record, "Board"], dict]

    def lacks(self, answer: object) -> str:
        """What an answer lacks to be a board of this system, "" where it lacks nothing."""
        try:
            records = self.records(answer)
        except (KeyError, TypeError, AttributeError):
            records = None
        return "" if isinstance(records, list) else "a list of postings"


@dataclass(frozen=True)
class Board:
    """One employer's board: its system (a name in SYSTEMS), its token there, and the employer's name."""

    system: str
    token: str
    company: str

    @property
    def name(self) -> str:
        return f"{self.system}/{self.token}"

    @property
    def request(self) -> Request:
        """Each answer is entered in the archive, even an unchanged one: when a posting was open matters."""
        system = SYSTEMS[self.system]
        url = system.url.format(token=quote(self.token, safe=""))
        return Request(url, system.source, "application/json", each_time=True, promise=system.lacks)


def known_boards(data: Path | None = None) -> tuple[Board, ...]:
    """The boards to read: ``job_boards.csv`` in the data folder where somebody put one, else the project's list.

    Raises UsageError for a line that is not system,token,company, for an unknown system and for a board listed twice.
    """
    own = data / OWN_LIST if data else None
    path = own if own and own.is_file() else files("where_is_ai.layers.postings").joinpath("boards.csv")
    try:
        with path.open(encoding="utf-8-sig") as file:
            rows = pd.read_csv(file, dtype=str, keep_default_na=False, comment="#")
    except (OSError, ValueError) as fault:
        why = " ".join(str(fault).split()).rstrip(".")
        raise UsageError(f"{path} can't be read: {why}.", "It needs lines of system,token,company.") from None
    if list(rows.columns) != ["system", "token", "company"]:
        raise UsageError(
            f"{path} has the columns {', '.join(rows.columns)}.", "It needs system,token,company."
        )
    boards = [Board(*(cell.strip() for cell in row)) for row in rows.itertuples(index=False)]
    for board in boards:
        if board.system not in SYSTEMS or not board.token or not board.company:
            raise UsageError(
                f"{path} lists {board.name!r} for {board.company!r}.",
                f"Give a system ({', '.join(SYSTEMS)}), the board's token there and the employer's name.",
            )
    twice = pd.Series([board.name for board in boards])
    if twice.duplicated().any():
        raise UsageError(f"{path} lists {twice[twice.duplicated()].iloc[0]} twice.", "Drop one of the lines.")
    return tuple(boards)


def read_board(library: Library, entry: Entry, board: Board, tally: Tally) -> Iterator[Sighting]:
    """The sightings of one archived answer; what can't be used goes to ``tally``.

    The border is the posting: whatever one of them holds, the others are read. Raises BadUpstream where the answer as
    a whole is not a list of postings.
    """
    answer = read_json(library.read(entry), entry.url)
    records = _records(answer, entry.url, board)
    if not records:
        tally.add(board.system, board.name, "empty board", "counted", entry.url)
    total = Record(answer).part("meta").given("total")
    if is_count(total, MOST_POSTINGS) and total > len(records):
        tally.add(board.system, board.name, "fewer postings than its total", "others read", entry.url)
    ids = set()
    for record in records:
        sighting = None
        with unreadable_counted(tally, board.system, board.name, entry.url):
            sighting = _read(record, entry, board, tally, ids)
        if sighting:
            yield sighting


def _read(record: object, entry: Entry, board: Board, tally: Tally, ids: set[str]) -> Sighting | None:
    """One posting; None, with a trouble, where it can't be told from others. ``ids`` are those read before."""
    job = Record(record)
    raw = SYSTEMS[board.system].read(job, board)
    name = f"{board.name}/{raw['id']}"
    if not raw["id"] or not writable(raw["title"]).strip():
        return tally.add(board.system, board.name, "no id or no title", "left out", entry.url)
    if name in ids:
        return tally.add(board.system, board.name, "id given twice", "first one kept", name)
    ids.add(name)
    if raw["is_prospect"] or is_prospect(raw["title"]):
        return tally.add(board.system, board.name, TROUBLE, "no opening: left out", name)
    for wrong in job.wrong:
        tally.add(board.system, board.name, wrong, "taken as not given", name)
    return fit_to_keep(_sighting(raw, name, board, entry.retrieved.date(), tally), raw["markup"], tally)


def _records(answer: object, url: str, board: Board) -> list:
    system = SYSTEMS[board.system]
    if lacking := system.lacks(answer):
        raise BadUpstream(
            f"{url} answered with JSON of another shape: without {lacking}.",
            "If the system has changed its answers, adapt where_is_ai/layers/postings/boards.py.",
        )
    return system.records(answer)


def _sighting(raw: dict, name: str, board: Board, seen: date, tally: Tally) -> Sighting:
    posted = plausible_day(raw["posted_on"], seen)
    if raw["dated"] and not posted:
        tally.add(board.system, board.name, "absurd date", "taken as not given", name)
    elif not posted:
        tally.add(board.system, board.name, "no date", "kept without", name)
    if not raw["location"]:
        tally.add(board.system, board.name, "no location", "kept without", name)
    if is_overlong(raw["markup"]):
        tally.add(board.system, board.name, "overlong description", "cut", name)
    text = plain_text(raw["markup"])
    if has_words(raw["markup"]) and not has_words(text):
        tally.add(board.system, board.name, "description can't be read", "kept without", name)
    return Sighting(
        posting_id=name,
        source=board.system,
        board=board.name,
        company=raw["company"] or board.company,
        title=raw["title"],
        text=text,
        posted_on=posted,
        first_seen=seen,
        last_seen=seen,
        location=raw["location"],
        address=raw["address"] or raw["location"],
        url=raw["url"],
        requisition=raw["requisition"],
    )


def _greenhouse(job: Record, board: Board) -> dict:
    """``first_published`` is the date; ``updated_at`` moves with every edit. ``content`` is entity-escaped HTML."""
    return {
        "id": job.identifier("id"),
        "title": job.text("title"),
        "company": job.text("company_name") or board.company,
        "markup": job.text("content"),
        "dated": job.given("first_published") is not None,
        "posted_on": day_of(job.given("first_published")),
        "location": job.part("location").text("name"),
        "address": "",
        "url": job.text("absolute_url"),
        "requisition": job.identifier("internal_job_id"),
        "is_prospect": job.says_null("internal_job_id"),
    }


def _lever(job: Record, board: Board) -> dict:
    """The title is ``text``; the description comes in a head, lists and a tail; ``country`` is an ISO code."""
    categories = job.part("categories")
    first = categories.text("location")
    places = categories.texts("allLocations") or ([first] if first else [])
    lists = [(part.text("text"), part.text("content")) for part in job.parts("lists")]
    body = [f"<p>{head}</p><ul>{items}</ul>" for head, items in lists]
    country = job.text("country")
    return {
        "id": job.identifier("id"),
        "title": job.text("text"),
        "company": board.company,
        "markup": "\n".join([job.text("description"), *body, job.text("additional")]),
        "dated": job.given("createdAt") is not None,
        "posted_on": day_of_epoch_ms(job.given("createdAt")),
        "location": "; ".join(places),
        "address": f"{places[0]}, {country}" if len(places) == 1 and country else "",
        "url": job.text("hostedUrl"),
        "requisition": "",
        "is_prospect": False,
    }


def _ashby(job: Record, board: Board) -> dict:
    """The postal address says the state and country of the first location."""
    # One that does not say whether it is listed is read, and its flaw counted.
    job.flag("isListed")
    first = job.text("location")
    postal = job.part("address").part("postalAddress")
    parts = [postal.text(name) for name in ("addressLocality", "addressRegion", "addressCountry")]
    others = [other.text("location") for other in job.parts("secondaryLocations")]
    remote = "Remote, " if job.flag("isRemote") else ""
    full = ", ".join(part for part in parts if part)
    return {
        "id": job.identifier("id"),
        "title": job.text("title"),
        "company": board.company,
        "markup": job.text("descriptionHtml") or job.text("descriptionPlain"),
        "dated": job.given("publishedAt") is not None,
        "posted_on": day_of(job.given("publishedAt")),
        "location": "; ".join(place for place in (first, *others) if place),
        "address": "; ".join(place for place in (remote + (full or first), *others) if place)
        if parts[0]
        else "",
        "url": job.text("jobUrl"),
        "requisition": "",
        "is_prospect": False,
    }


def _listed(jobs: object) -> object:
    """Without those that the employer does not show on the board."""
    if not isinstance(jobs, list):
        return jobs
    return [job for job in jobs if not (isinstance(job, dict) and job.get("isListed") is False)]


def _source(name: str, homepage: str) -> Source:
    return Source(name=name, licence=_LICENCE, homepage=homepage, refusal_hint=_GONE)


SYSTEMS = {
    "greenhouse": System(
        _source("Greenhouse job boards", "https://developers.greenhouse.io/job-board.html"),
        "https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true",
        lambda answer: answer["jobs"],
        _greenhouse,
    ),
    "lever": System(
        _source("Lever postings", "https://github.com/lever/postings-api"),
        "https://api.lever.co/v0/postings/{token}?mode=json",
        lambda answer: answer,
        _lever,
    ),
    "ashby": System(
        _source("Ashby job boards", "https://developers.ashbyhq.com/docs/public-job-posting-api"),
        "https://api.ashbyhq.com/posting-api/job-board/{token}",
        lambda answer: _listed(answer["jobs"]),
        _ashby,
    ),
}
