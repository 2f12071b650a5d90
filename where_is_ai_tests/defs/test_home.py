"""Dagster's folder: records in files, or in the database that is set, whose password is neither written nor told."""

import dagster as dg
import pytest
import sqlalchemy
import yaml

from where_is_ai.defs.home import INSTANCE, INSTANCE_WITH_DATABASE, WRITTEN, make_home
from where_is_ai.defs.instance import UNREAD
from where_is_ai.defs.records import records_explained
from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.settings import read_settings

SECRET = "s-0123456789-secret"


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    return lambda address: monkeypatch.setenv("WHERE_IS_AI_DATABASE", address)


def test_what_a_database_says_is_one_line_without_its_password(database, tmp_path):
    address = f"postgresql+psycopg2://dagster:{SECRET}@127.0.0.1:1/records"
    database(address)
    with (
        pytest.raises(WhereIsAIError, match=r"WHERE_IS_AI_DATABASE can't be used: .*refused") as said,
        records_explained(tmp_path),
    ):
        sqlalchemy.create_engine(address).connect()
    assert SECRET not in str(said.value)


def test_an_address_of_another_kind_is_refused(database):
    database(f"postgresql://dagster:{SECRET}@127.0.0.1/records")
    with pytest.raises(UsageError, match=r"It begins with postgresql\+psycopg2://") as said:
        make_home(read_settings())
    assert SECRET not in str(said.value)


def test_an_address_in_a_file_where_dagster_does_not_look_is_refused(tmp_path, database, monkeypatch):
    database("")
    monkeypatch.delenv("WHERE_IS_AI_DATABASE")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        f"WHERE_IS_AI_DATABASE=postgresql+psycopg2://dagster:{SECRET}@127.0.0.1:1/records\n"
    )
    with pytest.raises(UsageError, match=r"Set it in the environment") as said:
        make_home(read_settings())
    assert SECRET not in str(said.value)
    assert not (tmp_path / "dagster" / "dagster.yaml").exists()


def test_what_earlier_versions_wrote_is_replaced(tmp_path, database):
    database("")
    file = tmp_path / "dagster" / "dagster.yaml"
    file.parent.mkdir()
    for config in WRITTEN:
        file.write_text(config)
        make_home(read_settings())
        assert file.read_text() == INSTANCE


def test_of_a_step_what_nothing_reads_is_not_recorded(database):
    database("")

    @dg.asset
    def made() -> int:
        return 1

    @dg.asset
    def made_of_it(made: int) -> int:
        return made

    with dg.DagsterInstance.from_config(str(make_home(read_settings()))) as instance:
        run = dg.materialize([made, made_of_it], instance=instance)
        recorded = {entry.dagster_event_type for entry in instance.all_logs(run.run_id)}
        (last,) = instance.fetch_materializations(dg.AssetKey("made_of_it"), limit=1).records
    happened = {event.event_type for event in run.all_events}
    assert happened - recorded == UNREAD
    assert last.asset_materialization.metadata.keys() >= {"path"}


def test_what_people_wrote_stays(tmp_path, database):
    database("")
    (tmp_path / "dagster").mkdir()
    file = tmp_path / "dagster" / "dagster.yaml"
    file.write_text(f"{INSTANCE}# ours\n")
    make_home(read_settings())
    assert file.read_text() == f"{INSTANCE}# ours\n"


def test_runs_go_one_at_a_time_on_files_and_side_by_side_but_for_quarters_and_openalex_with_a_database():
    limits = yaml.safe_load(INSTANCE)["run_coordinator"]["config"]
    assert limits["max_concurrent_runs"] == 1
    with_database = yaml.safe_load(INSTANCE_WITH_DATABASE)
    assert with_database["storage"] == {"postgres": {"postgres_url": {"env": "WHERE_IS_AI_DATABASE"}}}
    limits = with_database["run_coordinator"]["config"]
    assert limits["max_concurrent_runs"] == 2
    assert {each["key"]: each["limit"] for each in limits["tag_concurrency_limits"]} == {
        "dagster/partition": 1,
        "asks": 1,
    }
