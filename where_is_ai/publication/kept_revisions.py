"""Earlier revisions of an edition, kept as what tells them from the next: from these every file is rebuilt.

    python -m where_is_ai.publication.kept_revisions data/published/2026-Q2 1 FOLDER     # the files of revision 1

``revisions/1/`` holds the lines of texts and the rows of Parquet files that revision 2 has no more, and whole whatever
else differs. Its ``differences.json`` lists all files by sha256, each with ``runs``: of the next revision's lines or
rows from a position on, or (position -1) of those kept here, how many follow. A file without runs that is not kept here
is the same.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Hashable, Iterable, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.files import unwritable_explained, write_json
from where_is_ai.folders import link, replaced_whole

FOLDER = "revisions"
DIFFERENCES = "differences.json"
TEXTS = (".csv", ".json", ".md", ".html", ".txt")
Runs = list[list[int]]
HERE = -1


def keep_differences(files: Iterable[Path], later: Path, kept: Path) -> None:
    """Make the folder ``kept`` hold what tells ``files`` from those of the same names in the folder ``later``."""
    with replaced_whole(kept) as aside, unwritable_explained(kept):
        listed = {path.name: _keep(path, later / path.name, aside) for path in sorted(files)}
        write_json(aside / DIFFERENCES, {"files": listed})


def restore(edition: Path, number: int, to: Path) -> None:
    """Write the files of revision ``number`` of the folder ``edition`` into the new folder ``to``.

    Raises UsageError where there is no such earlier revision, WhereIsAIError where a file is not what was published.
    """
    kept = edition / FOLDER / str(number)
    if not kept.is_dir():
        raise UsageError(
            f"{edition} keeps no earlier revision {number}.", f"See {edition / 'revisions.json'}."
        )
    if to.exists():
        raise UsageError(f"{to} is there already.", "Name a folder that is not.")
    with replaced_whole(to) as made:
        _restore(edition, number, made)


def runs_of(later: Sequence[Hashable], earlier: Sequence[Hashable]) -> Runs:
    """``earlier`` as runs of ``later``, and (HERE) of what is not in it; each is as long as can be."""
    first: dict[Hashable, int] = {}
    for place, each in enumerate(later):
        first.setdefault(each, place)
    runs: Runs = []
    for each in earlier:
        start, count = runs[-1] if runs else (HERE, 0)
        goes_on = start != HERE and start + count < len(later) and later[start + count] == each
        if goes_on or (count and start == HERE and each not in first):
            runs[-1][1] += 1
        else:
            runs.append([first.get(each, HERE), 1])
    return runs


def joined(runs: Runs, later: Sequence, here: Iterable) -> list:
    """What ``runs_of`` took apart; ``here`` are those that are not in ``later``, in their order."""
    rest = iter(here)
    return [
        each
        for start, count in runs
        for each in (islice(rest, count) if start == HERE else later[start : start + count])
    ]


def _keep(path: Path, later: Path, aside: Path) -> dict[str, object]:
    """Keep of a file what the later one lacks, and say how it is rebuilt."""
    listed: dict[str, object] = {"sha256": _sha256(path)}
    if later.is_file() and listed["sha256"] == _sha256(later):
        return listed
    if later.is_file() and path.suffix in TEXTS:
        now, then = _lines(later), _lines(path)
        runs = runs_of(now, then)
        gone = [line for line, (start, _) in zip(then, _spread(runs), strict=True) if start == HERE]
        (aside / path.name).write_bytes(b"".join(gone))
        return listed | {"runs": runs}
    if later.is_file() and path.suffix == ".parquet":
        now, then = pd.read_parquet(later), pd.read_parquet(path)
        if list(now.dtypes.items()) == list(then.dtypes.items()):
            runs = runs_of(_row_digests(now), _row_digests(then))
            gone = then[[start == HERE for start, _ in _spread(runs)]]
            gone.to_parquet(aside / path.name, index=False)
            return listed | {"runs": runs, "rows": _digest_of_rows(then)}
    link(path, aside / path.name)
    return listed


def _restore(edition: Path, number: int, to: Path) -> None:
    """Fill ``to`` with the files of a revision: those of the next one, rebuilt by the differences from it."""
    kept = edition / FOLDER / str(number)
    if not (kept / DIFFERENCES).is_file():
        # An earlier version kept every revision whole.
        shutil.copytree(kept, to, dirs_exist_ok=True)
        return
    following = edition / FOLDER / str(number + 1)
    if following.is_dir():
        later = to / ".next"
        later.mkdir()
        _restore(edition, number + 1, later)
    else:
        later = edition
    for name, listed in json.loads((kept / DIFFERENCES).read_text(encoding="utf-8"))["files"].items():
        _rebuild(name, listed, kept, later, to / name)
    if later != edition:
        shutil.rmtree(later)


def _rebuild(name: str, listed: dict, kept: Path, later: Path, to: Path) -> None:
    source = kept / name if (kept / name).is_file() else later / name
    if "rows" in listed:
        now, here = pd.read_parquet(later / name), pd.read_parquet(kept / name)
        every = pd.concat([now, here], ignore_index=True).astype(here.dtypes)
        order = joined(listed["runs"], range(len(now)), range(len(now), len(every)))
        table = every.iloc[order].reset_index(drop=True)
        table.to_parquet(to, index=False)
        is_same = _digest_of_rows(table) == listed["rows"]
    else:
        if "runs" in listed:
            to.write_bytes(b"".join(joined(listed["runs"], _lines(later / name), _lines(kept / name))))
        else:
            shutil.copyfile(source, to)
        is_same = _sha256(to) == listed["sha256"]
    if not is_same:
        raise WhereIsAIError(
            f"{name} of {kept} can't be rebuilt: what it is made from was changed.",
            "Take the edition's folder from where it was published.",
        )


def _spread(runs: Runs) -> Iterable[tuple[int, int]]:
    """The run of each line or row."""
    return ((start, count) for start, count in runs for _ in range(count))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _row_digests(table: pd.DataFrame) -> list[int]:
    return pd.util.hash_pandas_object(table.astype("str"), index=False).tolist()


def _digest_of_rows(table: pd.DataFrame) -> str:
    return hashlib.sha256(json.dumps(_row_digests(table)).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    restore(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
