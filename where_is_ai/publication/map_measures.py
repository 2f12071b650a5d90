"""The measures that a page's map can be switched to: how each looks, and what it says of each place at a time.

A page loads both when a reader asks for them. What surrounds the circles is drawn here, by the same code as the map
that the page shows; a script draws the circles themselves from the values, by the scales that are given with them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import pi, sqrt

import pandas as pd

from where_is_ai.layers.layer import Page, PublishedTable
from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.maps import bubbles, svg
from where_is_ai.maps.bubble_map import BubbleMap, Line, Ranking
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import SIGNS, ColourScale, Kinds, gain_or_loss
from where_is_ai.maps.style import FAINT, MUTED, OUTLINE, VERTICAL, WIDE, Layout
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.measures import bound_of

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
LISTED = 20  # rows of the list of the highest: two columns of ten


@dataclass(frozen=True)
class MeasuredMap:
    """The map of ``page`` in an edition: its view, its notes, the ``rooms`` of its formats that captions left, and the
    edition's ``tables``.
    """

    page: Page
    view: str
    notes: EditionNotes
    rooms: Mapping[str, Sequence[float]]
    tables: Mapping[str, pd.DataFrame]

    @property
    def measures(self) -> list[MapMeasure]:
        """Those of the page's measures that the edition has any value of."""
        return [each for each in self.page.measures if self._has(each)]

    def looks(self) -> dict:
        """How each measure looks, and what all are drawn with, for the script of pages."""
        return {"measures": [self._look(measure) for measure in self.measures], "drawnWith": DRAWN_WITH}

    def values(self) -> dict:
        """What the edition says: see ``values_of``, of all tables that measures are from, one after the other."""
        return _joined([values_of(rows, table, measures) for rows, table, measures in self._by_table()])

    def _by_table(self) -> Iterator[tuple[pd.DataFrame, PublishedTable, list[MapMeasure]]]:
        names = dict.fromkeys(self._table(each) for each in self.measures)
        for name in names:
            measures = [each for each in self.measures if self._table(each) == name]
            yield self.tables[name], published_table(name), measures

    def _table(self, measure: MapMeasure) -> str:
        return measure.table or self.page.table

    def _has(self, measure: MapMeasure) -> bool:
        rows = self.tables.get(self._table(measure))
        return rows is not None and {measure.area, measure.colour or measure.area} <= set(rows) and bool(
            rows[measure.area].notna().any()
        )

    def _look(self, measure: MapMeasure) -> dict:
        table = published_table(self._table(measure))
        circles = _circles(self.tables[table.name], table, measure)
        drawn = self._drawn(measure, table, circles)
        looks = {layout.name: drawn.look(layout) for layout in LAYOUTS}
        colour = looks[WIDE.name].colour
        column = table.columns()[measure.area]
        return {
            "name": measure.name,
            "title": measure.title,
            "sized": measure.area_title or measure.title,
            "area": measure.area,
            "colour": measure.colour,
            "signed": column.signed,
            "decimals": column.decimals,
            "unit": column.unit,
            "limits": list(colour.limits) if isinstance(colour, ColourScale) else [],
            "fills": colour.colours if isinstance(colour, ColourScale) else [fill for fill, _ in colour.words],
            "largest": looks[WIDE.name].radius.largest * measure.divisor,
            "radius": {name: look.radius.radius for name, look in looks.items()},
            "stroke": {name: look.stroke for name, look in looks.items()},
            "legend": asdict(drawn.legend(looks[WIDE.name])),
            "around": {layout.name: self._around(drawn, layout) for layout in LAYOUTS},
        }

    def _around(self, drawn: BubbleMap, layout: Layout) -> str:
        return svg.around(drawn.surroundings(layout, Box(*self.rooms[layout.name])))

    def _drawn(self, measure: MapMeasure, table: PublishedTable, circles: pd.DataFrame) -> BubbleMap:
        lower, unknown = circles["lower_bound"].any(), circles["size"].isna().any()
        marks = [
            *([("whole", ["whole number"]), ("broken", ["broken or no outline: lower bound"])] if lower else []),
            *([("muted", [measure.muted])] if circles["muted"].any() else []),
            *([("unknown", [measure.unknown])] if unknown else []),
        ]
        area = measure.area_title or measure.title
        return BubbleMap(
            view=self.view,
            caption=Caption(measure.title, when(self.notes), replace(self.notes, period="", quarter="", remark="")),
            circles=circles,
            area=f"Area: {area}",
            colour=f"Colour: {measure.colour_title or area}" if not _signed(measure, table) else "Colour",
            reads="",
            rankings=(Ranking(_list_title(measure, table), _lines(self.tables[table.name], table, measure)),),
            marks=tuple(marks),
            colours=_scale(measure, table, circles),
            radius=self._radius(circles),
        )

    def _radius(self, circles: pd.DataFrame) -> float:
        """The largest circle's radius in shares of the format's, so that circles leave the land to be seen.

        Rates differ less than counts do: with the same largest circle they would cover it.
        """
        sizes = circles["size"].dropna()
        room, layout = Box(*self.rooms[WIDE.name]), WIDE
        if sizes.empty or not sizes.max():
            return 1
        covered = pi * layout.radius**2 * float(sizes.sum() / sizes.max()) / (room.width * room.height)
        return min(1, sqrt(MOST_COVERED / covered))


