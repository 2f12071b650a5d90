"""Timings of the research layer, side by side in one run: ``python -m benchmarks.research``.

OpenAlex is the tests' loopback server, which answers after 100 ms as the real one does at best.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import requests

from where_is_ai.archive.fetch import open_library
from where_is_ai.quarters import Quarter
from where_is_ai.research import source
from where_is_ai.research.methods import METHODS
from where_is_ai.settings import Settings
from where_is_ai_tests.research.made_world import made_world
from where_is_ai_tests.research.openalex_server import HOST, OpenAlex

LATENCY_S = 0.1
QUARTER = Quarter(2026, 2)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        article_download(Path(folder))


def article_download(folder: Path) -> None:
    """The method article's three calls against the 201 that ask for one institution at a time."""
    world = made_world(institutions=400, metros=40, works=8_000, to=date(2026, 5, 6))
    with OpenAlex(world, latency_s=LATENCY_S) as openalex:
        batched = seconds(lambda: download_article(folder, openalex.mirror))
        calls = len(openalex.calls)
        sequential = seconds(lambda: ask_one_by_one(openalex.mirror))
    print(
        f"research download, method article: {calls} calls {batched:.2f} s; {len(openalex.calls) - calls} calls in "
        f"sequence {sequential:.1f} s; {sequential / batched:.0f} times faster (at least 20)"
    )


def download_article(folder: Path, mirror: str) -> None:
    settings = Settings(data=folder, source="live", contact="bench@example.org", mirror=mirror)
    library = open_library(settings)
    counts = library.get(source.works_by_institution(METHODS["article"], QUARTER), QUARTER)
    for request in source.institutions(source.institution_ids(library, counts)):
        library.get(request, QUARTER)


def ask_one_by_one(mirror: str) -> None:
    """One grouped call, then each institution by itself, over one kept connection."""
    request = source.works_by_institution(METHODS["article"], QUARTER)
    with requests.Session() as session:
        grouped = session.get(f"{mirror}/{request.url.removeprefix('https://')}").json()["group_by"]
        for group in grouped:
            name = group["key"].rsplit("/", 1)[-1]
            session.get(f"{mirror}/{HOST}/institutions/{name}").raise_for_status()


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
