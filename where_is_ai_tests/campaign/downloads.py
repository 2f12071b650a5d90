"""Live runs that are killed while they fetch: nothing archived is lost or torn, and nothing is paid for twice.

OpenAlex answers over the loopback, counts what it is asked, and charges for it.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl, urlsplit

from where_is_ai.archive import download
from where_is_ai.archive.lines import size_of
from where_is_ai.archive.pace import Pace
from where_is_ai.archive.store import Archive
from where_is_ai.archive.verify import verify
from where_is_ai.quarters import Quarter
from where_is_ai_tests.campaign.forked import forked, launched
from where_is_ai_tests.campaign.killed import STAMP, Point, around, half_made, kill
from where_is_ai_tests.campaign.rows import Row, Verdict
from where_is_ai_tests.layers.research.made_world import World, made_world
from where_is_ai_tests.layers.research.openalex_server import Call, OpenAlex

QUARTER = Quarter(2026, 2)
KEY = "k-0123456789"
AT_RANDOM = 6
# As a source that takes a while, so that a kill falls among answers that are on their way.
LATENCY_S = 0.03


def points() -> list[Point]:
    """Every named point between asking and an answer's line in the index."""
    room = "where_is_ai.archive"
    return [
        *around("asked", f"{room}.store.locked", 9),
        *around("asked", f"{room}.download.Downloader._ask", 1, 9),
        *around("received", f"{room}.download.Downloader._stream", 9),
        *around("received", f"{room}.download.check_content", 9),
        *around("kept", f"{room}.store.Archive.adopt", 1, 9),
        *around("kept", f"{room}.store.sync", 9),
        *around("entered", f"{room}.store.append_line", 1, 9, 20),
    ]


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Kill a live run at every point and at moments that follow from ``seed``; of ``limit``, so many of them."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        undisturbed, fetching_s = _undisturbed(Path(folder) / "undisturbed")
        moments = [random.uniform(0.02, 1.0) * fetching_s for _ in range(AT_RANDOM)]
        chosen: list[Point | float] = [*points(), *moments]
        random.shuffle(chosen)
        for each in chosen[:limit]:
            yield _tried(undisturbed, each, Path(folder) / "data")


def _undisturbed(data: Path) -> tuple[dict[str, bytes], float]:
    """The tables of a run that nobody kills, and for how many seconds it fetches."""
    with openalex() as service:
        assert forked(live(data, service)) == 0, "an undisturbed run fails"
        return _tables(data), service.calls[-1].at - service.calls[0].at


def _tried(undisturbed: dict[str, bytes], when: Point | float, data: Path) -> Row:
    def as_it_was() -> None:
        shutil.rmtree(data, ignore_errors=True)
        del service.calls[:]

    with openalex() as service:
        as_it_was()
        kind, fault = kill(when, live(data, service), as_it_was)
        return Row(kind, fault, *_judged(undisturbed, data, service))


def _judged(undisturbed: dict[str, bytes], data: Path, service: OpenAlex) -> tuple[Verdict, str]:
    archive, index = Archive(data / "archive"), data / "archive" / "index.jsonl"
    if not (found := verify(archive)).is_whole:
        return Verdict.LOST, f"the kill leaves the archive damaged: {found.flaws[0]}"
    if _tables(data) not in ({}, undisturbed):
        return Verdict.SILENTLY_WRONG, "the edition is not whole"
    kept, lines = archive.newest(""), index.read_bytes() if size_of(index) else b""
    before = len(service.calls)
    if status := forked(live(data, service)):
        return Verdict.LOST, f"the next run ends with {status}"
    whole = lines[: lines.rfind(b"\n") + 1]
    if not index.read_bytes().startswith(whole):
        return Verdict.LOST, "the index lost lines"
    paid = {call.what for call in service.calls[before:] if call.cost_usd}
    if twice := paid & {_what(entry.url) for entry in kept}:
        return Verdict.LOST, f"paid again: {min(twice)}"
    if flaws := verify(archive).flaws:
        return Verdict.LOST, f"after the next run: {flaws[0]}"
    if over := half_made(data):
        return Verdict.SILENTLY_WRONG, f"half-made after the next run: {', '.join(over)}"
    if _tables(data) != undisturbed:
        return Verdict.SILENTLY_WRONG, "the next run makes other tables"
    return Verdict.RIGHT, ""


def live(data: Path, service: OpenAlex) -> Callable[[], int]:
    """A live run of the layer that pays for each answer, without waiting where a real source would want it."""
    work = launched(
        data,
        "research",
        QUARTER,
        "standard",
        WHERE_IS_AI_SOURCE="live",
        WHERE_IS_AI_CONTACT="reader@example.org",
        WHERE_IS_AI_MIRROR=service.mirror,
        OPENALEX_API_KEY=KEY,
    )

    def run() -> int:
        download.FIRST_WAIT_S = 0.001
        download.Pace = lambda per_second: Pace(None)
        return work()

    return run


def openalex() -> OpenAlex:
    return OpenAlex(_world(), key=KEY, rate=1e9, remaining_usd=1e6, latency_s=LATENCY_S)


@cache
def _world() -> World:
    return made_world(institutions=16, metros=4, works=1_000)


def _tables(data: Path) -> dict[str, bytes]:
    """The edition's CSVs, without when their answers were received."""
    edition = data / "published" / str(QUARTER)
    return {path.name: STAMP.sub(b"", path.read_bytes()) for path in edition.glob("*.csv")}


def _what(url: str) -> tuple[str, str]:
    """What a kept answer's address asks for, as the service tells its calls apart."""
    parts = urlsplit(url)
    parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Call(parts.path, parameters, 200, 0.0, "", 0.0).what
