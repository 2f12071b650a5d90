"""Any published number leads back to the bytes it came from, and they say what it says."""

import json
import random
import shutil
import zipfile
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from where_is_ai import cli
from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.files import write_text
from where_is_ai.layers import LAYERS
from where_is_ai.publication.edition import PROVENANCE, Edition
from where_is_ai.publication.evidence import EditionEvidence
from where_is_ai.publication.explain import Explanation, as_json, as_text, explain
from where_is_ai.publication.walk_back import add_walk_back
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.sample_edition import PUBLISHED, QUARTER, make_edition

SEED, NUMBERS = 4, 50
TABLES = [(layer.name, table) for layer in LAYERS for table in layer.tables if table.name in PUBLISHED]


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    return make_edition(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def explained(settings) -> Callable[..., Explanation]:
    return partial(explain, EditionEvidence(settings, QUARTER))


# ---- Reading the raw files independently of the project's own readers ----


@cache
def sheet(path: Path, member: str, name: str) -> list[tuple]:
    with zipfile.ZipFile(path) as archive:
        book = openpyxl.load_workbook(BytesIO(archive.read(member)), read_only=True)
    return list(book[name].iter_rows(values_only=True))


@cache
def answer(path: Path) -> dict:
    return json.loads(path.read_bytes())


def stands_there(cell: dict, path: Path) -> str | float | int | None:
    """What the raw file ``path`` holds at the place that an explanation names."""
    if "json_path" in cell:
        value = answer(path)
        for step in cell["json_path"].removeprefix("$.").replace("]", "").replace("[", ".").split("."):
            value = value[int(step)] if step.isdigit() else value[step]
        return value
    if "line" in cell:
        with zipfile.ZipFile(path) as archive:
            lines = archive.read(cell["member"]).decode().splitlines()
        header = [name.strip() for name in lines[0].split("\t")]
        return lines[cell["line"] - 1].split("\t")[header.index(cell["column"])].strip()
    rows = sheet(path, cell["member"], cell["sheet"])
    return rows[cell["row"] - 1][rows[0].index(cell["column"])]


# ---- What a number must be, from its raw cells alone ----


def numbers(cells: list[dict], column: str) -> list[float]:
    return [
        cell["raw"]
        for cell in cells
        if cell.get("column") == column and isinstance(cell["raw"], (int, float))
    ]


def ai_cells(cells: list[dict]) -> list[dict]:
    return [cell for cell in cells if "15-1221" in cell["meaning"] or "15-2051" in cell["meaning"]]


def workers(cells: list[dict]) -> float:
    return sum(numbers(ai_cells(cells), "TOT_EMP"))


def per_1000(cells: list[dict]) -> float:
    ratios, published = numbers(cells, "JOBS_1000"), numbers(ai_cells(cells), "TOT_EMP")
    if len(ratios) == len(published):
        return round(sum(ratios), 2)
    total = next(cell["raw"] for cell in cells if "00-0000" in cell["meaning"])
    return round(sum(published) / total * 1000, 2)


def by_developers(cells: list[dict]) -> float:
    """Jobs by the wider definition of that name: strict occupations whole, software developers by 0.14."""
    shown = [cell for cell in cells if cell["column"] == "TOT_EMP" and isinstance(cell["raw"], (int, float))]
    return round(sum(cell["raw"] * (0.14 if "15-1252" in cell["meaning"] else 1) for cell in shown))


def weighted_mean(cells: list[dict]) -> float:
    works = {
        cell["meaning"].removeprefix("count of "): cell["raw"]
        for cell in cells
        if "count of" in cell["meaning"]
    }
    points = {
        cell["meaning"].split(" of ", 1)[1]: cell["raw"]
        for cell in cells
        if cell["meaning"].startswith("geo.")
    }
    return round(sum(points[name] * works[name] for name in points) / sum(works[name] for name in points), 5)


RECOMPUTED = {
    ("usa_ai_employment_by_msa", "ai_workers"): workers,
    ("usa_ai_employment_by_msa", "total_employment"): lambda cells: sum(numbers(cells, "TOT_EMP")),
    ("usa_ai_employment_by_msa", "ai_per_1000"): per_1000,
    ("usa_ai_employment_by_msa", "hidden_low"): workers,
    ("usa_ai_employment_by_msa", "pay_median_low_usd"): lambda cells: min(numbers(cells, "A_MEDIAN")),
    ("usa_ai_employment_by_msa", "pay_median_high_usd"): lambda cells: max(numbers(cells, "A_MEDIAN")),
    ("usa_ai_employment_by_msa", "ai_workers_wide"): by_developers,
    ("usa_ai_employment_by_occupation", "employment"): workers,
    ("usa_ai_employment_by_occupation", "loc_quotient"): lambda cells: cells[0]["raw"],
    ("usa_ai_employment_by_occupation", "pay_median_usd"): lambda cells: cells[0]["raw"],
    ("usa_ai_employment_by_state", "ai_workers"): workers,
    ("usa_ai_employment_by_msa", "lat"): lambda cells: round(float(cells[0]["raw"]), 5),
    ("usa_ai_employment_by_msa", "lon"): lambda cells: round(float(cells[0]["raw"]), 5),
    ("usa_ai_employment_yoy", "workers_before"): workers,
    ("usa_ai_employment_yoy", "workers_after"): workers,
    ("usa_ai_employment_series", "ai_workers"): workers,
    ("usa_ai_employment_series", "ai_per_1000"): per_1000,
    ("world_ai_research_by_metro", "ai_works"): lambda cells: sum(cell["raw"] for cell in cells),
    ("world_ai_research_by_metro", "institutions"): len,
    ("world_ai_research_by_metro", "top_institution_works"): lambda cells: max(cell["raw"] for cell in cells),
    ("world_ai_research_by_metro", "lat"): weighted_mean,
    ("world_ai_research_by_institution", "ai_works"): lambda cells: cells[0]["raw"],
    ("world_ai_research_by_institution", "lon"): lambda cells: round(cells[0]["raw"], 5),
}


def ids_of(table, row: pd.Series) -> list[str]:
    return [row[name] for name in table.further_ids]


def fifty_published_numbers(settings: Settings) -> list[tuple]:
    """Layer, table, place, release, further ids, column and value of numbers drawn from the columns of RECOMPUTED."""
    drawn = []
    for layer, table in TABLES:
        rows = pd.read_csv(settings.published / str(QUARTER) / f"{table.name}.csv", dtype="str")
        for column in (column for name, column in RECOMPUTED if name == table.name):
            known = rows.dropna(subset=column)
            drawn += [
                (
                    layer,
                    table.name,
                    row[table.ids],
                    row.get(table.period),
                    ids_of(table, row),
                    column,
                    row[column],
                )
                for _, row in known.iterrows()
            ]
    by_column = {}
    for number in drawn:
        by_column.setdefault((number[1], number[5]), []).append(number)
    chance = random.Random(SEED)
    first = [chance.choice(numbers) for numbers in by_column.values()]
    return first + chance.sample(drawn, NUMBERS - len(first))


def test_fifty_random_numbers_are_found_again_in_their_raw_cells(settings, explained):
    for layer, table, place, release, ids, column, published in fifty_published_numbers(settings):
        told = explained(layer, place, column, table=table, release=release, ids=ids)
        assert told.value == published
        cells = json.loads(as_json(told))
        files = {entry["sha256"]: Path(entry["file"]) for entry in cells["inputs"]}
        found = [cell | {"raw": stands_there(cell, files[cell["sha256"]])} for cell in cells["cells"]]
        assert found
        for cell in found:
            assert cell["raw"] == cell["says"], cell
        assert RECOMPUTED[table, column](found) == pytest.approx(float(published)), (table, place, column)


def test_every_column_of_every_table_can_be_explained(settings, explained):
    for layer, table in TABLES:
        row = pd.read_csv(settings.published / str(QUARTER) / f"{table.name}.csv", dtype="str").iloc[0]
        for column in row.index:
            told = explained(layer, row[table.ids], column, table=table.name, ids=ids_of(table, row))
            assert told.means, column
            assert told.how


def test_an_explanation_names_rows_archive_entry_and_whether_it_was_reconstructed(explained):
    text = as_text(explained("employment", "New York", "ai_workers"))
    for said in (
        "New York-Newark-Jersey City, NY-NJ [35620]: ai_workers = 25260",
        "https://www.bls.gov/oes/special-requests/oesm25ma.zip",
        "retrieved 2026-11-22T00:00:00Z",
        "sha256 63bdcfce392c911b",
        "reconstructed from the publisher's figures",
        "15-2051 Data Scientists, May 2025: 23160 (member oesm25ma/MSA_M2025_dl.xlsx, sheet MSA, row 2634",
    ):
        assert said in text


def test_a_suppressed_cell_is_shown_as_the_mark_it_is(explained):
    told = explained("employment", "Huntsville", "ai_workers")
    assert [cell.says for cell in told.cells] == ["**", 620]


def test_what_is_unknown_is_explained_too(explained):
    told = explained("employment", "North Port", "workers_before")
    assert told.value == ""
    assert [cell.says for cell in told.cells] == ["**"]
    assert "unknown" in as_text(told)


def test_a_change_says_what_is_taken_from_what(explained):
    told = explained("employment", "New York", "like_for_like_pct")
    assert "that both releases publish" in told.how
    assert "the later sum less the earlier, in percent of the earlier" in told.how
    assert len(told.inputs) == 2


def test_a_release_chooses_among_the_rows_of_the_series(explained):
    told = explained(
        "employment", "San Jose", "ai_per_1000", table="usa_ai_employment_series", release="2024-05"
    )
    assert told.value == "7.72"
    assert {cell.entry.url[-12:] for cell in told.cells} == {"oesm24ma.zip"}
    with pytest.raises(UsageError, match="no row of San Jose for the oews_release 2021-05"):
        explained(
            "employment", "San Jose", "ai_per_1000", table="usa_ai_employment_series", release="2021-05"
        )


@pytest.mark.parametrize(("soc", "jobs"), [("15-1221", "2100"), ("15-2051", "23160")])
def test_an_id_chooses_among_rows_that_the_key_tells_apart(explained, soc, jobs):
    told = explained("employment", "New York", "employment", ids=[soc])
    assert told.value == jobs
    assert [cell.says for cell in told.cells] == [int(jobs)]
    assert told.row["occ_code"] == soc


def test_where_a_place_has_several_rows_the_ids_to_choose_from_are_named(explained):
    with pytest.raises(UsageError, match=r"several rows of New York, by occ_code.*--id: 15-1221, 15-2051"):
        explained("employment", "New York", "pay_median_usd")
    with pytest.raises(UsageError, match=r"no row of New York with the id 11-1011.*15-1221, 15-2051"):
        explained("employment", "New York", "pay_median_usd", ids=["11-1011"])
    with pytest.raises(UsageError, match=r"no row of New York with the id 15-1221.*Leave --id out"):
        explained("employment", "New York", "ai_workers", ids=["15-1221"])
    with pytest.raises(UsageError, match="no releases to choose from"):
        explained("employment", "New York", "pay_median_usd", ids=["15-1221"], release="2025-05")


def test_a_basis_is_an_id_too(explained):
    national = explained(
        "employment", "US", "ai_workers", table="usa_ai_employment_by_state", ids=["national_file"]
    )
    assert national.value == "299640"


def test_a_world_metro_leads_to_paths_in_the_api_s_answer(explained):
    told = explained("research", "Zürich", "ai_works")
    assert told.value == "2931"
    assert [(cell.at["json_path"], cell.says) for cell in told.cells] == [
        ("$.group_by[67].count", 1819),
        ("$.group_by[155].count", 1112),
    ]


def test_an_institution_is_found_by_name_where_no_metro_is(explained):
    assert explained("research", "ETH Zurich", "type").file == "world_ai_research_by_institution.csv"


@pytest.mark.parametrize(
    ("place", "column", "problem"),
    [
        (
            "Portland",
            "ai_workers",
            r"Portland-Vancouver-Hillsboro, OR-WA \[38900\]; Portland-South Portland, ME",
        ),
        ("Nwe York", "ai_workers", r"none of the places.*The nearest are New York-Newark-Jersey City"),
        ("Atlantis under the sea", "ai_workers", "none of the places"),
        ("New York", "ai_wrokers", "no column 'ai_wrokers'.*The columns are area_code"),
    ],
)
def test_words_that_are_off_are_met_with_what_may_be_meant(explained, place, column, problem):
    with pytest.raises(UsageError, match=problem):
        explained("employment", place, column)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("San Francisco", r"may stand for SF-San Jose Bay Area"),
        ("MIT", r"may stand for Massachusetts Institute of Technology"),
        ("Toki", r"National Institute for Fusion Science there is not counted: city named as noise"),
    ],
)
def test_a_name_that_research_does_not_use_is_met_with_what_may_be_meant(explained, place, said):
    with pytest.raises(UsageError, match=said):
        explained("research", place, "ai_works")