def when(notes: EditionNotes) -> str:
    """Of which time and edition a map is, as the line below its title says it."""
    return " · ".join(part for part in (notes.period, f"edition {notes.quarter}", notes.remark) if part)


def values_of(rows: pd.DataFrame, table: PublishedTable, measures: Sequence[MapMeasure]) -> dict:
    """What ``rows`` say of each place, for the script of pages.

    ``keys`` are the places' ids; ``columns`` have by name the values in their order: ``v`` with null for unknown,
    ``low`` and ``high`` where the table has bounds, and the positions of lower bounds (``least``). ``muted`` are by
    measure the positions that don't qualify, ``listed`` the first: id, place and text. ``names`` are the places'.
    """
    known = table.columns()
    columns = dict.fromkeys(name for each in measures for name in (each.area, each.colour) if name in rows)
    keys = rows[_key(table)].astype("str").to_list()
    return {
        "keys": keys,
        "names": dict(zip(keys, rows[table.names].astype("str"), strict=True)),
        "columns": {name: _column(rows, table, name, known[name].decimals) for name in columns},
        "muted": {each.name: _positions(~_qualifying(rows, table, each)) for each in measures if each.area in rows},
        "listed": {
            each.name: [[key, *line] for key, line in _lines(rows, table, each).items()]
            for each in measures
            if each.area in rows
        },
    }


def _joined(parts: Sequence[dict]) -> dict:
    """Several tables' values as one: places in the order of the first that has them."""
    if len(parts) == 1:
        return parts[0]
    keys = list(dict.fromkeys(key for part in parts for key in part["keys"]))
    at = {key: place for place, key in enumerate(keys)}
    joined = {"keys": keys, "names": {}, "columns": {}, "muted": {}, "listed": {}}
    for part in parts:
        places = [at[key] for key in part["keys"]]
        joined["names"] = part["names"] | joined["names"]
        joined["listed"] |= part["listed"]
        joined["muted"] |= {name: [places[each] for each in muted] for name, muted in part["muted"].items()}
        for name, column in part["columns"].items():
            spread = {end: _spread(column[end], places, len(keys)) for end in ("v", "low", "high") if end in column}
            joined["columns"].setdefault(name, spread | {"least": [places[each] for each in column["least"]]})
    return joined


def _spread(values: Sequence[float | None], places: Sequence[int], length: int) -> list[float | None]:
    spread: list[float | None] = [None] * length
    for place, value in zip(places, values, strict=True):
        spread[place] = value
    return spread


def _column(rows: pd.DataFrame, table: PublishedTable, name: str, decimals: int) -> dict:
    least = _lower_bounds(rows, table, name)
    bounds = {end: bound_of(name, end, rows.columns) for end in ("low", "high")}
    said = {"v": _values(rows, table, name).round(decimals)}
    said |= {end: _values(rows, table, of).round(decimals) for end, of in bounds.items() if of}
    return {end: _plain(values) for end, values in said.items()} | {"least": _positions(least)}


