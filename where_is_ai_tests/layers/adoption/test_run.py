"""The layer's whole run from the published files at their own addresses, and its numbers found again by other code."""

import csv
import json
import statistics
from io import BytesIO
from math import sqrt

import openpyxl
import pytest

from where_is_ai import cli
from where_is_ai.archive.store import Archive
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.layers.adoption import made_up
from where_is_ai.layers.adoption.origin import MADE_UP
from where_is_ai.layers.adoption.source import survey_metros
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.adoption.workbooks import LATER, OLD, workbook
from where_is_ai_tests.loopback import Answer, Asked, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

STATES = SHARED / "layers/adoption/btos_State_2025-06_original.xlsx"
CYCLES = ("202507", "202508", "202509", "202510", "202511", "202512")
pytestmark = [pytest.mark.slow, needs_shared]


def made_up_metros() -> bytes:
    """The 25 metros in the layout of the workbook by state; their figures are made up."""
    ends = {"202511": "06/01/2025", "202512": "06/15/2025"}
    codes = survey_metros()["area_code"]
    shares = {
        (code, question): [f"{8 + n / 10:.1f}%"] * 2
        for n, code in enumerate(codes)
        for question in (OLD, LATER)
    }
    shares["47900", OLD] = ["S", "19.0%"]
    return workbook(shares, {key: ["1.00%"] * 2 for key in shares}, ends, "MSA")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    data, sample = tmp_path_factory.mktemp("adoption"), Archive(SAMPLE_ARCHIVE)
    census = {
        request.url.partition("://")[2]: sample.read(sample.versions(request.url)[-1])
        for request in (GAZETTEER, POPULATION)
    }
    served = {
        **census,
        "www.census.gov/hfp/btos/downloads/State.xlsx": STATES.read_bytes(),
        "www.census.gov/hfp/btos/downloads/Top%2025%20MSA.xlsx": made_up_metros(),
    }

    def answer(asked: Asked, number: int) -> Answer:  # noqa: ARG001
        body = served.get(asked.path.lstrip("/"))
        return Answer(body) if body else Answer(b"no such file", 404)

    with Loopback(answer) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in {"DATA": str(data), "CONTACT": "reader@example.org", "MIRROR": server.url}.items():
            patch.setenv(f"WHERE_IS_AI_{name}", value)
        assert cli.main(["run", "--live", "--only", "adoption", "--quarter", "2025-Q2"]) == 0
    return data / "published"


def rows(published, name: str) -> list[dict]:
    with (published / "2025-Q2" / f"usa_ai_adoption_by_{name}.csv").open() as file:
        return list(csv.DictReader(file))


def cells(sheet: str, question: str) -> dict[str, list[str]]:
    """What the workbook says of Yes to ``question`` in CYCLES, by state."""
    lines = openpyxl.load_workbook(STATES, read_only=True)[sheet].iter_rows(values_only=True)
    header = next(lines)
    places = [header.index(cycle) for cycle in CYCLES]
    return {
        line[0]: [line[place] for place in places]
        for line in lines
        if line[2] and line[2].startswith(question) and "Artificial" in line[2] and line[4] == "Yes"
    }


@pytest.mark.parametrize(
    ("question", "column", "counts"),
    [
        ("In the last two weeks, did", "ai_use", ("cycles", "suppressed_cycles")),
        ("During the next six", "expected_6m", ("expected_6m_cycles", "expected_6m_suppressed_cycles")),
    ],
)
def test_every_published_share_of_a_state_is_found_again_in_the_workbook(published, question, column, counts):
    shares, errors = cells("Response Estimates", question), cells("Response Standard Errors", question)
    found = rows(published, "state")
    assert {row["state"] for row in found} == set(shares) - {"XX"}
    for row in found:
        known = [float(cell.rstrip("%")) for cell in shares[row["state"]] if cell not in ("S", ".")]
        wrong = [float(cell.rstrip("%")) for cell in errors[row["state"]] if cell not in ("S", ".")]
        assert [int(row[name]) for name in counts] == [len(known), shares[row["state"]].count("S")]
        if not known:
            assert row[f"{column}_pct"] == row[f"{column}_se_pct"] == ""
            continue
        assert float(row[f"{column}_pct"]) == pytest.approx(statistics.fmean(known), abs=0.0051)
        error = sqrt(sum(each * each for each in wrong)) / len(known)
        assert float(row[f"{column}_se_pct"]) == pytest.approx(error, abs=0.0051)


