"""The method standard through the asset graph: live from a loopback OpenAlex, then replayed from the archive."""

import json
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.defs.launch import Outcome, launch
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings
from where_is_ai.shelf import Shelf
from where_is_ai_tests.geography.test_urban_centres import r2024a
from where_is_ai_tests.layers.research.made_world import MadeMetro, grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.standard_run import HALF_A_METRO, KEY
from where_is_ai_tests.layers.research.test_standard import MEANT

QUARTER = Quarter(2026, 2)
METROS = grid_of_metros(6)
GHSL_FILE = "GHS_UCDB_THEME_GENERAL_CHARACTERISTICS_GLOBE_R2024A_V1_2.zip"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_patience")]


def box(metro: MadeMetro) -> tuple[float, float, float, float]:
    return (
        metro.lon - HALF_A_METRO,
        metro.lat - HALF_A_METRO,
        metro.lon + HALF_A_METRO,
        metro.lat + HALF_A_METRO,
    )


def run(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch, mirror: str = "") -> Outcome:
    for name, value in {
        "WHERE_IS_AI_DATA": str(folder),
        "WHERE_IS_AI_SOURCE": source,
        "WHERE_IS_AI_CONTACT": "reader@example.org",
        "WHERE_IS_AI_MIRROR": mirror,
        "OPENALEX_API_KEY": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    return launch("research", QUARTER, read_settings(), "standard")


def test_live_then_replayed_with_centres_put_there_by_hand(tmp_path, monkeypatch):
    data, by_hand = tmp_path / "data", tmp_path / "data" / "by_hand"
    by_hand.mkdir(parents=True)
    (by_hand / GHSL_FILE).write_bytes(r2024a(tmp_path, {metro.name: box(metro) for metro in METROS}))
    world = made_world(institutions=60, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        outcome = run(data, "live", monkeypatch, service.mirror)
        assert outcome.exit_status == 0, (outcome.failures, outcome.errors)
        paid = len(service.paid)
        assert run(data, "archive", monkeypatch).exit_status == 0
        assert len(service.paid) == paid == len(set(service.paid))
    shelf = Shelf(data / "tables" / "received")
    metros = shelf.table("world_ai_research_by_metro", QUARTER)
    assert len(metros) == len(METROS)
    institutions = shelf.table("world_ai_research_by_institution", QUARTER)
    for metro in metros.itertuples():
        ids = institutions.loc[institutions["metro_id"] == metro.metro_id, "institution_id"]
        assert metro.ai_works == world.distinct(ids, MEANT["ai_works"])
    assert set(metros["geography"]) == {"ghsl_2024a"}
    assert metros["ai_works_per_100k"].notna().all()
    coverage = shelf.table("world_ai_research_coverage", QUARTER).iloc[0]
    in_window = [work for work in world.works if MEANT["ai_works"](work)]
    assert coverage["ai_works"] == len(in_window)
    assert coverage["without_institution"] == sum(not work.institutions for work in in_window)
    assert coverage["cost_usd"] == pytest.approx((paid - 2) * 0.0001)
    for table in ("by_year", "by_definition", "by_sector"):
        assert len(shelf.table(f"world_ai_research_{table}", QUARTER))
    difference = shelf.table("world_method_difference", QUARTER)
    assert difference["article_ai_works"].notna().any()
    ranks = shelf.table("world_rank_by_geography", QUARTER)
    assert ranks["city_tag_rank"].to_list() == ranks["rank"].to_list()
    assert ranks["cbsa_rank"].isna().all()
    trend = shelf.table("world_ai_research_trend", QUARTER)
    assert not trend["as_known"].any()
    for stem in ("Heatmap-World-AI-Cities", "Heatmap-World-AI-Citations"):
        assert (data / "published" / "2026-Q2" / f"{stem}.html").is_file()
    provenance = (data / "published" / "2026-Q2" / "provenance.json").read_text()
    assert json.loads(provenance)["methods"]["research"] == "standard"
    assert KEY not in provenance
    published = pd.read_csv(data / "published" / "2026-Q2" / "world_ai_research_by_metro.csv")
    assert set(published["count_basis"]) == {"distinct"}


def test_without_centres_city_tags_serve_and_a_warning_says_so(tmp_path, monkeypatch):
    with OpenAlex(made_world(institutions=30, metros=6, works=2_000), key=KEY, rate=1e9) as service:
        outcome = run(tmp_path, "live", monkeypatch, service.mirror)
    assert outcome.exit_status == 0, (outcome.failures, outcome.errors)
    assert any("metros_by_urban_centres" in name for name in outcome.warnings)
    metros = Shelf(tmp_path / "tables" / "received").table("world_ai_research_by_metro", QUARTER)
    assert set(metros["geography"]) == {"city_tag"}
