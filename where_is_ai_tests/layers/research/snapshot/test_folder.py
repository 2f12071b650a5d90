"""A snapshot that is not whole gives one clear error, and a run that was stopped goes on where it was."""

import gzip
import json
import shutil
from datetime import date
from pathlib import Path

import fsspec
import pandas as pd
import pytest

from where_is_ai.errors import BadUpstream
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.snapshot import extract as extracting
from where_is_ai.layers.research.snapshot.engine import open_engine
from where_is_ai.layers.research.snapshot.extract import extract, kept_files, room_of
from where_is_ai.layers.research.snapshot.folder import open_snapshot
from where_is_ai.layers.research.snapshot.steps import Reading, ai_works, count_world, read_parts
from where_is_ai_tests.layers.research.snapshot.conftest import INTO, MERGED_AWAY
from where_is_ai_tests.layers.research.snapshot.made_snapshot import mend_bytes, write_manifest
from where_is_ai_tests.layers.research.snapshot.truth import QUARTER

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(snapshot, tmp_path) -> Path:
    return Path(shutil.copytree(snapshot / "jsonl", tmp_path / "jsonl"))


def read(folder: Path, room: Path, said: list[str] | None = None):
    room.mkdir(exist_ok=True)
    with open_engine("duckdb", room) as engine:
        return extract(
            engine, open_snapshot(str(folder)).works, room, [].append if said is None else said.append
        )


def parts(folder: Path) -> list[Path]:
    return sorted((folder / "works").rglob("part_*"))


def test_the_folder_of_both_formats_gives_parquet_and_what_was_merged(snapshot):
    found = open_snapshot(str(snapshot))
    assert found.works.format == "parquet"
    assert str(found.works.day) == "2026-07-01"
    assert found.merged == {MERGED_AWAY: INTO}
    assert found.works.bytes == sum(path.stat().st_size for path in parts(snapshot / "parquet"))


def test_chains_of_merged_ids_lead_to_the_last(copy):
    lists = copy / "merged_ids" / "institutions"
    lists.mkdir(parents=True)
    (lists / "2026-01-01.csv").write_text("merge_date,id,merge_into_id\n2026-01-01,I1,I2\n2026-01-01,I5,I6\n")
    (lists / "2026-02-01.csv").write_text("merge_date,id,merge_into_id\n2026-02-01,I2,I3\n2026-02-01,I6,I5\n")
    merged = open_snapshot(str(copy)).merged
    assert (merged["I1"], merged["I2"]) == ("I3", "I3")


def test_without_a_manifest_the_download_is_not_complete(copy):
    (copy / "works" / "manifest.json").unlink()
    with pytest.raises(BadUpstream, match=r"holds no works/manifest\.json.*the manifest comes last"):
        open_snapshot(str(copy))


def test_a_manifest_of_another_layout_is_refused(copy):
    (copy / "works" / "manifest.json").write_text(json.dumps({"entries": []}))
    with pytest.raises(BadUpstream, match="no manifest of a snapshot since June 2026"):
        open_snapshot(str(copy))


def test_a_part_that_is_missing_or_short_is_named_before_anything_is_read(copy):
    first, second, *_ = parts(copy)
    first.unlink()
    second.write_bytes(second.read_bytes()[:-100])
    with pytest.raises(
        BadUpstream, match=rf"{first.parent.name}/part_0000\.gz .* is missing, and 1 more of 5"
    ):
        open_snapshot(str(copy))


