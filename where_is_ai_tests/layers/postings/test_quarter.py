"""A quarter is the union of what its snapshots and feeds showed, each posting once."""

import tempfile
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.postings.boards import Board
from where_is_ai.layers.postings.openings import unite
from where_is_ai.layers.postings.quarter import Answers, misfits, write_postings
from where_is_ai.layers.postings.schema import Postings, Posts
from where_is_ai.layers.postings.sightings import Sighting, write_sightings
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.postings.answers import (
    ASHBY,
    BOARDS,
    GREENHOUSE,
    LEVER,
    ashby_job,
    greenhouse_job,
    keep,
    lever_job,
)

QUARTER = Quarter(2026, 2)
FIRST, SECOND, THIRD = date(2026, 4, 6), date(2026, 4, 13), date(2026, 4, 20)


def quarter(folder, answers):
    """Postings by id, and the troubles, of ``answers``: board → entries."""
    out = folder / "postings.parquet"
    troubles = write_postings(
        Replay(Archive(folder)), Answers(answers), QUARTER, out, folder / "posts.parquet"
    )
    assert misfits(out, Postings).empty
    assert misfits(folder / "posts.parquet", Posts).empty
    return pd.read_parquet(out).set_index("posting_id").sort_index(), troubles


def test_first_and_last_seen_span_the_snapshots_that_showed_a_posting(tmp_path):
    archive = Archive(tmp_path)
    entries = [
        keep(archive, GREENHOUSE, FIRST, greenhouse_job(1)),
        keep(archive, GREENHOUSE, SECOND, greenhouse_job(1), greenhouse_job(2, title="Designer")),
        keep(archive, GREENHOUSE, THIRD, greenhouse_job(2, title="Senior Designer")),
    ]
    found, _ = quarter(tmp_path, {GREENHOUSE: entries})
    assert list(found["first_seen"]) == ["2026-04-06", "2026-04-13"]
    assert list(found["last_seen"]) == ["2026-04-13", "2026-04-20"]
    assert found.loc["greenhouse/acme/2", "title"] == "Senior Designer"


def test_the_same_company_title_and_text_is_one_posting_at_all_its_places(tmp_path):
    archive = Archive(tmp_path)
    jobs = [
        greenhouse_job(1), greenhouse_job(2, location={"name": "New York, NY"}),
        greenhouse_job(3, title=" machine learning ENGINEER "), greenhouse_job(4, content="Another text"),
        greenhouse_job(5, company_name="Another"),
    ]  # fmt: skip
    found, _ = quarter(tmp_path, {GREENHOUSE: [keep(archive, GREENHOUSE, FIRST, *jobs)]})
    assert list(found.index) == ["greenhouse/acme/1", "greenhouse/acme/4", "greenhouse/acme/5"]
    assert found.loc["greenhouse/acme/1", "location"] == "Boston, MA; New York, NY"
    assert found.loc["greenhouse/acme/1", "copies"] == 3


PAID = "&lt;p&gt;Train models with us in {city}. Pay in {state}: ${pay},000.00 to $300,000.&lt;/p&gt;Apply."


def posted_in(number: int, city: str, state: str, pay: int, **more: object) -> dict:
    text = PAID.format(city=city, state=state, pay=pay)
    return greenhouse_job(number, location={"name": f"{city}, {state}"}, content=text, **more)


def test_a_requisition_posted_for_several_cities_with_their_pay_is_one_opening(tmp_path):
    archive = Archive(tmp_path)
    jobs = [
        posted_in(1, "Denver", "Colorado", 150, internal_job_id=7),
        posted_in(2, "Seattle", "Washington", 160, internal_job_id=7),
        greenhouse_job(3, title="Ingénieur", content="Vous entrainez des modèles.", internal_job_id=7),
        greenhouse_job(4, title="Ingénieur", content="Vous entrainez des modèles.", internal_job_id=8),
    ]
    found, _ = quarter(tmp_path, {GREENHOUSE: [keep(archive, GREENHOUSE, FIRST, *jobs)]})
    assert found["copies"].to_dict() == {"greenhouse/acme/1": 4}


