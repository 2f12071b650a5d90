"""Pictures and pages: made by a real Chromium, whole or not at all, and without any network."""

import json
import math
import re
import struct
from pathlib import Path

import plotly.graph_objects as go
import pytest
from playwright.sync_api import sync_playwright

from where_is_ai.errors import NoBrowser, WhereIsAIError
from where_is_ai.layers.employment.pictures import jobs_map
from where_is_ai.layers.research.pictures import papers_map
from where_is_ai.maps import page
from where_is_ai.maps.packing import unpacked
from where_is_ai.maps.page import write_html
from where_is_ai.maps.render import OFFLINE, find_browser, render, write_alt
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai_tests.publication.tables import LAST, QUARTERS, employment, research, usa_notes, world_notes

slow = pytest.mark.slow


def size_of(png: Path) -> tuple[int, int]:
    content = png.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", content[16:24])


def test_browser_path_names_the_browser(monkeypatch, tmp_path):
    browser = tmp_path / "my-chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(browser))
    assert find_browser() == browser


def test_a_browser_on_the_path_is_found(monkeypatch, tmp_path):
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_browser() == browser


def test_without_a_browser_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    with pytest.raises(NoBrowser, match=r"apt-get install chromium.*plotly_get_chrome"):
        render({tmp_path / "map.png": go.Figure(layout={"width": 100, "height": 100})})
    assert list(tmp_path.iterdir()) == []


def test_no_figures_need_no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    assert render({}) == []


def test_alt_text_lies_beside_the_picture(tmp_path):
    path = write_alt(tmp_path / "Heatmap-USA-AI-Jobs.png", "A map.")
    assert path.name == "Heatmap-USA-AI-Jobs.alt.txt"
    assert path.read_text() == "A map.\n"


