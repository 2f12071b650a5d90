"""Runs on a disk that is full or read-only: in a namespace of its own, where a file system in memory can be mounted.

``python -m where_is_ai_tests.defs.small_disk FOLDER CASE …`` under ``unshare``; a CASE is ``read-only`` or how many
kilobytes are free, ``tables-…`` where Dagster's records lie on another disk. Prints a JSON object a line for each case,
as ``Tried`` has it.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from where_is_ai_tests.campaign.concurrent import COMPUTE, commanded
from where_is_ai_tests.campaign.forked import joined, started
from where_is_ai_tests.campaign.killed import half_made
from where_is_ai_tests.campaign.kills import contents

IN_A_NAMESPACE = ("unshare", "--map-root-user", "--mount")
READ_ONLY, TABLES = "read-only", "tables-"
_SIZE = "200m"


@dataclass(frozen=True)
class Tried:
    """What came of a run: its exit status, what it said on stderr, and whether the edition is the old one.

    ``mended`` is whether the next run, with room, makes the edition and leaves nothing half made.
    """

    case: str
    status: int
    said: list[str]
    kept: bool
    mended: bool


def main(folder: Path, cases: list[str]) -> None:
    old = folder / "old"
    joined(started(commanded(old, COMPUTE)))
    for case in cases:
        with tempfile.TemporaryDirectory(dir=folder) as disk, _mounted(Path(disk)):
            print(json.dumps(asdict(_tried(case, old, Path(disk)))), flush=True)


def _tried(case: str, old: Path, disk: Path) -> Tried:
    data, ballast, said = disk / "data", disk / "ballast", disk.with_name(f"said-{case}")
    shutil.copytree(old, data)
    before = contents(data / "published")
    if case.startswith(TABLES):
        records = disk.with_name(f"records-{case}")
        (data / "dagster").rename(data / "moved")
        shutil.move(data / "moved", records)
        (data / "dagster").symlink_to(records)
    if case == READ_ONLY:
        _mount("-o", "remount,ro", disk)
    else:
        with ballast.open("wb") as file:
            file.write(bytes(max(0, shutil.disk_usage(disk).free - int(case.removeprefix(TABLES)) * 1024)))
    status = joined(started(commanded(data, COMPUTE), said))
    kept = contents(data / "published") == before
    if case == READ_ONLY:
        _mount("-o", "remount,rw", disk)
    ballast.unlink(missing_ok=True)
    again = joined(started(commanded(data, COMPUTE)))
    mended = again in (0, 1) and contents(data / "published") == before and not half_made(data)
    told = said.with_name(f"{said.name}.err").read_text().splitlines()
    return Tried(case, status, told, kept, mended)


@contextmanager
def _mounted(disk: Path) -> Iterator[None]:
    _mount("-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", disk)
    try:
        yield
    finally:
        subprocess.run(["umount", disk], check=True)


def _mount(*words: str | Path) -> None:
    subprocess.run(["mount", *words], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
