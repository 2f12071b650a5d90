"""The site of an edition: its time against that of the edition's PNGs, its weight, the wait for a map that answers."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.pictures import edition as pictures_of_edition
from benchmarks.rows import Row
from where_is_ai.maps.render import OFFLINE, find_browser, render
from where_is_ai.site.build import build_site
from where_is_ai.site.writing import compressed, human_size
from where_is_ai_tests.site.published import LAST, publish_editions

FIRST_VIEW_BYTES = 300_000
PAGE = f"{LAST}/jobs.html"
READY = "performance.getEntriesByName('map-ready')[0]?.startTime"
REPEATS = 3


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        published = publish_editions(Path(name))
        pictures_s = _seconds(
            lambda: render({Path(name) / f"{k}.png": f for k, f in pictures_of_edition().items()})
        )
        shutil.copytree(published / str(LAST), Path(name) / "alone" / str(LAST))
        for page in (Path(name) / "alone" / str(LAST)).glob("*.html"):
            page.unlink()
        site_s = _seconds(lambda: _site(Path(name) / "alone"))
        yield Row(
            "site of one edition, its metros' pages too, vs its PNGs",
            f"{site_s:.1f} s vs {pictures_s:.1f} s",
            "at most the time of the PNGs",
            site_s <= pictures_s,
        )
        weight = _first_view(published)
        yield Row(
            "first view of its heaviest kind, compressed",
            human_size(weight),
            f"< {human_size(FIRST_VIEW_BYTES)}",
            weight < FIRST_VIEW_BYTES,
        )
        waits = _waits(published)
        yield Row(
            "from the address to the map that answers in Chromium", f"{sorted(waits)[len(waits) // 2]:.1f} s"
        )


def _site(published: Path) -> None:
    """Every page of the site."""
    build_site(published)


def _first_view(published: Path) -> int:
    edition, assets = published / str(LAST), published / "assets"
    shared = [next(assets.glob(f"site-*.{kind}")) for kind in ("css", "js")]
    views = {
        "jobs": "Heatmap-USA-AI-Jobs",
        "research": "Heatmap-World-AI-Cities",
        "change": "Map-Change",
        "trust": "Map-Coverage",
    }
    return max(
        compressed(
            edition / f"{slug}.html",
            edition / "maps" / f"{stem}.js",
            *shared,
        )
        for slug, stem in views.items()
    )


def _waits(published: Path) -> list[float]:
    """Seconds until the map answers, each in a browser that has nothing cached."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", *OFFLINE]
        )
        found = []
        for _ in range(REPEATS):
            page = browser.new_context().new_page()
            page.goto((published / PAGE).as_uri())
            page.wait_for_selector("[data-map][data-ready]", timeout=60_000)
            found.append(page.evaluate(READY) / 1000)
        browser.close()
    return found


def _seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
