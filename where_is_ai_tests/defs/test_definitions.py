"""The asset graph as definitions: every asset explains itself, every column leads back to a source."""

import sys

import dagster as dg
import pytest

from where_is_ai.defs import defs
from where_is_ai.defs.groups import GEOGRAPHY, OWNERS, PUBLICATION
from where_is_ai.defs.lineage import LINEAGE, SCHEMA
from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter
from where_is_ai_tests.processes import finished

GRAPH = defs.resolve_asset_graph()
NODES = {node.key.path[-1]: node for node in sorted(GRAPH.asset_nodes, key=lambda node: node.key)}
# Columns that hold what a run chose or what a calendar says, not what a source said.
OF_NO_SOURCE = {
    "oews_release": "the calendar of releases",
    "method": "the run's choice",
    "api_method": "the method that is compared with",
    "count_basis": "the method",
    "window_from": "the method",
    "window_to": "the method",
    "geography": "the method",
    "definition": "the method",
    "classification": "the day of the answer",
    "retrieved_from": "the archive's index",
    "retrieved_to": "the archive's index",
    "as_known": "the archive's index",
    "retrieved_on": "the archive's index",
    "sources": "the archive's index",
    "title_classifier": "the classifier",
    "title_precision_pct": "what was measured of the classifier",
    "title_recall_pct": "what was measured of the classifier",
}
FROM_SOURCES = (
    "usa_ai_employment_by_msa",
    "world_ai_research_by_metro",
    "world_ai_snapshot_by_metro",
    "world_ai_snapshot_difference",
    "usa_ai_visas_by_metro",
    "usa_ai_visas_nation",
)


def columns_of(asset: str) -> list[str]:
    return [column.name for column in NODES[asset].metadata[SCHEMA].columns]


@pytest.mark.parametrize("node", NODES.values(), ids=NODES.keys())
def test_every_asset_explains_itself(node):
    assert len(node.description) > 100
    assert node.owners == OWNERS
    assert node.group_name in (GEOGRAPHY, PUBLICATION, *(layer.name for layer in LAYERS))
    assert node.kinds
    if "pandas" in node.kinds:
        columns = node.metadata[SCHEMA].columns
        assert all(column.description for column in columns)


def test_every_check_says_what_it_checks():
    for key in GRAPH.asset_check_keys:
        assert GRAPH.get(key).description, key


def test_every_pandas_table_has_a_blocking_check_of_its_model():
    for name, node in NODES.items():
        if "pandas" in node.kinds:
            check = GRAPH.get(dg.AssetCheckKey(node.key, "fits_its_model"))
            assert check.blocking, name


@pytest.mark.parametrize("asset", FROM_SOURCES)
def test_published_columns_lead_back_to_source_columns(asset):
    for column in columns_of(asset):
        if column not in OF_NO_SOURCE:
            roots = sources_of(asset, column)
            assert roots, f"{asset}.{column} comes from nowhere"
            assert all(root.startswith("raw_") for root, _ in roots), roots


def sources_of(asset: str, column: str) -> set[tuple[str, str]]:
    """The columns of raw assets that a column comes from in the end; a step is a column that its table has."""
    lineage = NODES[asset].metadata.get(LINEAGE)
    deps = lineage.deps_by_column.get(column, ()) if lineage else ()
    if not deps:
        return {(asset, column)} if asset.startswith("raw_") else set()
    for dep in deps:
        assert dep.column_name in columns_of(dep.asset_key.path[-1]), (asset, column, dep)
    return {root for dep in deps for root in sources_of(dep.asset_key.path[-1], dep.column_name)}


def test_partition_keys_are_first_months_of_quarters():
    keys = QUARTERS.get_partition_keys()
    assert len(set(map(Quarter.parse, keys))) == len(keys)
    assert {key[-2:] for key in keys} == {"01", "04", "07", "10"}
    assert QUARTERS.time_window_for_partition_key("2026-04").start.date() == Quarter(2026, 2).first_day


@pytest.mark.slow
def test_loading_warns_of_nothing():
    loaded = finished(
        [sys.executable, "-c", "from where_is_ai.defs import defs; defs.resolve_all_job_defs()"]
    )
    assert (loaded.returncode, loaded.stderr) == (0, "")
