"""A run that the day's budget of OpenAlex stopped goes on by itself on the next."""

from datetime import datetime, timedelta, tzinfo

import dagster as dg
import pytest

from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.research.going_on import research_goes_on
from where_is_ai.layers import LAYERS
from where_is_ai_tests.layers.research.made_world import made_world
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.standard_run import KEY
from where_is_ai_tests.layers.research.test_standard_in_dagster import QUARTER, run

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("where_is_ai.archive.download.FIRST_WAIT_S", 0.001)


def test_a_run_above_the_days_budget_stops_in_one_line_and_goes_on_by_itself_on_the_next(
    tmp_path, monkeypatch
):
    world = made_world(institutions=150, metros=6, works=3_000)
    with OpenAlex(world, key=KEY, rate=1e9, remaining_usd=0.003) as service:
        outcome = run(tmp_path, "live", monkeypatch, service.mirror)
        assert outcome.exit_status == 1
        assert any("Today's budget of OpenAlex is spent" in said for said in outcome.failures.values())
        assert not goes_on()
        monkeypatch.setattr("where_is_ai.defs.research.going_on.datetime", OnTheNextDay)
        (request,) = goes_on()
        assert request.partition_key == QUARTER.partition_key
        assert request.run_config["resources"]["choices"]["config"]["method"] == "standard"
        service.remaining_usd = 1.0
        assert run(tmp_path, "live", monkeypatch, service.mirror).exit_status == 0
        assert len(service.paid) == len(set(service.paid))
    assert not goes_on()


class OnTheNextDay(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + timedelta(hours=12)


def goes_on() -> list[dg.RunRequest]:
    """What the sensor asks for."""
    with dg.DagsterInstance.get() as instance:
        loaded = definitions(LAYERS)
        context = dg.build_sensor_context(instance=instance, definitions=loaded)
        said = research_goes_on(context)
    return list(said.run_requests) if isinstance(said, dg.SensorResult) else []
