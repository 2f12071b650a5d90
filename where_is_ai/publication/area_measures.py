"""The measures that a page's map of areas, such as states, can be switched to: as ``map_measures`` has it for circles.

A script gives the areas that are drawn already the colours of a measure; what surrounds them is drawn here.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

import pandas as pd

from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.maps import svg
from where_is_ai.maps.areas import HATCH, HATCH_WIDTH
from where_is_ai.maps.bubble_map import Ranking
from where_is_ai.maps.choropleth import Choropleth
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.scales import ColourScale, ink_on
from where_is_ai.maps.style import FAINT, LAND, MUTED
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.map_measures import LAYOUTS, MeasuredMap, when
from where_is_ai.publication.measured_rows import MeasuredRows, place_keys

MOST_DECIMALS = 1  # of what stands on an area, where there is little room
DRAWN_WITH = {"muted": MUTED, "unknown": LAND, "line": FAINT, "hatch": HATCH, "stroke": HATCH_WIDTH}


@dataclass(frozen=True)
class MeasuredAreas(MeasuredMap):
    """The same of a map of areas, of which ``keys`` are the ids: rows of others, such as the nation's, are left out."""

    keys: Collection[str] = ()

    def looks(self) -> dict:
        """How each measure looks, and what all are drawn with."""
        return {"measures": [self._look(measure) for measure in self.measures], "drawnWith": DRAWN_WITH}

    def values(self) -> dict:
        """What the edition says, as it does of circles; what areas are called, the page knows."""
        return super().values() | {"names": {}}

    def _rows(self, name: str) -> pd.DataFrame:
        rows = super()._rows(name)
        return rows[place_keys(rows, published_table(name)).isin(list(self.keys))].reset_index(drop=True)

    def _look(self, measure: MapMeasure) -> dict:
        table = published_table(self._table(measure))
        rows = MeasuredRows(self._rows(table.name), table, measure)
        drawn = self._surrounded(rows)
        return {
            "name": measure.name,
            "title": measure.title,
            "areaTitle": measure.area_title or measure.title,
            "area": measure.area,
            "colour": "",
            "signed": False,
            "decimals": rows.column.decimals,
            "decimalsOnAreas": min(rows.column.decimals, MOST_DECIMALS),
            "limits": list(drawn.colours.limits),
            "fills": drawn.colours.colours,
            "inks": {fill: ink_on(fill) for fill in (*drawn.colours.colours, MUTED)},
            "legend": asdict(drawn.legend),
            "spare": self._spare(drawn.caption),
            "around": {
                layout.name: svg.around(drawn.surroundings(layout, Box(*self.rooms[layout.name])))
                for layout in LAYOUTS
            },
        }

    def _surrounded(self, rows: MeasuredRows) -> Choropleth:
        """The map of a measure, whose areas are there for its legend and its list alone."""
        measure = rows.measure
        areas = self._areas(rows)
        values = areas.loc[~areas["muted"], "value"].dropna().astype(float).to_list()
        notes = replace(self.notes, period="", quarter="", remark="")
        return Choropleth(
            caption=Caption(measure.title, when(self.notes), notes, measure.caveat),
            areas=areas,
            colour=measure.area_title or measure.title,
            colours=ColourScale(measure.limits) if measure.limits else ColourScale.suggested(values),
            ranking=Ranking("Highest", rows.lines()),
            reads="",
            places="",
            grey=measure.muted,
            hatched=measure.unknown,
        )

    def _areas(self, rows: MeasuredRows) -> pd.DataFrame:
        """All that the map shows: those that no row is of are unknown."""
        known = pd.DataFrame(
            {
                "key": rows.keys,
                "name": rows.rows[rows.table.names],
                "value": rows.value,
                "muted": ~rows.qualifying & rows.value.notna(),
            }
        )
        whole = pd.DataFrame({"key": sorted(self.keys)}).merge(known, on="key", how="left")
        return whole.assign(name=whole["name"].fillna(""), muted=whole["muted"].fillna(False).astype("bool"))
