"""One metro, all layers: a long table made from what the layers declare, whose ranks and ranges follow the bounds."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.layers import LAYERS
from where_is_ai.publication.catalog import layer_named
from where_is_ai.publication.edition import Edition
from where_is_ai.publication.evidence import EditionEvidence
from where_is_ai.publication.explain import explain
from where_is_ai.publication.measures import bound_of, measures_of
from where_is_ai.publication.profiles import PROFILES, MetroProfiles, layer_profiles, profiles, rank_ranges
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf
from where_is_ai_tests.sample_edition import PUBLISHED, QUARTER, make_edition
from where_is_ai_tests.toy_layer.layer import TOY


def numbers(*values: object) -> pd.Series:
    return pd.Series(values, dtype="Float64")


def ranges(value: pd.Series, low: pd.Series, high: pd.Series) -> list[tuple]:
    rank = value.rank(method="min", ascending=False).astype("Int64")
    best, worst = rank_ranges(value, low, high, rank)
    return [(None if pd.isna(a) else a, None if pd.isna(b) else b) for a, b in zip(best, worst, strict=True)]


def test_a_rank_ranges_over_what_the_bounds_allow():
    assert ranges(numbers(10, 8, 3), numbers(9, 7, 2), numbers(11, 10, 4)) == [(1, 2), (1, 2), (3, 3)]
    assert ranges(numbers(10, 8), numbers(None, None), numbers(None, None)) == [(1, 1), (2, 2)]
    assert ranges(numbers(10, 10), numbers(None, None), numbers(None, None)) == [(1, 1), (1, 1)]


def test_a_number_without_an_upper_bound_may_be_above_all_and_one_without_a_lower_bound_below():
    # The second may have any number from 7 on: it may be first, and the first second.
    assert ranges(numbers(10, 8, 3), numbers(9, 7, 2), numbers(11, None, 4)) == [(1, 2), (1, 2), (3, 3)]
    assert ranges(numbers(10, 8, 3), numbers(9, None, 2), numbers(11, 8, 4)) == [(1, 1), (2, 3), (2, 3)]


def test_a_metro_that_is_not_ranked_has_no_range_and_shortens_none():
    value, end = numbers(10, None, 3), numbers(None, None, None)
    assert ranges(value, end, end) == [(1, 1), (None, None), (2, 2)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4))
def test_the_range_is_that_of_all_numbers_within_the_bounds(rows):
    value = numbers(*(value for value, *_ in rows))
    low = numbers(*(value - down for value, down, _ in rows))
    high = numbers(*(value + up for value, _, up in rows))
    seen = [set() for _ in rows]
    for drawn in product(*(range(int(a), int(b) + 1) for a, b in zip(low, high, strict=True))):
        for at, number in enumerate(drawn):
            seen[at].add(1 + sum(other > number for other in drawn))
    assert ranges(value, low, high) == [(min(ranks), max(ranks)) for ranks in seen]


def test_measures_are_what_layers_follow_with_their_bounds_and_ranks_and_no_errors_of_others():
    found = {layer.name: {each.name: each for each in measures_of(layer)} for layer in LAYERS}
    assert list(found["employment"]) == ["ai_workers", "ai_per_1000"]
    assert found["employment"]["ai_per_1000"].rank == "rank_concentration"
    assert found["adoption"]["ai_use_pct"].low == "ai_use_low_pct"
    assert "ai_use_se_pct" not in found["adoption"]
    assert found["postings"]["ai_postings_per_100k"].rank == "rank"
    assert found["compute"]["mw"].high == ""
    for layer in LAYERS:
        for each in found[layer.name].values():
            named = {each.low, each.high, each.rank} - {""}
            assert named <= set(layer.by_metro.columns()), (layer.name, each)


@pytest.mark.parametrize(
    ("measure", "columns", "bound"),
    [
        ("a_b_pct", {"a_b_pct", "a_b_low_pct"}, "a_b_low_pct"),
        ("a_b", {"a_b", "a_b_low"}, "a_b_low"),
        ("a_b", {"a_b", "low_a_b"}, ""),
    ],
)
def test_bounds_are_found_by_name(measure, columns, bound):
    assert bound_of(measure, "low", columns) == bound


def test_a_layer_that_nobody_knows_has_its_rows_and_a_lower_bound_is_one():
    rows = pd.DataFrame(
        {
            "area_code": ["41940", "35620", "42660"],
            "metro": ["San Jose", "New York", "Seattle"],
            "power_mw": [120.0, 14.274, None],
            "rank": [1, 2, None],
        }
    )
    bounded = replace(TOY.by_metro, lower_bounds={"power_mw": lambda row: row["area_code"] == "35620"})
    layer = replace(TOY, tables=(bounded,))
    found = MetroProfiles.validate(profiles([layer], {bounded.name: rows}, QUARTER)).set_index("area_code")
    assert found["value"].to_list()[:2] == [120.0, 14.27]
    assert pd.isna(found.loc["42660", "value"])
    assert pd.isna(found.loc["42660", "rank"])
    assert found["low"].isna().to_list() == [True, False, True]
    assert set(found["of"]) == {2}
    assert set(found["layer"]) == {"toy"}
    assert set(found["period"]) == {"2026-Q2"}


def test_metros_that_are_not_cbsas_have_no_rows():
    layer = layer_named("research")
    rows = pd.DataFrame({"metro_id": ["US/Boston"], "metro": ["Boston"]})
    assert profiles([layer], {layer.by_metro.name: rows}, QUARTER).empty


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> tuple[Settings, pd.DataFrame]:
    """The edition that the sample archive gives, with the profiles made from its tables."""
    made = make_edition(tmp_path_factory.mktemp("data"))
    shelf, edition = Shelf(made.tables), Edition.of(made, QUARTER)
    kept = {name: rows for name in PUBLISHED if (rows := shelf.table(name, QUARTER)) is not None}
    rows = MetroProfiles.validate(profiles(LAYERS, kept, QUARTER))
    edition.write_csv(f"{PROFILES.name}.csv", rows, PROFILES.columns())
    return made, rows


def test_each_value_is_that_of_the_layer_s_own_table_and_unknown_stays_so(sample):
    made, rows = sample
    assert set(rows["layer"]) == {"employment"}
    own = pd.read_csv(
        made.published / str(QUARTER) / "usa_ai_employment_by_msa.csv", dtype={"area_code": str}
    )
    own = own.set_index("area_code")
    for measure, rank in (("ai_workers", "rank_workers"), ("ai_per_1000", "rank_concentration")):
        found = rows[rows["measure"] == measure].set_index("area_code")
        assert len(found) == len(own)
        columns = {"value": measure, "low": f"{measure}_low", "high": f"{measure}_high", "rank": rank}
        for column, theirs in columns.items():
            assert found[column].astype(float).equals(own[theirs].reindex(found.index).astype(float)), theirs
        assert set(found["of"]) == {int(own[rank].notna().sum())}
    ranked = rows[rows["rank"].notna()]
    assert ranked[["rank_low", "rank_high"]].notna().all(axis=None)
    assert (ranked["rank_low"] <= ranked["rank"]).all()
    assert (ranked["rank_high"] >= ranked["rank"]).all()
    # Metros where BLS lists an occupation not at all have no upper bound: each of them may be above the first.
    workers = ranked[ranked["measure"] == "ai_workers"]
    first = workers[workers["rank"] == 1].iloc[0]
    assert first["rank_high"] == 1 + workers["high"].isna().sum()
    assert set(rows["period"]) == {"2025-05"}


def test_a_profile_leads_back_to_what_the_layer_s_own_number_does(sample):
    evidence = EditionEvidence(sample[0], QUARTER)
    for column, theirs in (
        ("value", "ai_per_1000"),
        ("rank", "rank_concentration"),
        ("low", "ai_per_1000_low"),
    ):
        found = explain(evidence, "employment", "35620", column, PROFILES.name, "ai_per_1000")
        own = explain(evidence, "employment", "35620", theirs, "usa_ai_employment_by_msa")
        assert (found.cells, float(found.value)) == (own.cells, float(own.value))
        assert f"{theirs} in usa_ai_employment_by_msa" in found.how
    bounded = explain(evidence, "employment", "New York", "rank_low", PROFILES.name, "ai_workers")
    assert "by the bounds of all ranked metros" in bounded.how
    assert bounded.cells


def test_an_edition_of_an_earlier_version_has_the_measures_and_bounds_that_it_has():
    postings = layer_named("postings")
    older = pd.DataFrame(
        {
            "area_code": ["14460", "12060"],
            "metro": ["Boston", "Atlanta"],
            "ai_postings": [10, 5],
            "ai_postings_per_100k": [2.0, 1.0],
            "rank": [1, 2],
            "sources": "a feed",
            "classifier": "keywords",
        }
    )
    rows = layer_profiles(postings, {postings.by_metro.name: older}, Quarter(2025, 1))
    assert set(rows["measure"]) == {"ai_postings", "ai_postings_per_100k"}
    assert rows["low"].isna().all()
