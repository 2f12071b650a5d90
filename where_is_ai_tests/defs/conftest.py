"""One Dagster UI, with a quarter launched in it, and one browser for all tests of this room that look at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from where_is_ai.archive.store import Archive
from where_is_ai.maps.render import require_browser
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.defs.dagster_ui import DagsterUi

QUARTER = "2026-Q2"
METRO_WORKBOOK = "https://www.bls.gov/oes/special-requests/oesm25ma.zip"


@pytest.fixture(scope="package")
def data(tmp_path_factory) -> Path:
    """A data folder whose archive is that of the sample, but with a workbook that somebody has damaged."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(SAMPLE_ARCHIVE, data / "archive", ignore=shutil.ignore_patterns("make.py"))
    archive = Archive(data / "archive")
    damaged = archive.path(archive.version(METRO_WORKBOOK, Quarter.parse(QUARTER)))
    damaged.write_bytes(damaged.read_bytes()[:-1000])
    for left in ("published/.part-2026-Q2-left", "tables/sample/.part-left"):
        (data / left).mkdir(parents=True)
    return data


@pytest.fixture(scope="package")
def ui(data) -> Iterator[DagsterUi]:
    with DagsterUi(data) as ui:
        yield ui


@pytest.fixture(scope="package")
def run(ui) -> dict:
    """One quarter, launched as the launchpad does."""
    return ui.finished(ui.launch("quarter", QUARTER, source="sample", method="article"))


@pytest.fixture(scope="package")
def page(ui) -> Iterator[Page]:
    """A browser that reaches nothing but the UI."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(require_browser()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.route("**/*", lambda route: _only_ui(route, ui.address))
        yield page
        browser.close()


def _only_ui(route: Route, address: str) -> None:
    if route.request.url.startswith((address, "data:", "blob:")):
        route.continue_()
    else:
        route.abort()