def overwrite(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = b"\xff" * 400
    path.write_bytes(bytes(content))


def lose_a_line(path: Path) -> None:
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    del lines[7]
    path.write_bytes(gzip.compress(b"".join(lines)))


def cut_a_line(path: Path) -> None:
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    lines[7] = lines[7][:40] + b"\n"
    path.write_bytes(gzip.compress(b"".join(lines)))


def flip_a_bit_unseen(path: Path) -> None:
    """The content of one record is another, in a gzip that unpacks; only its checksum tells."""
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    digit = next(at for at, letter in enumerate(lines[7]) if chr(letter).isdigit())
    lines[7] = lines[7][:digit] + bytes([lines[7][digit] ^ 1]) + lines[7][digit + 1 :]
    checksum = path.read_bytes()[-8:-4]
    path.write_bytes(gzip.compress(b"".join(lines))[:-8] + checksum + gzip.compress(b"".join(lines))[-4:])


@pytest.mark.parametrize("damage", [overwrite, lose_a_line, cut_a_line, flip_a_bit_unseen])
def test_a_damaged_part_is_named_and_mended_alone(copy, tmp_path, damage):
    damaged, manifest = parts(copy)[2], copy / "works" / "manifest.json"
    whole = damaged.read_bytes()
    damage(damaged)
    mend_bytes(manifest, damaged)
    room = tmp_path / "room"
    with pytest.raises(
        BadUpstream, match=f"{damaged.parent.name}/part_0000.gz of the snapshot's works is damaged"
    ):
        read(copy, room)
    damaged.write_bytes(whole)
    write_manifest(copy / "works", date(2026, 7, 1))
    assert len(read(copy, room)) == 5


def test_a_run_that_was_stopped_reads_only_what_is_left(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(extracting, "PARTS_AT_ONCE", 1)
    room, asked = tmp_path / "room", []
    rows = extracting._rows

    def stopped_after_two(engine, works, batch):
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.extend(batch)
        return rows(engine, works, batch)

    monkeypatch.setattr(extracting, "_batches", lambda left, size: [[part] for part in left])
    monkeypatch.setattr(extracting, "_rows", stopped_after_two)
    with pytest.raises(KeyboardInterrupt):
        read(copy, room)
    assert len(kept_files(room)) == 2
    monkeypatch.setattr(extracting, "_rows", lambda *given: asked.extend(given[2]) or rows(*given))
    said: list[str] = []
    table = read(copy, room, said)
    assert [part.name for part in asked] == [part.name for part in open_snapshot(str(copy)).works.parts]
    assert said[0] == "2 of 5 parts were read before."
    assert "5 of 5 parts are read" in said[-1]
    assert "left." in said[-1]
    assert len(table) == 5


def test_another_snapshot_is_read_into_another_room(snapshot, copy, tmp_path):
    one, other = (open_snapshot(str(folder)).works for folder in (snapshot / "parquet", copy))
    assert room_of(tmp_path, one) != room_of(tmp_path, other)


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_an_address_is_read_through_its_python_filesystem(snapshot, tmp_path, format):
    held = fsspec.filesystem("memory")
    held.put(str(snapshot / format), f"/bucket/data/{format}", recursive=True)
    try:
        reading = Reading.of({"WHERE_IS_AI_SNAPSHOT": "memory://bucket"}, tmp_path / "remote")
        local = Reading.of({"WHERE_IS_AI_SNAPSHOT": str(snapshot / format)}, tmp_path / "local")
        assert [part.name for part in reading.snapshot.works.parts] == [
            part.name for part in local.snapshot.works.parts
        ]
        rows = []
        for each in (reading, local):
            read_parts(each, lambda message: None)
            counts = pd.DataFrame({"institution_id": ["I4000000000"], "ai_works": [1], "mature_works": [0]})
            rows.append((count_world(each, STANDARD, QUARTER)[1], ai_works(each, _counts(counts))[0]))
        for here, there in zip(*rows, strict=True):
            pd.testing.assert_frame_equal(here, there)
        part = reading.snapshot.works.parts[0].path
        held.rm(part.path)
        with pytest.raises(BadUpstream, match=r"part_0000\.\w+ of the snapshot's works .* is missing"):
            open_snapshot("memory://bucket")
    finally:
        held.rm("/bucket", recursive=True)


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    others = ("any_type_works", "year_before_works", "top_10_works", "top_1_works")
    return rows.assign(**dict.fromkeys(others, 0))


def test_a_damaged_part_of_institutions_is_named_too(copy, tmp_path):
    part = sorted((copy / "institutions").rglob("part_*"))[1]
    overwrite(part)
    counts = pd.DataFrame({"institution_id": ["I4000000000"], "ai_works": [1], "mature_works": [0]})
    reading = Reading(open_snapshot(str(copy)), tmp_path / "room", "duckdb")
    with pytest.raises(
        BadUpstream, match=f"{part.parent.name}/part_0000.gz of the snapshot's institutions is damaged"
    ):
        ai_works(reading, counts)