def _values(rows: pd.DataFrame, table: PublishedTable, name: str) -> pd.Series:
    """A column's numbers; NA where the value is unknown or only repeats another."""
    if not table.only_repeats:
        return rows[name].astype("Float64")
    return pd.Series([table.value(name, row) for row in rows.to_dict("records")], rows.index, "Float64")


def _lower_bounds(rows: pd.DataFrame, table: PublishedTable, name: str) -> pd.Series:
    if name not in table.lower_bounds:
        return pd.Series(False, rows.index)
    return pd.Series([table.is_lower_bound(name, row) for row in rows.to_dict("records")], rows.index)


def _plain(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else int(value) if value == int(value) else float(value) for value in values]


def _positions(which: pd.Series) -> list[int]:
    return [place for place, here in enumerate(which) if here]


def _circles(rows: pd.DataFrame, table: PublishedTable, measure: MapMeasure) -> pd.DataFrame:
    """What scales and legend are made from; nothing is drawn of it, so that no place needs a point."""
    value = _values(rows, table, measure.area)
    colour = _values(rows, table, measure.colour) if measure.colour else value
    return pd.DataFrame(
        {
            "key": rows[_key(table)].astype("str"),
            "name": rows[table.names],
            "lon": float("nan"),
            "lat": float("nan"),
            "size": value.abs() / measure.divisor,
            "colour": gain_or_loss(value) if _signed(measure, table) else colour,
            "lower_bound": _lower_bounds(rows, table, measure.area),
            "muted": ~_qualifying(rows, table, measure) & value.notna(),
            "importance": pd.NA,
            "hover": "",
        }
    )


def _signed(measure: MapMeasure, table: PublishedTable) -> bool:
    return not measure.colour and table.columns()[measure.area].signed


def _scale(measure: MapMeasure, table: PublishedTable, circles: pd.DataFrame) -> ColourScale | Kinds | None:
    if _signed(measure, table):
        return SIGNS
    if measure.limits:
        return ColourScale(measure.limits)
    return ColourScale.over(circles.loc[~circles["muted"], "colour"].dropna().astype(float).to_list())


def _qualifying(rows: pd.DataFrame, table: PublishedTable, measure: MapMeasure) -> pd.Series:
    if measure.qualifies:
        return measure.qualifies(rows).astype("boolean").fillna(False).astype("bool")
    rank = _rank(rows, table, measure) or ("rank" if "rank" in rows else "")
    return rows[rank].notna() if rank and not _signed(measure, table) else pd.Series(True, rows.index)


def _rank(rows: pd.DataFrame, table: PublishedTable, measure: MapMeasure) -> str:
    """The column of the measure's own rank; "" for none."""
    ranks = {table.measure: "rank"} | dict(table.ranks)
    return rank if (rank := ranks.get(measure.area, "")) in rows else ""


def _lines(rows: pd.DataFrame, table: PublishedTable, measure: MapMeasure) -> dict[str, Line]:
    """The first of those that qualify, by the table's rank or else by value: largest first, whichever its sign."""
    value = _values(rows, table, measure.area)
    rank = _rank(rows, table, measure)
    order = rows[rank].astype("Float64") if rank else value.abs().rank(method="min", ascending=False)
    order = order[_qualifying(rows, table, measure) & value.notna()].dropna()
    first = order.to_frame("order").assign(key=rows[_key(table)].astype("str")).sort_values(["order", "key"])
    return {
        str(rows.at[index, _key(table)]): Line(int(order[index]), table.text(measure.area, rows.loc[index]))
        for index in first.head(LISTED).index
    }


def _list_title(measure: MapMeasure, table: PublishedTable) -> str:
    return "Largest changes" if _signed(measure, table) else "Highest"


def _key(table: PublishedTable) -> str:
    """The column of the id that circles have."""
    return table.place or table.ids
