"""Whole runs on made-up cases: two editions a year apart, whose every output says that they are made up."""

import json

import pandas as pd
import pytest

from where_is_ai.cli import main
from where_is_ai.layers.visas import made_up
from where_is_ai.layers.visas.metro import MADE_UP

CASES = 1_500


def test_made_up_cases_are_the_same_each_time(tmp_path):
    first, second = (made_up.write_archive(tmp_path / name, 20) for name in "ab")
    assert (first.folder / "index.jsonl").read_text() == (second.folder / "index.jsonl").read_text()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    data = tmp_path_factory.mktemp("demo")
    made_up.write_archive(data / "archive", CASES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHERE_IS_AI_DATA", str(data))
        for quarter in made_up.QUARTERS:
            assert main(["run", "--archive", "--only", "visas", "--quarter", str(quarter)]) == 0
    return data / "published"


@pytest.mark.slow
def test_every_output_says_that_the_cases_are_made_up(published):
    edition = published / "2026-Q2"
    for name in ("usa_ai_visas_by_metro", "usa_ai_visas_nation"):
        assert set(pd.read_csv(edition / f"{name}.csv")["sources"]) == {MADE_UP}
    stem = "Heatmap-USA-AI-Visas"
    for name in ("visas_findings.md", "index.html", "visas.html", f"{stem}.html", f"{stem}.alt.txt"):
        assert MADE_UP in (edition / name).read_text().lower(), name
    assert MADE_UP in (published / "metros" / "us-41940.html").read_text().lower()
    assert "published figures" not in (published / "2026-Q2" / "visas.html").read_text()
    assert "neither: made up" in (published / "2026-Q2" / "visas.html").read_text()
    for page in (published / "2026-Q2").glob("[a-z]*.html"):
        assert "Made-up cases: they say nothing about the world." in page.read_text(), page.name
    inputs = json.loads((edition / "provenance.json").read_text())["inputs"]
    disclosed = [entry for entry in inputs if entry["asset"] == "raw_lca_disclosures"]
    assert [(entry["note"], entry["reconstructed"]) for entry in disclosed] == [(MADE_UP, True)]


@pytest.mark.slow
def test_the_later_edition_is_compared_with_the_same_quarter_of_the_year_before(published):
    then, now = (
        pd.read_csv(published / quarter / "usa_ai_visas_by_metro.csv", dtype={"area_code": str}).set_index(
            "area_code"
        )
        for quarter in ("2025-Q2", "2026-Q2")
    )
    assert now.loc["41940", "ai_lca_cases_year_before"] == then.loc["41940", "ai_lca_cases"]
    assert now["ai_lca_cases_change_pct"].notna().any()
    assert set(then["why_no_change"]) == {"the same quarter of the year before is not at hand"}
    assert (
        "In 2025-Q2, the same quarter of the year before"
        in (published / "2026-Q2" / "visas_findings.md").read_text()
    )
