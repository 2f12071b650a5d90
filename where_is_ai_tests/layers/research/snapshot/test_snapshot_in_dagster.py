"""The method snapshot through the asset graph: the same world by the API and by its snapshot, held side by side."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.defs.launch import Outcome, launch
from where_is_ai.publication.evidence import EditionEvidence
from where_is_ai.publication.explain import explain
from where_is_ai.settings import read_settings
from where_is_ai.shelf import Shelf
from where_is_ai_tests.geography.test_urban_centres import r2024a
from where_is_ai_tests.layers.research.made_world import World, grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.snapshot.made_snapshot import some_retracted, write_snapshot
from where_is_ai_tests.layers.research.snapshot.truth import QUARTER, measures, papers
from where_is_ai_tests.layers.research.standard_run import KEY
from where_is_ai_tests.layers.research.test_standard_in_dagster import GHSL_FILE, box

METROS = grid_of_metros(6)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_patience")]


def run(settings: dict[str, str], method: str, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return launch("research", QUARTER, read_settings(), method)


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    by_hand = tmp_path / "data" / "by_hand"
    by_hand.mkdir(parents=True)
    (by_hand / GHSL_FILE).write_bytes(r2024a(tmp_path, {metro.name: box(metro) for metro in METROS}))
    return {
        "WHERE_IS_AI_DATA": str(tmp_path / "data"),
        "WHERE_IS_AI_SOURCE": "live",
        "WHERE_IS_AI_CONTACT": "reader@example.org",
        "OPENALEX_API_KEY": KEY,
    }


def test_the_snapshot_and_the_api_count_the_same_world_alike(tmp_path, settings, monkeypatch):
    world = some_retracted(made_world(institutions=60, metros=6, works=3_000))
    folder = write_snapshot(tmp_path / "snapshot", world, day=date(2026, 7, 2))
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        settings["WHERE_IS_AI_MIRROR"] = service.mirror
        assert run(settings, "standard", monkeypatch).exit_status == 0
        asked = len(service.calls)
        settings["WHERE_IS_AI_SNAPSHOT"] = str(folder)
        outcome = run(settings, "snapshot", monkeypatch)
        assert outcome.exit_status == 0, (outcome.failures, outcome.errors)
        assert len(service.calls) == asked
    shelf = Shelf(tmp_path / "data" / "tables" / "received")
    metros = shelf.table("world_ai_research_by_metro", QUARTER)
    assert set(metros["method"]) == {"snapshot"}
    assert set(metros["geography"]) == {"ghsl_2024a"}
    assert metros["as_known"].all()
    assert set(metros["retrieved_to"]) == {"2026-07-02T00:00:00Z"}
    assert (metros["ai_works_low"] == metros["ai_works_high"]).all()
    assert_true_of(world, metros, shelf.table("world_ai_research_by_institution", QUARTER))
    compared = shelf.table("world_ai_snapshot_difference", QUARTER)
    assert len(compared) == len(METROS)
    for name in ("ai_works", "mature_works", "top_10_works", "rank"):
        assert (compared[name] == compared[f"api_{name}"]).all()
    assert (compared["difference"] == 0).all()
    assert compared["retracted_works"].sum() > 0
    ranks = shelf.table("world_rank_by_geography", QUARTER)
    assert (ranks["ghsl_2024a_rank"] == ranks["rank"]).all()
    assert (ranks["city_tag_ai_works"] == ranks["ai_works"]).all()
    assert shelf.table("world_method_difference", QUARTER)["article_ai_works"].notna().any()
    by_definition = shelf.table("world_ai_research_by_definition", QUARTER)
    ai = by_definition[by_definition["definition"] == "Artificial Intelligence"].set_index("metro_id")[
        "works"
    ]
    assert ai.reindex(metros["metro_id"]).to_list() == metros["ai_works"].to_list()
    assert (by_definition.loc[by_definition["definition"] == "Robotics", "works"] > 0).all()
    years = shelf.table("world_ai_research_by_year", QUARTER)
    assert set(years["metro_id"]) == {"world", *metros["metro_id"]}
    sectors = shelf.table("world_ai_research_by_sector", QUARTER)
    assert (sectors["ai_works"] <= sectors["ai_works_summed"]).all()
    coverage = shelf.table("world_ai_research_coverage", QUARTER).iloc[0]
    assert coverage["preprint_twins"] > 0
    in_window = [paper for paper in papers(world) if "ai_works" in measures(paper)]
    assert coverage["ai_works"] == len(in_window)
    assert coverage["without_institution"] == sum(not paper.institutions for paper in in_window)
    edition = tmp_path / "data" / "published" / str(QUARTER)
    published = pd.read_csv(edition / "world_ai_snapshot_by_metro.csv")
    assert published["ai_works"].between(published["ai_works_from"], published["ai_works_to"]).all()
    sectors = pd.read_csv(edition / "world_ai_snapshot_by_sector.csv").groupby("metro_id")["ai_works"].max()
    assert (sectors <= published.set_index("metro_id")["ai_works"].reindex(sectors.index)).all()
    for column in ("ai_works", "company_works"):
        assert_walks_back(column, published["metro_id"].iloc[0])
    provenance = json.loads((edition / "provenance.json").read_text())
    assert provenance["methods"]["research"] == "snapshot"
    assert any(
        "jsonl/works/manifest.json" in json.dumps(each) or "parquet/works" in json.dumps(each)
        for each in provenance["inputs"]
    )


def assert_walks_back(column: str, metro: str) -> None:
    told = explain(EditionEvidence(read_settings(), QUARTER), "research", metro, column)
    assert "counted work by work" in told.how
    (manifest,) = told.inputs
    assert manifest.url.endswith("/data/parquet/works/manifest.json")
    parts = [each["url"] for each in json.loads(told.archive.path(manifest).read_bytes())["files"]]
    for cell in told.cells:
        assert cell.says == parts[int(cell.at["json_path"].removeprefix("$.files[").removesuffix("].url"))]
    assert len({cell.says for cell in told.cells}) == len(parts)
    works = sum(int(cell.meaning.split()[3].replace(",", "")) for cell in told.cells)
    assert f"{works:,} AI works of its institutions lie in {len(parts)} of the parts" in told.how
    assert works >= int(told.row["ai_works"])


def assert_true_of(world: World, metros: pd.DataFrame, institutions: pd.DataFrame) -> None:
    counted = [(paper.institutions, measures(paper)) for paper in papers(world)]
    for metro in metros.itertuples():
        ids = set(institutions.loc[institutions["metro_id"] == metro.metro_id, "institution_id"])
        for name in ("ai_works", "mature_works", "top_10_works", "top_1_works"):
            expected = sum(name in found and not ids.isdisjoint(here) for here, found in counted)
            assert getattr(metro, name) == expected, (metro.metro, name)
