"""What a drawing becomes: PNGs, a page that zooms, drawings for the site, and the text for those who can't see it."""

from collections.abc import Mapping
from pathlib import Path

from where_is_ai.layers.layer import Drawing, Picture
from where_is_ai.maps.page import write_html
from where_is_ai.maps.render import render, write_alt
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


def render_drawings(drawings: Mapping[Path, Drawing]) -> None:
    """Write the PNGs of drawings by folder, all in one browser session; raises NoBrowser where none is there."""
    render(
        {
            folder / name: figure
            for folder, drawing in drawings.items()
            for name, figure in drawing.figures.items()
        }
    )
