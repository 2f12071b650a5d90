"""What the system says against the data folder ends a whole run with one line that says what to do."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from where_is_ai.cli import main
from where_is_ai_tests.campaign.concurrent import COMPUTE
from where_is_ai_tests.campaign.kills import contents
from where_is_ai_tests.defs.small_disk import IN_A_NAMESPACE, READ_ONLY, TABLES
from where_is_ai_tests.processes import finished

pytestmark = pytest.mark.slow
REMEDIES = {"full": "Free some space, or", "read-only": "Make the folder writable, or"}


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    for name in ("SOURCE", "CONTACT", "MIRROR"):
        monkeypatch.delenv(f"WHERE_IS_AI_{name}", raising=False)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    return set_data(monkeypatch, tmp_path / "data")


def set_data(monkeypatch, data: Path) -> Path:
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(data))
    return data


@pytest.mark.parametrize("place", [".", "published", "tables", "tables/sample", "dagster", "dagster/history"])
def test_a_file_where_a_folder_should_be_ends_a_run_with_one_line(data, capfd, place):
    in_the_way = data / place
    in_the_way.parent.mkdir(parents=True, exist_ok=True)
    in_the_way.write_text("in the way")
    assert main(COMPUTE) == 1
    (said,) = capfd.readouterr().err.splitlines()
    assert f"{in_the_way} is a file where a folder should be. Move what is in the way, or choose" in said
    assert in_the_way.read_text() == "in the way"


@pytest.mark.parametrize("lengths", [[300], [250] * 15], ids=["a name", "a path"])
def test_a_name_too_long_ends_a_run_with_one_line(monkeypatch, data, capfd, lengths):
    set_data(monkeypatch, data.joinpath(*("x" * length for length in lengths)))
    assert main(COMPUTE) == 1
    (said,) = capfd.readouterr().err.splitlines()
    assert "File name too long. Give it a shorter name, or choose another data folder" in said
    assert len(said) < 1000


def test_records_of_runs_that_are_damaged_end_a_run_with_one_line(data, capfd):
    records = data / "dagster" / "history" / "runs.db"
    records.parent.mkdir(parents=True)
    records.write_bytes(bytes(1000))
    assert main(COMPUTE) == 1
    (said,) = capfd.readouterr().err.splitlines()
    assert f"Dagster's records in {data / 'dagster'} can't be used" in said
    assert "Move that folder aside" in said


@pytest.mark.usefixtures("data")
def test_an_output_that_is_full_is_one_line():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "where_is_ai.cli", "doctor", "--archive"]
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False
        )
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert "No space left on device. Free some space" in said


def test_a_file_that_may_not_grow_ends_a_run_with_one_line_and_the_old_edition_stays(data, capfd):
    main(COMPUTE)
    before = contents(data / "published")
    capfd.readouterr()
    largest = max(path.stat().st_size for path in (data / "published").glob("2*/*.html"))
    done = finished(
        [sys.executable, "-m", "where_is_ai.cli", *COMPUTE],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, largest - 1)),
    )
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert "choose another data folder" in said
    assert contents(data / "published") == before


def can_mount() -> bool:
    try:
        tried = [*IN_A_NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        return subprocess.run(tried, capture_output=True, timeout=10, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not can_mount(), reason="no small disk can be mounted here")
def test_a_disk_that_is_full_or_read_only_ends_a_run_with_one_line_and_the_old_edition_stays(tmp_path):
    cases = {"0": "", "500": "", f"{TABLES}0": "full", f"{TABLES}100": "full", READ_ONLY: "read-only"}
    command = [*IN_A_NAMESPACE, sys.executable, "-m", "where_is_ai_tests.defs.small_disk", str(tmp_path)]
    done = finished([*command, *cases], limit_s=600)
    assert done.returncode == 0, done.stderr
    tried = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["case"] for each in tried] == list(cases)
    for each in tried:
        assert each["status"] == 1, each
        (said,) = each["said"]
        assert said.startswith(("where-is-ai: ", "Failed: ")), said
        assert REMEDIES.get(cases[each["case"]], "choose another data folder") in said
        assert each["kept"], each
        assert each["mended"], each
