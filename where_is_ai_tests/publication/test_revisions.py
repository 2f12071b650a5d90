"""A published number is corrected in the open: numbered, listed, and what was published before stays."""

import json
import shutil
import zipfile
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.store import Archive
from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.publication import revisions
from where_is_ai.publication.kept_revisions import HERE, joined, restore, runs_of
from where_is_ai.publication.revisions import (
    CORRECTIONS,
    RECORD,
    changed_inputs,
    close_revision,
    corrections,
    read_record,
)
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.sample_edition import QUARTER, make_edition

FIRST = datetime(2026, 7, 20, 6, tzinfo=UTC)
LATER = datetime(2026, 8, 1, 9, 30, tzinfo=UTC)
HEAD = "area_code,metro,ai_workers\n"
CSV = f"{HEAD}10180,Abilene,50\n10420,Akron,90\n"
URL = "https://www.bls.gov/oes/special-requests/oesm25ma.zip"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / "2026-Q2"
    folder.mkdir()
    publish(folder, CSV, "a" * 64)
    (folder / "usa_findings.md").write_text("Akron has 90.\n")
    return folder


def publish(folder: Path, csv: str, sha256: str) -> None:
    """As the program does: files are replaced, never written into."""
    for name, text in {
        "usa_ai_employment_by_msa.csv": csv,
        "provenance.json": json.dumps({"inputs": [{"url": URL, "sha256": sha256}]}),
    }.items():
        aside = folder / f".part-{name}"
        aside.write_text(text)
        aside.replace(folder / name)
    table = pd.read_csv(StringIO(csv), dtype={"area_code": "str"})
    table.to_parquet(folder / "usa_ai_employment_by_msa.parquet", index=False)


def publish_again(folder: Path, csv: str, sha256: str, now: datetime = LATER) -> int:
    """The next publication, made beside the last as the program does; gives the revision's number."""
    before = folder.with_name("before")
    shutil.rmtree(before, ignore_errors=True)
    folder.rename(before)
    shutil.copytree(before, folder)
    publish(folder, csv, sha256)
    return close_revision(folder, now, before)


def listed(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "corrections.csv", dtype="str", keep_default_na=False)


