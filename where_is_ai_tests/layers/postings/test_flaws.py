"""Postings, answers and files that are off: one of them is a trouble, and all others are read."""

import json
from datetime import date

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.layers.postings import usajobs
from where_is_ai.layers.postings.boards import known_boards, read_board
from where_is_ai.layers.postings.quarter import Answers, misfits, write_postings
from where_is_ai.layers.postings.schema import Postings
from where_is_ai.layers.postings.sightings import LONGEST_NAME, Tally
from where_is_ai.quarters import Quarter
from where_is_ai_tests.campaign.boards_quarter import FEED, read, sources
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
)

QUARTER = Quarter(2026, 2)
DAY = date(2026, 4, 13)
MAKES = {"greenhouse": greenhouse_job, "lever": lever_job, "ashby": ashby_job}
TITLES = {"greenhouse": "title", "lever": "text", "ashby": "title"}
DEEP = "[" * 200_000 + "]" * 200_000


def read_beside(folder, board, *jobs, body=None) -> tuple[pd.DataFrame, dict[str, int]]:
    """The quarter's postings of one board's answer beside a sound board's, and the troubles by name."""
    archive = Archive(folder)
    other = LEVER if board is not LEVER else GREENHOUSE
    sound = keep(archive, other, DAY, MAKES[other.system](99))
    answers = Answers({board: [keep(archive, board, DAY, *jobs, body=body)], other: [sound]})
    out = folder / "postings.parquet"
    troubles = write_postings(Replay(archive), answers, QUARTER, out, folder / "posts.parquet")
    assert misfits(out, Postings).empty
    postings = pd.read_parquet(out).set_index("source")
    postings.to_csv().encode()
    assert len(postings.loc[[other.system]]) == 1
    counts = troubles.set_index("trouble")["count"].to_dict()
    return postings[postings.index == board.system], counts


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.system)
def test_half_a_character_in_a_title_is_one_trouble_and_the_posting_is_kept(tmp_path, board):
    job = MAKES[board.system](1, **{TITLES[board.system]: "Data \ud800 Scientist\x00"})
    found, troubles = read_beside(tmp_path, board, job)
    assert list(found["title"]) == ["Data � Scientist"]
    assert troubles == {"characters that can't be written": 1}


@pytest.mark.parametrize(
    ("board", "job", "trouble"),
    [
        (ASHBY, ashby_job(secondaryLocations=5), "secondaryLocations is no list"),
        (ASHBY, ashby_job(secondaryLocations=["New York"]), "secondaryLocations is no list of objects"),
        (ASHBY, ashby_job(secondaryLocations=[{"location": 5}]), "secondaryLocations.location is no text"),
        (ASHBY, ashby_job(address={"postalAddress": True}), "address.postalAddress is no object"),
        (ASHBY, ashby_job(isListed="false"), "isListed is no yes or no"),
        (LEVER, lever_job(lists="x"), "lists is no list"),
        (LEVER, lever_job(lists=[[]]), "lists is no list of objects"),
        (LEVER, lever_job(country=["US"]), "country is no text"),
        (LEVER, lever_job(createdAt="soon"), "absurd date"),
        (LEVER, lever_job(createdAt=float("nan")), "absurd date"),
        (GREENHOUSE, greenhouse_job(content=3), "content is no text"),
        (GREENHOUSE, greenhouse_job(content="<p>\x00Fit</p>"), "characters that can't be written"),
        (GREENHOUSE, greenhouse_job(content="<div>" * 30_000 + "Fit"), "description can't be read"),
        (GREENHOUSE, greenhouse_job(first_published=5), "absurd date"),
        (GREENHOUSE, greenhouse_job(first_published=[]), "absurd date"),
        (GREENHOUSE, greenhouse_job(absolute_url={}), "absolute_url is no text"),
        (GREENHOUSE, greenhouse_job(location={"name": "x" * 10_000}), "overlong location"),
        (GREENHOUSE, greenhouse_job(title="x" * 10_000), "overlong title"),
    ],
)  # fmt: skip
def test_a_field_that_is_off_is_said_and_the_posting_is_kept(tmp_path, board, job, trouble):
    found, troubles = read_beside(tmp_path, board, job)
    assert len(found) == 1
    assert trouble in troubles
    assert found["title"].str.len().max() <= LONGEST_NAME
    assert not found["location"].str.contains("xxx").any()


@pytest.mark.parametrize("own", [None, True, [], 1.5, "", "x" * 300, "\ud800"])
def test_an_id_that_is_none_leaves_its_posting_out(tmp_path, own):
    found, troubles = read_beside(tmp_path, GREENHOUSE, greenhouse_job(own), greenhouse_job(2))
    assert list(found["posting_id"]) == ["greenhouse/acme/2"]
    assert troubles == {"no id or no title": 1}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.system)
def test_a_posting_nested_200_000_deep_leaves_the_others_as_they_are(tmp_path, board):
    jobs = [MAKES[board.system](1, **{TITLES[board.system]: "DEEP"}), MAKES[board.system](2)]
    body = content(board, *jobs).replace(b'"DEEP"', DEEP.encode())
    found, troubles = read_beside(tmp_path, board, body=body)
    assert len(found) == 1
    assert troubles == {"no id or no title": 1}


