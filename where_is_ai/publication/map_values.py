"""What a table says of each place of a map, as the script of pages reads it."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.layer import PublishedTable
from where_is_ai.layers.map_choices import MapMeasure
from where_is_ai.publication.measured_rows import MeasuredRows, bounds, lower_bounds, numbers, place_keys


def values_of(rows: pd.DataFrame, table: PublishedTable, measures: Sequence[MapMeasure]) -> dict:
    """What ``rows`` say of each place by those of the measures that the table has.

    ``keys`` are the places' ids and ``names`` what the table calls them. ``columns`` have by name the values in the
    order of the keys: ``v`` with null for unknown, ``low`` and ``high`` where the table has bounds, and ``least``, the
    positions of lower bounds. By measure, ``muted`` are the positions that don't qualify, ``unsized`` those without a
    circle, and ``listed`` the first: id, place and text.
    """
    given = [MeasuredRows(rows, table, each) for each in measures if each.area in rows]
    columns = dict.fromkeys(
        name for each in given for name in (each.measure.area, each.colour_column) if name
    )
    keys = place_keys(rows, table).to_list()
    return {
        "keys": keys,
        "names": dict(zip(keys, rows[table.names].astype("str"), strict=True)),
        "columns": {name: _column(rows, table, name) for name in columns},
        "muted": {each.measure.name: _positions(~each.qualifying) for each in given},
        "unsized": {each.measure.name: _positions(~each.sized) for each in given},
        "listed": {each.measure.name: [[key, *line] for key, line in each.lines().items()] for each in given},
    }


def joined(parts: Sequence[dict]) -> dict:
    """Several tables' values as those of one: places in the order of the first that has them."""
    if len(parts) == 1:
        return parts[0]
    keys = list(dict.fromkeys(key for part in parts for key in part["keys"]))
    position = {key: place for place, key in enumerate(keys)}
    whole: dict[str, dict] = {name: {} for name in ("names", "columns", "muted", "unsized", "listed")}
    for part in parts:
        moved = [position[key] for key in part["keys"]]
        whole["names"] = part["names"] | whole["names"]
        whole["listed"] |= part["listed"]
        for which in ("muted", "unsized"):
            whole[which] |= {name: [moved[each] for each in those] for name, those in part[which].items()}
        for name, column in part["columns"].items():
            spread = {end: _spread(column[end], moved, len(keys)) for end in column if end != "least"}
            whole["columns"].setdefault(name, spread | {"least": [moved[each] for each in column["least"]]})
    return {"keys": keys, **whole}


def _spread(values: Sequence[float | None], positions: Sequence[int], length: int) -> list[float | None]:
    spread: list[float | None] = [None] * length
    for place, value in zip(positions, values, strict=True):
        spread[place] = value
    return spread


def _column(rows: pd.DataFrame, table: PublishedTable, name: str) -> dict:
    decimals = table.columns()[name].decimals
    ends = {"v": numbers(rows, table, name), **bounds(rows, table, name)}
    least = {"least": _positions(lower_bounds(rows, table, name))}
    return {end: _plain(values.round(decimals)) for end, values in ends.items()} | least


def _plain(values: pd.Series) -> list[float | None]:
    """Numbers for JSON: whole ones without a point, None for unknown."""
    return [None if pd.isna(each) else int(each) if each == int(each) else float(each) for each in values]


def _positions(which: pd.Series) -> list[int]:
    return [place for place, here in enumerate(which) if here]
