"""What a drawing becomes: PNGs, a page that zooms, drawings for the site, and the text for those who can't see it."""

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import plotly.graph_objects as go

from where_is_ai.folders import link
from where_is_ai.layers.layer import Drawing, Picture
from where_is_ai.maps import render as render_module
from where_is_ai.maps.page import write_html
from where_is_ai.maps.render import find_browser, render, write_alt
from where_is_ai.maps.typeface import FOLDER as FONTS
from where_is_ai.site.figures import write_map


def write_texts(folder: Path, picture: Picture, drawing: Drawing) -> None:
    """Write all of ``drawing`` into ``folder`` that needs no browser: alt texts, the page, the site's drawings."""
    figures = list(drawing.figures.values())
    for name in drawing.figures:
        write_alt(folder / name, drawing.alt)
    if drawing.page and picture.png:
        write_html(folder / f"{drawing.page}.html", figures, drawing.page, drawing.alt, drawing.links)
    if drawing.page:
        write_map(folder, drawing.page, figures)


def render_drawings(
    drawings: Mapping[Path, Drawing], drawn: Mapping[str, Path] = MappingProxyType({})
) -> dict[Path, str]:
    """Write the PNGs of drawings by folder, all in one browser session; gives the digest of what each was drawn from.

    One whose digest is among those of the files ``drawn`` before is that file. Raises NoBrowser where none is there and
    one is needed.
    """
    figures = {
        folder / name: figure
        for folder, drawing in drawings.items()
        for name, figure in drawing.figures.items()
    }
    digests = {path: _drawn_from(figure) for path, figure in figures.items()}
    known = {path: drawn[digest] for path, digest in digests.items() if digest in drawn}
    for path, before in known.items():
        link(before, path)
    render({path: figure for path, figure in figures.items() if path not in known})
    return digests


def _drawn_from(figure: go.Figure) -> str:
    """A digest of all that a PNG depends on: its figure, and what draws it."""
    digest = hashlib.sha256(_drawn_by())
    digest.update(figure.to_json().encode())
    return digest.hexdigest()


def _drawn_by() -> bytes:
    """Our own way to draw, the fonts, plotly, and the browser as far as its file tells."""
    browser = find_browser()
    state = browser.stat() if browser else None
    fonts = sorted((path.name, path.stat().st_size) for path in FONTS.glob("*.*tf"))
    others = [fonts, version("plotly"), str(browser), state and [state.st_size, state.st_mtime_ns]]
    return Path(render_module.__file__).read_bytes() + json.dumps(others).encode()
