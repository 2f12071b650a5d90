"""Areas of a map, such as states, in the colours of their values: unknown ones hatched."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from where_is_ai.geography.base_map.shapes import Area
from where_is_ai.maps import area_labels
from where_is_ai.maps.area_labels import Shown
from where_is_ai.maps.canvas import Canvas, Panel
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.scales import ColourScale
from where_is_ai.maps.scene import View
from where_is_ai.maps.style import FAINT, INK, LAND, MUTED, PAPER

BORDER_WIDTH = 1.2
HATCH = 9.0  # pixels between the lines over an unknown area
HATCH_WIDTH = 1.4


def areas(
    rows: pd.DataFrame,
    *,
    key: str | pd.Series,
    code: str,
    name: str,
    value: str,
    text: Callable[[Any], str],
    hover: Callable[[Any], Sequence[str]],
    muted: pd.Series | bool = False,
) -> pd.DataFrame:
    """An area for each of ``rows``, by its ``name`` on the base map, in the colour of its ``value`` (NA: unknown).

    ``code`` is the column of what stands on the map for its name. Of each row, as a named tuple, ``text`` gives the
    value as it is written there and ``hover`` the lines that the mouse finds. ``muted`` greys what doesn't qualify.
    """
    each = list(rows.itertuples(index=False, name="Row"))
    return pd.DataFrame(
        {
            "key": (rows[key] if isinstance(key, str) else key).astype("str"),
            "code": rows[code],
            "name": rows[name],
            "value": rows[value],
            "text": [text(row) for row in each],
            "muted": muted,
            "hover": ["<br>".join(hover(row)) for row in each],
        }
    )


def draw(canvas: Canvas, view: View, box: Box, rows: pd.DataFrame, colours: ColourScale) -> None:
    """Draw ``rows`` (as ``areas`` makes them) in one panel; land that no row is of stays plain."""
    panel = canvas.panel(box)
    by_name = {row.name: row for row in rows.itertuples(index=False, name="Row")}
    shown = []
    for area in view.plane.areas():
        row = by_name.get(area.name)
        fill = LAND if row is None else _fill(row, colours)
        canvas.area(panel, view, area, row.key if row is not None else "", fill, PAPER, BORDER_WIDTH)
        if row is not None:
            shown.append(Shown(row, _land(view, area, box), fill))
    for each in shown:
        if not each.known:
            canvas.hatching(panel, hatching(each.land), FAINT, HATCH_WIDTH)
    _answer(canvas, panel, shown)
    area_labels.write(canvas, panel, shown)


def _fill(row, colours: ColourScale) -> str:
    if pd.isna(row.value):
        return LAND
    return MUTED if row.muted else colours(float(row.value))


def _land(view: View, area: Area, box: Box) -> shapely.Geometry:
    rings = (view.pixels(ring[:, 0], ring[:, 1], box) for ring in area.rings)
    return shapely.union_all([shapely.Polygon(np.column_stack(ring)).buffer(0) for ring in rings])


def hatching(land: shapely.Geometry) -> str:
    """Lines from lower left to upper right over ``land``, as an SVG path."""
    x0, y0, x1, y1 = land.bounds
    starts = np.arange(x0 - (y1 - y0), x1, HATCH)
    lines = shapely.MultiLineString([((x, y1), (x + y1 - y0, y0)) for x in starts]).intersection(land)
    parts = [part for part in shapely.get_parts(lines) if part.geom_type == "LineString"]
    return "".join(
        f"M{x0:.1f},{y0:.1f}L{x1:.1f},{y1:.1f}"
        for (x0, y0), (x1, y1) in (part.coords for part in parts if part.length)
    )


def _answer(canvas: Canvas, panel: Panel, shown: Sequence[Shown]) -> None:
    """A point in each area: where a page writes its name and value when the map is moved, and what it says."""
    canvas.trace(
        panel,
        ids=[each.row.key for each in shown],
        x=[round(each.spot[0], 1) for each in shown],
        y=[round(each.spot[1], 1) for each in shown],
        mode="markers",
        text=["<br>".join((each.row.code, each.row.text)[: 1 + each.known]) for each in shown],
        customdata=[round(each.land.area) for each in shown],
        hovertext=[each.row.hover for each in shown],
        hoverinfo="text",
        marker={
            "size": [0] * len(shown),
            "color": [each.fill for each in shown],
            "line": {"color": INK, "width": [0] * len(shown)},
        },
    )
