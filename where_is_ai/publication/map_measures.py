"""The measures that a page's map can be switched to: how each looks, and what the edition says.

A page loads both when a reader asks for them. What surrounds the circles is drawn here, by the same code as the map
that the page shows; a script draws the circles themselves from the values, by the scales that are given with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import pi, sqrt
from typing import Literal

import pandas as pd

from where_is_ai.layers.layer import Page
from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.maps import bubbles, svg
from where_is_ai.maps.bubble_map import BubbleMap, Ranking
from where_is_ai.maps.frame import Caption, spare_around
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.legends import Mark
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import SIGNS, ColourScale, Kinds, gain_or_loss
from where_is_ai.maps.style import FAINT, MUTED, OUTLINE, VERTICAL, WIDE
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.map_values import joined, values_of
from where_is_ai.publication.measured_rows import MeasuredRows

LAYOUTS = (WIDE, VERTICAL)
DRAWN_WITH = {
    "muted": MUTED,
    "faint": FAINT,
    "outline": OUTLINE,
    "unknown": bubbles.UNKNOWN_DIAMETER / 2 * svg.DIAMOND,
    "broken": bubbles.SMALLEST_BROKEN,
    "dash": bubbles.DASH,
}
MOST_COVERED = 0.08  # of a format's room, by all circles together


@dataclass(frozen=True)
class MeasuredMap:
    """The map of ``page`` in an edition: its view, its notes, the ``rooms`` of its formats that captions left (x0, y0,
    x1, y1), and the edition's ``tables``.
    """

    page: Page
    view: Literal["usa", "world"]
    notes: EditionNotes
    rooms: Mapping[str, Sequence[float]]
    tables: Mapping[str, pd.DataFrame]

    @property
    def measures(self) -> list[MapMeasure]:
        """Those of the page's measures that the edition has any value of; none without the first, which is drawn."""
        known = [each for each in self.page.measures if self._has(each)]
        return known if known[:1] == list(self.page.measures[:1]) else []

    def looks(self) -> dict:
        """How each measure looks, and what all are drawn with."""
        return {"measures": [self._look(measure) for measure in self.measures], "drawnWith": DRAWN_WITH}

    def values(self) -> dict:
        """What the edition says: ``values_of`` all tables that measures are from, as one."""
        names = dict.fromkeys(self._table(each) for each in self.measures)
        by_table = {name: [each for each in self.measures if self._table(each) == name] for name in names}
        return joined(
            [values_of(self._rows(name), published_table(name), those) for name, those in by_table.items()]
        )

    def _table(self, measure: MapMeasure) -> str:
        return measure.table or self.page.table

    def _has(self, measure: MapMeasure) -> bool:
        if (name := self._table(measure)) not in self.tables:
            return False
        rows = self._rows(name)
        return measure.area in rows and bool(rows[measure.area].notna().any())

    def _rows(self, name: str) -> pd.DataFrame:
        """The rows of the table; of one that goes through time the latest, since a place has one circle."""
        rows, period = self.tables[name], published_table(name).period
        if period:
            rows = rows[rows[period] == rows[period].max()]
        return rows.reset_index(drop=True)

    def _look(self, measure: MapMeasure) -> dict:
        table = published_table(self._table(measure))
        rows = MeasuredRows(self._rows(table.name), table, measure)
        drawn = self._drawn(rows)
        looks = {layout.name: drawn.look(layout) for layout in LAYOUTS}
        scale = looks[WIDE.name].colour
        in_classes = isinstance(scale, ColourScale)
        return {
            "name": measure.name,
            "title": measure.title,
            "areaTitle": measure.area_title or measure.title,
            "area": measure.area,
            "colour": rows.colour_column,
            "signed": rows.column.signed,
            "decimals": rows.column.decimals,
            "limits": list(scale.limits) if in_classes else [],
            "fills": scale.colours if in_classes else [fill for fill, _ in SIGNS.words],
            "largest": looks[WIDE.name].radius.largest * measure.divisor,
            "radius": {name: round(look.radius.radius, 2) for name, look in looks.items()},
            "stroke": {name: look.stroke for name, look in looks.items()},
            "legend": asdict(drawn.legend(looks[WIDE.name])),
            "spare": self._spare(drawn.caption),
            "around": {
                layout.name: svg.around(
                    drawn.surroundings(layout, Box(*self.rooms[layout.name]), self._points())
                )
                for layout in LAYOUTS
            },
        }

    def _spare(self, caption: Caption) -> dict[str, dict[str, float]]:
        """What a caption leaves empty above and below in each format."""
        return {
            layout.name: spare_around(layout, caption, Box(*self.rooms[layout.name]))._asdict()
            for layout in LAYOUTS
        }

    def _points(self) -> pd.DataFrame:
        """Where the circles are that the page's map is drawn with, as far as its own table says."""
        return self.tables[self.page.table].reindex(columns=["lat", "lon"]).astype("Float64")

    def _drawn(self, rows: MeasuredRows) -> BubbleMap:
        measure, circles = rows.measure, _circles(rows)
        area = measure.area_title or measure.title
        colour = measure.colour_title if rows.colour_column else area
        notes = replace(self.notes, period="", quarter="", remark="")
        return BubbleMap(
            view=self.view,
            caption=Caption(measure.title, when(self.notes), notes, measure.caveat),
            circles=circles,
            area=f"Area: {area}",
            colour="Colour" if rows.signed else f"Colour: {colour}",
            reads="",
            rankings=(Ranking(_heading(rows), rows.lines()),),
            marks=_marks(measure, circles),
            colours=_scale(rows, circles),
            radius=self._radius(circles),
        )

    def _radius(self, circles: pd.DataFrame) -> float:
        """The largest circle's radius in shares of the format's, so that circles leave the land to be seen.

        Rates differ less than counts do: with the same largest circle they would cover it.
        """
        sizes, room = circles["size"].dropna(), Box(*self.rooms[WIDE.name])
        if sizes.empty or not sizes.max():
            return 1
        covered = pi * WIDE.radius**2 * float(sizes.sum() / sizes.max()) / (room.width * room.height)
        return min(1, sqrt(MOST_COVERED / covered))


