"""A published folder and a real headless Chromium that reaches no network, once per session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from where_is_ai.maps.render import OFFLINE, find_browser
from where_is_ai_tests.site.published import publish_editions

# The last such rule counts: nothing is reached but this machine.
LOOPBACK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SCREENS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_editions(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu", *OFFLINE, LOOPBACK]
        )
        yield browser
        browser.close()


class Site:
    """Opens pages of the published folder from the disk; ``problems`` collects what their consoles complain of."""

    def __init__(self, browser: Browser, published: Path):
        self.published = published
        self.problems: list[str] = []
        self._browser = browser
        self._contexts = []

    def open(self, path: str, screen: str = "desktop", **settings) -> Page:
        context = self._browser.new_context(viewport=SCREENS[screen], **settings)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", self._missing)
        file, mark, rest = path.partition("#")
        page.goto((self.published / file).as_uri() + mark + rest)
        if page.locator("[data-map]").count() and settings.get("java_script_enabled", True):
            page.wait_for_selector("[data-map][data-ready]", timeout=60_000)
        return page

    def _missing(self, request: Request) -> None:
        """What did not load; a download ends as an aborted load, and that is as it should be."""
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.failure}: {request.url[:200]}")

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def settled(page: Page) -> None:
    """Waits until the page is drawn and no longer scrolls: what a map says of a circle goes when it does.

    Nothing is said where there is no script, and no frame comes to be waited for.
    """
    page.evaluate("""async () => {
        if (!window.whereIsAI) return;
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        for (let before = null; before !== scrollY;) {
            before = scrollY;
            for (let frames = 0; frames < 3; frames += 1) await frame();
        }
    }""")


@pytest.fixture
def site(browser: Browser, published: Path) -> Iterator[Site]:
    site = Site(browser, published)
    yield site
    site.close()
    assert site.problems == []
