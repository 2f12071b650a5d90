"""Postings written for the project, in the shapes that the sources answer with: for a demonstration and for tests.

    python -m where_is_ai.layers.postings.made_up ARCHIVE     # then run with WHERE_IS_AI_SOURCE=archive on its folder

Nobody posted them and they say nothing about the world. Every answer is marked as made up, and so is every output.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from html import escape
from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.archive.store import Archive
from where_is_ai.classifier import Posting
from where_is_ai.classifier import made_up as wording
from where_is_ai.classifier.keywords import has_keyword
from where_is_ai.layers.made_up import copy_places, enter
from where_is_ai.layers.postings import usajobs
from where_is_ai.layers.postings.boards import Board, known_boards
from where_is_ai.quarters import Quarter

NOTE = "made-up postings"
QUARTERS = (Quarter(2026, 1), Quarter(2026, 2))
SEED = 20260630
WORDINGS = 3_000
POSTINGS_PER_BOARD = 120
FEDERAL_POSTINGS = 400
DAYS_OPEN = (14, 120)
AI_SHARE_BY_PLACE = {"San Jose, CA": 0.5, "San Francisco, CA": 0.45, "Seattle, WA": 0.4, "Boston, MA": 0.3}
OTHER_AI_SHARE = 0.18
# Written as employers write them, some so that no metro can be told.
PLACES = {
    "San Francisco, CA": 14, "San Jose, CA": 9, "US, CA, Santa Clara": 4, "New York, NY": 12, "Seattle, WA": 9,
    "Boston, MA": 8, "Cambridge, MA": 3, "Austin, TX": 7, "Washington, DC": 7, "United States-Colorado-Aurora": 2,
    "Denver, Colorado, United States": 5, "Chicago, IL": 5, "Los Angeles, CA": 6, "Greater Boston": 2,
    "Atlanta, GA": 5, "Dallas-Fort Worth, TX": 4, "Raleigh, NC": 3, "Durham, NC": 2, "Pittsburgh, PA": 3,
    "Philadelphia, PA": 3, "San Diego, CA": 4, "Phoenix, AZ": 3, "Salt Lake City, UT": 3, "Minneapolis, MN": 3,
    "Detroit, MI": 2, "Miami, FL": 3, "Tampa, FL": 2, "Nashville, TN": 2, "Columbus, OH": 3, "Portland, OR": 3,
    "Huntsville, AL": 2, "Bentonville, AR": 2, "Charlotte, NC": 2, "San Francisco, CA; New York, NY": 5,
    "Seattle, WA | Remote": 2, "Remote - US": 9, "Remote": 3, "2 Locations": 2, "Portland": 1, "London, UK": 4,
    "Bengaluru, India": 3, "Toronto, ON": 2, "United States": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """One made-up posting with the days on which its board shows it."""

    number: int
    title: str
    text: str
    place: str
    opened: date
    closed: date


def openings(draw: random.Random, count: int, first: date, last: date) -> Iterator[Opening]:
    """``count`` postings opened between two days."""
    texts = _texts()
    for number in range(count):
        place = draw.choices(list(PLACES), list(PLACES.values()))[0]
        ai = draw.random() < AI_SHARE_BY_PLACE.get(place, OTHER_AI_SHARE)
        posting = draw.choice(texts[ai])
        opened = first + timedelta(days=draw.randrange((last - first).days + 1))
        closed = opened + timedelta(days=draw.randint(*DAYS_OPEN))
        yield Opening(number + 1, posting.title, posting.text, place, opened, closed)


@cache
def _texts() -> dict[bool, list[wording.MadeUpPosting]]:
    """Titles and texts by whether they are of AI jobs; few of the others mention AI, as in most of the market."""
    composed = wording.compose(WORDINGS, SEED)
    others = [one for one in composed if not one.ai_job]
    silent = [one for one in others if not has_keyword(Posting("", one.title, one.text))]
    return {True: [one for one in composed if one.ai_job], False: others[: len(silent) // 9] + silent}


def write_archive(folder: Path, boards: tuple[Board, ...] = ()) -> Archive:
    """An archive of weekly snapshots of made-up boards and of federal announcements over QUARTERS.

    Places and residents are the Census Bureau's, copied from the sample archive.
    """
    archive, draw = Archive(folder), random.Random(SEED)
    first, last = QUARTERS[0].first_day, QUARTERS[-1].last_day
    copy_places(archive)
    for board in boards or made_up_boards():
        shown = list(openings(draw, POSTINGS_PER_BOARD, first - timedelta(days=60), last))
        for monday in _mondays(first, last):
            open_then = [one for one in shown if one.opened <= monday <= one.closed]
            _keep(archive, board.request, ANSWERS[board.system](board, open_then), monday)
    for quarter in QUARTERS:
        _keep_federal(archive, draw, quarter)
    return archive


def made_up_boards() -> tuple[Board, ...]:
    """The project's list of boards with employers that don't exist in place of those on it."""
    return tuple(
        Board(board.system, f"made-up-{number}", f"Made-up Employer {number}", board.sector)
        for number, board in enumerate(known_boards(), start=1)
    )


def boards_csv(boards: tuple[Board, ...]) -> str:
    """A list of boards as ``known_boards`` reads it."""
    lines = (f"{one.system},{one.token},{one.company},{one.sector}\n" for one in boards)
    return "system,token,company,sector\n" + "".join(lines)


def greenhouse(board: Board, shown: list[Opening]) -> object:
    jobs = [
        {
            "id": one.number,
            "title": one.title,
            "company_name": board.company,
            "location": {"name": one.place},
            "first_published": f"{one.opened}T09:00:00-05:00",
            "updated_at": f"{one.closed}T09:00:00-05:00",
            "content": escape(f"<div><p>{escape(one.text)}</p></div>"),
            "absolute_url": f"https://example.org/{board.token}/{one.number}",
        }
        for one in shown
    ]
    return {"jobs": jobs, "meta": {"total": len(jobs)}}


def lever(board: Board, shown: list[Opening]) -> object:
    return [
        {
            "id": f"{board.token}-{one.number}",
            "text": one.title,
            "categories": {"location": one.place},
            "createdAt": int(datetime.combine(one.opened, time(12), UTC).timestamp() * 1000),
            "description": f"<div>{escape(one.text)}</div>",
            "lists": [],
            "hostedUrl": f"https://example.org/{board.token}/{one.number}",
        }
        for one in shown
    ]


def ashby(board: Board, shown: list[Opening]) -> object:
    jobs = [
        {
            "id": f"{board.token}-{one.number}",
            "title": one.title,
            "location": one.place,
            "secondaryLocations": [],
            "publishedAt": f"{one.opened}T16:00:00.000+00:00",
            "isListed": True,
            "descriptionHtml": f"<p>{escape(one.text)}</p>",
            "jobUrl": f"https://example.org/{board.token}/{one.number}",
        }
        for one in shown
    ]
    return {"jobs": jobs, "apiVersion": "1"}


ANSWERS = {"greenhouse": greenhouse, "lever": lever, "ashby": ashby}


def _keep_federal(archive: Archive, draw: random.Random, quarter: Quarter) -> None:
    shown = list(openings(draw, FEDERAL_POSTINGS, quarter.first_day, quarter.last_day))
    heads = [
        {
            "usajobsControlNumber": 10_000 * quarter.number + one.number,
            "hiringAgencyName": f"Made-up Agency {one.number % 23 + 1}",
            "positionTitle": one.title,
            "positionOpenDate": str(one.opened),
            "positionCloseDate": str(one.closed),
            "positionlocations": [{"positionLocationCity": one.place}],
        }
        for one in shown
    ]
    bodies = [
        {"usajobsControlNumber": head["usajobsControlNumber"], "summary": f"<p>{escape(one.text)}</p>"}
        for head, one in zip(heads, shown, strict=True)
    ]
    for request, data in zip(usajobs.first_pages(quarter), (heads, bodies), strict=True):
        answer = {"paging": {"metadata": {"totalCount": len(data), "pageSize": 1000}}, "data": data}
        _keep(archive, request, answer, quarter.last_day + timedelta(days=20))


def _keep(archive: Archive, request: Request, answer: object, day: date) -> None:
    content = json.dumps(answer, ensure_ascii=False, allow_nan=False).encode()
    enter(archive, request, content, day, NOTE)


def _mondays(first: date, last: date) -> list[date]:
    start = first + timedelta(days=-first.weekday() % 7)
    return [start + timedelta(weeks=week) for week in range((last - start).days // 7 + 1)]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_archive(target)
    (target.parent / "job_boards.csv").write_text(boards_csv(made_up_boards()), encoding="utf-8")
