"""The method snapshot counts what is true of the world, from either format."""

from fractions import Fraction

import pandas as pd
import pyarrow as pa
import pytest

from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.snapshot import measure
from where_is_ai.layers.research.snapshot.counts import MEASURES, authorships
from where_is_ai.layers.research.snapshot.engine import open_engine
from where_is_ai.layers.research.snapshot.extract import extract
from where_is_ai.layers.research.snapshot.folder import open_snapshot
from where_is_ai.layers.research.snapshot.measure import LEAST_SHARED
from where_is_ai.layers.research.snapshot.tables import VENUES, published
from where_is_ai.layers.research.snapshot.works import KEPT, PAPER
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.research.snapshot import truth
from where_is_ai_tests.layers.research.snapshot.made_records import TOPICS
from where_is_ai_tests.layers.research.snapshot.measured import Measured, areas_of, measure_snapshot, metro_of

pytestmark = pytest.mark.slow

# A billionth is lost where a paper can't be divided evenly, and a paper has a few authors.
LOST_PER_PAPER = Fraction(10, PAPER)


@pytest.fixture(scope="module")
def measured(snapshot, world, tmp_path_factory) -> Measured:
    return measure_snapshot(snapshot / "jsonl", world, tmp_path_factory.mktemp("jsonl"))


def test_institutions_have_the_works_that_are_true_of_the_world(measured, world):
    expected = {int(name[1:]): counts for name, counts in truth.by_institution(world).items() if counts}
    found = measured.institutions.set_index("institution")
    assert set(found.index) <= set(expected)
    for institution, counts in expected.items():
        for name in MEASURES:
            assert (found.loc[institution, name] if institution in found.index else 0) == counts[name]


def test_a_paper_counts_once_in_each_metro_and_its_parts_add_up(measured, world):
    expected = truth.by_metro(world, metro_of(world))
    found = measured.metros.by_metro.set_index("metro_id")
    assert set(found.index) == set(expected)
    for metro, counts in expected.items():
        for name in MEASURES:
            assert found.loc[metro, name] == counts[name]
        for name in ("by_authors", "by_institutions"):
            lost = counts[name] - Fraction(int(found.loc[metro, name]), PAPER)
            assert 0 <= lost <= LOST_PER_PAPER * counts["ai_works"]


def test_the_world_counts_each_work_once_and_those_without_an_institution(measured, world):
    counted = [(paper, truth.measures(paper)) for paper in truth.papers(world)]
    for name in MEASURES:
        assert measured.world[name] == sum(name in counts for _, counts in counted)
    in_window = [paper for paper, counts in counted if "ai_works" in counts]
    assert measured.world["without_institution"] == sum(not paper.institutions for paper in in_window)


def test_years_and_subfields_stand_side_by_side(measured, world):
    found = measured.metros.by_year.set_index(["metro_id", "subfield", "year"])["papers"].to_dict()
    assert found == truth.by_year(world, metro_of(world))


def test_links_are_papers_of_two_metros(measured, world):
    found = measured.metros.links.set_index(["metro_id", "with_metro_id"])["shared_works"].to_dict()
    expected = truth.links(world, metro_of(world))
    assert found == {pair: count for pair, count in expected.items() if count >= LEAST_SHARED}
    assert found


def test_topics_are_counted_by_metro_and_over_the_world(measured, world):
    rows = pd.concat([measured.metros.by_topic, measured.metros.world_by_topic.assign(metro_id="world")])
    found = rows.set_index(["metro_id", "subfield", "topic"])["papers"].to_dict()
    assert found == truth.by_topic(world, metro_of(world))
    assert set(rows["topic_name"]) == {name for _, name in TOPICS}


def test_areas_of_any_geography_count_each_paper_once(measured):
    found = measured.metros.by_area.set_index(["geography", "area_id"])["ai_works"]
    metros = measured.metros.by_metro.set_index("metro_id")["ai_works"]
    assert found["metros"].to_dict() == metros.to_dict()
    placed = measured.world["ai_works"] - measured.world["without_institution"]
    assert found["countries"].to_list() == [placed]


