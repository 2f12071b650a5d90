"""All that an edition says of a metro of the USA, in one long table: a row per metro, layer and measure.

It is made from what the layers declare: the measures are those that a layer follows from edition to edition
(``OnMetro.history``), their bounds the columns named so, their ranks the layer's own. Nothing is added up.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from pandera.typing import Series

from where_is_ai import fields, layers
from where_is_ai.archive.evidence import Evidence, Trace
from where_is_ai.columns import column, columns_of
from where_is_ai.layers.layer import Layer, Origin, PublishedTable
from where_is_ai.publication.measures import Measure, measures_of
from where_is_ai.quarters import Quarter
from where_is_ai.tables import AREA_CODE, Table, as_table

NAME = "usa_metro_profiles"
DECIMALS = 4


def _value(description: str) -> object:
    return column(description, unit="as the column unit says", decimals=DECIMALS, nullable=True)


class MetroProfiles(Table):
    """What each layer says of each metro of the USA: the published table ``usa_metro_profiles``."""

    area_code: Series[str] = column("CBSA code", str_matches=AREA_CODE)
    metro: Series[str] = column("Name, as the layer has it")
    layer: Series[str] = column("The layer that measures it")
    measure: Series[str] = column("Column of the layer's table by metro")
    value: Series[pd.Float64Dtype] = _value("The measure; empty where it is unknown, which is not zero")
    low: Series[pd.Float64Dtype] = _value(
        "Its lower bound; empty where the layer gives none. Where the value is a lower bound itself, the value"
    )
    high: Series[pd.Float64Dtype] = _value(
        "Its upper bound; empty where the layer gives none or it is unbounded"
    )
    rank: Series[pd.Int64Dtype] = fields.rank(
        "As the layer ranks it, else by value; empty where it is not ranked"
    )
    rank_low: Series[pd.Int64Dtype] = fields.rank(
        "The best rank that its bounds and those of the other ranked metros allow, where one without an upper bound "
        "may be above all; empty where the layer gives no bounds"
    )
    rank_high: Series[pd.Int64Dtype] = fields.rank("The worst rank that they allow; empty likewise")
    of: Series[int] = fields.count("Metros that have a rank by the measure", "metros")
    period: Series[str] = column("Quarter or release that the value speaks of")
    basis: Series[str] = column("What the row rests on, as the layer says it")
    unit: Series[str] = column("What value, low and high are counted or measured in")

    class Config(Table.Config):
        unique = ("area_code", "layer", "measure")


def profiles(listed: Sequence[Layer], tables: Mapping[str, pd.DataFrame], quarter: Quarter) -> pd.DataFrame:
    """MetroProfiles from the published tables by metro of ``listed`` that are there; the order is that of the layers.

    Layers whose metros are not CBSAs have no rows.
    """
    parts = [
        layer_profiles(layer, tables, quarter)
        for layer in listed
        if _are_cbsas(layer.by_metro, tables.get(layer.by_metro.name))
    ]
    return as_table(pd.concat(parts, ignore_index=True), MetroProfiles) if parts else MetroProfiles.empty()


def layer_profiles(
    layer: Layer,
    tables: Mapping[str, pd.DataFrame],
    quarter: Quarter,
    table: PublishedTable | None = None,
) -> pd.DataFrame:
    """The same of one layer, whichever metros it has: ``area_code`` is the id of each; no rows where it has none.

    ``table`` is one of the layer's ``metro_tables``, by default that by metro.
    """
    table = table or layer.by_metro
    rows = tables.get(table.name)
    if rows is None or rows.empty:
        return MetroProfiles.empty()
    return pd.concat(_of_layer(layer, table, _last(table, rows), quarter), ignore_index=True)


def _are_cbsas(table: PublishedTable, rows: pd.DataFrame | None) -> bool:
    return rows is not None and len(rows) > 0 and bool(rows[table.place].str.fullmatch(AREA_CODE).all())


def _last(table: PublishedTable, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, of each metro the last by period."""
    if table.period:
        rows = (
            rows.sort_values(table.period, kind="stable")
            .drop_duplicates(table.place, keep="last")
            .sort_index()
        )
    return rows.reset_index(drop=True)


