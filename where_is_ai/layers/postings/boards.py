"""Public job boards: which are read, and how each system's answer becomes sightings."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.layers.postings.sightings import Sighting, Tally, day_of, day_of_epoch_ms, plausible_day
from where_is_ai.layers.postings.text import is_overlong, plain_text

OWN_LIST = "job_boards.csv"
_LICENCE = "texts belong to the employers: kept locally, never published"
_GONE = "The board may have moved: look at the employer's careers page, then mend or drop it in the list of boards."


@dataclass(frozen=True)
class System:
    """A job board system: who runs it, where a board answers, where its postings lie, how one is read."""

    source: Source
    url: str
    records: Callable[[object], object]
    read: Callable[[dict, "Board"], dict]


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
        return Request(url, system.source, "application/json", each_time=True, promise=self._lacks_postings)

    def _lacks_postings(self, answer: object) -> str:
        return "" if isinstance(_records_in(answer, self), list) else "a list of postings"


def known_boards(data: Path | None = None) -> tuple[Board, ...]:
    """The boards to read: ``job_boards.csv`` in the data folder where somebody put one, else the project's list.

    Raises UsageError for a line that is not system,token,company, for an unknown system and for a board listed twice.
    """
    own = data / OWN_LIST if data else None
    path = own if own and own.is_file() else files("where_is_ai.layers.postings").joinpath("boards.csv")
    with path.open(encoding="utf-8") as file:
        rows = pd.read_csv(file, dtype=str, keep_default_na=False, comment="#")
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

    Raises BadUpstream where the answer as a whole is not a list of postings.
    """
    seen = entry.retrieved.date()
    records = _records(library.read(entry), entry.url, board)
    if not records:
        tally.add(board.system, board.name, "empty board", "counted", entry.url)
    ids = set()
    for record in records:
        raw = SYSTEMS[board.system].read(record, board) if isinstance(record, dict) else {}
        posting_id, title = raw.get("id"), (raw.get("title") or "").strip()
        if posting_id in (None, "") or not title:
            tally.add(board.system, board.name, "no id or no title", "left out", entry.url)
            continue
        name = f"{board.name}/{posting_id}"
        if name in ids:
            tally.add(board.system, board.name, "id given twice", "first one kept", name)
            continue
        ids.add(name)
        yield _sighting(raw, name, title, board, seen, tally)


def _records(content: bytes, url: str, board: Board) -> list:
    try:
        records = _records_in(json.loads(content), board)
    except ValueError as error:
        raise BadUpstream(f"{url} was kept as malformed JSON: {error}.", "Take the snapshot again.") from None
    if not isinstance(records, list):
        raise BadUpstream(
            f"{url} answered with JSON of another shape: no list of postings in it.",
            "If the system has changed its answers, adapt where_is_ai/layers/postings/boards.py.",
        )
    return records


def _records_in(answer: object, board: Board) -> object:
    try:
        return SYSTEMS[board.system].records(answer)
    except (KeyError, TypeError, AttributeError):
        return None


def _sighting(raw: dict, name: str, title: str, board: Board, seen, tally: Tally) -> Sighting:
    posted = plausible_day(raw["posted_on"], seen)
    if raw["posted_on"] and not posted:
        tally.add(board.system, board.name, "absurd date", "taken as not given", name)
    elif not posted:
        tally.add(board.system, board.name, "no date", "kept without", name)
    if not raw["location"]:
        tally.add(board.system, board.name, "no location", "kept without", name)
    if is_overlong(raw["markup"]):
        tally.add(board.system, board.name, "overlong description", "cut", name)
    return Sighting(
        posting_id=name,
        source=board.system,
        board=board.name,
        company=raw["company"] or board.company,
        title=title,
        text=plain_text(raw["markup"]),
        posted_on=posted,
        first_seen=seen,
        last_seen=seen,
        location=raw["location"],
        address=raw["address"] or raw["location"],
        url=raw["url"] or "",
    )


def _greenhouse(job: dict, board: Board) -> dict:
    """``first_published`` is the date; ``updated_at`` moves with every edit. ``content`` is entity-escaped HTML."""
    location = _text(_part(job, "location").get("name"))
    return {
        "id": job.get("id"),
        "title": _text(job.get("title")),
        "company": _text(job.get("company_name")) or board.company,
        "markup": _text(job.get("content")),
        "posted_on": day_of(_text(job.get("first_published"))),
        "location": location,
        "address": "",
        "url": _text(job.get("absolute_url")),
    }


def _lever(job: dict, board: Board) -> dict:
    """The title is ``text``; the description comes in a head, lists and a tail; ``country`` is an ISO code."""
    categories = _part(job, "categories")
    places = categories.get("allLocations") or [categories.get("location")]
    places = [place for place in map(_text, places if isinstance(places, list) else []) if place]
    lists = [part for part in job.get("lists") or [] if isinstance(part, dict)]
    body = [f"<p>{_text(part.get('text'))}</p><ul>{_text(part.get('content'))}</ul>" for part in lists]
    country = _text(job.get("country"))
    return {
        "id": job.get("id"),
        "title": _text(job.get("text")),
        "company": board.company,
        "markup": "\n".join([_text(job.get("description")), *body, _text(job.get("additional"))]),
        "posted_on": day_of_epoch_ms(job.get("createdAt")),
        "location": "; ".join(places),
        "address": f"{places[0]}, {country}" if len(places) == 1 and country else "",
        "url": _text(job.get("hostedUrl")),
    }


def _ashby(job: dict, board: Board) -> dict:
    """The postal address says the state and country of the first location."""
    first = _text(job.get("location"))
    postal = _part(_part(job, "address"), "postalAddress")
    parts = [_text(postal.get(name)) for name in ("addressLocality", "addressRegion", "addressCountry")]
    others = [
        _text(other.get("location"))
        for other in job.get("secondaryLocations") or []
        if isinstance(other, dict)
    ]
    remote = "Remote, " if job.get("isRemote") is True else ""
    full = ", ".join(part for part in parts if part)
    return {
        "id": job.get("id"),
        "title": _text(job.get("title")),
        "company": board.company,
        "markup": _text(job.get("descriptionHtml")) or _text(job.get("descriptionPlain")),
        "posted_on": day_of(_text(job.get("publishedAt"))),
        "location": "; ".join(place for place in (first, *others) if place),
        "address": "; ".join(place for place in (remote + (full or first), *others) if place)
        if parts[0]
        else "",
        "url": _text(job.get("jobUrl")),
    }


def _listed(jobs: object) -> object:
    """Without those that the employer does not show on the board."""
    return [job for job in jobs if not (isinstance(job, dict) and job.get("isListed") is False)]


def _part(record: dict, name: str) -> dict:
    part = record.get(name)
    return part if isinstance(part, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


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
