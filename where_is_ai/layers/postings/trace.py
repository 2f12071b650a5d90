"""From a published postings number back to the postings in the archived answers."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.characters import writable
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.trace import point_cells, population_cells
from where_is_ai.json_records import read_json
from where_is_ai.layers.postings.counts import Judged, counted_in

TABLE = "usa_ai_postings_by_metro"
RAW = ("raw_job_boards", "raw_usajobs_announcements", "raw_linkup_feed")
# Columns that rest on every posting of the metro; the others rest on its AI postings, or on places alone.
OF_ALL = frozenset(
    {"all_postings", "ai_share_pct", "ai_postings_expected", "ai_postings_low", "ai_postings_high"}
)
OF_PLACE = {"area_code": "area_code", "metro": "metro", "lat": "lat", "lon": "lon"}
WITH_RESIDENTS = frozenset({"ai_postings_per_100k", "rank", "qualifies"})
RESIDENTS = frozenset({"population", "population_year", "population_vintage"})


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
    if column not in OF_ALL:
        postings = postings[postings["ai_job"].fillna(False).astype(bool)]
    which = "all" if column in OF_ALL else "the AI"
    how = (
        f"{which} {len(postings)} postings of {table} that name a place in the metro ({row['basis']}), "
        f"judged by {row['classifier']}; a posting that several boards or weeks showed is one"
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
    for entry in sorted(entries, key=lambda entry: entry.retrieved_at, reverse=True):
        if sought.empty:
            return
        found = [cell for cell in _titles(entry, evidence) if cell[0] in sought.index]
        for posting_id, path, title in found:
            judged = "unknown" if pd.isna(sought[posting_id]) else f"{sought[posting_id]:.2f}"
            meaning = f"title of {posting_id}, AI job with probability {judged}"
            yield RawCell(entry, {"json_path": path}, title, meaning)
        sought = sought.drop([posting_id for posting_id, _, _ in found])


def _titles(entry: Entry, evidence: Evidence) -> Iterator[tuple[str, str, str]]:
    """Posting id, JSON path and title of every posting in an answer of a board or of USAJOBS; none of a feed's file."""
    if entry.media_type != "application/json":
        return
    try:
        answer = read_json(evidence.library.read(entry), entry.url)
    except BadUpstream:
        return
    part, records = _records(answer)
    for number, record in enumerate(records):
        if not isinstance(record, dict):
            continue
        ids = {name.lower(): name for name in record}
        key = ids.get("id") or ids.get("usajobscontrolnumber")
        title = next((ids[name] for name in ("title", "text", "positiontitle") if name in ids), None)
        if key and title:
            own, named = (writable(str(record[name])).strip() for name in (key, title))
            yield _posting_id(entry, own), f"{part}[{number}].{title}", named


def _records(answer: object) -> tuple[str, Sequence[object]]:
    """The JSON path of the list of postings in an answer, and the list; none in an answer of another shape."""
    if isinstance(answer, list):
        return "$", answer
    if not isinstance(answer, dict):
        return "$", ()
    part = next((name for name in ("jobs", "data") if isinstance(answer.get(name), list)), "")
    return f"$.{part}", answer.get(part, ())


def _posting_id(entry: Entry, own: str) -> str:
    """The id that a posting has in the table: source, board and the board's own id."""
    address = urlsplit(entry.url)
    steps = [unquote(step) for step in address.path.split("/")]
    boards = {"greenhouse": steps[-2], "lever": steps[-1], "ashby": steps[-1]}
    for system, token in boards.items():
        if system in address.netloc:
            return f"{system}/{token}/{own}"
    return f"usajobs/{own}"