def _of_layer(
    layer: Layer, table: PublishedTable, rows: pd.DataFrame, quarter: Quarter
) -> Iterator[pd.DataFrame]:
    about = {
        "area_code": rows[table.place],
        "metro": rows[table.names],
        "layer": layer.name,
        "period": rows[table.period] if table.period else str(quarter),
        "basis": [layer.on_metro.rests_on(row) for row in rows.to_dict("records")],
    }
    # An edition of an earlier version may lack what came later.
    for measure in (each for each in measures_of(layer, table) if each.name in rows):
        yield pd.DataFrame(about | _measured(table, measure, rows))


def _measured(table: PublishedTable, measure: Measure, rows: pd.DataFrame) -> dict[str, object]:
    column = table.columns()[measure.name]
    value = rows[measure.name].astype("Float64").round(column.decimals)
    low, high = (
        rows[end].astype("Float64").round(column.decimals)
        if end in rows
        else pd.Series(pd.NA, rows.index, "Float64")
        for end in (measure.low, measure.high)
    )
    if measure.name in table.lower_bounds:
        at_least = [table.is_lower_bound(measure.name, row) for row in rows.to_dict("records")]
        low = low.fillna(value.where(pd.Series(at_least, index=rows.index)))
    rank = rows[measure.rank] if measure.rank in rows else value.rank(method="min", ascending=False)
    rank = rank.astype("Int64")
    has_bounds = bool(measure.low and measure.high)
    best, worst = rank_ranges(value, low, high, rank) if has_bounds else (pd.NA, pd.NA)
    return {
        "measure": measure.name,
        "value": value,
        "low": low,
        "high": high,
        "rank": rank,
        "rank_low": pd.Series(best, index=rows.index, dtype="Int64"),
        "rank_high": pd.Series(worst, index=rows.index, dtype="Int64"),
        "of": int(rank.notna().sum()),
        "unit": column.unit,
    }


def rank_ranges(
    value: pd.Series, low: pd.Series, high: pd.Series, rank: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """The best and the worst rank of each ranked row, given that every one of these lies anywhere in its bounds.

    A row without any bound is where its value is. One that lacks a bound beside the other has no end on that side: it
    may be above all others, or below them.
    """
    ranked = rank.notna() & value.notna()
    whole = low.isna() & high.isna()
    least, most = (end.where(~whole, value)[ranked].to_numpy(float, na_value=np.nan) for end in (low, high))
    least, most = (
        np.nan_to_num(least, nan=-np.inf, neginf=-np.inf),
        np.nan_to_num(most, nan=np.inf, posinf=np.inf),
    )
    best, worst = (
        pd.Series(1 + _others_above(ends, of), value.index[ranked], dtype="Int64").reindex(value.index)
        for ends, of in ((least, most), (most, least))
    )
    return best, worst


def _others_above(ends: np.ndarray, of: np.ndarray) -> np.ndarray:
    """How many of ``ends`` are above each of ``of``, its own not counted."""
    above = len(ends) - np.searchsorted(np.sort(ends), of, side="right")
    return above - (ends > of)


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row: what its layer traces of the measure in its own table by metro."""
    own = next(each.by_metro for each in layers.LAYERS if each.name == row["layer"])
    published = evidence.published(own.name)
    rows = published[published[own.place] == row["area_code"]] if published is not None else None
    if rows is None or rows.empty:
        return Trace(f"{row['measure']} of {own.name}, which this edition does not hold", ())
    measure = next(each for each in _all_measures(own) if each.name == row["measure"])
    named = {"value": measure.name, "low": measure.low, "high": measure.high, "rank": measure.rank}.get(
        column
    )
    last = rows.sort_values(own.period).iloc[-1] if own.period else rows.iloc[0]
    behind = own.trace(own.name, last, named or measure.name, evidence)
    made = named or f"{measure.name}, from which {column} follows by the bounds of all ranked metros,"
    return Trace(f"{made} in {own.name}: {behind.how}", behind.cells)


def _all_measures(table: PublishedTable) -> Sequence[Measure]:
    return next(measures_of(layer) for layer in layers.LAYERS if layer.by_metro.name == table.name)


PROFILES = PublishedTable(
    name=NAME,
    title="Each metro of the USA, all layers",
    model=MetroProfiles,
    page="",
    key=("area_code", "layer", "measure"),
    shown=tuple(columns_of(MetroProfiles)),
    measure="value",
    origin=Origin("where-is-ai, from the layers' own sources", "", "CC-BY-4.0"),
    trace=trace,
    names="metro",
    period="measure",
    note="Different things stand side by side and are not added up.",
)
