"""Whole runs by the command, in process, in a data folder of their own."""

import json
import os
import shutil
from pathlib import Path

import pytest

from where_is_ai.cli import main
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.superlatives import said, sentences, unjudged

pytestmark = pytest.mark.slow

KEY = "k-0123456789-secret"
CONTACT = "maps@example.org"


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    for name in ("SOURCE", "CONTACT", "MIRROR"):
        monkeypatch.delenv(f"WHERE_IS_AI_{name}", raising=False)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def archive(data) -> Path:
    """What the sample archive holds, as if it had been received."""
    folder = data / "archive"
    shutil.copytree(SAMPLE_ARCHIVE, folder, ignore=shutil.ignore_patterns("make.py"))
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def source_of(folder: Path) -> str:
    return json.loads((folder / "provenance.json").read_text())["source"]


def without_a_browser(monkeypatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")


def test_without_a_browser_all_but_the_pngs_is_published_and_the_exit_status_is_1(data, monkeypatch, capsys):
    without_a_browser(monkeypatch)
    assert main(["run", "--quarter", "2026-Q2"]) == 1
    told = capsys.readouterr()
    assert told.err.count("Install one with") == 1
    edition = data / "published" / "2026-Q2"
    assert f"Published: {edition / 'index.html'}" in told.out
    assert not list(edition.glob("*.png"))
    assert unjudged(sentences(edition.parent, edition.name), said(edition.parent, edition.name)) == []
    assert {
        "Heatmap-USA-AI-Jobs.html",
        "Heatmap-World-AI-Cities.html",
        "usa_findings.md",
        "world_findings.md",
        "usa_ai_employment_by_msa.csv",
        "world_ai_research_by_metro.csv",
        "index.html",
    } <= {path.name for path in edition.iterdir()}

    first = tables(edition)
    main(["run", "--quarter", "2026-Q2"])
    assert tables(edition) == first, "a second run gives the same bytes"


@pytest.mark.usefixtures("archive")
def test_a_sample_never_overwrites_received_figures(data, monkeypatch, capsys):
    without_a_browser(monkeypatch)
    main(["run", "--archive", "--only", "employment", "--quarter", "2026-Q2"])
    edition = data / "published" / "2026-Q2"
    assert source_of(edition) == "archive"
    before = tables(edition)
    assert main(["run", "--sample", "--only", "employment", "--quarter", "2026-Q2"]) == 1
    assert "which a sample must not overwrite" in capsys.readouterr().err
    assert source_of(edition) == "archive"
    assert tables(edition) == before
    assert not (data / "tables" / "sample").exists()


def test_a_layer_without_archived_answers_is_left_out_and_the_run_says_so(data, monkeypatch, capsys):
    without_a_browser(monkeypatch)
    main(["run", "--quarter", "2023-Q2"])
    told = capsys.readouterr().out
    assert "Left out: research: The archive" in told
    assert "Left out: employment" not in told
    assert "Left out: usa_ai_employment_yoy: The release of the year before is not at hand" in told
    published = tables(data / "published" / "2023-Q2")
    assert "usa_ai_employment_by_msa.csv" in published
    assert "world_ai_research_by_metro.csv" not in published


def test_a_quarter_of_which_nothing_is_archived_is_no_edition(data, capsys):
    assert main(["run", "--archive", "--only", "employment", "--quarter", "2026-Q2"]) == 1
    told = capsys.readouterr()
    assert "nothing is archived for 2026-Q2. Fetch it with a live run" in told.err
    assert not list((data / "published").glob("*/provenance.json"))


def test_a_damaged_archive_is_named_and_a_repaired_rerun_succeeds(archive, data, monkeypatch, capsys):
    without_a_browser(monkeypatch)
    index = [json.loads(line) for line in (archive / "index.jsonl").read_text().splitlines()]
    sha256 = next(entry["sha256"] for entry in index if entry["url"].endswith("oesm25ma.zip"))
    workbook = archive / "objects" / sha256[:2] / sha256
    whole = workbook.read_bytes()
    workbook.write_bytes(whole[:-100])
    assert main(["run", "--archive", "--only", "employment", "--quarter", "2026-Q2"]) == 1
    said = next(line for line in capsys.readouterr().err.splitlines() if "oews_metro_cells" in line)
    assert str(workbook) in said
    assert "Restore the file from a copy of the archive, or fetch it again with a live run." in said
    assert not list((data / "tables").rglob("oews_metro_cells/*"))

    workbook.write_bytes(whole)
    main(["run", "--archive", "--only", "employment", "--quarter", "2026-Q2"])
    assert "usa_ai_employment_by_msa.csv" in tables(data / "published" / "2026-Q2")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_data_folder_is_explained(data, capsys):
    data.mkdir()
    data.chmod(0o500)
    assert main(["run"]) == 1
    assert "Make the folder writable" in capsys.readouterr().err


def test_a_data_folder_that_can_not_be_made_is_explained(data, capsys):
    data.write_text("a file is in the way")
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert "Move what is in the way" in said
    assert "Traceback" not in said


@pytest.mark.usefixtures("archive")
def test_keys_reach_neither_logs_nor_archive_nor_what_is_published(data, monkeypatch, capfd):
    without_a_browser(monkeypatch)
    monkeypatch.setenv("OPENALEX_API_KEY", KEY)
    monkeypatch.setenv("WHERE_IS_AI_CONTACT", CONTACT)
    # Nothing listens there: the run fails at its first request, whose full address holds the key.
    monkeypatch.setenv("WHERE_IS_AI_MIRROR", "http://127.0.0.1:9")
    monkeypatch.setattr("where_is_ai.archive.download.FIRST_WAIT_S", 0.0)
    assert main(["run", "--live", "--only", "research", "--quarter", "2026-Q2"]) == 1
    told = capfd.readouterr()
    assert "could not be fetched whole" in told.err
    assert KEY not in told.out + told.err
    for path in data.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
