"""From a published postings number back to the postings in the archived answers."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.characters import writable
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.trace import point_cells, population_cells
from where_is_ai.json_records import Record, read_json
from where_is_ai.layers.postings.boards import Board
from where_is_ai.layers.postings.counts import Judged, counted_in
from where_is_ai.layers.postings.feed_rows import feed_rows
from where_is_ai.layers.postings.snapshots import by_board
from where_is_ai.layers.postings.systems import SYSTEMS

TABLE = "usa_ai_postings_by_metro"
RAW = ("raw_job_boards", "raw_usajobs_announcements")
FEEDS = ("raw_linkup_feed", "raw_bulk_postings")
# Columns that rest on the postings that are called AI. The others rest on each posting's probability, or on places.
OF_CALLED = frozenset({"ai_postings_called", "employers", "few_employers"})
OF_PLACE = {"area_code": "area_code", "metro": "metro", "lat": "lat", "lon": "lon"}
RATE = "ai_postings_per_100k"
WITH_RESIDENTS = frozenset({RATE, f"{RATE}_low", f"{RATE}_high", "rank", "qualifies"})
RESIDENTS = frozenset({"population", "population_year", "population_vintage"})
# The id of a posting, where its title stands in an answer, and the title.
Title = tuple[str, Mapping[str, str], str]


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The postings behind ``column`` of a row of the table by metro, each at its latest sighting of the quarter."""
    if column in OF_PLACE:
        return Trace(
            "the metro's own entry in the Census gazetteer", tuple(point_cells(row, column, evidence))
        )
    residents = population_cells(row, evidence) if column in WITH_RESIDENTS | RESIDENTS else []
    if column in RESIDENTS:
        return Trace("the Census Bureau's estimate", tuple(residents))
    judged = Judged(
        evidence.path("postings"),
        evidence.path("posting_posts"),
        evidence.path("posting_verdicts"),
        evidence.table("posting_locations"),
    )
    postings = counted_in(judged, row["basis"], row["area_code"])
    if column in OF_CALLED:
        postings = postings[postings["ai_job"].fillna(False).astype(bool)]
    which = "the AI" if column in OF_CALLED else "all"
    how = (
        f"{which} {len(postings)} postings of {table} that name a place in the metro ({row['basis']}), "
        f"judged by {row['classifier']}; a posting that several boards or weeks showed is one"
    )
    if column not in OF_CALLED and column != "all_postings":
        how += (
            "; AI postings are the sum of their probabilities, as the classifier's known errors correct them"
        )
    if column.startswith(("growth", "why_no_growth")):
        how += "; against those of the quarter before, on the boards read in both"
    return Trace(how, (*_cells(postings, evidence), *residents))


def trace_layer(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row that was counted over the whole layer: all answers of boards and feeds, and the Census's."""
    return whole_answers(f"{column} of {table} was counted over the whole layer", evidence.entries("raw_"))


def _cells(postings: pd.DataFrame, evidence: Evidence) -> Iterator[RawCell]:
    """Each posting where it was seen last; answers are read from the newest back until all are found."""
    sought = postings.set_index("post_id")["probability"]
    entries = [entry for asset in RAW for entry in evidence.entries(asset)]
    of_boards = {
        entry.key: board
        for board, answers in by_board(entries, _boards(sought.index)).items()
        for entry in answers
    }
    for entry in sorted(entries, key=lambda entry: entry.retrieved_at, reverse=True):
        if sought.empty:
            break
        board = of_boards.get(entry.key)
        titles = _titles_on_board(entry, board, evidence) if board else _federal_titles(entry, evidence)
        found = [cell for cell in titles if cell[0] in sought.index]
        for posting_id, at, title in found:
            yield RawCell(entry, at, title, _meaning(posting_id, sought))
        sought = sought.drop([posting_id for posting_id, _, _ in found])
    files = [entry for asset in FEEDS for entry in evidence.entries(asset)]
    for found in feed_rows(evidence.library, files, sought.index):
        at = {"row": found.row, "column": found.column}
        yield RawCell(found.entry, at, writable(found.title).strip(), _meaning(found.posting_id, sought))


def _meaning(posting_id: str, probabilities: pd.Series) -> str:
    probability = probabilities[posting_id]
    judged = "unknown" if pd.isna(probability) else f"{probability:.2f}"
    return f"title of {posting_id}, AI job with probability {judged}"


def _boards(posting_ids: Iterable[str]) -> list[Board]:
    """The boards that postings came from, by their ids: system, token and the board's own id."""
    parts = (posting_id.split("/") for posting_id in posting_ids)
    named = {(system, "/".join(token)) for system, *token, _ in parts if system in SYSTEMS}
    return [Board(system, token, token) for system, token in sorted(named)]


def _titles_on_board(entry: Entry, board: Board, evidence: Evidence) -> Iterator[Title]:
    """Posting id, place and title of every posting on a page of a board; none in a posting's own answer."""
    system = board.of_system
    if not system.is_page(entry.url, board.token):
        return
    try:
        answer = system.parse(evidence.library.read(entry), entry.url)
    except BadUpstream:
        return
    if system.lacks(answer):
        return
    for number, record in enumerate(system.all_records(answer)):
        posted = system.read(Record(record), Record(None))
        at = {"json_path": system.path(number)} if system.is_json else {"part": f"position {number + 1}"}
        yield f"{board.name}/{posted.id}", at, writable(posted.title).strip()


def _federal_titles(entry: Entry, evidence: Evidence) -> Iterator[Title]:
    """The same of a page of federal announcements."""
    if entry.media_type != "application/json":
        return
    try:
        answer = read_json(evidence.library.read(entry), entry.url)
    except BadUpstream:
        return
    records = answer.get("data") if isinstance(answer, dict) else None
    for number, record in enumerate(records if isinstance(records, list) else ()):
        names = {name.lower(): name for name in record} if isinstance(record, dict) else {}
        key, title = names.get("usajobscontrolnumber"), names.get("positiontitle")
        if key and title:
            own, named = (writable(str(record[name])).strip() for name in (key, title))
            yield f"usajobs/{own}", {"json_path": f"$.data[{number}].{title}"}, named