def _heading(rows: MeasuredRows) -> str:
    """Of the list: of changes those alone that count, where some may be noise."""
    if not rows.signed:
        return "Highest"
    return "Largest changes that hold" if rows.measure.muted else "Largest changes"


def when(notes: EditionNotes) -> str:
    """Of which time and edition a map is, as the line below its title says it."""
    period = "" if notes.period == notes.quarter else notes.period
    return " · ".join(part for part in (period, f"edition {notes.quarter}", notes.remark) if part)


def _circles(rows: MeasuredRows) -> pd.DataFrame:
    """What scales and legend are made from; nothing is drawn of it, so that no place needs a point."""
    return pd.DataFrame(
        {
            "key": rows.keys,
            "name": rows.rows[rows.table.names],
            "lon": float("nan"),
            "lat": float("nan"),
            "size": (rows.value.abs() / rows.measure.divisor).where(rows.sized),
            "colour": gain_or_loss(rows.value) if rows.signed else rows.colour,
            "lower_bound": rows.lower_bound,
            "muted": ~rows.qualifying & rows.value.notna() & rows.sized,
            "importance": pd.NA,
            "hover": "",
        }
    )


def _marks(measure: MapMeasure, circles: pd.DataFrame) -> tuple[Mark, ...]:
    """What outlines, grey and diamonds mean, as far as there are any."""
    there = {
        "whole": circles["lower_bound"].any(),
        "broken": circles["lower_bound"].any(),
        "muted": circles["muted"].any(),
        "unknown": circles["size"].isna().any(),
    }
    words = {
        "whole": "whole number",
        "broken": "broken or no outline: lower bound",
        "muted": measure.muted,
        "unknown": measure.unknown,
    }
    return tuple((kind, [words[kind]]) for kind in there if there[kind])


def _scale(rows: MeasuredRows, circles: pd.DataFrame) -> ColourScale | Kinds:
    if rows.signed:
        same = (circles["colour"] == len(SIGNS.words) - 1) & ~circles["muted"]
        return SIGNS if same.any() else Kinds(SIGNS.words[:-1])
    if rows.measure.limits and rows.measure.colour in ("", rows.colour_column):
        return ColourScale(rows.measure.limits)
    values = circles.loc[~circles["muted"] & circles["size"].notna(), "colour"].dropna().astype(float)
    return ColourScale.suggested(values.to_list())
