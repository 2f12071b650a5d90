"""A whole quarter over loopback: expected at first, then added as a revision; no person in anything that is made."""

import csv
import json
import random
import sqlite3
import statistics
from collections import defaultdict

import duckdb
import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai.archive.store import Archive
from where_is_ai.classifier import title_only
from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.geography.zips import ZIP_COUNTIES
from where_is_ai.layers.compute.source import SITES, TIMELINES
from where_is_ai.layers.visas.made_up import cases
from where_is_ai.layers.visas.schema import MetroVisas
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.geography.zip_list import zip_rows
from where_is_ai_tests.layers.visas.disclosed import OWN, PERSONAL, QUARTER, workbook
from where_is_ai_tests.loopback import Answer, Loopback

pytestmark = pytest.mark.slow
PAGE_PATH = "www.dol.gov/agencies/eta/foreign-labor/performance"
# Known by hand: the metro of each city in the made-up cases.
METRO_OF = {
    "SAN JOSE": "41940", "Mountain View": "41940", "San Francisco": "41860", "NEW YORK": "35620", "Seattle": "42660",
    "Boston": "14460", "Austin": "12420", "Irving": "19100", "Chicago": "16980", "Naperville": "16980",
    "Atlanta": "12060", "WASHINGTON": "47900", "Pittsburgh": "38300", "Hartford": "25540", "Raleigh": "39580",
    "Columbus": "18140", "San Diego": "41740", "Denver": "19740", "Ames": "11180",
}  # fmt: skip
SECRETS = {name: f"Zq{at:03d}person" for at, name in enumerate(PERSONAL)}
SECRETS |= {
    "EMPLOYER_POC_EMAIL": "zq900person@corp.example",
    "AGENT_ATTORNEY_EMAIL_ADDRESS": "zq901person@law.example",
}
SECRETS |= {"EMPLOYER_PHONE": "+1 (555) 010-7788", "EMPLOYER_POC_PHONE": "15550107799"}


def disclosed() -> list[dict[str, str]]:
    """The year to date: cases of two quarters, one case twice, and people in every column that is not read."""
    draw = random.Random(7)
    rows = [*cases(QUARTER.previous, 400, draw), *cases(QUARTER, 1_200, draw, 1_000)]
    rows.append(rows[-1] | {"CASE_STATUS": "Withdrawn", "DECISION_DATE": "6/30/2026"})
    return [row | SECRETS for row in rows]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return disclosed()


@pytest.fixture(scope="module")
def made(tmp_path_factory, rows):
    """The data folder after a run too early and one in time; what was printed, the early page, the file."""
    data, sample = tmp_path_factory.mktemp("visas"), Archive(SAMPLE_ARCHIVE)
    served = {
        each.url.partition("://")[2]: sample.read(sample.versions(each.url)[-1])
        for each in (GAZETTEER, POPULATION, DELINEATION, SITES, TIMELINES)
    }
    served[ZIP_COUNTIES.url.partition("://")[2]] = zip_rows(
        [("94043", "06085", "Santa Clara County", 9), ("10001", "36061", "New York County", 9)]
    )
    served[PAGE_PATH] = b"<html><a href='/media/LCA_Disclosure_Data_FY2026_Q2.xlsx'>Q2</a></html>"

    def answer(asked, number):  # noqa: ARG001
        body = served.get(asked.path.lstrip("/"))
        return Answer(body) if body else Answer(b"no such file", 404)

    said, content = [], workbook(rows)
    with (
        Loopback(answer) as server,
        pytest.MonkeyPatch.context() as patch,
        pytest.MonkeyPatch.context() as printed,
    ):
        for name, value in {"DATA": str(data), "CONTACT": "reader@example.org", "MIRROR": server.url}.items():
            patch.setenv(f"WHERE_IS_AI_{name}", value)
        printed.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
        assert cli.main(["run", "--live", "--only", "compute", "--quarter", str(QUARTER)]) == 0
        assert cli.main(["run", "--live", "--only", "visas", "--quarter", str(QUARTER)]) == 0
        early = (data / "published" / str(QUARTER) / "visas.html").read_text()
        served[PAGE_PATH] = b"<html><a href='/media/LCA_Disclosure_Data_FY2026_Q3.xlsx'>Q3</a></html>"
        served[OWN.partition("://")[2]] = content
        assert cli.main(["run", "--live", "--only", "visas", "--quarter", str(QUARTER)]) == 0
    return data, "\n".join(said), early, content


