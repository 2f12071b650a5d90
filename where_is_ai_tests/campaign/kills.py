"""Runs that are killed at any moment: the edition is wholly the old or the new one, and the next run mends the rest.

The old edition holds one layer, the new one two, so that tables, claims, revisions, database and site all change.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from where_is_ai.folders import sweep, writing
from where_is_ai.quarters import Quarter
from where_is_ai.site.own_files import is_own
from where_is_ai.site.record import FOLDER as RECORD
from where_is_ai_tests.campaign.forked import forked, launched
from where_is_ai_tests.campaign.killed import STAMP, Point, around, half_made, kill
from where_is_ai_tests.campaign.rows import Row, Verdict

# Two layers of few metros: a run of them takes seconds, and does all that a run of every layer does.
QUARTER, OLD, NEW = Quarter(2025, 2), "compute", "adoption"
# What writes into the published folder; the rest of the job writes on the shelf.
PUBLISHED = ("edition", "all_editions_database", "site")
SHELF = "shelf"
AT_RANDOM = 12
# When a revision was made is the one thing in which two right runs differ.
_STAMPED = ("revisions.json", "corrections.csv", "trust.html", "data.html")


def points() -> list[Point]:
    """Every named point."""
    room = "where_is_ai"
    return [
        *around("tables", f"{room}.publication.edition.write_text", 1, 3),
        *around("tables", f"{room}.publication.edition.written_aside", 1, 2),
        *around("assembly", f"{room}.publication.assemble.link", 1, 5, 20),
        *around("assembly", f"{room}.publication.assemble.add_walk_back", 1),
        *around("assembly", f"{room}.publication.assemble.write_datapackage", 1),
        *around("assembly", f"{room}.publication.assemble.write_about", 1),
        *around("revisions", f"{room}.publication.kept_revisions.link", 1, 7),
        *around("revisions", f"{room}.publication.revisions._record_corrections", 1),
        *around("revisions", f"{room}.publication.revisions.keep_differences", 1),
        *around("revisions", f"{room}.publication.assemble.close_revision", 1),
        *around("exchange", f"{room}.folders.take_place", 1),
        *around("exchange", f"{room}.folders._exchanged", 1),
        *(
            Point("exchange", f"{room}.folders.{name}", call, after, renames=True)
            for name, call in (("write_json", 1), ("Path.rename", 1), ("Path.rename", 2), ("Path.rename", 3))
            for after in (False, True)
        ),
        *around("database", f"{room}.publication.duckdb_file._assemble", 1, 3),
        *around("database", f"{room}.publication.duckdb_file.written_aside", 1),
        *around("site", f"{room}.site.edition_pages.write", 1, 3),
        *around("site", f"{room}.site.build.write", 1, 3),
        *around("site", f"{room}.site.metro_pages.write", 1, 9, 25),
        *around("site", f"{room}.site.record.write", 1),
        *around("site", f"{room}.site.build.remove_old_assets", 1),
        *around(SHELF, f"{room}.shelf.take_place", 1),
        *around(SHELF, f"{room}.shelf.written_aside", 1),
    ]


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Kill a run at every point and at moments that follow from ``seed``; of ``limit``, so many of them."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        good = _Good(Path(folder) / "good")
        moments = [random.uniform(0.02, 1.0) * good.run_s for _ in range(AT_RANDOM)]
        chosen: list[Point | float] = [*points(), *moments]
        random.shuffle(chosen)
        for each in chosen[:limit]:
            yield _tried(good, each, Path(folder) / "data")


class _Good:
    """A data folder whose edition is old while its shelf holds more, and what an undisturbed run makes of it."""

    def __init__(self, folder: Path):
        self.data = folder / "old"
        assert forked(launched(self.data, OLD, QUARTER)) in (0, 1)
        kept = folder / "published"
        shutil.copytree(self.data / "published", kept)
        assert forked(launched(self.data, NEW, QUARTER)) in (0, 1)
        shutil.rmtree(self.data / "published")
        kept.rename(self.data / "published")
        undisturbed = folder / "new"
        shutil.copytree(self.data, undisturbed)
        began = time.monotonic()
        assert forked(publishing(undisturbed)) == 0, "an undisturbed run fails"
        self.run_s = time.monotonic() - began
        self.old, self.new = contents(self.data / "published"), contents(undisturbed / "published")
        assert _of_edition(self.old) != _of_edition(self.new), "the run changes nothing"


def publishing(data: Path) -> Callable[[], int]:
    """A run of what publishes the quarter, from the tables and files on the shelf."""
    return launched(data, "publication", QUARTER, assets=PUBLISHED)


def contents(folder: Path) -> dict[str, bytes]:
    """All files by their path, without when they and revisions were made; locks and databases by name alone."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.name != ".lock" and RECORD not in path.parts:
            content = b"" if path.suffix == ".duckdb" else path.read_bytes()
            found[str(path.relative_to(folder))] = (
                STAMP.sub(b"", content) if path.name in _STAMPED else content
            )
    return found


def _tried(good: _Good, when: Point | float, data: Path) -> Row:
    def as_it_was() -> None:
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(good.data, data)

    as_it_was()
    whole_job = isinstance(when, Point) and when.kind == SHELF
    work = launched(data, "publication", QUARTER) if whole_job else publishing(data)
    kind, fault = kill(when, work, as_it_was)
    if isinstance(when, Point) and when.renames:
        _complete(data / "published")
    return Row(kind, fault, *_judged(good, data))


def _complete(published: Path) -> None:
    """What the next start does first where the edition is away, between two renames."""
    if not (published / str(QUARTER)).exists():
        with writing(published):
            sweep(published)


def _judged(good: _Good, data: Path) -> tuple[Verdict, str]:
    left = contents(data / "published")
    if _of_edition(left) not in (_of_edition(good.old), _of_edition(good.new)):
        return Verdict.SILENTLY_WRONG, "the edition is neither the old nor the new one"
    pages = {name for name in left if _is_page(name)}
    if torn := [name for name in pages if left[name] not in (good.old.get(name), good.new.get(name))]:
        return Verdict.SILENTLY_WRONG, f"half a page: {torn[0]}"
    if status := forked(publishing(data)):
        return Verdict.LOST, f"the next run ends with {status}"
    if over := half_made(data):
        return Verdict.SILENTLY_WRONG, f"half-made after the next run: {', '.join(over)}"
    after = contents(data / "published")
    if after != good.new:
        other = [name for name in sorted({*after, *good.new}) if after.get(name) != good.new.get(name)]
        return Verdict.SILENTLY_WRONG, f"the next run makes other files: {', '.join(other[:5])}"
    return Verdict.RIGHT, ""


@cache
def _is_page(name: str) -> bool:
    """What the site writes into the published folder, page by page, once the edition is there."""
    path = Path(name)
    in_edition = path.parts[0] == str(QUARTER)
    is_page = is_own(path) or (path.suffix == ".html" and not path.stem.startswith("Heatmap-"))
    is_file_of_edition = in_edition and not is_page
    return not is_file_of_edition and not any(part.startswith(".") for part in path.parts)


def _of_edition(files: dict[str, bytes]) -> dict[str, bytes]:
    edition = f"{QUARTER}/"
    return {
        name: content for name, content in files.items() if name.startswith(edition) and not _is_page(name)
    }
