"""Job boards over a real socket and from the archive: what is read, and that one bad board never loses the others."""

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from where_is_ai.archive import download
from where_is_ai.archive.fetch import Replay, open_library
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.layers.postings.boards import Board, known_boards, read_board
from where_is_ai.layers.postings.quarter import Answers, misfits, write_postings
from where_is_ai.layers.postings.schema import Postings
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.layers.postings.snapshots import (
    answers_in,
    archived_snapshot,
    take_snapshot,
    weeks_of,
)
from where_is_ai.layers.postings.text import LONGEST_CHARS
from where_is_ai.quarters import Quarter, week_of
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.postings.answers import (
    ASHBY,
    BOARDS,
    GREENHOUSE,
    LEVER,
    ashby_job,
    content,
    greenhouse_job,
    keep,
    lever_job,
    path_of,
    serving,
)
from where_is_ai_tests.loopback import Answer, Asked

QUARTER = Quarter(2026, 2)
DAY = date(2026, 4, 13)
TODAY = datetime.now(UTC).date()
HTML = b"<!DOCTYPE html><html><head><title>Sorry</title></head></html>"


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)


def read(folder, board, *jobs, body=None):
    """The sightings of one archived answer, and what was wrong with it by trouble."""
    archive, tally = Archive(folder), Tally()
    found = list(read_board(Replay(archive), keep(archive, board, DAY, *jobs, body=body), board, tally))
    return found, tally.table().set_index("trouble")["count"].to_dict()


def live(folder, mirror):
    return open_library(Settings(data=folder, source="live", contact="who@example.org", mirror=mirror))


def test_greenhouse_is_dated_by_first_publication_and_its_escaped_html_becomes_text(tmp_path):
    (found,), troubles = read(tmp_path, GREENHOUSE, greenhouse_job())
    assert (found.posting_id, found.company, found.location) == ("greenhouse/acme/1", "Acme", "Boston, MA")
    assert (found.posted_on, found.first_seen) == (date(2026, 4, 7), DAY)
    assert found.text == "Train models & serve them."
    assert troubles == {}


def test_lever_joins_its_parts_and_adds_the_country_to_a_single_place(tmp_path):
    (found,), _ = read(tmp_path, LEVER, lever_job())
    assert (found.title, found.company, found.posted_on) == ("Writer", "Bolt", date(2026, 4, 7))
    assert (found.location, found.address) == ("Arlington, VA", "Arlington, VA, US")
    assert found.text.splitlines()[0] == "Write well."
    assert {"Duties", "Equal opportunity."} <= set(found.text.splitlines())


def test_lever_takes_all_locations_where_there_are_several(tmp_path):
    places = {"location": "Boston", "allLocations": ["Boston, MA", "New York, NY"]}
    (found,), _ = read(tmp_path, LEVER, lever_job(categories=places))
    assert found.address == "Boston, MA; New York, NY"


def test_ashby_names_the_state_of_the_first_place_and_keeps_unlisted_jobs_out(tmp_path):
    found, troubles = read(tmp_path, ASHBY, ashby_job(), ashby_job(2, isListed=False))
    assert [one.posting_id for one in found] == ["ashby/crane/ashby-1"]
    assert found[0].location == "San Francisco; New York, NY"
    assert found[0].address == "San Francisco, California, United States; New York, NY"
    assert troubles == {}


AUSTIN = {"addressLocality": "Austin", "addressRegion": "Texas", "addressCountry": "United States"}
IN_AUSTIN = {"address": {"postalAddress": AUSTIN}}
OFFICES = [
    {"name": "Austin", "location": "Austin, Texas, United States"},
    {"name": "Denver", "location": None},
]


@pytest.mark.parametrize(
    ("board", "job", "address"),
    [
        (
            GREENHOUSE,
            greenhouse_job(location={"name": ""}, offices=OFFICES),
            "Austin, Texas, United States; Denver",
        ),
        (GREENHOUSE, greenhouse_job(location={"name": "Hybrid"}, offices=OFFICES[1:]), "Denver"),
        (GREENHOUSE, greenhouse_job(location={"name": "Multiple Locations"}, offices=OFFICES[1:]), "Denver"),
        (GREENHOUSE, greenhouse_job(offices=OFFICES), "Boston, MA"),
        (GREENHOUSE, greenhouse_job(location={"name": "Remote"}, offices=OFFICES), "Remote"),
        (GREENHOUSE, greenhouse_job(title="Engineer (Remote)"), "Fully remote, Boston, MA"),
        (
            GREENHOUSE,
            greenhouse_job(title="Engineer - Remote", location={"name": "Boston, MA; Austin, TX"}),
            "Fully remote, Boston, MA; Fully remote, Austin, TX",
        ),
        (GREENHOUSE, greenhouse_job(title="Remote Sensing Engineer"), "Boston, MA"),
        (GREENHOUSE, greenhouse_job(title="Engineer (Hybrid or Remote)"), "Boston, MA"),
        (LEVER, lever_job(workplaceType="remote"), "Fully remote, Arlington, VA, US"),
        (LEVER, lever_job(workplaceType="hybrid"), "Arlington, VA, US"),
        (
            LEVER,
            lever_job(country="GB", categories={"allLocations": ["Cambridge", "London"]}),
            "Cambridge, London, GB",
        ),
        (
            ASHBY,
            ashby_job(secondaryLocations=[{"location": "HQ2"} | IN_AUSTIN, {"location": "Europe"}]),
            "San Francisco, California, United States; Austin, Texas, United States; Europe",
        ),
        (
            ASHBY,
            ashby_job(workplaceType="Remote", secondaryLocations=[]),
            "Fully remote, San Francisco, California, United States",
        ),
        (ASHBY, ashby_job(isRemote=True, secondaryLocations=[], address=None), "Fully remote, San Francisco"),
        (
            ASHBY,
            ashby_job(isRemote=True, workplaceType="Hybrid", secondaryLocations=[]),
            "San Francisco, California, United States",
        ),
    ],
)
def test_a_place_is_taken_from_where_the_system_says_it(tmp_path, board, job, address):
    (found,), troubles = read(tmp_path, board, job)
    assert found.address == address
    assert troubles == {}


