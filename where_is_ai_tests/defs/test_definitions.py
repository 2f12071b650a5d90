"""The asset graph as definitions: every asset explains itself, every column leads back to a source."""

import sys
from pathlib import Path

import dagster as dg
import pytest

from where_is_ai.defs import defs
from where_is_ai.defs.described import code_version, described
from where_is_ai.defs.geography import cbsa_places
from where_is_ai.defs.groups import GEOGRAPHY, OWNERS, PUBLICATION
from where_is_ai.defs.lineage import LINEAGE, SCHEMA
from where_is_ai.defs.partitions import KEY_MEANS, QUARTERS
from where_is_ai.defs.raw_checks import ANSWERED, FRESH, LICENCE, SIZE
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter
from where_is_ai_tests.processes import finished

PROJECT = Path(__file__).resolve().parents[2]
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
    assert len(node.description.replace(KEY_MEANS, "")) > 100
    assert (KEY_MEANS in node.description) == (node.partitions_def == QUARTERS)
    assert node.owners == OWNERS
    assert node.group_name in (GEOGRAPHY, PUBLICATION, *(layer.name for layer in LAYERS))
    assert node.kinds
    assert node.tags.get("layer", PUBLICATION) == node.group_name
    if node.is_executable:
        assert node.code_version
        (reference,) = node.metadata["dagster/code_references"].code_references
        assert Path(reference.file_path).is_relative_to(PROJECT / "where_is_ai" / "defs")
        # The step itself, not what is wrapped around it.
        assert not reference.file_path.endswith("steps.py")
    if "pandas" in node.kinds:
        columns = node.metadata[SCHEMA].columns
        assert all(column.description for column in columns)


def test_groups_hand_over_in_few_edges_and_all_raw_answers_reach_the_edition():
    edition = NODES["edition"]
    layers = {f"{layer.name}_publication" for layer in LAYERS}
    over = {"claims", "claims_findings", "statements", "usa_metro_profiles"}
    assert {key.path[-1] for key in edition.parent_keys} == layers | over
    assert {NODES[name].group_name for name in layers} == {layer.name for layer in LAYERS}
    into_publication = {
        parent.path[-1]
        for node in NODES.values()
        for parent in node.parent_keys
        if node.group_name == PUBLICATION and NODES[parent.path[-1]].group_name != PUBLICATION
    }
    assert into_publication == layers
    upstream, rest = set(), [edition.key]
    while rest:
        rest.extend(GRAPH.get(rest.pop()).parent_keys - upstream)
        upstream.update(rest)
    raw = {node.key for name, node in NODES.items() if name.startswith("raw_")}
    assert raw <= upstream


def test_what_rests_on_a_licence_is_tagged_with_it():
    def licences(asset: str) -> set[str]:
        return {tag.removeprefix("licence/") for tag in NODES[asset].tags if tag.startswith("licence/")}

    assert licences("raw_im3_atlas") == {"odbl-1.0"}
    assert licences("usa_data_centers_by_metro") == {"odbl-1.0", "public-domain"}
    assert licences("usa_ai_employment_by_msa") == {"public-domain"}
    assert all(licences(name) for name in NODES if name.startswith("raw_") and name != "raw_bulk_postings")


def test_code_is_linked_on_the_web_where_the_setting_says_so(monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_CODE", "https://git.example/us/where-is-ai/blob/main/")
    (made,) = described(LAYERS, [cbsa_places])
    (reference,) = made.get_asset_spec().metadata["dagster/code_references"].code_references
    assert reference.url.startswith(
        "https://git.example/us/where-is-ai/blob/main/where_is_ai/defs/geography.py#L"
    )


def test_an_asset_is_stale_where_its_own_code_or_its_layers_has_changed(tmp_path):
    module, folder = tmp_path / "defs.py", tmp_path / "layer"
    folder.mkdir()
    versions = set()
    for code, rule in (("a", "1"), ("b", "1"), ("b", "2")):
        module.write_text(code)
        (folder / "rule.csv").write_text(rule)
        versions.add(code_version(module, folder))
    assert len(versions) == 3
    assert code_version(module, folder) in versions
    assert NODES["usa_ai_employment_by_msa"].code_version != NODES["usa_ai_visas_by_metro"].code_version


def test_what_one_method_alone_needs_is_marked_in_the_graph():
    marked = {name: node.tags["method"] for name, node in NODES.items() if "method" in node.tags}
    assert marked["world_ai_snapshot_by_metro"] == "snapshot"
    assert marked["raw_openalex_distinct"] == "standard"
    assert all(method in NODES[name].kinds for name, method in marked.items())


def test_every_raw_asset_is_checked_for_an_answer_its_age_its_size_and_its_licence():
    for name, node in NODES.items():
        if name.startswith("raw_"):
            assert {ANSWERED, FRESH, SIZE, LICENCE} <= {key.name for key in node.check_keys}, name


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