@pytest.fixture(scope="module")
def edition(made):
    return made[0] / "published" / str(QUARTER)


def published(edition, name: str) -> list[dict[str, str]]:
    with (edition / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def test_the_first_edition_says_expected_and_a_later_run_adds_the_layer_as_a_revision(made, edition):
    _, said, early, _ = made
    assert "expected by 11 August 2026" in early
    assert "Left out: visas" in said
    assert "expected by 11 August 2026" in said
    assert len(json.loads((edition / "revisions.json").read_text())) > 1
    assert (edition / "usa_ai_compute_by_metro.csv").is_file()
    assert (edition / "usa_ai_visas_by_metro.csv").is_file()


def recomputed(rows) -> dict[str, dict[str, float]]:
    """By metro what the made-up rows say, by the city alone and without the layer's code."""
    last = {}
    for row in rows:
        month, _, year = row["DECISION_DATE"].split("/")
        if year == "2026" and month in ("4", "5", "6"):
            last[row["CASE_NUMBER"]] = row
    certified = defaultdict(list)
    for row in last.values():
        if row["CASE_STATUS"] == "Certified":
            certified[METRO_OF[row["WORKSITE_CITY"]]].append(row)
    titles = {
        title: bool(title_only(pd.Series([title]))["ai_job"].item())
        for title in {r["JOB_TITLE"] for r in rows}
    }
    found = {}
    for code, own in certified.items():
        ai = [row for row in own if row["SOC_CODE"][:7] in ("15-2051", "15-1221")]
        employers = {row["EMPLOYER_NAME"] for row in ai}
        wages = [
            float(row["WAGE_RATE_OF_PAY_FROM"]) * (2080 if row["WAGE_UNIT_OF_PAY"] == "Hour" else 1)
            for row in ai
        ]
        enough = len(ai) >= 10
        found[code] = {
            "ai_lca_cases": len(ai),
            "all_lca_cases": len(own),
            "ai_share_pct": round(len(ai) / len(own) * 100, 2) if enough else None,
            "ai_lca_cases_by_title": (by_title := sum(titles[row["JOB_TITLE"]] for row in own)),
            "ai_share_by_title_pct": round(by_title / len(own) * 100, 2) if by_title >= 10 else None,
            "ai_lca_positions": sum(int(row["TOTAL_WORKER_POSITIONS"]) for row in ai),
            "ai_lca_positions_new": sum(
                int(row["NEW_EMPLOYMENT"]) + int(row["CHANGE_EMPLOYER"]) for row in ai
            ),
            "ai_lca_positions_renewed": sum(
                int(row["CONTINUED_EMPLOYMENT"]) + int(row["AMENDED_PETITION"]) for row in ai
            ),
            "ai_staffing_cases": sum(row["SECONDARY_ENTITY"] == "Y" for row in ai),
            "ai_employers": len(employers) if len(employers) >= 3 else None,
            "median_wage_usd_per_year": round(statistics.median(wages))
            if enough and len(employers) >= 3
            else None,
            "rank": None,
        }
    sizes = sorted(
        (each["ai_lca_cases"] for each in found.values() if each["ai_lca_cases"] >= 10), reverse=True
    )
    for each in found.values():
        if each["ai_lca_cases"] >= 10:
            each["rank"] = sizes.index(each["ai_lca_cases"]) + 1
    return found


def test_every_published_number_is_found_again_in_the_rows(edition, rows):
    expected = recomputed(rows)
    metros = {row["area_code"]: row for row in published(edition, "usa_ai_visas_by_metro")}
    assert set(metros) == set(expected)
    for code, numbers in expected.items():
        for name, number in numbers.items():
            text = metros[code][name]
            assert (text == "") if number is None else float(text) == pytest.approx(number, abs=0.011), (
                code,
                name,
            )
    whole, in_metros, *rest = published(edition, "usa_ai_visas_nation")
    for name in ("ai_lca_cases", "all_lca_cases", "ai_lca_positions", "ai_staffing_cases"):
        assert int(whole[name]) == sum(numbers[name] for numbers in expected.values()), name
        assert int(in_metros[name]) == int(whole[name])
    assert [row["all_lca_cases"] for row in rest] == ["0", "0", "0"]
    assert whole["definition"] == "SOC 2018: 15-1221, 15-2051"
    assert float(whole["title_precision_pct"]) > 50


def test_pages_pictures_and_findings_say_it_with_what_titles_are_worth(made, edition):
    for name in (
        "Heatmap-USA-AI-Visas.png",
        "Heatmap-USA-AI-Visas-Vertical.png",
        "USA-Top-10-AI-Visas-Vertical.png",
    ):
        assert (edition / name).stat().st_size > 20_000
    findings = (edition / "visas_findings.md").read_text()
    best = next(row for row in published(edition, "usa_ai_visas_by_metro") if row["rank"] == "1")
    said = f"{best['metro']} has the most certified AI cases, {best['ai_lca_cases']} of"
    assert f"In the Department of Labor's published figures {said}" in findings
    assert "precision" in findings
    assert "There is no comparison with 2025-Q2" in findings
    page = (edition / "visas.html").read_text()
    assert "neither a visa nor a hire" in page
    metro = (made[0] / "published" / "metros" / f"us-{best['area_code']}.html").read_text()
    assert "Offers that employers filed: neither visas nor hires" in metro
    assert "a precision of" in metro
    tables = duckdb.connect(str(made[0] / "published" / "where-is-ai.duckdb"), read_only=True)
    assert tables.execute("SELECT sum(ai_lca_cases) FROM usa_ai_visas_by_metro").fetchone()[0] > 0
    package = json.loads((edition / "datapackage.json").read_text())
    assert {"usa_ai_visas_by_metro", "usa_ai_visas_nation"} <= {each["name"] for each in package["resources"]}


def explained(made, capsys, monkeypatch, column: str, place: str = "41940") -> str:
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(made[0]))
    assert cli.main(["explain", "visas", place, column, "--quarter", str(QUARTER)]) == 0
    return capsys.readouterr().out


