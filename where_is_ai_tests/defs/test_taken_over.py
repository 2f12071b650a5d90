"""A rerun makes what changed and what follows from that, and nothing else."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai import reading
from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.defs.present import Present
from where_is_ai.defs.taken_over import Records
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf

QUARTER = Quarter.parse("2026-Q2")


@dataclass(frozen=True)
class Node:
    parent_keys: frozenset[dg.AssetKey]
    check_keys: frozenset = frozenset()
    execution_set_entity_keys: frozenset = frozenset()
    partitions_def: dg.PartitionsDefinition | None = QUARTERS


@dataclass
class Graph:
    """As much of Dagster's graph as records look at; each asset's key is its place in the order."""

    parents: list[frozenset[int]]
    asset_check_keys: frozenset = frozenset()
    toposorted_asset_keys: list[dg.AssetKey] = field(init=False)

    def __post_init__(self):
        self.toposorted_asset_keys = [key(each) for each in range(len(self.parents))]
        self.executable_asset_keys = set(self.toposorted_asset_keys)

    def get(self, asset: dg.AssetKey) -> Node:
        return Node(keys(self.parents[int(asset.path[-1])]))


def key(number: int) -> dg.AssetKey:
    return dg.AssetKey(str(number))


def keys(numbers: Iterable[int]) -> frozenset[dg.AssetKey]:
    return frozenset(map(key, numbers))


@st.composite
def graphs(draw) -> Graph:
    size = draw(st.integers(1, 8))
    return Graph(
        [draw(st.frozensets(st.integers(0, each - 1))) if each else frozenset() for each in range(size)]
    )


def settings(folder: Path) -> Settings:
    return Settings(data=folder, source="archive")


def records(folder: Path, graph: Graph, **choices: str) -> Records:
    made = settings(folder)
    return Records(Shelf(made.tables), QUARTER, graph, Present(made, choices))


def make(
    folder: Path, graph: Graph, assets: Iterable[dg.AssetKey], value: int = 0, read: Iterable[str] = ()
) -> None:
    shelf = Shelf(settings(folder).tables)
    for asset in assets:
        shelf.put(asset.path[-1], QUARTER, pd.DataFrame({"made": [value]}))
    for asset in assets:
        records(folder, graph).write(asset, "a run", set(read), "", {})


@given(graphs(), st.data())
def test_what_changed_and_what_follows_from_it_is_made_again(tmp_path_factory, graph, data):
    folder = tmp_path_factory.mktemp("graph")
    make(folder, graph, graph.toposorted_asset_keys)
    assert records(folder, graph).changed() == set()

    touched = data.draw(st.sets(st.sampled_from(range(len(graph.parents)))))
    for each in touched:
        Shelf(settings(folder).tables).put(str(each), QUARTER, pd.DataFrame({"made": ["by somebody else"]}))
    expected = set(touched)
    for each, parents in enumerate(graph.parents):
        if parents & expected:
            expected.add(each)
    assert records(folder, graph).changed() == keys(expected)


def test_an_asset_made_again_with_the_same_result_changes_nothing(tmp_path):
    chain = Graph([frozenset(), frozenset({0})])
    make(tmp_path, chain, keys({0, 1}))
    make(tmp_path, chain, keys({0}))
    assert records(tmp_path, chain).changed() == set()


@pytest.mark.parametrize(
    "change",
    [
        lambda folder, monkeypatch: monkeypatch.setenv("WHERE_IS_AI_QUALIFY_POSTINGS", "7"),
        lambda folder, monkeypatch: (folder / "list.csv").write_text("another board"),
        lambda folder, monkeypatch: (folder / "list.csv").unlink(),
        lambda folder, monkeypatch: Shelf(settings(folder).tables).put(
            "earlier", QUARTER.previous, pd.DataFrame({"made": [1]})
        ),
        lambda folder, monkeypatch: (
            Shelf(settings(folder).tables).record("0", QUARTER).write_text("half a rec")
        ),
    ],
    ids=["a setting", "a list", "a list that is gone", "another quarter", "an unreadable record"],
)
def test_whatever_a_step_read_counts(tmp_path, monkeypatch, change):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("a board")
    one = Graph([frozenset()])
    read = [reading.file(tmp_path / "list.csv"), reading.result("earlier", QUARTER.previous)]
    make(tmp_path, one, keys({0}), read=read)
    assert records(tmp_path, one).changed() == set()
    change(tmp_path, monkeypatch)
    assert records(tmp_path, one).changed() == keys({0})


def test_another_choice_makes_everything_again(tmp_path):
    one = Graph([frozenset()])
    make(tmp_path, one, keys({0}))
    assert records(tmp_path, one, method="standard").changed() == keys({0})


def test_secrets_are_in_no_record_and_their_change_makes_nothing_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = Graph([frozenset()])
    monkeypatch.setenv("OPENALEX_API_KEY", "k-0123456789-secret")
    make(tmp_path, one, keys({0}))
    monkeypatch.setenv("OPENALEX_API_KEY", "k-9876543210-secret")
    assert records(tmp_path, one).changed() == set()
    assert "secret" not in Shelf(settings(tmp_path).tables).record("0", QUARTER).read_text()


def test_a_changed_archive_is_asked_again_before_anything_is_made_again(tmp_path):
    chain = Graph([frozenset(), frozenset({0})])
    make(tmp_path, chain, keys({0}), read=[reading.ARCHIVE])
    make(tmp_path, chain, keys({1}))
    assert records(tmp_path, chain).asking(live=False) == set()
    assert records(tmp_path, chain).asking(live=True) == keys({0})
    index = settings(tmp_path).archive / "index.jsonl"
    index.parent.mkdir()
    index.write_text("{}\n")
    assert records(tmp_path, chain).changed() == set()
    assert records(tmp_path, chain).asking(live=False) == keys({0})


def test_what_can_not_be_seen_to_change_is_made_again_each_time(tmp_path):
    one = Graph([frozenset()])
    make(tmp_path, one, keys({0}), read=[reading.UNSEEN])
    assert records(tmp_path, one).changed() == keys({0})


def test_a_result_read_before_it_was_made_is_of_unknown_age(tmp_path):
    apart = Graph([frozenset(), frozenset()])
    make(tmp_path, apart, keys({0, 1}))
    make(tmp_path, apart, keys({0}), read=[reading.result("1", QUARTER)])
    assert records(tmp_path, apart).changed() == keys({0})
    kept = json.loads(Shelf(settings(tmp_path).tables).record("0", QUARTER).read_text())
    assert reading.UNSEEN in kept["rests_on"]