def test_without_a_requisition_texts_alike_but_for_place_and_pay_are_one_opening(tmp_path):
    archive, on_lever = Archive(tmp_path), Board("lever", "acme", "ACME, Inc.")
    jobs = [posted_in(1, "Denver", "Colorado", 150), posted_in(2, "Seattle", "Washington", 160)]
    other = {
        "location": {"name": "Austin, Texas"},
        "content": "Train robots.&lt;br&gt;$90,000 a year. Apply.",
    }
    again = lever_job(
        4,
        text=jobs[0]["title"],
        description="<p>Train models with us in Denver.</p>",
        lists=[],
        additional="<p>Apply.</p>",
        categories={"location": "Denver, CO"},
    )
    found, _ = quarter(
        tmp_path,
        {
            GREENHOUSE: [keep(archive, GREENHOUSE, FIRST, *jobs, greenhouse_job(3, **other))],
            on_lever: [keep(archive, on_lever, FIRST, again)],
        },
    )
    assert found["copies"].to_dict() == {"greenhouse/acme/1": 3, "greenhouse/acme/3": 1}


def test_a_new_city_of_an_old_opening_is_new_in_that_post_alone(tmp_path):
    archive = Archive(tmp_path)
    old = greenhouse_job(1, first_published="2025-03-01T00:00:00Z")
    new = greenhouse_job(2, location={"name": "Austin, TX"}, first_published="2026-05-04T00:00:00Z")
    entries = [keep(archive, GREENHOUSE, FIRST, old), keep(archive, GREENHOUSE, date(2026, 5, 4), old, new)]
    found, _ = quarter(tmp_path, {GREENHOUSE: entries})
    posts = pd.read_parquet(tmp_path / "posts.parquet").set_index("address")
    assert found["is_new"].to_list() == [False]
    assert posts["is_new"].to_dict() == {"Boston, MA": False, "Austin, TX": True}
    assert posts.loc["Austin, TX", ["posting_id", "posted_on"]].to_list() == [
        "greenhouse/acme/1",
        "2026-05-04",
    ]


def test_talent_pools_are_no_openings(tmp_path):
    archive = Archive(tmp_path)
    jobs = [
        greenhouse_job(1, internal_job_id=None),
        greenhouse_job(2, title="General Application - Machine Learning"),
        greenhouse_job(3, title="Manager, Talent Community", content="b"),
        greenhouse_job(4, content="c"),
    ]
    found, troubles = quarter(tmp_path, {GREENHOUSE: [keep(archive, GREENHOUSE, FIRST, *jobs)]})
    assert list(found.index) == ["greenhouse/acme/3", "greenhouse/acme/4"]
    assert troubles.set_index("trouble")["count"].to_dict() == {"talent pool or general application": 2}


def test_an_undated_post_of_a_board_read_since_mid_quarter_is_of_unknown_age(tmp_path):
    archive = Archive(tmp_path)
    answers = {
        GREENHOUSE: [keep(archive, GREENHOUSE, FIRST, greenhouse_job(1))],
        LEVER: [
            keep(archive, LEVER, SECOND, lever_job(1, createdAt=None)),
            keep(
                archive, LEVER, THIRD, lever_job(1, createdAt=None), lever_job(2, createdAt=None, text="Cook")
            ),
        ],
    }
    found, _ = quarter(tmp_path, answers)
    assert found["is_new"].astype("boolean").to_list() == [True, pd.NA, True]


def test_postings_without_a_text_are_not_taken_for_the_same(tmp_path):
    archive = Archive(tmp_path)
    jobs = [greenhouse_job(1, content=None), greenhouse_job(2, content=None)]
    found, _ = quarter(tmp_path, {GREENHOUSE: [keep(archive, GREENHOUSE, FIRST, *jobs)]})
    assert len(found) == 2
    assert found["text"].isna().all()


def test_a_posting_is_new_by_its_date_or_by_its_absence_from_the_first_snapshot(tmp_path):
    archive = Archive(tmp_path)
    before, undated = "2026-03-31T00:00:00Z", None
    entries = [
        keep(archive, GREENHOUSE, FIRST, greenhouse_job(1, content="a", first_published=before),
             greenhouse_job(2, content="b", first_published=undated), greenhouse_job(3, content="c")),
        keep(archive, GREENHOUSE, SECOND, greenhouse_job(4, content="d", first_published=undated)),
    ]  # fmt: skip
    found, _ = quarter(tmp_path, {GREENHOUSE: entries})
    is_new = found["is_new"].astype("boolean")
    assert is_new.to_list() == [False, pd.NA, True, True]