def as_published(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_first_publication_is_revision_1_and_corrects_nothing(edition):
    assert close_revision(edition, FIRST) == 1
    assert not (edition / "corrections.csv").exists()
    assert not (edition / "revisions").exists()


def test_the_same_files_again_are_no_revision(edition):
    close_revision(edition, FIRST)
    before = (edition / "revisions.json").read_bytes()
    assert publish_again(edition, CSV, "a" * 64) == 1
    assert (edition / "revisions.json").read_bytes() == before
    assert not (edition / "corrections.csv").exists()


def test_other_inputs_make_a_numbered_revision_that_lists_what_changed(edition):
    close_revision(edition, FIRST)
    changed = "area_code,metro,ai_workers\n10180,Abilene,60\n10500,Albany,30\n"
    assert publish_again(edition, changed, "b" * 64) == 2
    rows = listed(edition)
    assert set(rows["revision"]) == {"2"}
    assert set(rows["revised_at"]) == {"2026-08-01T09:30:00Z"}
    assert rows["inputs_changed"].str.contains("sha256 aaaaaaaaaaaa before, bbbbbbbbbbbb now").all()
    changes = set(zip(rows["row"], rows["column"], rows["before"], rows["after"], strict=True))
    assert ("10180", "ai_workers", "50", "60") in changes
    assert ("10420", "ai_workers", "90", "") in changes
    assert ("10500", "metro", "", "Albany") in changes
    assert not any(row[0] == "10180" and row[1] == "metro" for row in changes)
    assert [entry["revision"] for entry in read_record(edition)] == [1, 2]


def test_every_earlier_revision_is_rebuilt_from_what_changed_since(edition, tmp_path):
    (edition / "map.png").write_bytes(b"the first map")
    close_revision(edition, FIRST)
    rows = [f"{code},Metro {code},{code % 70}\n" for code in range(20_000, 20_400)]
    texts = [
        "".join([HEAD, *rows]),
        "".join([HEAD, *rows[:50], "20050,Metro 20050,7\n", *rows[51:]]),
        HEAD + rows[9],
    ]
    kept = [as_published(edition)]
    for text, sha256 in zip(texts, "bcd", strict=True):
        publish_again(edition, text, sha256 * 64)
        kept.append(as_published(edition))
    for number in (1, 2, 3):
        restore(edition, number, tmp_path / f"revision-{number}")
        then = as_published(tmp_path / f"revision-{number}")
        known = {name: text for name, text in kept[number - 1].items() if name not in (RECORD, CORRECTIONS)}
        assert then == known
    # Of 400 rows one changed: what is kept is that one.
    gone = edition / "revisions/2/usa_ai_employment_by_msa"
    assert gone.with_suffix(".csv").read_text() == rows[50]
    assert len(pd.read_parquet(gone.with_suffix(".parquet"))) == 1
    assert not (edition / "revisions/1/map.png").exists()


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_any_lines_are_rebuilt_from_any_others(later, earlier):
    runs = runs_of(later, earlier)
    gone = [each for each, start in zip(earlier, _starts(runs), strict=True) if start == HERE]
    assert joined(runs, later, gone) == earlier
    assert not set(gone) & set(later)


def _starts(runs):
    return [start for start, count in runs for _ in range(count)]


def test_a_revision_whose_successor_was_changed_is_not_passed_off_as_published(edition, tmp_path):
    close_revision(edition, FIRST)
    publish_again(edition, CSV.replace("90", "80"), "b" * 64)
    (edition / "usa_ai_employment_by_msa.csv").write_text(CSV.replace("Abilene", "Paris"))
    with pytest.raises(WhereIsAIError, match="can't be rebuilt"):
        restore(edition, 1, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    with pytest.raises(UsageError, match="no earlier revision 2"):
        restore(edition, 2, tmp_path / "restored")


def test_a_revision_that_an_earlier_version_kept_whole_is_there_still(edition, tmp_path):
    close_revision(edition, FIRST)
    shutil.copytree(edition, edition / "revisions/1", ignore=shutil.ignore_patterns("revisions*"))
    first = as_published(edition)
    publish_again(edition, CSV.replace("90", "80"), "b" * 64)
    restore(edition, 1, tmp_path / "restored")
    assert as_published(tmp_path / "restored").items() <= first.items()
    assert listed(edition)["before"].tolist() == ["90"]


def test_further_revisions_are_added_below_the_earlier_ones(edition):
    close_revision(edition, FIRST)
    for number, workers in ((2, 60), (3, 50)):
        assert publish_again(edition, CSV.replace("50", str(workers)), "a" * 64) == number
    rows = listed(edition)
    assert rows["revision"].tolist() == ["2", "3"]
    assert rows["after"].tolist() == ["60", "50"]
    assert set(rows["inputs_changed"]) == {revisions.SAME_INPUTS}


def test_other_inputs_that_change_no_number_are_a_revision_without_corrections(edition):
    close_revision(edition, FIRST)
    assert publish_again(edition, CSV, "c" * 64) == 2
    assert listed(edition).empty
    assert read_record(edition)[-1]["inputs_changed"]


def test_rows_of_a_series_are_told_apart_by_metro_and_release():
    before = "area_code,metro,oews_release,ai_workers\n1,A,2024-05,10\n1,A,2025-05,20\n"
    rows = corrections(
        {"usa_ai_employment_series": before}, {"usa_ai_employment_series": before.replace(",20\n", ",30\n")}
    )
    assert rows[["row", "column", "before", "after"]].to_numpy().tolist() == [
        ["1 2025-05", "ai_workers", "20", "30"]
    ]


def test_every_correction_leads_from_the_old_table_to_the_new_one():
    before = "metro_id,ai_works,rank\na,10,1\nb,5,2\nb,4,3\n"
    after = "metro_id,ai_works,rank,top\na,11,1,x\nb,5,3,\nb,4,2,y\nc,1,4,z\n"
    rows = corrections({"world": before}, {"world": after})
    corrected = values(before)
    for change in rows.itertuples():
        assert corrected.get((change.row, change.column), "") == change.before
        corrected[change.row, change.column] = change.after
    assert {cell: value for cell, value in corrected.items() if value} == values(after)


def values(csv: str) -> dict[tuple[str, str], str]:
    table = revisions._keyed("world", pd.read_csv(StringIO(csv), dtype="str", keep_default_na=False))
    return {cell: value for cell, value in table.stack().items() if value}


def test_inputs_that_came_and_went_are_named():
    assert changed_inputs({"u": "1" * 64}, {"v": "2" * 64}) == [
        "u: sha256 111111111111 before, not used now",
        "v: sha256 not used before, 222222222222 now",
    ]
    assert changed_inputs({"u": "1"}, {"u": "1"}) == []


@pytest.mark.slow
def test_a_silently_reposted_file_is_a_revision_that_names_the_file_and_the_number(tmp_path):
    shutil.copytree(SAMPLE_ARCHIVE, tmp_path / "archive")
    edition = make_edition(tmp_path, "archive").published / str(QUARTER)
    assert close_revision(edition, FIRST) == 1
    archive = Archive(tmp_path / "archive")
    release = known_releases()[-1]
    posted = archive.read(archive.versions(release.metro_workbook.url)[-1])
    archive.keep(reposted(posted, row=2634, column=12, says=24000), release.metro_workbook, LATER)
    before = Path(shutil.copytree(edition, tmp_path / "before"))
    make_edition(tmp_path, "archive")
    assert close_revision(edition, LATER, before) == 2
    rows = listed(edition)
    assert rows["inputs_changed"].str.contains("oesm25ma.zip: sha256 63bdcfce392c before").all()
    workers = rows[(rows["table"] == "usa_ai_employment_by_msa") & (rows["column"] == "ai_workers")]
    assert workers[["row", "before", "after"]].to_numpy().tolist() == [["35620", "25260", "26100"]]
    assert len(archive.versions(release.metro_workbook.url)) == 2


def reposted(zipped: bytes, row: int, column: int, says: int) -> bytes:
    """The same zip with one cell of its metro workbook changed."""
    with zipfile.ZipFile(BytesIO(zipped)) as old:
        name = next(name for name in old.namelist() if "MSA_M" in name)
        book = openpyxl.load_workbook(BytesIO(old.read(name)))
    book.worksheets[0].cell(row, column, says)
    changed, content = BytesIO(), BytesIO()
    book.save(changed)
    with zipfile.ZipFile(content, "w") as new:
        new.writestr(name, changed.getvalue())
    return content.getvalue()