def test_lever_gives_its_description_in_parts_too(tmp_path):
    job = lever_job(
        description=None, opening="<p>We are Bolt.</p>", descriptionBody="<p>Write code.</p>", lists=[]
    )
    (found,), _ = read(tmp_path, LEVER, job)
    assert found.text.splitlines() == ["We are Bolt.", "Write code.", "Equal opportunity."]


@pytest.mark.parametrize(
    ("job", "trouble"),
    [
        (greenhouse_job(first_published=None), "no date"),
        (greenhouse_job(first_published="1900-01-01T00:00:00Z"), "absurd date"),
        (greenhouse_job(first_published="2031-01-01T00:00:00Z"), "absurd date"),
        (greenhouse_job(location=None), "no location"),
        (greenhouse_job(content="x" * 2_000_000), "overlong description"),
    ],
)
def test_a_posting_with_a_flaw_is_kept_and_the_flaw_counted(tmp_path, job, trouble):
    found, troubles = read(tmp_path, GREENHOUSE, job)
    assert len(found) == 1
    assert troubles == {trouble: 1}
    assert len(found[0].text) <= LONGEST_CHARS


@pytest.mark.parametrize("when", [True, "soon", 10**30, -(10**30)])
def test_an_absurd_time_of_lever_is_no_date(tmp_path, when):
    (found,), _ = read(tmp_path, LEVER, lever_job(createdAt=when))
    assert found.posted_on is None


def test_what_cannot_be_told_apart_is_left_out_and_counted(tmp_path):
    jobs = [
        greenhouse_job(),
        greenhouse_job(title="Same id again"),
        greenhouse_job(None),
        greenhouse_job(3, title=" "),
    ]
    found, troubles = read(tmp_path, GREENHOUSE, *jobs, "not a job")
    assert [one.title for one in found] == ["Machine Learning Engineer"]
    assert troubles == {"id given twice": 1, "no id or no title": 3}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.system)
def test_an_empty_board_is_no_error_and_is_counted(tmp_path, board):
    assert read(tmp_path, board) == ([], {"empty board": 1})


@pytest.mark.parametrize(
    "answer",
    [b'{"positions": []}', b'{"jobs": 7}', b'"gone"', b"null", b'{"jobs": [', b"[1, 2"],
)
@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.system)
def test_another_shape_is_refused_in_words(tmp_path, board, answer):
    with pytest.raises(BadUpstream, match=r"shape|malformed"):
        read(tmp_path, board, body=answer)


def test_one_bad_board_never_loses_the_others(tmp_path):
    gone = [Board("greenhouse", f"gone-{number}", "Gone") for number in range(3)]
    bad = Board("lever", "html", "Html")
    half = Board("ashby", "half", "Half")
    answers = {
        path_of(GREENHOUSE): Answer(content(GREENHOUSE, greenhouse_job())),
        path_of(LEVER): Answer(content(LEVER, lever_job())),
        path_of(ASHBY): Answer(content(ASHBY, ashby_job())),
        path_of(bad): Answer(HTML),
        path_of(half): Answer(content(half, ashby_job())[:50]),
    }
    with serving(answers) as server:
        snapshot = take_snapshot(live(tmp_path, server.url), [*gone, bad, *BOARDS, half], QUARTER)
        asked_by = {asked.headers["User-Agent"] for asked in server.asked}
    assert list(snapshot.entries) == list(BOARDS)
    assert {board.name for board in snapshot.failures} == {
        *(board.name for board in gone),
        "lever/html",
        "ashby/half",
    }
    assert "404" in snapshot.failures[gone[0]]
    assert "HTML" in snapshot.failures[bad]
    assert "malformed JSON" in snapshot.failures[half]
    assert all("who@example.org" in agent for agent in asked_by)


LONG = Board("lever", "long", "Long")
ON_EU = Board("lever_eu", "long", "Long")


