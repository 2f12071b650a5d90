"""From a number that was counted of a snapshot back to the parts that hold the works behind it."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.json_records import read_json

SHOWN = 10
RAW = "raw_openalex_works_by_institution"
_OLDER = ("mature_", "top_10_", "top_1_", "world_")


def trace_snapshot(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """Behind a number that was counted work by work: the parts with most works of the row's institutions.

    Where the row is of no place, or the kept rows are gone, the manifests that list every part.
    """
    entries = evidence.entries(RAW)
    day = entries[0].retrieved_at[:10] if entries else "unknown day"
    how = f"{column} of {table} was counted work by work from the parts of OpenAlex's snapshot of {day}"
    works = _by_part(row, column, evidence)
    if works.empty:
        return whole_answers(f"{how}, which these manifests list with their bytes and records", entries)
    manifest = next(entry for entry in entries if "/works/" in entry.url)
    told = (
        f"{how}. {works.sum():,} AI works of its institutions lie in {len(works):,} of the parts, told here before "
        "types, retracted papers and preprints that are there a second time are left out"
    )
    return Trace(told, tuple(_cells(manifest, works, evidence)))


def _cells(manifest: Entry, works: pd.Series, evidence: Evidence) -> Iterator[RawCell]:
    """A cell for each of the parts with most ``works``: its address in the manifest."""
    files = read_json(evidence.library.read(manifest), manifest.url)["files"]
    numbers = {"/".join(file["url"].split("/")[-2:]): number for number, file in enumerate(files)}
    for part, count in works.head(SHOWN).items():
        number = numbers[part]
        at = {"json_path": f"$.files[{number}].url"}
        yield RawCell(manifest, at, files[number]["url"], f"the part with {count:,} of these works")


def _by_part(row: pd.Series, column: str, evidence: Evidence) -> pd.Series:
    """Distinct AI works of the row's institutions by part, most first: of the window, or since 2018 for older works."""
    files = _kept_files(evidence)
    ids = [int(name[1:]) for name in _institutions(row, evidence)]
    if not files or not ids:
        return pd.Series(dtype="int64")
    meant = pc.field("institution").isin(ids)
    if not column.startswith(_OLDER) and "year" not in row:
        metro = evidence.table("world_ai_research_by_metro").iloc[0]
        meant &= (pc.field("published") >= metro["window_from"]) & (
            pc.field("published") <= metro["window_to"]
        )
    rows = ds.dataset(files, format="parquet").to_table(columns=["work", "part"], filter=meant).to_pandas()
    return rows.drop_duplicates("work")["part"].value_counts()


def _institutions(row: pd.Series, evidence: Evidence) -> list[str]:
    if "institution_id" in row:
        return [row["institution_id"]]
    if "metro_id" not in row:
        return []
    rows = evidence.table("world_ai_research_by_institution")
    return rows.loc[rows["included"] & (rows["metro_id"] == row["metro_id"]), "institution_id"].to_list()


def _kept_files(evidence: Evidence) -> list[Path]:
    """The files of kept rows, as far as they are where the run left them: all or none."""
    path = evidence.path("research_snapshot_parts")
    names = pd.read_parquet(path, columns=["kept_in"])["kept_in"].unique()
    for folder in path.parents:
        files = [folder / name for name in names]
        if files and all(file.is_file() for file in files):
            return files
    return []
