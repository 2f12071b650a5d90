"""The way back of rows is said once and short, and leads to the very cells that provenance.json names."""

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.site import walk
from where_is_ai.site.read import Published

PATHS = st.sampled_from(
    ["$.group_by[4].count", "$.group_by[17].count", "$.results[3].geo", "$.a[1].b[2]", "$.meta", "$.#[1]"]
)
NUMBERS = st.lists(st.integers(1, 999), min_size=1, max_size=4)
SHA256 = st.sampled_from(["a" * 64, "b" * 64])
CELLS = st.one_of(
    st.fixed_dictionaries(
        {"sha256": SHA256, "member": st.just("m.xlsx"), "sheet": st.just("MSA"), "rows": NUMBERS}
    ),
    st.fixed_dictionaries({"sha256": SHA256, "lines": NUMBERS}),
    st.fixed_dictionaries(
        {"sha256": SHA256, "json_paths": st.lists(PATHS, min_size=1, max_size=4, unique=True)}
    ),
)


def told(place: list, sources: list[walk.Source]) -> set[tuple]:
    """The cells of a place as the page's script reads them."""
    source, at = sources[place[0]], place[1:]
    if source.path:
        paths = [source.path.replace("#", str(number), 1) for number in at] or [source.path]
        return {(source.sha256, path) for path in paths}
    return {(source.sha256, source.unit, source.member, source.sheet, number) for number in at}


def meant(cell: dict) -> set[tuple]:
    if "json_paths" in cell:
        return {(cell["sha256"], path) for path in cell["json_paths"]}
    unit = "rows" if "rows" in cell else "lines"
    return {
        (cell["sha256"], unit, cell.get("member", ""), cell.get("sheet", ""), number) for number in cell[unit]
    }


@given(st.dictionaries(st.sampled_from(["35620", "14460"]), st.lists(CELLS, max_size=4), min_size=1))
def test_every_cell_is_told_and_no_other(rows):
    tables = {"usa_ai_employment_by_msa": {"key": ["area_code"], "rows": rows}}
    edition = Published(Path("2026-Q2"))
    edition.__dict__.update(provenance={"walk_back": tables, "inputs": []}, tables={})
    sources = list(walk._sources(tables))
    _, apart = walk._walked(edition)
    for key, cells in rows.items():
        name, *places = apart["usa_ai_employment_by_msa"][key]
        assert name == key
        assert set().union(*(told(place, sources) for place in places)) == set().union(*map(meant, cells))


def test_a_metro_is_named_once():
    by_table = {"a": {"1": ["Boston", [0, 7]], "1 x": ["An office", [0, 8]]}, "b": {"1": ["Boston"]}}
    said = json.dumps(walk._shortened(by_table))
    assert len(re.findall("Boston", said)) == 1
    assert walk._shortened(by_table) == [
        "Boston",
        {"a": {"1": [0, [0, 7]], "1 x": ["An office", [0, 8]]}, "b": {"1": [0]}},
    ]
