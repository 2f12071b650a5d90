"""A quarter is the union of what its snapshots and feeds showed, each posting once."""

import tempfile
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.layers.postings.boards import Board
from where_is_ai.layers.postings.quarter import Answers, misfits, unite, write_postings
from where_is_ai.layers.postings.schema import Postings
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
    troubles = write_postings(Replay(Archive(folder)), Answers(answers), QUARTER, out)
    assert misfits(out, Postings).empty
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
    found, troubles = quarter(tmp_path, {Board("lever", "none", "None"): [keep(archive, LEVER, FIRST)]})
    assert found.empty
    assert list(troubles["trouble"]) == ["empty board"]


def test_a_file_that_is_off_is_told_by_column(tmp_path):
    rows = [asdict(sighting(1, FIRST)) for _ in range(2)]
    frame = pd.DataFrame(rows).astype(str).assign(copies=0, is_new=True, title="")
    columns = [
        "posting_id", "source", "board", "company", "title", "text", "posted_on", "first_seen", "last_seen",
        "location", "address", "url", "copies", "is_new",
    ]  # fmt: skip
    frame[columns].to_parquet(tmp_path / "off.parquet", index=False)
    assert {"title", "copies", "posting_id"} <= set(misfits(tmp_path / "off.parquet", Postings)["column"])


def sighting(number: int, day: date, text: str = "Fit models.", place: str = "Boston, MA") -> Sighting:
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
    )


SIGHTINGS = st.builds(
    sighting,
    st.integers(1, 4),
    st.sampled_from([FIRST, SECOND, THIRD]),
    st.sampled_from(["", "Fit models.", "Sweep floors."]),
    st.sampled_from(["Boston, MA", "Austin, TX"]),
)


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
    told_apart = {one.text or one.posting_id for one in last.values()}
    assert len(whole) == len(told_apart)
    assert whole["copies"].sum() == len(last)


def united(answers: list[list[Sighting]]) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for number, sightings in enumerate(answers):
            write_sightings([replace(one) for one in sightings], folder / f"{number}.parquet")
        unite(folder, QUARTER, folder / "united")
        return pd.read_parquet(folder / "united").sort_values("posting_id", ignore_index=True)