@pytest.mark.parametrize(
    ("layer", "usual", "place"),
    [
        ("employment", "NYC", "New York-Newark-Jersey City, NY-NJ"),
        ("employment", "Twin Cities", "Minneapolis-St. Paul-Bloomington, MN-WI"),
        ("employment", "Washington DC", "Washington-Arlington-Alexandria, DC-VA-MD-WV"),
        ("employment", "Northwest Arkansas", "Fayetteville-Springdale-Rogers, AR"),
        ("research", "NYC", "New York"),
    ],
)
def test_what_people_call_a_metro_finds_it(explained, layer, usual, place):
    column = {"employment": "ai_workers", "research": "ai_works"}[layer]
    assert explained(layer, usual, column).place.startswith(place)


def test_an_id_or_more_of_the_name_tells_two_places_apart(explained):
    assert explained("employment", "38860", "ai_workers").place.startswith("Portland-South")
    assert explained("employment", "portland-vancouver", "ai_workers").place.startswith("Portland-Vanc")


def test_a_quarter_without_an_edition_and_tables_newer_than_it_say_what_to_do(settings, tmp_path):
    with pytest.raises(
        WhereIsAIError, match=r"no edition of 2025-Q1\. Run where-is-ai run --quarter 2025-Q1"
    ):
        EditionEvidence(settings, Quarter(2025, 1))
    shutil.copytree(settings.data, tmp_path / "data")
    changed = Settings(data=tmp_path / "data")
    path = changed.published / str(QUARTER) / PROVENANCE
    write_text(path, path.read_text().replace("63bdcfce", "00000000"))
    with pytest.raises(WhereIsAIError, match="raw_oews_metro of 2026-Q2 was fetched anew"):
        EditionEvidence(changed, QUARTER)