def many(count: int) -> list[dict]:
    return [lever_job(number, text=f"Writer {number}") for number in range(count)]


def page_of(asked: Asked, count: int) -> Answer:
    """What Lever answers of ``count`` postings: a hundred at a time."""
    query = parse_qs(urlsplit(asked.path).query)
    first = int(query.get("skip", ["0"])[0])
    return Answer(json.dumps(many(count)[first : first + 100]).encode())


@pytest.mark.parametrize("board", [LONG, ON_EU], ids=lambda board: board.system)
@pytest.mark.parametrize("count", [100, 230])
def test_lever_is_read_page_by_page(tmp_path, board, count):
    with serving({path_of(board): lambda asked: page_of(asked, count)}) as server:
        snapshot = take_snapshot(live(tmp_path, server.url), [board], QUARTER)
    replayed = archived_snapshot(Replay(Archive(tmp_path / "archive")), [board], week_of(TODAY))
    for pages in (snapshot.entries[board], replayed.entries[board]):
        found = postings_of(tmp_path, board, pages)
        assert len(found) == count
        assert set(found["source"]) == {board.system}
    assert [entry.sha256 for entry in snapshot.entries[board]] == [
        entry.sha256 for entry in replayed.entries[board]
    ]


def test_a_board_that_gives_the_same_page_again_and_again_ends(tmp_path):
    body = json.dumps(many(100)).encode()
    with serving({path_of(LONG): Answer(body)}) as server:
        snapshot = take_snapshot(live(tmp_path, server.url), [LONG], QUARTER)
        asked = len(server.asked)
    assert asked == 2
    assert len(postings_of(tmp_path, LONG, snapshot.entries[LONG])) == 100


def test_a_page_that_is_not_there_is_said(tmp_path):
    found, troubles = read(tmp_path, LONG, *many(100))
    assert len(found) == 100
    assert troubles == {"a page is missing": 1}


def postings_of(folder, board, entries):
    out = folder / "postings.parquet"
    library = Replay(Archive(folder / "archive"))
    write_postings(library, Answers({board: entries}), Quarter.of(TODAY), out, folder / "posts.parquet")
    assert misfits(out, Postings).empty
    return pd.read_parquet(out)


def test_an_unchanged_answer_is_entered_again_because_when_it_was_open_matters(tmp_path):
    body = content(GREENHOUSE, greenhouse_job())

    def unchanged(asked):
        known = asked.headers.get("If-None-Match") == '"v1"'
        return Answer(status=304) if known else Answer(body, headers={"ETag": '"v1"'})

    with serving({path_of(GREENHOUSE): unchanged}) as server:
        library = live(tmp_path, server.url)
        for _ in range(2):
            take_snapshot(library, [GREENHOUSE], QUARTER)
    entries = library.versions(GREENHOUSE.request)
    assert len(entries) == 2
    assert entries[0].sha256 == entries[1].sha256
    assert len(list((tmp_path / "archive" / "objects").glob("*/*"))) == 1


def test_a_quarter_has_the_answers_of_its_own_days_and_a_week_those_of_its_own(tmp_path):
    archive = Archive(tmp_path)
    days = [date(2026, 3, 30), date(2026, 4, 6), date(2026, 4, 8), date(2026, 6, 29), date(2026, 7, 6)]
    for day in days:
        keep(archive, LEVER, day, lever_job(day.day))
    found = answers_in(Replay(archive), BOARDS, QUARTER)
    assert [entry.retrieved.date() for entry in found[LEVER]] == days[1:4]
    assert found[ASHBY] == []
    assert weeks_of(found[LEVER], QUARTER) == [date(2026, 4, 6), date(2026, 6, 29)]
    week = archived_snapshot(Replay(archive), BOARDS, date(2026, 4, 6))
    assert week.entries[LEVER][0].retrieved.date() == date(2026, 4, 8)
    assert set(week.failures) == {GREENHOUSE, ASHBY}
    assert week_of(date(2026, 4, 12)) == date(2026, 4, 6)


def test_the_project_lists_boards_of_every_system():
    listed = known_boards()
    assert {board.system for board in listed} == {"greenhouse", "lever", "ashby"}
    assert len({board.request.url for board in listed}) == len(listed) > 50


def test_people_put_their_own_list_in_the_data_folder(tmp_path):
    (tmp_path / "job_boards.csv").write_text("system,token,company\nlever,bolt,Bolt\n")
    assert known_boards(tmp_path) == (LEVER,)


@pytest.mark.parametrize(
    "lines",
    ["system,token\nlever,bolt\n", "system,token,company\nworkday,x,X\n", "system,token,company\nlever,,X\n",
     "system,token,company\nlever,x,X\nlever,x,Y\n"],
)  # fmt: skip
def test_a_list_that_is_off_is_refused_with_the_line(tmp_path, lines):
    (tmp_path / "job_boards.csv").write_text(lines)
    with pytest.raises(UsageError, match=r"job_boards\.csv"):
        known_boards(tmp_path)