@slow
def test_a_browser_that_does_not_start_is_explained(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    with pytest.raises(NoBrowser, match="doesn't start"):
        render({tmp_path / "map.png": go.Figure(layout={"width": 100, "height": 100})})
    assert not (tmp_path / "map.png").exists()


@slow
def test_pictures_have_their_size_and_come_again_byte_for_byte(tmp_path):
    figures = {
        "wide.png": papers_map(research(), world_notes()).draw(WIDE),
        "tall.png": papers_map(research(), world_notes()).draw(VERTICAL),
    }
    render({tmp_path / name: figure for name, figure in figures.items()})
    assert size_of(tmp_path / "wide.png") == (1920, 1080)
    assert size_of(tmp_path / "tall.png") == (1080, 1920)
    before = (tmp_path / "wide.png").read_bytes()
    render({tmp_path / "wide.png": figures["wide.png"]})
    assert (tmp_path / "wide.png").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tall.png", "wide.png"]


@slow
def test_a_picture_that_fails_leaves_the_old_one_and_names_itself(tmp_path):
    path = tmp_path / "map.png"
    path.write_bytes(b"old")
    too_wide = go.Figure(layout={"width": 100_000, "height": 100_000})
    with pytest.raises(WhereIsAIError, match=r"map\.png"):
        render({path: too_wide})
    assert path.read_bytes() == b"old"


def test_a_page_is_the_same_bytes_for_the_same_figures(tmp_path):
    for name in ("one", "two"):
        write_html(
            tmp_path / f"{name}.html", [jobs_map(employment(LAST), usa_notes()).draw()], "AI jobs", "A map."
        )
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_a_page_of_all_metros_is_below_200_kb(tmp_path, quarter):
    figures = [jobs_map(employment(quarter), usa_notes()).draw(layout) for layout in (WIDE, VERTICAL)]
    write_html(tmp_path / "map.html", figures, "AI jobs", "A map.")
    assert (tmp_path / "map.html").stat().st_size < 200_000


@pytest.mark.parametrize(("limit", "left_out"), [(150_000, 0), (110_000, 1)])
def test_a_page_of_too_many_circles_is_packed_and_says_which_it_leaves_out(monkeypatch, limit, left_out):
    monkeypatch.setattr(page, "LIMIT_BYTES", limit)
    figures = [jobs_map(employment(LAST), usa_notes()).draw(layout) for layout in (WIDE, VERTICAL)]
    made = page.page(figures, "AI jobs", "A map.")
    assert len(made.encode()) <= limit
    packed = re.search(r'id="more">(.*?)</script>', made)[1]
    more = json.loads(unpacked(packed))
    land, wide, vertical = more["drawn"]
    assert "land-usa" in land
    circles = len(re.findall("<circle data-key", wide))
    said = re.search(r"The ([\d,]+) smallest of ([\d,]+) circles are left out", made)
    assert bool(said) == bool(left_out)
    unknown = len(re.findall('class="unknown"', wide))
    kept = int(said[2]) - int(said[1]) if said else len(more["hovers"])
    assert circles == kept - unknown
    # A script puts the same circles into the other drawing.
    assert "<circle data-key" not in vertical
    assert "data-beside" in vertical
    assert len(more["hovers"]) == kept
    assert 'data-key="35620"' in wide  # New York, the largest
    assert "<noscript><p>A map.</p></noscript>" in made


def test_a_page_names_nothing_to_fetch(tmp_path):
    write_html(
        tmp_path / "map.html", [jobs_map(employment(LAST), usa_notes()).draw()], "AI <jobs>", 'A "map"'
    )
    page = (tmp_path / "map.html").read_text()
    assert not re.search(r"<(script|link|img)[^>]*(src|href)\s*=", page)
    assert "<title>AI &lt;jobs&gt;</title>" in page
    assert 'content="A &quot;map&quot;"' in page


@slow
def test_a_page_fits_any_window_answers_to_the_mouse_and_fetches_nothing(tmp_path):
    made, path = tmp_path / "made" / "map.html", tmp_path / "elsewhere" / "map.html"
    frame = employment(LAST)
    made.parent.mkdir()
    write_html(
        made, [jobs_map(frame, usa_notes()).draw(layout) for layout in (WIDE, VERTICAL)], "AI jobs", "A map."
    )
    path.parent.mkdir()
    made.rename(path)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu", *OFFLINE]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        requests, problems = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        circle = box_of(page, NEW_YORK)
        assert circle["width"] == pytest.approx(2 * WIDE.radius * 1280 / WIDE.width, rel=0.05)
        page.mouse.move(circle["x"] + circle["width"] * 0.8, circle["y"] + circle["height"] * 0.5)
        page.wait_for_selector(".said:not([hidden])")
        assert "25,260 AI workers" in page.text_content(".said")
        zooms_and_pans(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.locator(".vertical").is_visible()
        assert not page.locator(".wide").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert problems == []


NEW_YORK = '.wide circle[data-key="35620"]'


def box_of(page, circle: str) -> dict:
    return page.locator(circle).first.bounding_box()


def middle_of(page, circle: str) -> float:
    box = box_of(page, circle)
    return box["x"] + box["width"] / 2


def zooms_and_pans(page) -> None:
    """The wheel zooms about the mouse, circles keep their size, a drag moves them, a double click goes back."""
    boston = '.wide circle[data-key="14460"]'
    before, apart = box_of(page, NEW_YORK), middle_of(page, boston) - middle_of(page, NEW_YORK)
    x, y = middle_of(page, NEW_YORK), before["y"] + before["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, -400)
    page.wait_for_selector(".wide .panel[data-scale]")
    assert box_of(page, NEW_YORK)["width"] == pytest.approx(before["width"], abs=0.1)
    assert middle_of(page, NEW_YORK) == pytest.approx(x, abs=2)
    zoomed = middle_of(page, boston) - middle_of(page, NEW_YORK)
    assert zoomed == pytest.approx(apart * math.e, rel=0.05)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    page.mouse.up()
    assert middle_of(page, NEW_YORK) == pytest.approx(x + 60, abs=2)
    page.mouse.dblclick(x, y)
    assert middle_of(page, NEW_YORK) == pytest.approx(x, abs=0.1)
