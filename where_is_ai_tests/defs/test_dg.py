"""Dagster's own commands know the project without being told where its definitions are."""

import json
import sys
from pathlib import Path

import pytest

from where_is_ai.defs import defs
from where_is_ai_tests.processes import finished

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).resolve().parents[2]


def dg(*words: str):
    return finished([str(Path(sys.executable).with_name("dg")), *words], cwd=PROJECT)


def test_dg_loads_the_graph():
    checked = dg("check", "defs")
    assert checked.returncode == 0, checked.stderr
    assert "All definitions loaded successfully" in checked.stdout


def test_dg_lists_what_dagster_loads():
    listed = json.loads(dg("list", "defs", "--json").stdout)
    graph = defs.resolve_asset_graph()
    assert {each["asset_key"] for each in listed["assets"]} == {
        key.to_user_string() for key in graph.get_all_asset_keys()
    }
    assert {each["name"] for each in listed["schedules"]} == {each.name for each in defs.schedules}
    assert {each["name"] for each in listed["sensors"]} == {each.name for each in defs.sensors}