def test_the_provenance_holds_the_walk_back_of_every_row(settings):
    path = settings.published / str(QUARTER) / PROVENANCE
    before = json.loads(path.read_text())
    add_walk_back(settings, Edition.of(settings, QUARTER))
    provenance = json.loads(path.read_text())
    assert {name: provenance[name] for name in before} == before
    for _, table in TABLES:
        rows = pd.read_csv(path.with_name(f"{table.name}.csv"))
        assert len(provenance["walk_back"][table.name]["rows"]) == len(rows)
    new_york = provenance["walk_back"]["usa_ai_employment_by_msa"]["rows"]["35620"]
    assert new_york[0]["sheet"] == "MSA"
    assert {2619, 2634} <= set(new_york[0]["rows"])


def test_the_command_prints_it_and_answers_ambiguity_with_status_2(settings, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(settings.data))
    words = ["explain", "employment", "New York", "ai_workers", "--quarter", "2026-Q2"]
    assert cli.main(words) == 0
    assert "ai_workers = 25260" in capsys.readouterr().out
    assert cli.main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == "25260"
    assert cli.main(["explain", "employment", "Portland", "ai_workers"]) == 2
    assert "Portland-South Portland" in capsys.readouterr().err


def test_tables_made_from_other_tables_are_walked_back_through_them(tmp_path):
    settings = make_edition(tmp_path)
    folder = settings.published / str(QUARTER)
    write_text(
        folder / "world_ai_hubs.csv", "hub,metro_id,metro,ai_works\nSingapore,SG/Singapore,Singapore,5725\n"
    )
    write_text(
        folder / "claims.csv", "claim_id,verdict,why,answered_by\nhubs-1,differs,it differs,some table\n"
    )
    evidence = EditionEvidence(settings, QUARTER)
    hub = explain(evidence, "research", "Singapore", "ai_works", "world_ai_hubs")
    assert sum(cell.says for cell in hub.cells) == int(hub.value) == 5725
    claim = explain(evidence, "employment", "hubs-1", "verdict", "claims")
    assert "held against some table; it differs" in as_text(claim)


def test_what_was_counted_over_a_layer_names_all_its_answers(tmp_path):
    settings = make_edition(tmp_path)
    rows = "method,without_institution\narticle,7\n"
    write_text(settings.published / str(QUARTER) / "world_ai_research_coverage.csv", rows)
    evidence = EditionEvidence(settings, QUARTER)
    told = explain(evidence, "research", "article", "without_institution", "world_ai_research_coverage")
    assert set(told.inputs) == set(evidence.entries("raw_openalex"))
    assert told.inputs
