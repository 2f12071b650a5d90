"""The site of many metros and editions: what an edition adds, in bytes and in time, and the wait for a map on a phone.

    python -m benchmarks.site_growth --world 300 --usa 100 --editions 8     # smaller, and sooner

Editions are made up (``benchmarks.made_editions``). Times are CPU seconds of building the site anew once an edition was
added, beside FEW and beside all others, and as ratios: what the machine does meanwhile tells on both.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gzip import compress
from math import log
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.child import child_output
from benchmarks.made_editions import publish, quarters, run_quarter
from benchmarks.rows import Row
from where_is_ai.maps.render import OFFLINE, find_browser
from where_is_ai.site.record import FOLDER as RECORD
from where_is_ai.site.writing import compressed, human_size
from where_is_ai_tests.site.conftest import LOOPBACK
from where_is_ai_tests.site.server import Quiet, served

WORLD, USA, EDITIONS = 3_000, 400, 30
FEW = 4
ADDED_BYTES, FIRST_VIEW_BYTES, METRO_BYTES = 5_000_000, 300_000, 20_000
EXPONENT, READY = 0.1, 3.0
REPEATS = 3
ADDRESS = "https://example.org/ai"
# A phone on a slow network, as Lighthouse has it.
SLOWER, BITS_PER_S, ROUND_TRIP_MS = 4, 1_600_000, 150
MAPS = ("jobs", "research")
# In a process of its own: what one build keeps in memory helps no other, and its peak is its own.
BUILD = """
import json, sys, time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from where_is_ai.site.build import build_site

