"""Boards show only what is open today: a snapshot a week, and a quarter that is the union of its snapshots."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

from where_is_ai.archive.download import CONCURRENT
from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.layers.postings.boards import Board
from where_is_ai.quarters import Quarter

# With fewer, most of a quarter's postings may have come and gone unseen: what is left is a stock, not a flow.
SNAPSHOTS_OF_A_FLOW = 8


@dataclass(frozen=True)
class Snapshot:
    """``entries`` are the answers of one week by board, ``failures`` what each board that did not answer said."""

    entries: dict[Board, Entry]
    failures: dict[Board, str]


def week_of(day: date) -> date:
    """The Monday of the week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def take_snapshot(library: Library, boards: Sequence[Board], quarter: Quarter) -> Snapshot:
    """Ask every board; one that fails is told with its reason and never loses the others."""

    def ask(board: Board) -> Entry | str:
        try:
            return library.get(board.request, quarter)
        except (BadUpstream, NotArchived) as refusal:
            return str(refusal)

    with ThreadPoolExecutor(CONCURRENT) as pool:
        answers = dict(zip(boards, pool.map(ask, boards), strict=True))
    return Snapshot(
        entries={board: answer for board, answer in answers.items() if isinstance(answer, Entry)},
        failures={board: answer for board, answer in answers.items() if isinstance(answer, str)},
    )


def archived_snapshot(library: Library, boards: Iterable[Board], monday: date) -> Snapshot:
    """The snapshot of the week that begins on ``monday``, as far as it was archived."""
    found = {
        board: [
            entry for entry in library.versions(board.request) if week_of(entry.retrieved.date()) == monday
        ]
        for board in boards
    }
    return Snapshot(
        entries={board: entries[-1] for board, entries in found.items() if entries},
        failures={board: "not archived that week" for board, entries in found.items() if not entries},
    )


def answers_in(library: Library, boards: Iterable[Board], quarter: Quarter) -> dict[Board, list[Entry]]:
    """All archived answers of the quarter's days by board, oldest first; none for a board that never answered."""
    return {
        board: [
            entry
            for entry in library.versions(board.request)
            if quarter.first_day <= entry.retrieved.date() <= quarter.last_day
        ]
        for board in boards
    }


def weeks_of(entries: Iterable[Entry]) -> list[date]:
    """The weeks in which any of ``entries`` was retrieved, by their Mondays."""
    return sorted({week_of(entry.retrieved.date()) for entry in entries})


def basis_of(snapshots: int, boards_read: int) -> str:
    """``flow`` where enough snapshots say what is new, or where feeds alone say it; else ``stock``."""
    return "flow" if snapshots >= SNAPSHOTS_OF_A_FLOW or not boards_read else "stock"


def by_board(entries: Iterable[Entry], boards: Iterable[Board]) -> dict[Board, list[Entry]]:
    """``entries`` by the board that gave them; those of boards that are no longer on the list are left out."""
    listed = {board.request.url: board for board in boards}
    found: dict[Board, list[Entry]] = {}
    for entry in entries:
        if entry.url in listed:
            found.setdefault(listed[entry.url], []).append(entry)
    return found
