"""Answers in the shapes of the real sources, and a loopback server that gives them at the real paths."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from where_is_ai.archive.store import Archive
from where_is_ai.layers.postings.boards import Board
from where_is_ai_tests.loopback import Answer, Asked, Loopback

GREENHOUSE = Board("greenhouse", "acme", "Acme")
LEVER = Board("lever", "bolt", "Bolt")
ASHBY = Board("ashby", "crane", "Crane")
BOARDS = (GREENHOUSE, LEVER, ASHBY)


def greenhouse_job(number: int = 1, **more: object) -> dict:
    return {
        "id": number,
        "title": "Machine Learning Engineer",
        "company_name": "Acme",
        "location": {"name": "Boston, MA"},
        "first_published": "2026-04-07T02:02:50-04:00",
        "updated_at": "2026-06-01T07:12:33-04:00",
        "content": "&lt;p&gt;Train models &amp;amp; serve them.&lt;/p&gt;",
        "absolute_url": f"https://example.org/{number}",
    } | more


def lever_job(number: int = 1, **more: object) -> dict:
    return {
        "id": f"lever-{number}",
        "text": "Writer",
        "categories": {"location": "Arlington, VA"},
        "country": "US",
        "createdAt": 1775563200000,
        "description": "<div>Write <b>well</b>.</div>",
        "lists": [{"text": "Duties", "content": "<li>write</li><li>edit</li>"}],
        "additional": "<div>Equal opportunity.</div>",
        "hostedUrl": f"https://example.org/lever/{number}",
    } | more


def ashby_job(number: int = 1, **more: object) -> dict:
    return {
        "id": f"ashby-{number}",
        "title": "Programme Manager",
        "location": "San Francisco",
        "secondaryLocations": [{"location": "New York, NY"}],
        "publishedAt": "2026-03-12T16:38:15.322+00:00",
        "isListed": True,
        "isRemote": None,
        "address": {
            "postalAddress": {
                "addressLocality": "San Francisco",
                "addressRegion": "California",
                "addressCountry": "United States",
            }
        },
        "jobUrl": f"https://example.org/ashby/{number}",
        "descriptionHtml": "<h3>About</h3><p>Run the programme.</p>",
    } | more


WRAPPED = {
    "greenhouse": lambda jobs: {"jobs": jobs, "meta": {"total": len(jobs)}},
    "lever": lambda jobs: jobs,
    "lever_eu": lambda jobs: jobs,
    "ashby": lambda jobs: {"jobs": jobs, "apiVersion": "1"},
}


def content(board: Board, *jobs: dict) -> bytes:
    return json.dumps(WRAPPED[board.system](list(jobs))).encode()


def keep(archive: Archive, board: Board, day: date, *jobs: dict, body: bytes | None = None):
    """An archived answer of ``board`` on ``day``."""
    at = datetime.combine(day, time(5), UTC)
    return archive.keep(content(board, *jobs) if body is None else body, board.request, at)


def serving(answers: dict[str, Answer | Callable[[Asked], Answer]]) -> Loopback:
    """A server that knows ``answers`` by host and path; anything else is a 404 as job boards give it."""

    def answer(asked: Asked, _: int) -> Answer:
        parts = urlsplit(asked.path)
        known = answers.get(parts.path.lstrip("/"))
        if known is None:
            return Answer(b'{"status":404,"error":"Job board not found"}', status=404)
        return known(asked) if callable(known) else known

    return Loopback(answer)


def path_of(board: Board) -> str:
    parts = urlsplit(board.request.url)
    return parts.netloc + parts.path
