"""A folder is replaced whole or not at all, and what ended processes left is swept."""

import json
import os
from contextlib import suppress
from pathlib import Path

import pytest

from where_is_ai import folders
from where_is_ai.errors import WhereIsAIError
from where_is_ai.folders import replaced_whole, side_folder, sweep
from where_is_ai.quarters import Quarter
from where_is_ai.shelf import Shelf


@pytest.fixture(params=["exchange", "renames"])
def _each_way(request, monkeypatch):
    if request.param == "renames":
        monkeypatch.setattr(folders, "_exchanged", lambda *_: False)


@pytest.mark.usefixtures("_each_way")
def test_the_new_folder_takes_the_place_of_the_old(tmp_path):
    for content in ("old", "new"):
        with replaced_whole(tmp_path / "2026-Q2") as aside:
            (aside / "a.csv").write_text(content)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-Q2"]
    assert (tmp_path / "2026-Q2" / "a.csv").read_text() == "new"


def test_a_block_that_fails_changes_nothing(tmp_path):
    with replaced_whole(tmp_path / "2026-Q2") as aside:
        (aside / "a.csv").write_text("old")
    with suppress(KeyboardInterrupt), replaced_whole(tmp_path / "2026-Q2") as aside:
        (aside / "a.csv").write_text("new")
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["2026-Q2"]
    assert (tmp_path / "2026-Q2" / "a.csv").read_text() == "old"


def test_what_ended_processes_left_is_swept_and_the_rest_left_alone(tmp_path):
    table = tmp_path / "table"
    (table / ".part-2026-Q2-abc").mkdir(parents=True)
    (table / ".part-2026-Q2-abc" / "a.csv").write_text("half")
    (table / ".part-2026-Q2-def.parquet").write_text("half")
    (table / "2026-Q1.parquet").write_text("whole")
    with side_folder(table) as in_use:
        sweep(tmp_path)
        assert sorted(path.name for path in table.iterdir()) == [in_use.name, "2026-Q1.parquet"]
    assert [path.name for path in table.iterdir()] == ["2026-Q1.parquet"]


def test_a_replacement_that_was_interrupted_between_two_renames_is_completed(tmp_path):
    new, old = tmp_path / ".part-2026-Q2-abc", tmp_path / ".part-2026-Q2-abc-old"
    for folder, content in ((new, "new"), (old, "old")):
        folder.mkdir()
        (folder / "a.csv").write_text(content)
    (tmp_path / ".replacing-2026-Q2.json").write_text(json.dumps({"new": new.name, "old": old.name}))
    with folders.writing(tmp_path):
        sweep(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir() if path.name != ".lock")
    assert left == ["2026-Q2"]
    assert (tmp_path / "2026-Q2" / "a.csv").read_text() == "new"


def test_a_file_where_the_folder_should_be_is_one_line(tmp_path):
    (tmp_path / "published").write_text("in the way")
    replaced = replaced_whole(tmp_path / "published" / "2026-Q2")
    with pytest.raises(WhereIsAIError, match="a file where a folder should be") as refused, replaced:
        pytest.fail("nothing can be made there")
    assert "\n" not in str(refused.value)


def test_the_shelf_completes_an_exchange_of_two_renames(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    shelf, quarter = Shelf(tmp_path), Quarter(2026, 2)
    shelf.put_files("findings", quarter, {"a.md": b"old"})

    def die_at_the_second(path: Path, to: Path) -> Path:
        if path.name == "findings":
            os._exit(9)
        return rename(path, to)

    rename = Path.rename
    process = os.fork()
    if not process:
        Path.rename = die_at_the_second
        shelf.put_files("findings", quarter, {"a.md": b"new"})
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9
    assert shelf.files("findings", quarter) is None
    sweep(tmp_path)
    assert shelf.files("findings", quarter)["a.md"].read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["findings"]
