"""Whole runs on made-up postings: an edition apart, whose every output says so and none of which holds a text."""

import json

import pandas as pd
import pytest

from where_is_ai.cli import main
from where_is_ai.layers.postings import made_up
from where_is_ai.layers.postings.boards import Board
from where_is_ai.settings import read_settings
from where_is_ai.shelf import Shelf
from where_is_ai_tests.defs.materialized import materialized
from where_is_ai_tests.loopback import Answer, Loopback

BOARDS = tuple(
    Board(system, f"made-up-{number}", f"Made-up Employer {number}")
    for number, system in enumerate(("greenhouse", "lever", "ashby") * 4, start=1)
)
GONE = Board("lever", "gone", "Gone")
MARK = "made-up postings"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder with two quarters measured from made-up postings."""
    data = tmp_path_factory.mktemp("demo")
    made_up.write_archive(data / "archive", BOARDS)
    (data / "job_boards.csv").write_text(made_up.boards_csv((*BOARDS, GONE)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHERE_IS_AI_DATA", str(data))
        patch.setenv("WHERE_IS_AI_CLASSIFIER", "keywords")
        patch.setenv("WHERE_IS_AI_QUALIFY_POSTINGS", "5")
        for quarter in made_up.QUARTERS:
            assert main(["run", "--archive", "--only", "postings", "--quarter", str(quarter)]) == 0
    return data


@pytest.fixture(scope="module")
def edition(folder):
    return folder / "published" / "2026-Q2"


def test_made_up_postings_are_the_same_each_time(tmp_path):
    first, second = (made_up.write_archive(tmp_path / name, BOARDS[:2]) for name in "ab")
    lines = [(archive.folder / "index.jsonl").read_text() for archive in (first, second)]
    assert lines[0] == lines[1]


@pytest.mark.slow
def test_every_output_says_that_the_postings_are_made_up(edition):
    metros = pd.read_csv(edition / "usa_ai_postings_by_metro.csv")
    assert set(metros["sources"]) == {MARK}
    assert set(pd.read_csv(edition / "usa_ai_postings_nation.csv")["sources"]) == {MARK}
    for name in ("postings_findings.md", "index.html", "Heatmap-USA-AI-Postings.html"):
        assert MARK in (edition / name).read_text().lower(), name
    inputs = json.loads((edition / "provenance.json").read_text())["inputs"]
    boards = [entry for entry in inputs if entry["asset"] == "raw_job_boards"]
    assert {entry["note"] for entry in boards} == {MARK}
    assert all(entry["reconstructed"] for entry in boards)


@pytest.mark.slow
def test_the_table_has_the_contract_s_columns_sorted_by_rank(edition):
    metros = pd.read_csv(edition / "usa_ai_postings_by_metro.csv", dtype={"area_code": str})
    assert list(metros.columns[:13]) == [
        "area_code", "metro", "ai_postings", "all_postings", "ai_share_pct", "ai_postings_per_100k", "population",
        "employers", "qualifies", "rank", "lat", "lon", "classifier",
    ]  # fmt: skip
    ranked = metros["rank"].dropna()
    assert ranked.is_monotonic_increasing
    assert metros["rank"].notna().to_list() == sorted(metros["rank"].notna(), reverse=True)
    assert (metros["rank"].notna() == metros["qualifies"]).all()
    assert metros["growth_pct"].notna().any()
    assert set(metros["snapshots"]) == {13}
    assert set(metros["basis"]) == {"flow"}


@pytest.mark.slow
def test_no_text_of_a_posting_is_published(folder, edition):
    texts = pd.read_parquet(folder / "tables" / "received" / "postings" / "2026-Q2.parquet")["text"].dropna()
    sentences = [text.split(". ")[1] for text in texts if text.count(". ") > 2][:200]
    published = [path.read_bytes() for path in edition.rglob("*") if path.is_file()]
    assert len(sentences) == 200
    assert not any(sentence.encode() in content for sentence in sentences for content in published)


@pytest.mark.slow
def test_the_earlier_quarter_has_no_growth_and_says_why(folder):
    metros = pd.read_csv(folder / "published" / "2026-Q1" / "usa_ai_postings_by_metro.csv")
    assert metros["growth_pct"].isna().all()
    assert set(metros["why_no_growth"]) == {"no postings of 2025-Q4 are at hand"}


@pytest.mark.slow
def test_where_bls_refuses_postings_stand_without_the_weighting(folder, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(folder))
    monkeypatch.setenv("WHERE_IS_AI_CONTACT", "who@example.org")
    monkeypatch.setattr("where_is_ai.archive.download.FIRST_WAIT_S", 0.0)
    quarter, weighting = made_up.QUARTERS[-1], "usa_ai_postings_by_weighting"
    with Loopback(lambda *_: Answer(b"Access Denied", status=403)) as refusing:
        choices = {"source": "live", "method": "standard", "mirror": refusing.url}
        assert materialized("postings", quarter, ["raw_oews_weights", weighting], choices)
    assert refusing.asked
    assert Shelf(read_settings().chosen("live", "").tables).table(weighting, quarter).empty


@pytest.mark.slow
def test_a_sample_run_leaves_the_layer_out(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    main(["run", "--sample", "--only", "postings"])
    assert "Left out: postings" in capsys.readouterr().out
    assert not list(tmp_path.glob("published/*/usa_ai_postings*"))
