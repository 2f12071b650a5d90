"""The visas layer's own schedule: its file comes weeks after the edition that it belongs to."""

from datetime import UTC, datetime

import dagster as dg
import pandas as pd
import pytest

from where_is_ai.defs.visas import visas_when_disclosed
from where_is_ai.layers.visas.notes import METROS
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings
from where_is_ai.shelf import Shelf


@pytest.fixture
def ticking(tmp_path, monkeypatch):
    for name, value in {"DATA": str(tmp_path), "SOURCE": "live", "CONTACT": "maps@example.org"}.items():
        monkeypatch.setenv(f"WHERE_IS_AI_{name}", value)
    return monkeypatch


def tick() -> dg.RunRequest | dg.SkipReason:
    day = datetime(2026, 8, 14, 6, tzinfo=UTC)
    return visas_when_disclosed(dg.build_schedule_context(scheduled_execution_time=day))


def test_the_layer_has_a_schedule_of_its_own_until_its_cases_are_there(ticking):
    assert tick().partition_key == "2026-04"
    Shelf(read_settings().tables).put(METROS, Quarter(2026, 2), pd.DataFrame({"area_code": ["41940"]}))
    assert "has its cases" in tick().skip_message
    ticking.delenv("WHERE_IS_AI_CONTACT")
    assert "WHERE_IS_AI_CONTACT is not set" in tick().skip_message
