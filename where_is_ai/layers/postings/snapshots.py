"""Boards show only what is open today: a snapshot a week, and a quarter that is the union of its snapshots."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from where_is_ai.archive.download import CONCURRENT
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.layers.postings.boards import Board
from where_is_ai.layers.postings.systems import address_of
from where_is_ai.quarters import Quarter, week_of

# With fewer, most of a quarter's postings may have come and gone unseen: what is left is a stock, not a flow.
SNAPSHOTS_OF_A_FLOW = 8
# No board is so long; one that goes on beyond gives its pages again and again.
MOST_PAGES = 2_000
Ask = Callable[[Request], Sequence[Entry]]


@dataclass(frozen=True)
class Snapshot:
    """``entries`` are the answers of one week by board, ``failures`` what each board that did not answer said.

    A board answers with the pages of its list, the first one first, and with what each posting says of its own where
    its system tells that apart.
    """

    entries: dict[Board, list[Entry]]
    failures: dict[Board, str]


def take_snapshot(library: Library, boards: Sequence[Board], quarter: Quarter) -> Snapshot:
    """Ask every board; one that fails is told with its reason and never loses the others."""

    def own(request: Request) -> list[Entry]:
        try:
            return [library.get(request, quarter)]
        except (BadUpstream, NotArchived):
            # A posting that was taken down between the list and its own answer; the list tells that it was open.
            return []

    def ask(board: Board) -> list[Entry] | str:
        try:
            return _walk(library, board, lambda request: [library.get(request, quarter)], own)
        except (BadUpstream, NotArchived) as refusal:
            return str(refusal)

    with ThreadPoolExecutor(CONCURRENT) as pool:
        answers = dict(zip(boards, pool.map(ask, boards), strict=True))
    return Snapshot(
        entries={board: answer for board, answer in answers.items() if isinstance(answer, list)},
        failures={board: answer for board, answer in answers.items() if isinstance(answer, str)},
    )


def archived_snapshot(library: Library, boards: Iterable[Board], monday: date) -> Snapshot:
    """The snapshot of the week that begins on ``monday``, as far as it was archived."""
    sunday = monday + timedelta(days=6)
    found = {board: _archived(library, board, monday, sunday, last=True) for board in boards}
    return Snapshot(
        entries={board: entries for board, entries in found.items() if entries},
        failures={board: "not archived that week" for board, entries in found.items() if not entries},
    )


def answers_in(library: Library, boards: Iterable[Board], quarter: Quarter) -> dict[Board, list[Entry]]:
    """All archived answers of the quarter's days by board, oldest first; none for a board that never answered.

    A posting's own answer may be older: it is asked for once.
    """
    return {board: _archived(library, board, quarter.first_day, quarter.last_day) for board in boards}


def weeks_of(entries: Iterable[Entry], quarter: Quarter) -> list[date]:
    """The weeks in which any of ``entries`` was retrieved in ``quarter``, by their Mondays.

    A posting's own answer may be of a quarter before.
    """
    days = (entry.retrieved.date() for entry in entries)
    return sorted({week_of(day) for day in days if quarter.first_day <= day <= quarter.last_day})


def basis_of(snapshots: int, boards_read: int) -> str:
    """``flow`` where enough snapshots say what is new, or where feeds alone say it; else ``stock``."""
    return "flow" if snapshots >= SNAPSHOTS_OF_A_FLOW or not boards_read else "stock"


def by_board(entries: Iterable[Entry], boards: Iterable[Board]) -> dict[Board, list[Entry]]:
    """``entries`` by the board that gave them; those of boards that are no longer on the list are left out."""
    listed = {_home(board): board for board in boards}
    found: dict[Board, list[Entry]] = {}
    for entry in entries:
        for home in _homes(entry.url):
            if home in listed:
                found.setdefault(listed[home], []).append(entry)
                break
    return found


def last_reads(answers: Mapping[Board, Sequence[Entry]]) -> pd.DataFrame:
    """The day that each board was last read: board (its name), last_read."""
    rows = [
        (board.name, max(entry.retrieved.date() for entry in entries)) for board, entries in answers.items()
    ]
    return pd.DataFrame(rows, columns=["board", "last_read"])


def _archived(library: Library, board: Board, first: date, last_day: date, last: bool = False) -> list[Entry]:
    """A board's archived answers of some days, of each request all or the ``last`` one, oldest first."""

    def pages(request: Request) -> list[Entry]:
        found = [entry for entry in library.versions(request) if first <= entry.retrieved.date() <= last_day]
        return found[-1:] if last else found

    def own(request: Request) -> list[Entry]:
        return [entry for entry in library.versions(request) if entry.retrieved.date() <= last_day][-1:]

    return sorted(_walk(library, board, pages, own), key=lambda entry: entry.retrieved_at)


def _walk(library: Library, board: Board, pages: Ask, own: Ask) -> list[Entry]:
    """The answers to a board's first request and to all that follow from them.

    Each request is asked once, and nothing follows from bytes that came before: tokens and pages that repeat end it.
    """
    found: list[Entry] = []
    details: dict[str, Request] = {}
    waiting, asked, read = [board.request], set(), set()
    while waiting:
        request = waiting.pop()
        asked.add(request.key)
        if len(asked) > MOST_PAGES:
            raise BadUpstream(
                f"{board.request.url} goes on for more than {MOST_PAGES} pages.", "Look at the board."
            )
        for entry in pages(request):
            found.append(entry)
            if entry.sha256 not in read:
                read.add(entry.sha256)
                after, its_details = _leads_to(library, board, request, entry)
                waiting += [one for one in after if one.key not in asked]
                details |= its_details
    return [*found, *(entry for request in details.values() for entry in own(request))]


def _leads_to(
    library: Library, board: Board, request: Request, entry: Entry
) -> tuple[list[Request], dict[str, Request]]:
    """The page after one, if any, and the requests of its postings' own answers by their keys.

    Nothing where the page can't be read, which is said when it is read for good.
    """
    system = board.of_system
    if not (system.following or system.detail):
        return [], {}
    try:
        answer = system.parse(library.read(entry), entry.url)
    except BadUpstream:
        return [], {}
    if system.lacks(answer):
        return [], {}
    after = system.following(request, answer) if system.following else None
    wanted = filter(None, map(board.detail, system.records(answer)))
    return [after] if after else [], {one.key: one for one in wanted}


def _home(board: Board) -> str:
    """The address under which all answers of a board lie."""
    return address_of(board.request.url).removesuffix("/jobs")


def _homes(url: str) -> Iterable[str]:
    """The addresses that an answer may lie under, nearest first."""
    home = address_of(url)
    while "/" in home:
        yield home
        home = home.rpartition("/")[0]
