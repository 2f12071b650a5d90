"""Whole runs from the real first rows of fiscal year 2020, their numbers computed once more by other code.

The project measures quarters from 2020 on, and these rows were decided in the first days of October 2019: they are
served as the file of fiscal year 2026, every year of decision moved from 2019 to 2025. All else is as it was published.
"""

import csv
import statistics
from collections import Counter, defaultdict

import openpyxl
import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai.classifier import title_only
from where_is_ai.geography.names import state_names_by_code
from where_is_ai_tests.layers.visas.disclosed import workbook
from where_is_ai_tests.loopback import Answer, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

pytestmark = [pytest.mark.slow, needs_shared]
FILE = SHARED / "layers" / "visas" / "LCA_FY2020_Q1_first5000rows_personal_columns_blanked.csv"
ADDRESS = "www.dol.gov/media/LCA_Disclosure_Data_FY2026_Q1.xlsx"
QUARTER = "2025-Q4"
HOURS = {"Year": 1, "Hour": 2080, "Month": 12, "Bi-Weekly": 26, "Week": 52}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with FILE.open() as file:
        return [
            row | {"DECISION_DATE": row["DECISION_DATE"].replace("/2019", "/2025")}
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def data(tmp_path_factory, rows):
    content = workbook(rows, list(rows[0]))

    def serve(asked, _number):
        path = asked.path.lstrip("/")
        if path == ADDRESS:
            return Answer(content)
        file = SHARED / "upstream" / path
        return Answer(file.read_bytes()) if file.is_file() else Answer(status=404)

    folder = tmp_path_factory.mktemp("visas-real")
    with Loopback(serve) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "DATA": str(folder),
            "MIRROR": server.url,
            "CONTACT": "tests@where-is-ai.example",
        }.items():
            patch.setenv(f"WHERE_IS_AI_{name}", value)
        assert cli.main(["run", "--live", "--only", "visas", "--quarter", QUARTER]) == 0
    return folder


def metros_by_county() -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and code of the area of each county, by its name in capitals and its state, from the Census workbook."""
    sheet = openpyxl.load_workbook(
        next(SHARED.glob("upstream/**/list1_2023.xlsx")), read_only=True
    ).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    header = next(n for n, line in enumerate(lines) if line[0] == "CBSA Code")
    found = {}
    for line in lines[header + 1 :]:
        if line[7]:
            name = line[7].upper()
            for ending in (" COUNTY", " PARISH"):
                name = name.removesuffix(ending)
            found[name, line[8]] = (line[4][:5], str(line[0]))
    return found


def areas(rows, data) -> dict[str, str]:
    """The metro of each case: by its county's exact name, and only where that is not found as the layer placed it."""
    counties, names, found, other = metros_by_county(), state_names_by_code(), {}, 0
    cases = pd.read_parquet(data / "tables" / "received" / "lca_cases" / f"{QUARTER}.parquet")
    sites = pd.read_parquet(data / "tables" / "received" / "lca_worksites" / f"{QUARTER}.parquet")
    placed = cases.merge(sites, on="worksite").set_index("case_number")
    for row in rows:
        number = row["CASE_NUMBER"]
        county, state = row["WORKSITE_COUNTY"].upper().strip(), names.get(row["WORKSITE_STATE"], "")
        kind, code = counties.get((county, state), ("", ""))
        if not code:
            other += 1
            kind, code = placed.loc[number, "placed"].title(), placed.loc[number, "area_code"]
        if kind == "Metro":
            found[number] = str(code)
    # Rural counties, independent cities, spellings, Connecticut's old counties.
    assert other < 0.08 * len(rows)
    return found


def test_every_number_of_a_metro_is_found_again_in_the_rows(rows, data):
    metro_of = areas(rows, data)
    certified = [row for row in rows if row["CASE_STATUS"] == "Certified"]
    titled = title_only(pd.Series([row["JOB_TITLE"] for row in certified]))["ai_job"].fillna(False)
    by_metro, titles = defaultdict(list), Counter()
    for row, by_title in zip(certified, titled, strict=True):
        if code := metro_of.get(row["CASE_NUMBER"]):
            by_metro[code].append(row)
            titles[code] += bool(by_title)
    with (data / "published" / QUARTER / "usa_ai_visas_by_metro.csv").open() as file:
        published = {row["area_code"]: row for row in csv.DictReader(file)}
    assert set(published) == set(by_metro)
    for code, own in by_metro.items():
        row, ai = published[code], [each for each in own if each["SOC_CODE"] == "15-1111"]
        assert int(row["all_lca_cases"]) == len(own), code
        assert int(row["ai_lca_cases"]) == len(ai), code
        assert int(row["ai_lca_cases_by_title"]) == titles[code], code
        for column, names in (
            ("ai_lca_positions", ["TOTAL_WORKER_POSITIONS"]),
            ("ai_lca_positions_new", ["NEW_EMPLOYMENT", "CHANGE_EMPLOYER"]),
            ("ai_lca_positions_renewed", ["CONTINUED_EMPLOYMENT", "AMENDED_PETITION"]),
        ):
            assert int(row[column]) == sum(int(each[name]) for each in ai for name in names), (code, column)
        assert int(row["ai_staffing_cases"]) == sum(each["SECONDARY_ENTITY"] == "Y" for each in ai)
        assert (row["rank"] != "") == (len(ai) >= 10)


def test_the_nation_has_all_certified_cases_and_says_what_is_in_no_number(rows, data):
    with (data / "published" / QUARTER / "usa_ai_visas_nation.csv").open() as file:
        whole, in_metros, _, _, nowhere = csv.DictReader(file)
    status = Counter(row["CASE_STATUS"] for row in rows)
    assert int(whole["all_lca_cases"]) == status["Certified"] == 4418
    assert int(whole["withdrawn_cases"]) == status["Withdrawn"] + status["Certified - Withdrawn"] == 568
    assert int(whole["denied_cases"]) == 14
    ai = [row for row in rows if row["CASE_STATUS"] == "Certified" and row["SOC_CODE"] == "15-1111"]
    assert int(whole["ai_lca_cases"]) == len(ai)
    wages = [float(row["WAGE_RATE_OF_PAY_FROM"]) * HOURS[row["WAGE_UNIT_OF_PAY"]] for row in ai]
    assert float(whole["median_wage_usd_per_year"]) == round(statistics.median(wages))
    mangled = [
        row for row in rows if row["CASE_STATUS"] == "Certified" and row["SOC_CODE"].startswith("Nov-")
    ]
    assert int(whole["cases_without_code"]) == len(mangled) > 100
    # Codes are of 2010, in which data scientists have none.
    assert whole["definition"] == "SOC 2010: 15-1111"
    assert int(in_metros["all_lca_cases"]) > 0.97 * 4418
    assert int(nowhere["all_lca_cases"]) < 0.005 * 4418


def test_the_page_says_when_the_file_came_and_how_well_titles_tell(data):
    page = (data / "published" / QUARTER / "visas.html").read_text()
    assert "SOC 2010: 15-1111" in page
    assert "labelled postings" in page
