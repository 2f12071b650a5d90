"""Maps as an edition keeps them for its pages: drawings as SVG, and what circles say as a data script beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import plotly.graph_objects as go
from markupsafe import Markup

from where_is_ai.files import write_text
from where_is_ai.maps import svg
from where_is_ai.maps.beside import drawn_beside
from where_is_ai.maps.circle_words import circle_words, largest_first, names
from where_is_ai.site.addresses import metro_slug
from where_is_ai.site.data_scripts import data_script

FOLDER = "maps"
# Those that a map may name before it is touched; a page holds them, all others are loaded when it is.
FIRST_NAMES = 200


@dataclass(frozen=True)
class MapDrawings:
    """A map in its formats, wide and vertical, each as one SVG element; ``planes`` are the land that they show.

    ``keys`` are the ids of its circles, ``names`` what the first of them are called, ``legend`` what tells them apart
    (a ``canvas.Legend``), and ``rooms`` what captions left of each format; editions of earlier versions have none.
    """

    planes: Sequence[str]
    keys: Sequence[str]
    drawn: Mapping[str, str]
    names: Sequence[Sequence[str]] = ()
    legend: Mapping[str, object] | None = None
    rooms: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @property
    def has_areas(self) -> bool:
        """Whether it shows areas, such as states, instead of circles."""
        return svg.areas_apart(self.planes[0])

    def inline(self, pages: Mapping[str, str], root: str, rows: Mapping[str, str]) -> Markup:
        """The drawings as a page holds them: each circle leads to its metro's page, of those in ``pages`` by slug.

        ``root`` leads from the page to the site's root. ``rows`` are addresses by id of what has no page of its own,
        such as a state: they lead to its row in a table of the page.
        """
        addresses = {key: rows[key] for key in self.keys if key in rows} | {
            key: f"{root}metros/{pages[slug]}.html" for key in self.keys if (slug := metro_slug(key)) in pages
        }
        parts = [svg.land(self.planes), *(svg.linked(drawn, addresses) for drawn in self.drawn.values())]
        return Markup("\n".join(parts))


def write_map(edition: Path, stem: str, figures: Sequence[go.Figure]) -> None:
    """Write ``maps/STEM.json``, which pages are made from, and ``maps/STEM.js``, which they load when it is there."""
    kept = {
        "planes": svg.planes(figures),
        "keys": largest_first(figures),
        "names": names(figures, largest_first(figures))[:FIRST_NAMES],
        "drawn": drawn_beside(figures),
        "legend": figures[0].layout.meta["legend"],
        "rooms": {svg.shape(figure): figure.layout.meta["room"] for figure in figures},
    }
    write_text(edition / FOLDER / f"{stem}.json", json.dumps(kept, ensure_ascii=False, separators=(",", ":")))
    write_text(edition / FOLDER / f"{stem}.js", data_script(circle_words(figures)))


def read_map(edition: Path, stem: str) -> MapDrawings | None:
    """The map that ``write_map`` kept; None where there is none, as in editions of earlier versions."""
    path = edition / FOLDER / f"{stem}.json"
    return MapDrawings(**json.loads(path.read_text(encoding="utf-8"))) if stem and path.is_file() else None


def remove_plotly_scripts(edition: Path) -> None:
    """Remove the maps that earlier versions kept for plotly.js, which no page loads any more."""
    for path in (edition / FOLDER).glob("*-*.js"):
        if path.stem.endswith(("-wide", "-vertical")):
            path.unlink()