def test_explain_leads_to_the_rows_of_the_sheet(made, rows, capsys, monkeypatch):
    said = explained(made, capsys, monkeypatch, "ai_lca_cases")
    expected = recomputed(rows)["41940"]["ai_lca_cases"]
    assert f"ai_lca_cases = {expected}" in said
    cells = [line for line in said.splitlines() if "SOC_CODE of case" in line]
    assert len(cells) == expected
    number = cells[0].partition("case ")[2].partition(":")[0]
    assert rows[int(cells[0].partition("row ")[2].partition(",")[0]) - 2]["CASE_NUMBER"] == number


def test_no_person_is_in_anything_that_is_made(made, capsys, monkeypatch):
    data, printed, _, _ = made
    texts = {"printed": printed}
    for column in MetroVisas.to_schema().columns:
        texts[f"explain {column}"] = explained(made, capsys, monkeypatch, column)
    for path in data.rglob("*"):
        kind = path.suffix.lower()
        if not path.is_file() or (data / "archive" / "objects") in path.parents:
            continue
        if kind == ".parquet":
            texts[str(path)] = pd.read_parquet(path).to_csv()
        elif kind == ".duckdb":
            tables = duckdb.connect(str(path), read_only=True)
            for (name,) in tables.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                texts[f"{path} {name}"] = tables.sql(f'SELECT * FROM "{name}"').df().to_csv()
        elif kind == ".db":
            texts[str(path)] = "\n".join(sqlite3.connect(path).iterdump())
        else:
            texts[str(path)] = path.read_bytes().decode(errors="replace")
    assert any("lca_cases" in name for name in texts)
    found = [
        (name, secret)
        for name, text in texts.items()
        for secret in SECRETS.values()
        if secret.lower() in text.lower()
    ]
    assert found == []


def test_the_archive_has_the_file_as_received_for_its_owner_alone(made):
    archive = Archive(made[0] / "archive")
    entry = archive.versions(OWN)[-1]
    assert archive.read(entry) == made[3]
    assert archive.path(entry).stat().st_mode & 0o777 == 0o600


def test_a_quarter_that_the_year_to_date_holds_as_well_has_its_own_cases(made, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(made[0]))
    earlier = Quarter(2026, 1)
    assert cli.main(["run", "--archive", "--only", "visas", "--quarter", str(earlier)]) == 0
    cases_of = pd.read_parquet(made[0] / "tables" / "received" / "lca_cases" / f"{earlier}.parquet")
    assert cases_of["decided_on"].between("2026-01-01", "2026-03-31").all()
    assert len(cases_of) == 400
