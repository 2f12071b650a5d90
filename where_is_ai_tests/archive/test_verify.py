"""An archive is verified as a whole: nothing damaged, missing or forgotten goes unnamed."""

from pathlib import Path

import pytest

from where_is_ai.archive.store import Archive
from where_is_ai.archive.verify import Trouble, verify
from where_is_ai.cli import main
from where_is_ai_tests.archive.test_store import FILE, at


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of two answers, in a data folder that the command uses."""
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.setenv("WHERE_IS_AI_SOURCE", "archive")
    archive = Archive(tmp_path / "archive")
    archive.keep(b"spring", FILE, at("2026-05-20"))
    archive.keep(b"summer", FILE, at("2026-07-20"))
    return tmp_path / "archive"


def a_file_of(folder: Path) -> Path:
    return sorted(path for path in (folder / "objects").rglob("*") if path.is_file())[0]


def damage(folder: Path) -> None:
    a_file_of(folder).write_bytes(b"edited")


def cut(folder: Path) -> None:
    a_file_of(folder).write_bytes(a_file_of(folder).read_bytes()[:3])


def remove(folder: Path) -> None:
    a_file_of(folder).unlink()


def garble_a_line(folder: Path) -> None:
    index = folder / "index.jsonl"
    index.write_bytes(index.read_bytes().replace(b'{"url"', b'{"earl"', 1))


def say_another_size(folder: Path) -> None:
    index = folder / "index.jsonl"
    index.write_bytes(index.read_bytes().replace(b'"bytes": 6', b'"bytes": 7', 1))


def leave_bytes(folder: Path) -> None:
    path = folder / "objects" / "ab" / ("ab" * 32)
    path.parent.mkdir()
    path.write_bytes(b"never entered")


def leave_a_part(folder: Path) -> None:
    (folder / ".part-abc").write_bytes(b"half")


def tear_the_index(folder: Path) -> None:
    with (folder / "index.jsonl").open("ab") as index:
        index.write(b'{"url": "https://')


@pytest.mark.usefixtures("folder")
def test_a_whole_archive_is_said_to_be_whole(capsys):
    assert main(["doctor", "--archive"]) == 0
    assert "2 entries, 2 kept answers: whole" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("harm", "trouble", "status"),
    [
        (damage, Trouble.DAMAGED, 1),
        (cut, Trouble.DAMAGED, 1),
        (garble_a_line, Trouble.DAMAGED, 1),
        (say_another_size, Trouble.DAMAGED, 1),
        (remove, Trouble.MISSING, 1),
        (leave_bytes, Trouble.UNINDEXED, 0),
        (leave_a_part, Trouble.HALF_MADE, 0),
        (tear_the_index, Trouble.HALF_MADE, 0),
    ],
)
def test_each_harm_is_named(folder, capsys, harm, trouble, status):
    harm(folder)
    assert trouble in [flaw.trouble for flaw in verify(Archive(folder)).flaws]
    assert main(["doctor", "--archive"]) == status
    out = capsys.readouterr().out
    assert f"{trouble}: {folder}" in out
    assert ("To mend it" in out) == bool(status)


def test_what_is_set_aside_is_told_and_still_verified(folder, capsys):
    sha256 = a_file_of(folder).name
    assert main(["archive", "set-aside", sha256[:12], "--why", "an error body"]) == 0
    assert f"Set aside: {FILE.url}" in capsys.readouterr().out
    assert main(["doctor", "--archive"]) == 0
    assert f"set aside: {folder / 'objects' / sha256[:2] / sha256}: an error body" in capsys.readouterr().out
    damage(folder)
    assert main(["doctor", "--archive"]) == 1


def test_setting_aside_wants_a_known_sha256_and_a_reason(folder, capsys):
    assert main(["archive", "set-aside", "0123", "--why", "bad"]) == 1
    assert main(["archive", "set-aside", a_file_of(folder).name, "--why", " "]) == 2
    assert main(["archive", "set-aside", "", "--why", "bad"]) == 1
    assert "Traceback" not in capsys.readouterr().err
