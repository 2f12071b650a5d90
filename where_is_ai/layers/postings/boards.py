"""Public job boards: which are read, and how an answer of one becomes sightings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pandas as pd

from where_is_ai import reading
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.characters import writable
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.json_records import Record, is_count, read_json
from where_is_ai.layers.postings.days import plausible_day
from where_is_ai.layers.postings.prospects import TROUBLE, is_prospect
from where_is_ai.layers.postings.sightings import Sighting, Tally, fit_to_keep, unreadable_counted
from where_is_ai.layers.postings.systems import SYSTEMS, Posted, System
from where_is_ai.layers.postings.systems.places import fully_remote, says_remote
from where_is_ai.layers.postings.text import has_words, is_overlong, plain_text

OWN_LIST = "job_boards.csv"
MOST_POSTINGS = 1_000_000
COLUMNS = ["system", "token", "company", "sector"]


@dataclass(frozen=True)
class Board:
    """One employer's board: its system (a name in SYSTEMS), its token there, the employer's name.

    ``sector`` is that of the employer's main business, as the list of boards calls it; empty where it doesn't say.
    """

    system: str
    token: str
    company: str
    sector: str = ""

    @property
    def name(self) -> str:
        return f"{self.system}/{self.token}"

    @property
    def of_system(self) -> System:
        return SYSTEMS[self.system]

    @property
    def request(self) -> Request:
        """Its first request; what may follow is told by its answer."""
        return self.of_system.request(self.token)

    def detail(self, record: object) -> Request | None:
        """The request of a posting's own answer, where the system gives one apart from its list."""
        detail = self.of_system.detail
        return detail(self.token, Record(record)) if detail else None


def known_boards(data: Path | None = None) -> tuple[Board, ...]:
    """The boards to read: ``job_boards.csv`` in the data folder where somebody put one, else the project's list.

    Raises UsageError for a line that is not system,token,company, for an unknown system, for a token that is none of
    its system and for a board listed twice.
    """
    own = data / OWN_LIST if data else None
    if own:
        reading.note(reading.file(own))
    path = own if own and own.is_file() else files("where_is_ai.layers.postings").joinpath("boards.csv")
    try:
        with path.open(encoding="utf-8-sig") as file:
            rows = pd.read_csv(file, dtype=str, keep_default_na=False, comment="#")
    except (OSError, ValueError) as fault:
        why = " ".join(str(fault).split()).rstrip(".")
        raise UsageError(f"{path} can't be read: {why}.", "It needs lines of system,token,company.") from None
    if list(rows.columns) not in (COLUMNS, COLUMNS[:-1]):
        raise UsageError(
            f"{path} has the columns {', '.join(rows.columns)}.",
            "It needs system,token,company; sector may follow.",
        )
    boards = [Board(*(cell.strip() for cell in row)) for row in rows.itertuples(index=False)]
    for board in boards:
        _require_sound(board, path)
    twice = pd.Series([board.name for board in boards])
    if twice.duplicated().any():
        raise UsageError(f"{path} lists {twice[twice.duplicated()].iloc[0]} twice.", "Drop one of the lines.")
    return tuple(boards)


def _require_sound(board: Board, path: object) -> None:
    if board.system not in SYSTEMS or not board.token or not board.company:
        raise UsageError(
            f"{path} lists {board.name!r} for {board.company!r}.",
            f"Give a system ({', '.join(SYSTEMS)}), the board's token there and the employer's name.",
        )
    if not re.fullmatch(board.of_system.token, board.token):
        raise UsageError(
            f"{path} lists {board.name!r}, whose token is none of {board.system}.",
            f"A token of {board.system} looks like {board.of_system.token_looks_like}.",
        )


