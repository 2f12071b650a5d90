"""The weekly snapshot as Dagster runs it, live against boards on a loopback socket."""

from datetime import UTC, datetime, timedelta

import pytest

from where_is_ai.archive import download
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.cli import main
from where_is_ai.defs import defs
from where_is_ai.layers.postings.made_up import boards_csv
from where_is_ai.layers.postings.snapshots import archived_snapshot
from where_is_ai.quarters import week_of
from where_is_ai_tests.layers.postings.answers import (
    ASHBY,
    BOARDS,
    GREENHOUSE,
    LEVER,
    content,
    greenhouse_job,
    lever_job,
    path_of,
    serving,
)
from where_is_ai_tests.loopback import Answer

pytestmark = pytest.mark.slow
MONDAY = week_of(datetime.now(UTC).date())


@pytest.fixture
def take(tmp_path, monkeypatch):
    """Run the job for a week against a mirror; gives the run and the archive."""
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.setenv("WHERE_IS_AI_CONTACT", "who@example.org")
    (tmp_path / "job_boards.csv").write_text(boards_csv(BOARDS))

    def run(mirror: str, monday=MONDAY):
        choices = {"source": "live", "method": "standard", "mirror": mirror}
        outcome = defs.resolve_job_def("job_boards").execute_in_process(
            partition_key=str(monday),
            raise_on_error=False,
            run_config={"resources": {"choices": {"config": choices}}},
        )
        return outcome, Archive(tmp_path / "archive")

    return run


def test_a_snapshot_keeps_what_answers_and_its_check_names_who_did_not(take):
    answers = {
        path_of(GREENHOUSE): Answer(content(GREENHOUSE, greenhouse_job())),
        path_of(LEVER): Answer(content(LEVER, lever_job())),
    }
    with serving(answers) as server:
        run, archive = take(server.url)
    assert run.success
    check = run.get_asset_check_evaluations()[0]
    assert not check.passed
    assert ASHBY.name in check.metadata["rows"].value
    assert "404" in check.metadata["rows"].value
    assert set(archived_snapshot(Replay(archive), BOARDS, MONDAY).entries) == {GREENHOUSE, LEVER}


@pytest.mark.usefixtures("take")
def test_the_command_takes_this_week_s_snapshot_and_says_what_came(tmp_path, monkeypatch, capsys):
    answers = {
        path_of(GREENHOUSE): Answer(content(GREENHOUSE, greenhouse_job())),
        path_of(LEVER): Answer(content(LEVER, lever_job())),
        path_of(ASHBY): Answer(content(ASHBY)),
    }
    # What runs take by default is not what a snapshot can be taken from.
    monkeypatch.setenv("WHERE_IS_AI_SOURCE", "archive")
    with serving(answers) as server:
        monkeypatch.setenv("WHERE_IS_AI_MIRROR", server.url)
        assert main(["snapshot"]) == 0
        said = capsys.readouterr().out
        assert f"of the week of {MONDAY}" in said
        assert "boards: 3; answers: 3; failed: 0" in said
        del answers[path_of(ASHBY)]
        assert main(["snapshot"]) == 1
    archive = Archive(tmp_path / "archive")
    assert len(archive.versions(GREENHOUSE.request.key)) == 2


def test_a_snapshot_without_a_contact_is_refused_before_anybody_is_asked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.setenv("WHERE_IS_AI_CONTACT", "")
    assert main(["snapshot"]) == 2
    assert "WHERE_IS_AI_CONTACT" in capsys.readouterr().err


def test_a_week_that_is_over_cannot_be_fetched_any_more(take):
    with serving({}) as server:
        run, _ = take(server.url, MONDAY - timedelta(weeks=1))
        asked = len(server.asked)
    assert not run.success
    assert asked == 0
    failure = run.get_step_failure_events()[0].step_failure_data
    assert "boards show only what is open today" in str(failure.user_failure_data or failure.error)
