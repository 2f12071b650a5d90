"""An edition states the method and the source of its tables, whatever the run that publishes it is configured with."""

import json

import dagster as dg
import pytest

from where_is_ai import layers
from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.home import prepare_home
from where_is_ai.defs.launch import launch
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings

pytestmark = pytest.mark.slow

QUARTER = Quarter(2026, 2)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.setenv("WHERE_IS_AI_SOURCE", "sample")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return read_settings()


def test_publishing_again_with_another_method_leaves_what_the_tables_say(settings):
    assert launch("research", QUARTER, settings, "article").succeeded
    edition = settings.published / str(QUARTER)
    names = ("provenance.json", "datapackage.json", "world_findings.md", "world_ai_research_by_metro.csv")
    before = {name: (edition / name).read_bytes() for name in names}
    assert json.loads(before["provenance.json"])["methods"] == {"research": "article"}

    prepare_home(settings)
    with dg.DagsterInstance.get() as instance:
        job = definitions(layers.LAYERS).resolve_job_def("publication")
        done = job.execute_in_process(
            partition_key=QUARTER.partition_key,
            instance=instance,
            run_config={"resources": {"choices": {"config": {"source": "sample", "method": "standard"}}}},
        )
    assert done.success
    assert {name: (edition / name).read_bytes() for name in names} == before
    assert [each["revision"] for each in json.loads((edition / "revisions.json").read_text())] == [1]