@pytest.mark.parametrize(
    "body", [DEEP.encode(), DEEP[:200_000].encode(), b'{"error": "try later"}', b'{"jobs": {"a": 1}}']
)
@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.system)
def test_an_answer_that_is_no_board_is_one_trouble_that_names_it(tmp_path, board, body):
    found, troubles = read_beside(tmp_path, board, body=body)
    assert found.empty or board is LEVER
    assert sum(troubles.values()) == 1
    assert board.request.promise(json.loads(body) if len(body) < 100 else 5) == "a list of postings"


def test_a_board_that_lost_postings_on_the_way_is_read_and_said(tmp_path):
    body = json.dumps({"jobs": [greenhouse_job(1)], "meta": {"total": 3}}).encode()
    found, troubles = read_beside(tmp_path, GREENHOUSE, body=body)
    assert len(found) == 1
    assert troubles == {"fewer postings than its total": 1}


def test_whatever_reading_a_posting_raises_is_a_trouble_of_that_posting(tmp_path, monkeypatch):
    def broken(markup: str) -> str:
        if "Second" in markup:
            raise AssertionError("a bug in a parser")
        return markup

    monkeypatch.setattr("where_is_ai.layers.postings.boards.plain_text", broken)
    jobs = [
        greenhouse_job(number, content=text) for number, text in ((1, "First"), (2, "Second"), (3, "Third"))
    ]
    archive, tally = Archive(tmp_path), Tally()
    found = list(read_board(Replay(archive), keep(archive, GREENHOUSE, DAY, *jobs), GREENHOUSE, tally))
    assert [one.text for one in found] == ["First", "Third"]
    assert list(tally.table()["trouble"]) == ["posting can't be read (AssertionError)"]


@pytest.mark.parametrize(
    ("heads", "trouble"),
    [
        ({"positionLocations": True}, "positionlocations is no list"),
        (
            {"positionLocations": [{"positionLocationCity": 5}]},
            "positionlocations.positionlocationcity is no text",
        ),
        ({"positionTitle": "Data \ud800 Scientist"}, "characters that can't be written"),
        ({"positionOpenDate": 5}, "absurd date"),
        ({"hiringAgencyName": ["x"]}, "hiringagencyname is no text"),
    ],
)
def test_a_federal_announcement_that_is_off_is_said_and_kept(heads, trouble):
    answer = json.loads(sources()["heads"])
    answer["data"][1].update(heads)
    found = read(sources() | {"heads": json.dumps(answer).encode()})
    assert list(found.troubles["trouble"]).count(trouble) == 1
    assert (found.postings["source"] == "usajobs").sum() == 4


def test_announcements_that_got_lost_are_counted():
    answer = json.loads(sources()["heads"])
    del answer["data"][2:]
    found = read(sources() | {"heads": json.dumps(answer).encode()})
    assert found.troubles[["trouble", "count"]].to_numpy().tolist() == [["fewer records than their total", 2]]


@pytest.mark.parametrize("paging", [5, {"metadata": 5}, {"next": "http://[bad"}, {"next": ["x"]}])
def test_paging_that_leads_nowhere_ends_in_an_error_that_names_the_page(tmp_path, paging):
    archive, first = Archive(tmp_path), usajobs.first_pages(QUARTER)[0]
    body = json.dumps({"paging": paging, "data": []}).encode()
    archive.keep(body, first, pd.Timestamp("2026-07-01", tz="UTC").to_pydatetime())
    with pytest.raises(BadUpstream, match=r"historicjoa.* answered with JSON of another shape"):
        list(usajobs.pages(Replay(archive), first, QUARTER))


@pytest.mark.parametrize(
    ("old", "new", "trouble", "kept"),
    [
        (b"Analyst 2", b"Ana\x00lyst 2", "characters that can't be written", 4),
        (b"Analyst 2", b"Ana\xfflyst 2", "malformed line in raw_daily_records", 3),
        (b"Analyst 3", b'"Analyst 3', "unclosed quote in raw_daily_records", 2),
        (b"boston", b"x" * 10_000, "overlong location", 4),
        (b"2026-05-20T17", b"2999-05-20T17", "absurd day last seen", 4),
        (b"title", b"hash", "file can't be read", 0),
    ],
)
def test_a_line_of_the_feed_that_is_off_is_said_and_the_others_are_read(old, new, trouble, kept):
    found = read(sources() | {FEED: sources()[FEED].replace(old, new, 1)})
    assert list(found.troubles["trouble"]) == [trouble]
    postings = found.postings[found.postings["source"] == "linkup"]
    assert len(postings) == kept
    assert (pd.to_datetime(postings["last_seen"]) <= pd.Timestamp.now() + pd.Timedelta(days=2)).all()


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_other_line_ends_and_a_byte_order_mark_are_read(mark, end):
    lines = mark + sources()[FEED].replace(b"\n", end)
    assert read(sources() | {FEED: lines}).postings.equals(read(sources()).postings)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b'system,token,company\n"lever,x', b"a,b,c,d\n1,2\n1,2,3,4,5\n"]
)
def test_a_list_of_boards_that_is_no_table_is_one_error_that_names_it(tmp_path, content):
    (tmp_path / "job_boards.csv").write_bytes(content)
    with pytest.raises(UsageError, match=r"job_boards\.csv .*system,token,company"):
        known_boards(tmp_path)
