"""Figures to PNG, all in one browser session, and the search for that browser.

The browser is handed the project's own font and is kept off the network: it resolves no host name.
"""

import asyncio
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from choreographer.browsers.chromium import Chromium
from kaleido import Kaleido

from where_is_ai.errors import NoBrowser, WhereIsAIError
from where_is_ai.files import write_bytes, write_text
from where_is_ai.maps.typeface import FOLDER as FONTS

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
    "brave-browser",
)
OFFLINE = (
    "--disable-background-networking",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-features=OptimizationHints,MediaRouter,Translate,InterestFeedContentSuggestions",
    "--dns-prefetch-disable",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pings",
)
SECONDS_PER_PICTURE = 60
PNG = b"\x89PNG\r\n\x1a\n"


def find_browser() -> Path | None:
    """The Chromium to draw with: BROWSER_PATH, else one on PATH, else the one that plotly_get_chrome fetched."""
    if named := os.environ.get("BROWSER_PATH"):
        return Path(named) if os.access(named, os.X_OK) and Path(named).is_file() else None
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    found = on_path or Chromium.find_browser(skip_local=False)
    return Path(found) if found else None


def require_browser() -> Path:
    """The Chromium to draw with; raises NoBrowser, which says what to install."""
    browser = find_browser()
    if browser:
        return browser
    named = os.environ.get("BROWSER_PATH")
    raise NoBrowser(
        f"BROWSER_PATH names {named}, which can't be run."
        if named
        else "No Chromium is here to draw pictures with.",
        "Install one with `apt-get install chromium` (or your system's package manager) or with "
        "`plotly_get_chrome`, or let BROWSER_PATH name one.",
    )


def render(figures: Mapping[Path, go.Figure], scale: float = 1) -> list[Path]:
    """Write each figure as a PNG to its path and give the paths back.

    A picture has the width and height of its figure's layout times ``scale``. All come out of one browser
    session; each file is written aside and renamed, so a failure leaves the old picture or none. Raises NoBrowser
    where no browser starts, WhereIsAIError where a picture can't be drawn.
    """
    if not figures:
        return []
    browser = require_browser()
    # The pipe to a browser that is closing may end within a message, which choreographer reports as an error.
    logging.getLogger("choreographer.channels").setLevel(logging.CRITICAL)
    # A thread of its own, since the caller's may already run an event loop (a notebook does).
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, _render(figures, browser, scale)).result()


def write_alt(picture: Path, text: str) -> Path:
    """Write a picture's alt text beside it, as NAME.alt.txt, and give that path."""
    path = picture.with_suffix(".alt.txt")
    write_text(path, f"{text}\n")
    return path


async def _render(figures: Mapping[Path, go.Figure], browser: Path, scale: float) -> list[Path]:
    session = await _open(browser)
    try:
        for path, figure in figures.items():
            write_bytes(path, await _png(session, path.name, figure, scale))
    finally:
        await session.close()
    return list(figures)


async def _png(session: Kaleido, name: str, figure: go.Figure, scale: float) -> bytes:
    size = {"width": figure.layout.width, "height": figure.layout.height, "scale": scale}
    remedy = "Run again; if it stays, install another Chromium with `plotly_get_chrome`."
    try:
        content = await session.calc_fig(figure.to_dict(), opts={"format": "png", **size})
    except Exception as error:
        raise WhereIsAIError(
            f"The browser couldn't draw {name}: {error or type(error).__name__}.", remedy
        ) from error
    if not content.startswith(PNG):
        raise WhereIsAIError(
            f"The browser gave no PNG for {name} ({size['width']} x {size['height']}).", remedy
        )
    return content


async def _open(browser: Path) -> Kaleido:
    session = Kaleido(
        path=str(browser), browser_cls=OfflineChromium, mathjax=False, timeout=SECONDS_PER_PICTURE
    )
    try:
        await session.open()
    except Exception as error:
        raise NoBrowser(
            f"{browser} doesn't start: {error.args[0] if error.args else error}",
            "Run it by hand to see why, or install another with `plotly_get_chrome`.",
        ) from error
    return session


class OfflineChromium(Chromium):
    """Chromium that calls nobody and knows the project's font, whatever fonts the machine has."""

    def pre_open(self) -> None:
        super().pre_open()
        self._fonts = tempfile.TemporaryDirectory(prefix="where-is-ai-fonts-")
        folder = Path(self._fonts.name)
        (folder / "fonts.conf").write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
            f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{FONTS}</dir>'
            f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>",
            encoding="utf-8",
        )

    def get_cli(self) -> list[str]:
        return [*super().get_cli(), *OFFLINE]

    def get_env(self) -> dict[str, Any]:
        return {**super().get_env(), "FONTCONFIG_FILE": str(Path(self._fonts.name) / "fonts.conf")}

    def clean(self) -> None:
        super().clean()
        if hasattr(self, "_fonts"):
            self._fonts.cleanup()
