"""Maps on phones: no text below 11 pixels, and nothing to scroll sideways for."""

import pytest

pytestmark = pytest.mark.slow

LEAST_PX = 11
PAGES = (
    *(
        f"2026-Q2/{slug}.html"
        for slug in ("jobs", "jobs-by-state", "postings", "research", "change", "trust")
    ),
    *(f"2026-Q2/Heatmap-{stem}.html" for stem in ("USA-AI-Jobs", "USA-AI-Jobs-By-State", "World-AI-Cities")),
)
# Of every text of the drawing that is seen: its words and its size on the screen, as it is laid out.
SIZES = """() => [...document.querySelectorAll('.map text')].filter((text) => text.getClientRects().length)
  .map((text) => [
    text.textContent,
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a,
    text.getBoundingClientRect().height,
  ])"""


@pytest.mark.parametrize("width", [360, 375])
@pytest.mark.parametrize("path", PAGES)
def test_text_of_a_map_can_be_read_on_a_phone(site, path, width):
    page = site.open(path, "phone")
    page.set_viewport_size({"width": width, "height": 780})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    sizes = page.evaluate(SIZES)
    assert len(sizes) > 15
    small = [each for each in sizes if each[1] < LEAST_PX - 1e-3 or each[2] < LEAST_PX]
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
