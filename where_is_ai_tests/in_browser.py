"""Figures laid out by a real headless Chromium, and the boxes of what it laid out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import plotly.graph_objects as go
from playwright.sync_api import Page, sync_playwright
from plotly.offline import get_plotlyjs

from where_is_ai.maps.geometry import Box
from where_is_ai.maps.render import OFFLINE, find_browser
from where_is_ai.maps.typeface import font_face_css

READ = """
async ([data, layout]) => {
  await document.fonts.ready;
  await Plotly.react('map', data, layout, {staticPlot: true});
  const box = (node) => { const r = node.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const map = document.getElementById('map');
  const texts = [...map.querySelectorAll('.annotation')].map((node) => ({
    index: Number(node.dataset.index), box: box(node.querySelector('.annotation-text')),
  }));
  const points = [];
  for (const plot of map.querySelectorAll('.subplot')) {
    const axis = [...plot.classList].find((name) => /^x\\d*y\\d*$/.test(name)).split('y')[0];
    for (const point of plot.querySelectorAll('.scatterlayer .point')) {
      const [left, top, right, bottom] = box(point);
      points.push({axis, id: point.__data__.id, x: (left + right) / 2, y: (top + bottom) / 2});
    }
  }
  return {texts, points};
}
"""


@dataclass(frozen=True)
class Text:
    """A piece of text with its measured box; ``label`` is the metro's key if it is a map label."""

    text: str
    size: float
    box: Box
    label: str | None
    axis: str


@dataclass(frozen=True)
class Point:
    """The measured centre of a circle."""

    axis: str
    key: str
    x: float
    y: float


@contextmanager
def chromium_page() -> Iterator[Page]:
    """A page that holds plotly.js and the font; it can reach no network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu", *OFFLINE]
        )
        page = browser.new_page(viewport={"width": 1920, "height": 1920})
        page.set_content(
            f"<!doctype html><style>{font_face_css()} body {{ margin: 0 }}</style>"
            f"<div id='map'></div><span style='font-family: Where Is AI Sans'>a<b>b</b></span>"
        )
        page.add_script_tag(content=get_plotlyjs())
        yield page
        browser.close()


def measured(page: Page, figure: go.Figure) -> tuple[list[Text], list[Point]]:
    """All text and all circles of a figure as Chromium lays them out."""
    plain = json.loads(figure.to_json())
    found = page.evaluate(READ, [plain["data"], plain["layout"]])
    annotations = plain["layout"]["annotations"]
    texts = []
    for item in found["texts"]:
        annotation = annotations[item["index"]]
        name = annotation.get("name") or ""
        key = name.removeprefix("label:") if name.startswith("label:") else None
        texts.append(
            Text(annotation["text"], annotation["font"]["size"], Box(*item["box"]), key, annotation["xref"])
        )
    return texts, [Point(point["axis"], point["id"], point["x"], point["y"]) for point in found["points"]]