began = time.process_time()
build_site(Path(sys.argv[1]), sys.argv[2])
print(json.dumps([time.process_time() - began, getrusage(RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure(
    world: int = WORLD, usa: int = USA, editions: int = EDITIONS, made: Path | None = None
) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        if made is None:
            publish(run_quarter(Path(name) / "seed"), Path(name), world, usa, quarters(editions))
        site = Path(name) / "site"
        yield from _growth(made or Path(name) / "published", site, f"{world:,} and {usa:,} metros")
        yield from _weights(site)
        yield from _waits(site)


def _growth(published: Path, site: Path, size: str) -> Iterator[Row]:
    """Adds the editions one after the other; ``site`` has all of them at the end."""
    made = sorted(path.name for path in published.glob("*-Q?"))
    site.mkdir()
    took_s: dict[int, float] = {}
    peak_mb: dict[int, float] = {}
    before = Counter()
    for number in (FEW, len(made)):
        for quarter in made[: number - 1]:
            _add(published, quarter, site)
        _built(site)
        before = _bytes(site)
        _add(published, made[number - 1], site)
        took_s[number], peak_mb[number] = _built(site)
    few_s, many_s = took_s[FEW], took_s[len(made)]
    exponent = log(many_s / few_s) / log(len(made) / FEW)
    yield Row(
        f"the site with an edition added to {len(made) - 1} ({many_s:.1f} CPU s) against to {FEW - 1} "
        f"({few_s:.1f} CPU s), {size}",
        f"{many_s / few_s:.2f} times, exponent {exponent:.2f}",
        f"exponent at most {EXPONENT}",
        exponent <= EXPONENT,
    )
    yield Row(
        f"memory at most with the edition added to {len(made) - 1}, and to {FEW - 1}, {size}",
        f"{peak_mb[len(made)]:,.0f} MB, {peak_mb[FEW]:,.0f} MB",
    )
    added = _bytes(site) - before
    yield Row(
        f"pages and scripts that an edition adds, {size}",
        human_size(added["shown"]),
        f"at most {human_size(ADDED_BYTES)}",
        added["shown"] <= ADDED_BYTES,
    )
    yield Row("maps as one file that it adds, each with all that it needs", human_size(added["one file"]))
    states = _states(site)
    same_s, _ = _built(site)
    yield Row(
        f"the site again, of {len(made)} editions that are as they were, against with one added",
        f"{same_s / many_s:.2f} times",
    )
    after = _states(site)
    touched = sum(after.get(path) != state for path, state in states.items())
    yield Row("files that this touched", str(touched), "none", not touched)


def _weights(site: Path) -> Iterator[Row]:
    newest = max(site.glob("*-Q?"))
    shared = [next((site / "assets").glob(f"site-*.{kind}")) for kind in ("css", "js")]
    views = {
        page.stem: compressed(page, *shared)
        for page in newest.glob("*.html")
        if not page.name.startswith(("Heatmap", "Map"))
    }
    heaviest = max(views, key=lambda slug: views[slug])
    yield Row(
        f"first view of the heaviest page of an edition, {heaviest}, compressed",
        human_size(views[heaviest]),
        f"< {human_size(FIRST_VIEW_BYTES)}",
        views[heaviest] < FIRST_VIEW_BYTES,
    )
    pages = [path for path in (site / "metros").glob("*.html") if path.stem not in ("index", "compare")]
    most = max(map(compressed, pages))
    yield Row(
        f"the heaviest of {len(pages):,} metros' pages, compressed",
        human_size(most),
        f"< {human_size(METRO_BYTES)}",
        most < METRO_BYTES,
    )


def _waits(site: Path) -> Iterator[Row]:
    newest = max(site.glob("*-Q?"))
    for slug in MAPS:
        page = (newest / f"{slug}.html").read_text()
        blank = re.sub(r"(<main[^>]*>).*(</main>)", r"\1<p>Nothing.</p>\2", page, flags=re.DOTALL)
        (newest / "blank.html").write_text(blank)
        with served(site, Compressed) as address, _phone() as browser:
            pairs = [
                (_wait_s(browser, f"{address}/{newest.name}/blank.html", False),
                 _wait_s(browser, f"{address}/{newest.name}/{slug}.html", True))
                for _ in range(REPEATS)
            ]  # fmt: skip
        (newest / "blank.html").unlink()
        blank_s, map_s = (statistics.median(each) for each in zip(*pairs, strict=True))
        times = statistics.median(with_map / without for without, with_map in pairs)
        yield Row(
            f"a map of {slug} that answers on a throttled phone ({map_s:.1f} s) against a blank page ({blank_s:.1f} s)",
            f"{times:.1f} times",
            f"at most {READY:g} times",
            times <= READY,
        )


class Compressed(Quiet):
    """Sends texts compressed, as static hosts do."""

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        content = compress(path.read_bytes(), 6) if path.is_file() else b""
        self.send_response(200 if content else 404)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def _phone() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", *OFFLINE, LOOPBACK]
        )
        yield browser
        browser.close()


def _wait_s(browser: Browser, address: str, has_map: bool) -> float:
    """Seconds until the map answers, or the page is loaded, where nothing is cached."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BITS_PER_S / 8,
            "uploadThroughput": BITS_PER_S / 8,
        },
    )
    page.goto(address)
    if has_map:
        page.wait_for_selector("[data-map][data-ready]", timeout=120_000)
        ended = page.evaluate("performance.getEntriesByName('map-ready')[0].startTime")
    else:
        ended = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    context.close()
    return ended / 1000


def _add(published: Path, quarter: str, site: Path) -> None:
    if not (site / quarter).exists():
        shutil.copytree(published / quarter, site / quarter, copy_function=os.link)


def _bytes(site: Path) -> Counter:
    """Of pages and scripts, and of the maps that are to be taken away as one file."""
    found: Counter = Counter()
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js"):
            taken = path.suffix == ".html" and path.with_suffix(".png").is_file()
            found["one file" if taken else "shown"] += path.stat().st_size
    return found


def _states(site: Path) -> dict[Path, tuple[int, int]]:
    paths = (path for path in site.rglob("*") if path.is_file() and RECORD not in path.parts)
    return {path: ((state := path.stat()).st_ino, state.st_mtime_ns) for path in paths}


def _built(site: Path) -> tuple[float, float]:
    """The CPU seconds and the most megabytes that building the site takes."""
    cpu_s, peak_mb = json.loads(child_output("-W", "ignore", "-c", BUILD, str(site), ADDRESS))
    return cpu_s, peak_mb


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--world", type=int, default=WORLD)
    parser.add_argument("--usa", type=int, default=USA)
    parser.add_argument("--editions", type=int, default=EDITIONS)
    parser.add_argument("--made", type=Path, help="editions that benchmarks.made_editions published")
    given = parser.parse_args(words)
    for row in measure(given.world, given.usa, given.editions, given.made):
        print(f"| {row.what} | {row.measured} | {row.promised} | {row.kept} |", flush=True)


if __name__ == "__main__":
    main()