def test_an_answer_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    archive = Archive(tmp_path)
    answers = {
        GREENHOUSE: [
            keep(archive, GREENHOUSE, FIRST, body=b'{"jobs": {}}'),
            keep(archive, GREENHOUSE, SECOND, greenhouse_job()),
        ],
        LEVER: [keep(archive, LEVER, FIRST, lever_job())],
        ASHBY: [keep(archive, ASHBY, FIRST, body=b"[")],
    }  # fmt: skip
    found, troubles = quarter(tmp_path, answers)
    assert list(found["source"]) == ["greenhouse", "lever"]
    assert dict(zip(troubles["board"], troubles["trouble"], strict=True)) == {
        "greenhouse/acme": "answer can't be read",
        "ashby/crane": "answer can't be read",
    }


def test_all_sources_are_one_table(tmp_path):
    archive = Archive(tmp_path)
    jobs = {GREENHOUSE: greenhouse_job(), LEVER: lever_job(), ASHBY: ashby_job()}
    found, _ = quarter(tmp_path, {board: [keep(archive, board, FIRST, jobs[board])] for board in BOARDS})
    assert list(found["source"]) == ["ashby", "greenhouse", "lever"]


def test_an_empty_board_alone_gives_an_empty_table(tmp_path):
    archive = Archive(tmp_path)
    found, troubles = quarter(tmp_path, {LEVER: [keep(archive, LEVER, FIRST)]})
    assert found.empty
    assert list(troubles["trouble"]) == ["empty board"]


def test_a_file_that_is_off_is_told_by_column(tmp_path):
    rows = [asdict(sighting(1, FIRST)) for _ in range(2)]
    frame = pd.DataFrame(rows).astype(str).assign(copies=0, is_new=True, title="")
    columns = [
        "posting_id", "source", "board", "company", "title", "text", "posted_on", "first_seen", "last_seen",
        "location", "address", "url", "copies", "is_new", "sector",
    ]  # fmt: skip
    frame[columns].to_parquet(tmp_path / "off.parquet", index=False)
    assert {"title", "copies", "posting_id"} <= set(misfits(tmp_path / "off.parquet", Postings)["column"])


def sighting(
    number: int, day: date, text: str = "Fit models.", place: str = "Boston, MA", requisition: str = ""
) -> Sighting:
    return Sighting(
        f"lever/bolt/{number}",
        "lever",
        "lever/bolt",
        "Bolt",
        "Scientist",
        text,
        day,
        day,
        day,
        place,
        place,
        "",
        requisition,
    )


SIGHTINGS = st.builds(
    sighting,
    st.integers(1, 4),
    st.sampled_from([FIRST, SECOND, THIRD]),
    st.sampled_from(["", "Fit models.", "Sweep floors."]),
    st.sampled_from(["Boston, MA", "Austin, TX"]),
    st.sampled_from(["", "7", "8"]),
)


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(SIGHTINGS, min_size=1, max_size=8, unique_by=lambda one: (one.posting_id, one.last_seen)),
    st.randoms(),
)
def test_the_union_does_not_depend_on_how_sightings_are_split_into_answers(sightings, draw):
    whole, split = united([sightings]), list(sightings)
    draw.shuffle(split)
    pd.testing.assert_frame_equal(whole, united([[one] for one in split]))
    last = {one.posting_id: one for one in sorted(sightings, key=lambda one: one.last_seen)}
    assert len(whole) == len(told_apart(last.values()))
    assert whole["copies"].sum() == len(last)


def told_apart(posts: Iterable[Sighting]) -> list[set[str]]:
    """What no post shares with a post of another opening, opening by opening: texts, and requisitions."""
    apart: list[set[str]] = []
    for one in posts:
        marks = {one.text or one.posting_id, one.requisition or one.posting_id}
        joined = [other for other in apart if other & marks]
        apart = [other for other in apart if not other & marks] + [marks.union(*joined)]
    return apart


def united(answers: list[list[Sighting]]) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for number, sightings in enumerate(answers):
            write_sightings([replace(one) for one in sightings], folder / f"{number}.parquet")
        unite(folder, QUARTER, folder / "united", folder / "posts")
        return pd.read_parquet(folder / "united").sort_values("posting_id", ignore_index=True)
