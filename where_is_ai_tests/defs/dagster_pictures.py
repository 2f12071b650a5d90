"""Draws the pictures of docs/dagster.md anew: ``python -m where_is_ai_tests.defs.dagster_pictures [FOLDER]``.

It serves the real UI on a data folder of its own, launches a quarter and a backfill from the sample, and takes a
picture of each place that the page names. It takes some minutes.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect, sync_playwright

from where_is_ai.maps.render import require_browser
from where_is_ai.settings import SAMPLE_QUARTER
from where_is_ai_tests.defs.dagster_ui import PROJECT, DagsterUi, partition

PICTURES = PROJECT / "docs" / "dagster"
WINDOW = {"width": 1440, "height": 810}
# A graph shows the state of its groups, and what was checked of its assets, where there is room for it.
ROOM_FOR_GROUPS, ROOM_FOR_CHECKS = {"width": 1680, "height": 950}, {"width": 2250, "height": 1150}
WIDTH_PX = 1600
PATIENCE_MS = 60_000
KEY = partition(SAMPLE_QUARTER)
BACKFILLED = ["2025-Q3", "2025-Q4", "2026-Q1"]
POPULATION = ["raw_census_gazetteer", "raw_census_population", "cbsa_places"]
LAUNCHPAD = "/locations/where_is_ai/jobs/quarter/playground"


def main(folder: Path = PICTURES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, DagsterUi(Path(data)) as ui, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(require_browser()), args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW)
        page.set_default_timeout(PATIENCE_MS)
        page.route("**/*", lambda route: route.continue_() if is_local(route.request.url) else route.abort())
        for name, show in SHOWN.items():
            ready = show(ui, page)
            ready.first.wait_for()
            expect(page.get_by_text("fetching statuses")).to_have_count(0, timeout=PATIENCE_MS)
            # Statuses come in one by one, and panels slide.
            page.wait_for_timeout(2_000)
            save(page.screenshot(), folder / f"{name}.png")
            page.set_viewport_size(WINDOW)
        browser.close()


def is_local(address: str) -> bool:
    return address.startswith(("http://127.0.0.1:", "data:", "blob:"))


def save(shot: bytes, path: Path) -> None:
    """The picture ``shot``, made small enough for a repository."""
    with Image.open(BytesIO(shot)) as image:
        image.thumbnail((WIDTH_PX, WIDTH_PX))
        palette = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        palette.save(path, optimize=True)


def launchpad(ui: DagsterUi, page: Page) -> Locator:
    page.goto(f"{ui.address}{LAUNCHPAD}")
    page.locator(".CodeMirror-line").filter(has_text="source:").click()
    return page.get_by_text("wide_definition").first


def quarters(ui: DagsterUi, page: Page) -> Locator:
    page.goto(f"{ui.address}/asset-groups")
    page.get_by_text("publication").first.wait_for()
    page.locator("foreignObject").first.wait_for()
    page.get_by_role("button", name=re.compile("Materialize all")).first.click()
    field = page.get_by_placeholder(re.compile("^ex: "))
    field.fill(KEY)
    field.press("Enter")
    return page.get_by_role("button", name="Launch 1 run")


def graph(ui: DagsterUi, page: Page) -> Locator:
    ui.finished(ui.launch("quarter", SAMPLE_QUARTER, source="sample", method="article"))
    page.set_viewport_size(ROOM_FOR_GROUPS)
    page.goto(f"{ui.address}/asset-groups")
    return page.get_by_text("publication").last


def left_out(ui: DagsterUi, page: Page) -> Locator:
    page.set_viewport_size(ROOM_FOR_CHECKS)
    page.goto(f"{ui.address}/locations/where_is_ai/asset-groups/visas/lineage")
    return page.get_by_text("Asset checks")


def what_to_do(ui: DagsterUi, page: Page) -> Locator:
    page.goto(f"{ui.address}/assets/visas_publication?view=checks&checkDetail=is_measured")
    return page.get_by_text("what_to_do")


def failed_check(ui: DagsterUi, page: Page) -> Locator:
    page.goto(
        f"{ui.address}/assets/world_ai_research_by_institution?view=checks&checkDetail=suspect_institutions"
    )
    return page.get_by_text("rows_otherwise")


def backfill(ui: DagsterUi, page: Page) -> Locator:
    done = ui.backfill(POPULATION, BACKFILLED)
    page.goto(f"{ui.address}/runs/b/{done['id']}")
    return page.get_by_text("cbsa_places")


def runs(ui: DagsterUi, page: Page) -> Locator:
    page.goto(f"{ui.address}/runs")
    return page.get_by_text(f"quarter: {SAMPLE_QUARTER}")


def schedules(ui: DagsterUi, page: Page) -> Locator:
    page.goto(f"{ui.address}/automation")
    return page.get_by_text("quarterly")


# In the order in which somebody meets them.
SHOWN: dict[str, Callable[[DagsterUi, Page], Locator]] = {
    "quarters": quarters,
    "launchpad": launchpad,
    "graph": graph,
    "left-out": left_out,
    "what-to-do": what_to_do,
    "failed-check": failed_check,
    "backfill": backfill,
    "runs": runs,
    "schedules": schedules,
}

if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
