"""The rows of a table as a map shows a measure of them: value, colour, bounds, and which places have a circle."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from where_is_ai.columns import Column
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.maps.bubble_map import Line
from where_is_ai.publication.measures import bound_of

LISTED = 20  # rows of the list of the highest: two columns of ten


@dataclass(frozen=True)
class MeasuredRows:
    """``rows`` of ``table``, which has the column of the ``measure``'s area; each property is a series over them."""

    rows: pd.DataFrame
    table: PublishedTable
    measure: MapMeasure

    @property
    def column(self) -> Column:
        """What the numbers are."""
        return self.table.columns()[self.measure.area]

    @property
    def keys(self) -> pd.Series:
        """The ids that circles and areas have."""
        return place_keys(self.rows, self.table)

    @cached_property
    def value(self) -> pd.Series:
        return numbers(self.rows, self.table, self.measure.area)

    @property
    def colour_column(self) -> str:
        """The column of colour; "" where circles are coloured by their area, as where nothing is known of it."""
        name = self.measure.colour
        return name if name in self.rows and self.rows[name].notna().any() else ""

    @property
    def colour(self) -> pd.Series:
        return numbers(self.rows, self.table, name) if (name := self.colour_column) else self.value

    @property
    def signed(self) -> bool:
        """Whether colours tell gains from losses."""
        return not self.measure.colour and self.column.signed

    @property
    def sized(self) -> pd.Series:
        """Which may have a circle."""
        return self._where(self.measure.sized(self.rows)) if self.measure.sized else self._all()

    @property
    def qualifying(self) -> pd.Series:
        """Which are not grey."""
        if self.measure.qualifies:
            return self._where(self.measure.qualifies(self.rows))
        rank = self._rank(self.measure.area) or ("rank" if "rank" in self.rows and not self.signed else "")
        return self.rows[rank].notna() if rank else self._all()

    @property
    def lower_bound(self) -> pd.Series:
        return lower_bounds(self.rows, self.table, self.measure.area)

    def lines(self) -> dict[str, Line]:
        """The first of those that qualify, by id: by the table's rank, or else by value, whichever its sign."""
        column = self.measure.listed or self.measure.area
        value = numbers(self.rows, self.table, column)[self.qualifying & self.sized].dropna()
        rank = self._rank(column)
        order = self.rows.loc[value.index, rank] if rank else value.abs().rank(method="min", ascending=False)
        ranked = pd.DataFrame({"order": order.dropna(), "key": self.keys}).dropna()
        first = ranked.sort_values(["order", "key"]).head(LISTED)
        return {
            row.key: Line(int(row.order), self.table.text(column, self.rows.loc[row.Index]))
            for row in first.itertuples()
        }

    def _rank(self, column: str) -> str:
        """The column of a column's own rank; "" for none."""
        ranks = {self.table.measure: "rank"} | dict(self.table.ranks)
        return rank if (rank := ranks.get(column, "")) in self.rows else ""

    def _all(self) -> pd.Series:
        return pd.Series(True, self.rows.index)

    @staticmethod
    def _where(holds: pd.Series) -> pd.Series:
        return holds.astype("boolean").fillna(False).astype("bool")


def place_keys(rows: pd.DataFrame, table: PublishedTable) -> pd.Series:
    """The id of each row's place on a map: a metro's, or what tells the table's rows apart where it has no metros."""
    return rows[table.place].astype("str") if table.place else table.row_keys(rows)


def numbers(rows: pd.DataFrame, table: PublishedTable, column: str) -> pd.Series:
    """A column's numbers; NA where one is unknown or only repeats another."""
    if not table.only_repeats:
        return rows[column].astype("Float64")
    return pd.Series([table.value(column, row) for row in rows.to_dict("records")], rows.index, "Float64")


def lower_bounds(rows: pd.DataFrame, table: PublishedTable, column: str) -> pd.Series:
    """Which of a column's numbers are lower bounds."""
    if column not in table.lower_bounds:
        return pd.Series(False, rows.index)
    return pd.Series([table.is_lower_bound(column, row) for row in rows.to_dict("records")], rows.index)


def bounds(rows: pd.DataFrame, table: PublishedTable, column: str) -> dict[str, pd.Series]:
    """The ``low`` and ``high`` of a column's numbers, as far as the table has them."""
    named = {end: bound_of(column, end, rows.columns) for end in ("low", "high")}
    return {end: numbers(rows, table, name) for end, name in named.items() if name}