def test_preprints_that_are_there_a_second_time_are_told_and_left_out(measured, world):
    found = measured.metros.by_metro.set_index("metro_id")["preprint_twins"].to_dict()
    expected = truth.twins(world, metro_of(world))
    assert found == {metro: expected[metro] for metro in found}
    read = truth.papers(world)
    by_title, by_doi = truth.by_title(read), truth.by_doi(read)
    assert by_title - by_doi
    assert by_doi - by_title


def test_an_earlier_window_has_now_what_its_own_quarter_would_count_now(measured, snapshot, tmp_path):
    earlier, areas = Quarter(2025, 4), areas_of(measured.rows)
    with open_engine("duckdb", tmp_path) as engine:
        merged = open_snapshot(str(snapshot / "jsonl")).merged
        extract(engine, open_snapshot(str(snapshot / "jsonl")).works, tmp_path)
        found = measure.of_earlier(engine, tmp_path, merged, [(earlier, measured.rows)], STANDARD)
        whole = measure.of_world(engine, tmp_path, merged, STANDARD, earlier)
        then = measure.of_metros(engine, tmp_path, merged, measured.rows, areas, STANDARD, earlier, 2)
    expected = then.by_metro.set_index("metro_id")["ai_works"].to_dict()
    assert found[earlier] == expected | {"world": whole.world["ai_works"]}
    assert found[earlier] != measured.metros.by_metro.set_index("metro_id")["ai_works"].to_dict()


def test_published_tables_fit_their_models_and_each_other(measured):
    made = published(measured.metros, measured.rows, measured.world, "snapshot", "2026-07-01")
    for name, (table, model) in made.items():
        assert len(model.validate(table)) > 0, name
    metros, years, sectors, venues, links, topics, areas = (table for table, _ in made.values())
    works = metros.set_index("metro_id")["ai_works"]
    assert metros["rank"].is_monotonic_increasing
    assert metros["rank"].between(metros["rank_from"], metros["rank_to"]).all()
    assert metros["top_10_pct"].between(metros["top_10_pct_from"], metros["top_10_pct_to"]).all()
    divided = metros["ai_works_by_authors"].sum()
    assert divided <= measured.world["ai_works"] - measured.world["without_institution"] + 1e-6
    assert (sectors["ai_works"] <= sectors["metro_id"].map(works)).all()
    assert (works <= sectors.groupby("metro_id")["ai_works"].sum().reindex(works.index)).all()
    assert venues.groupby("metro_id").size().max() == VENUES
    assert (venues["share_pct"] <= 100).all()
    assert links["strength"].between(0, 1).all()
    assert (topics["metro_id"] == "world").any()
    assert set(areas["geography"]) == {"metros", "countries"}
    assert (years["ai_works"] <= years["world_ai_works"]).all()


def test_parquet_gives_the_same_tables(measured, snapshot, world, tmp_path):
    other = measure_snapshot(snapshot / "parquet", world, tmp_path)
    for name, table in measured.tables.items():
        pd.testing.assert_frame_equal(other.tables[name], table, obj=name)


def test_of_a_work_in_two_parts_the_newest_counts(tmp_path):
    work = {name: "" for name, kind in KEPT.items() if kind.is_string()} | {
        "work": 1,
        "published": "2026-01-01",
    }
    work |= {name: False for name, kind in KEPT.items() if kind.is_boolean()}
    work |= {"records": 1}
    rows = [
        work | {"institution": 1, "updated": "2026-01-01", "share": PAPER},
        work | {"institution": 2, "updated": "2026-02-01", "share": PAPER // 2},
        work | {"institution": 3, "updated": "2026-02-01", "share": PAPER // 2},
    ]
    with open_engine("duckdb", tmp_path) as engine:
        kept = engine.hand(pa.Table.from_pylist(rows, KEPT.to_pyarrow()))
        found = engine.arrow(authorships(kept)).to_pylist()
    assert {(row["institution"], row["share"], row["institutions"]) for row in found} == {
        (2, PAPER // 2, 2),
        (3, PAPER // 2, 2),
    }