def test_every_published_number_of_a_metro_is_found_again_and_the_suppressed_one_is_unranked(published):
    book = openpyxl.load_workbook(BytesIO(made_up_metros()), read_only=True)
    lines = list(book["Response Estimates"].iter_rows(values_only=True))
    at = [lines[0].index(cycle) for cycle in ("202511", "202512")]
    shares = {
        (line[0], line[2]): [line[place] for place in at]
        for line in lines[1:]
        if line and line[4:5] == ("Yes",)
    }
    found = {row["area_code"]: row for row in rows(published, "metro")}
    assert len(found) == 25
    ordered = sorted(
        (float(row["ai_use_pct"]) for row in found.values() if row["selected"] == "false"), reverse=True
    )
    for code, row in found.items():
        for question, column, count in (
            (OLD, "ai_use", "cycles"),
            (LATER, "expected_6m", "expected_6m_cycles"),
        ):
            known = [float(cell.rstrip("%")) for cell in shares[code, question] if cell != "S"]
            assert float(row[f"{column}_pct"]) == pytest.approx(statistics.fmean(known), abs=0.0051), code
            assert float(row[f"{column}_se_pct"]) == pytest.approx(1 / sqrt(len(known)), abs=0.0051), code
            assert int(row[count]) == len(known)
        reach = 1.645 / sqrt(int(row["cycles"]))
        assert float(row["ai_use_low_pct"]) == pytest.approx(float(row["ai_use_pct"]) - reach, abs=0.0051), (
            code
        )
        assert float(row["ai_use_high_pct"]) == pytest.approx(float(row["ai_use_pct"]) + reach, abs=0.0051), (
            code
        )
        assert row["suppressed_cycles"] == str(shares[code, OLD].count("S"))
        rank = "" if row["selected"] == "true" else str(ordered.index(float(row["ai_use_pct"])) + 1)
        assert row["rank"] == rank, code
    assert [code for code, row in found.items() if row["selected"] == "true"] == ["47900"]


def test_pages_maps_and_the_metros_own_pages_say_it(published):
    edition = published / "2025-Q2"
    for name in ("Heatmap-USA-AI-Use", "Heatmap-USA-AI-Use-By-State"):
        assert (edition / f"{name}.png").is_file()
        assert (edition / f"{name}-Vertical.png").is_file()
    for name in ("USA-Top-10-AI-Use-Vertical.png", "USA-Top-10-AI-Use-By-State-Vertical.png"):
        assert (edition / name).is_file()
    assert "Utah has the highest share" in (edition / "adoption-by-state.html").read_text()
    metro = (published / "metros/us-45300.html").read_text()
    assert "10.3 %" in metro
    assert "A share of firms, not of workers" in metro


def test_explain_leads_to_the_cells_of_the_workbook(published, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(published.parent))
    assert cli.main(["explain", "adoption", "Utah", "ai_use_pct", "--quarter", "2025-Q2"]) == 0
    said = capsys.readouterr().out
    assert "ai_use_pct = 11.78" in said
    lines = list(
        openpyxl.load_workbook(STATES, read_only=True)["Response Estimates"].iter_rows(values_only=True)
    )
    row = next(
        n
        for n, line in enumerate(lines, start=1)
        if line[0] == "UT" and str(line[1]) == "7" and line[4] == "Yes"
    )
    assert f"row {row}, column 202507" in said


def test_a_run_of_made_up_answers_says_so_on_everything(tmp_path, monkeypatch):
    made_up.write_archive(tmp_path / "archive")
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert cli.main(["run", "--archive", "--only", "adoption", "--quarter", "2026-Q2"]) == 0
    edition = tmp_path / "published" / "2026-Q2"
    for name in ("metro", "state"):
        with (edition / f"usa_ai_adoption_by_{name}.csv").open() as file:
            assert {row["source"] for row in csv.DictReader(file)} == {MADE_UP}
    stems = ("Heatmap-USA-AI-Use", "Heatmap-USA-AI-Use-By-State")
    for name in (
        *("adoption_findings.md", "adoption_state_findings.md", "adoption.html", "adoption-by-state.html"),
        *("index.html", *(f"{stem}.html" for stem in stems), *(f"{stem}.alt.txt" for stem in stems)),
    ):
        assert MADE_UP in (edition / name).read_text().lower(), name
    for page in edition.glob("[a-z]*.html"):
        assert "Made-up answers: they say nothing about the world." in page.read_text(), page.name
    assert MADE_UP in (tmp_path / "published/metros/us-35620.html").read_text().lower()
    inputs = json.loads((edition / "provenance.json").read_text())["inputs"]
    assert {given["note"] for given in inputs if "btos" in given["asset"]} == {MADE_UP}


def test_made_up_answers_are_the_same_each_time(tmp_path):
    first, second = (made_up.write_archive(tmp_path / name) for name in "ab")
    assert (first.folder / "index.jsonl").read_text() == (second.folder / "index.jsonl").read_text()