def read_board(
    library: Library, entry: Entry, board: Board, tally: Tally, beside: Mapping[str, Entry] | None = None
) -> Iterator[Sighting]:
    """The sightings of one archived page of a board; what can't be used goes to ``tally``.

    ``beside`` are the board's last answers by the keys of their requests: the pages of its list and, for systems that
    give them, the postings' own. The border is the posting: whatever one of them holds, the others are read. Raises
    BadUpstream where the answer as a whole is not a list of postings.
    """
    system = board.of_system
    answer = system.parse(library.read(entry), entry.url)
    records = _records(answer, entry.url, system)
    if not records:
        tally.add(board.system, board.name, "empty board", "counted", entry.url)
    beside = {} if beside is None else beside
    after = system.following and system.following(_asked(board, entry), answer)
    if after and after.key not in beside:
        tally.add(board.system, board.name, "a page is missing", "others read", after.key)
    total = system.total(answer)
    if is_count(total, MOST_POSTINGS) and total > len(records):
        tally.add(board.system, board.name, "fewer postings than its total", "others read", entry.url)
    ids = set()
    for record in records:
        sighting = None
        with unreadable_counted(tally, board.system, board.name, entry.url):
            own = _own_answer(library, board, record, beside, tally)
            sighting = _read(record, own, entry, board, tally, ids)
        if sighting:
            yield sighting


def _asked(board: Board, entry: Entry) -> Request:
    """The request that an archived page of a board answers."""
    return replace(board.request, url=entry.url, body=entry.body)


def _own_answer(
    library: Library, board: Board, record: object, beside: Mapping[str, Entry], tally: Tally
) -> object:
    """What a posting's own answer says; None, with a trouble, where the system gives one and it is not at hand."""
    request = board.detail(record)
    if not request:
        return None
    try:
        entry = beside.get(request.key)
        if entry:
            return read_json(library.read(entry), entry.url)
    except BadUpstream:
        pass
    return tally.add(board.system, board.name, "no answer of its own", "kept without", request.url)


def _read(
    record: object, own: object, entry: Entry, board: Board, tally: Tally, ids: set[str]
) -> Sighting | None:
    """One posting; None, with a trouble, where it can't be told from others. ``ids`` are those read before."""
    job, detail = Record(record), Record(own)
    posted = board.of_system.read(job, detail)
    name = f"{board.name}/{posted.id}"
    if not posted.id or not writable(posted.title).strip():
        return tally.add(board.system, board.name, "no id or no title", "left out", entry.url)
    if name in ids:
        return tally.add(board.system, board.name, "id given twice", "first one kept", name)
    ids.add(name)
    if posted.is_prospect or is_prospect(posted.title):
        return tally.add(board.system, board.name, TROUBLE, "no opening: left out", name)
    for wrong in (*job.wrong, *detail.wrong):
        tally.add(board.system, board.name, wrong, "taken as not given", name)
    sighting = _sighting(posted, name, board, entry.retrieved.date(), tally)
    return fit_to_keep(sighting, posted.markup, tally)


def _records(answer: object, url: str, system: System) -> list:
    if lacking := system.lacks(answer):
        raise BadUpstream(
            f"{url} answered in another shape: without {lacking}.",
            f"If the system has changed its answers, adapt {system.read.__module__.replace('.', '/')}.py.",
        )
    return system.records(answer)


def _sighting(posted: Posted, name: str, board: Board, seen: date, tally: Tally) -> Sighting:
    day = plausible_day(posted.posted_on, seen)
    if posted.published is not None and not day:
        tally.add(board.system, board.name, "absurd date", "taken as not given", name)
    elif not day:
        tally.add(board.system, board.name, "no date", "kept without", name)
    address = posted.address or posted.location
    if not address:
        tally.add(board.system, board.name, "no location", "kept without", name)
    if is_overlong(posted.markup):
        tally.add(board.system, board.name, "overlong description", "cut", name)
    text = plain_text(posted.markup)
    if has_words(posted.markup) and not has_words(text):
        tally.add(board.system, board.name, "description can't be read", "kept without", name)
    return Sighting(
        posting_id=name,
        source=board.system,
        board=board.name,
        company=posted.company or board.company,
        title=posted.title,
        text=text,
        posted_on=day,
        first_seen=seen,
        last_seen=seen,
        location=posted.location or address,
        address=fully_remote(address) if posted.is_remote or says_remote(posted.title) else address,
        url=posted.url,
        requisition=posted.requisition,
        sector=board.sector,
    )
