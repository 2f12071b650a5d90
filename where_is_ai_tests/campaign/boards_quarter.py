"""A quarter of postings of every source, each of which may have given something else than it should."""

import gzip
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pandas as pd

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.postings import linkup, usajobs
from where_is_ai.layers.postings.quarter import Answers, misfits, write_postings
from where_is_ai.layers.postings.schema import Postings
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.postings.answers import (
    ASHBY,
    BOARDS,
    GREENHOUSE,
    LEVER,
    ashby_job,
    content,
    greenhouse_job,
    lever_job,
)
from where_is_ai_tests.layers.postings.feed import drop, record

QUARTER = Quarter(2026, 2)
POSTINGS = 4
SEEN = datetime(2026, 5, 18, 5, tzinfo=UTC)
HEADS, BODIES, FEED, TEXTS = "heads", "bodies", "feed", "feed texts"
FILES = {FEED: "raw_daily_records_2026-05-20.csv.gz", TEXTS: "raw_daily_descriptions_2026-05-20.csv.gz"}


def head(number: int) -> dict:
    place = {"positionLocationCity": "Aurora, Colorado", "positionLocationState": "Colorado"}
    return {
        "usajobsControlNumber": number,
        "hiringAgencyName": "Geological Survey",
        "positionTitle": f"Data Scientist {number}",
        "positionOpenDate": "2026-05-04",
        "positionCloseDate": "2026-05-18",
        "positionLocations": [place | {"positionLocationCountry": "United States"}],
    }


def body(number: int) -> dict:
    return {
        "usajobsControlNumber": number,
        "summary": f"<p>Model rivers {number}.</p>",
        "duties": "<p>Fit</p>",
    }


@cache
def sources() -> dict[str, bytes]:
    """What each source answers when it is well: postings of distinct titles and texts."""
    numbers = range(1, POSTINGS + 1)
    paging = {"metadata": {"totalCount": POSTINGS, "continuationToken": None}, "next": None}
    with tempfile.TemporaryDirectory() as folder:
        rows = [record(number, title=f"Analyst {number}") for number in numbers]
        drop(Path(folder), FILES[FEED], rows)
        drop(
            Path(folder),
            FILES[TEXTS],
            [{"job_hash": row["hash"], "description": f"Analyse {row['title']}"} for row in rows],
        )
        files = {kind: gzip.decompress((Path(folder) / name).read_bytes()) for kind, name in FILES.items()}
    return {
        "greenhouse": content(
            GREENHOUSE, *(greenhouse_job(n, content=f"&lt;p&gt;Train {n} models.&lt;/p&gt;") for n in numbers)
        ),
        "lever": content(LEVER, *(lever_job(n, description=f"<div>Write {n}.</div>") for n in numbers)),
        "ashby": content(ASHBY, *(ashby_job(n, descriptionHtml=f"<p>Run {n}.</p>") for n in numbers)),
        HEADS: json.dumps({"paging": paging, "data": [head(n) for n in numbers]}).encode(),
        BODIES: json.dumps({"paging": paging, "data": [body(n) for n in numbers]}).encode(),
        **files,
    }


@dataclass(frozen=True)
class Read:
    postings: pd.DataFrame
    troubles: pd.DataFrame


def read(contents: dict[str, bytes], pack: Callable[[bytes], bytes] = gzip.compress) -> Read:
    """The quarter's postings and troubles from what each source gave; ``pack`` makes a feed's file of its lines."""
    with tempfile.TemporaryDirectory() as name:
        folder, tally = Path(name), Tally()
        archive = Archive(folder / "archive")
        boards = {board: [archive.keep(contents[board.system], board.request, SEEN)] for board in BOARDS}
        firsts = usajobs.first_pages(QUARTER)
        federal = [
            archive.keep(contents[kind], first, SEEN)
            for kind, first in zip((HEADS, BODIES), firsts, strict=True)
        ]
        (folder / "by_hand").mkdir()
        for kind, file in FILES.items():
            (folder / "by_hand" / file).write_bytes(pack(contents[kind]))
        feed = linkup.adopt_dropped(folder / "by_hand", archive, QUARTER, tally)
        out = folder / "postings.parquet"
        troubles = write_postings(
            Replay(archive), Answers(boards, federal[:1], federal[1:], feed), QUARTER, out, folder / "posts"
        )
        if not (wrong := misfits(out, Postings)).empty:
            raise ValueError(f"misfits: {wrong.to_dict('records')[:2]}")
        postings = (
            pd.read_parquet(out).astype({"is_new": "boolean"}).sort_values("posting_id", ignore_index=True)
        )
        return Read(postings, pd.concat([tally.table(), troubles], ignore_index=True))


@cache
def truth() -> Read:
    return read(sources())
