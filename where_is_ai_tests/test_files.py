"""What the system says against a file is one line of ours, and what a dead process left is swept."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import (
    locked,
    side_file,
    sweep,
    unwritable_explained,
    write_json,
    write_text,
    written_aside,
)

HOUR_S = 3600


def made_old(path: Path) -> Path:
    os.utime(path, (0, 0))
    return path


@pytest.fixture(autouse=True)
def _no_data_folder_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WHERE_IS_AI_DATA", raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_file_where_a_folder_should_be_is_named(tmp_path):
    (tmp_path / "tables").write_text("in the way")
    with pytest.raises(WhereIsAIError, match=r"tables is a file where a folder should be.*Move") as refused:
        write_text(tmp_path / "tables" / "received" / "a.csv", "1")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_no_json_file_holds_a_number_that_json_has_not(tmp_path, number):
    write_json(tmp_path / "a.json", {"unknown": None})
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "a.json", {"unknown": [number]})
    assert [path.read_text() for path in tmp_path.iterdir()] == ['{\n "unknown": null\n}\n']


def test_a_name_too_long_is_one_line_that_can_be_read(tmp_path):
    with pytest.raises(WhereIsAIError, match="shorter name") as refused:
        write_text(tmp_path / ("x" * 10_000) / "a.csv", "1")
    assert len(str(refused.value)) < 1000


def test_the_longest_name_that_the_disk_takes_is_written(tmp_path):
    path = tmp_path / f"{'x' * 250}.csv"
    write_text(path, "1")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EROFS, "writable"),
        (errno.EACCES, "writable"),
        (errno.EIO, "See"),
    ],
)
def test_each_refusal_has_its_remedy(tmp_path, monkeypatch, number, remedy):
    def refuse() -> None:
        with unwritable_explained(tmp_path / "a.csv"):
            raise OSError(number, os.strerror(number))

    with pytest.raises(WhereIsAIError, match=rf"a.csv can't be written.*{remedy}.*WHERE_IS_AI_DATA"):
        refuse()
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    with pytest.raises(WhereIsAIError, match=remedy) as refused:
        refuse()
    assert "WHERE_IS_AI_DATA" not in refused.value.remedy


def test_a_disk_that_fills_while_another_library_writes(tmp_path):
    with pytest.raises(WhereIsAIError, match="Free some space"), written_aside(tmp_path / "a.parquet"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_other_faults_of_the_writer_stay_what_they_are(tmp_path):
    with pytest.raises(FileNotFoundError), written_aside(tmp_path / "a.parquet"):
        (tmp_path / "missing").read_bytes()


def test_only_old_parts_that_nobody_writes_are_swept(tmp_path):
    forsaken, young = tmp_path / ".part-a", tmp_path / ".part-b"
    forsaken.write_bytes(b"half")
    made_old(forsaken)
    young.write_bytes(b"half")
    with side_file(tmp_path) as written:
        made_old(written)
        assert sweep(tmp_path) == [forsaken]
        assert written.exists()
    assert sorted(tmp_path.iterdir()) == [young]
    assert sweep(tmp_path / "missing") == []


def test_the_part_of_a_killed_process_is_swept(tmp_path):
    code = (
        "import os, pathlib, where_is_ai.files as files\n"
        f"with files.side_file(pathlib.Path({str(tmp_path)!r})): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (left,) = tmp_path.iterdir()
    assert sweep(tmp_path, older_than_s=-1) == [left]


def test_a_lock_is_held_by_one_and_leaves_nothing(tmp_path):
    path, inside, most, waited = tmp_path / "locks" / "a", [], [], []

    def hold() -> None:
        with locked(path, lambda: waited.append(1)):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    with locked(path):
        threads = [threading.Thread(target=hold) for _ in range(20)]
        for thread in threads:
            thread.start()
        while not waited:
            pass
        assert most == []
    for thread in threads:
        thread.join()
    assert most == [1] * 20
    assert not path.exists()


def test_a_lock_of_a_dead_process_holds_nobody_up(tmp_path):
    code = (
        "import os, pathlib, where_is_ai.files as files\n"
        f"with files.locked(pathlib.Path({str(tmp_path / 'a')!r})): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert (tmp_path / "a").exists()
    with locked(tmp_path / "a", lambda: pytest.fail("waited for the dead")):
        pass


def test_a_file_that_is_still_written_is_never_swept(tmp_path):
    with written_aside(tmp_path / "a.csv") as aside:
        aside.write_text("1")
        assert sweep(tmp_path, older_than_s=0) == []
    assert (tmp_path / "a.csv").read_text() == "1"
