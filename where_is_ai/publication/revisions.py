"""Revisions of an edition: what was published stays, and what a re-run changes is numbered and listed.

Beside an edition's files, which are those of the last revision, lie ``revisions.json``, ``corrections.csv`` once
something was corrected, and for each earlier revision what tells it from the next (``kept_revisions``).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pandas as pd

from where_is_ai.files import write_json, write_text
from where_is_ai.publication.catalog import published_tables
from where_is_ai.publication.cell_differences import cell_differences
from where_is_ai.publication.edition import PROVENANCE
from where_is_ai.publication.kept_revisions import FOLDER, keep_differences

RECORD = "revisions.json"
CORRECTIONS = "corrections.csv"
COLUMNS = ("revision", "revised_at", "table", "row", "column", "before", "after", "inputs_changed")
SAME_INPUTS = "none: the program changed"


def close_revision(edition: Path, now: datetime, before: Path | None = None) -> int:
    """Number what the folder ``edition`` now holds; gives the revision's number.

    ``before`` is the folder as it was published last. The first publication is revision 1. Later ones are new revisions
    where a table or an input differs from the last: what changed is added to ``corrections.csv``, and what tells the
    last revision from the new one is kept. Where neither differs, the last revision stands.
    """
    record = read_record(edition)
    if not record:
        write_json(edition / RECORD, [_entry(1, now, [], 0)])
        return 1
    number = record[-1]["revision"] + 1
    kept = edition / FOLDER / str(number - 1)
    # An earlier version kept each revision whole when it was published.
    last = kept if (kept / PROVENANCE).is_file() else before
    if last is None:
        raise ValueError(f"what {edition} held before is not given")
    inputs = changed_inputs(_inputs(last), _inputs(edition))
    changes = corrections(_tables(last), _tables(edition))
    if changes.empty and not inputs:
        return number - 1
    keep_differences([path for path in last.iterdir() if _is_published(path)], edition, kept)
    _record_corrections(edition, changes, number, now, inputs)
    write_json(edition / RECORD, [*record, _entry(number, now, inputs, len(changes))])
    return number


def read_record(edition: Path) -> list[dict]:
    """The revisions of an edition, oldest first: number, when, which inputs changed, how many corrections."""
    path = edition / RECORD
    return json.loads(path.read_text()) if path.is_file() else []


def corrections(before: Mapping[str, str], after: Mapping[str, str]) -> pd.DataFrame:
    """Each value that differs between two sets of CSV texts by table name: table, row, column, before, after."""
    changes = [
        cell_differences(*(_keyed(name, _parse(texts.get(name, ""))) for texts in (before, after))).assign(
            table=name
        )
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]
    every = pd.concat([pd.DataFrame(columns=list(COLUMNS[2:7]), dtype="str"), *changes], ignore_index=True)
    return every[list(COLUMNS[2:7])]


def changed_inputs(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """In words, which addresses gave other bytes, came or went: ``before`` and ``after`` are sha256 by address."""
    changed = []
    for url in sorted({*before, *after}):
        old, new = before.get(url, "not used"), after.get(url, "not used")
        if old != new:
            changed.append(f"{url}: sha256 {old[:12]} before, {new[:12]} now")
    return changed


def _parse(csv: str) -> pd.DataFrame:
    """A published table, every value as the text it is."""
    if not csv:
        return pd.DataFrame()
    return pd.read_csv(StringIO(csv), dtype="str", keep_default_na=False)


def _keyed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table with its rows named by their key; further rows of the same key are numbered."""
    if table.empty:
        return table
    known = published_tables().get(name)
    has_key = known and set(known.key) <= set(table.columns)
    names = known.row_keys(table) if has_key else table.iloc[:, 0]
    again = names.groupby(names).cumcount()
    return table.set_index(names.where(again == 0, names + " #" + (again + 1).astype("str")))


def _tables(folder: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in folder.glob("*.csv") if path.name != CORRECTIONS}


def _inputs(folder: Path) -> dict[str, str]:
    path = folder / PROVENANCE
    inputs = json.loads(path.read_text())["inputs"] if path.is_file() else []
    return {entry["url"]: entry["sha256"] for entry in inputs}


def _entry(number: int, now: datetime, inputs: list[str], changes: int) -> dict:
    return {"revision": number, "revised_at": _stamp(now), "inputs_changed": inputs, "corrections": changes}


def _record_corrections(
    edition: Path, changes: pd.DataFrame, number: int, now: datetime, inputs: list[str]
) -> None:
    path = edition / CORRECTIONS
    earlier = _parse(path.read_text()) if path.is_file() else pd.DataFrame(columns=list(COLUMNS), dtype="str")
    added = changes.assign(
        revision=str(number), revised_at=_stamp(now), inputs_changed="; ".join(inputs) or SAME_INPUTS
    )
    whole = pd.concat([earlier[earlier["revision"] != str(number)], added], ignore_index=True)
    write_text(path, whole[list(COLUMNS)].to_csv(index=False, lineterminator="\n"))


def _is_published(path: Path) -> bool:
    """Whether it is of a revision: no record of these, and no page of the site, which is made from what they hold."""
    is_page = path.suffix == ".html" and not path.stem.startswith("Heatmap-")
    own = is_page or path.name in (RECORD, CORRECTIONS) or path.name.startswith(".")
    return path.is_file() and not own


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
