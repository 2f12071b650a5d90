"""Where each column comes from: ``lineage.csv`` from table to table, ``source_columns.csv`` at the sources.

A column that neither names comes from no upstream column: a name of a method, a date of a release.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import dagster as dg
import pandas as pd

SCHEMA = "dagster/column_schema"


def lineage_of(asset: str, columns: Iterable[str]) -> dict[str, dg.TableColumnLineage]:
    """``dagster/column_lineage`` of those of ``columns`` that come from upstream columns; empty where none does."""
    found = {column: deps for column in columns if (deps := _deps(asset, column))}
    return {"dagster/column_lineage": dg.TableColumnLineage(found)} if found else {}


def with_origins(spec: dg.AssetSpec) -> dg.AssetSpec:
    """``spec`` with what the UI needs to say of each column where it comes from.

    A raw asset gets the columns that are read out of its files; a table's columns name theirs in their description,
    since the open-source UI draws no column lineage.
    """
    asset, schema = spec.key.path[-1], spec.metadata.get(SCHEMA)
    columns = columns_of_source(asset) if schema is None else {SCHEMA: _with_origins(asset, schema)}
    return spec.merge_attributes(metadata=columns)


def columns_of_source(asset: str) -> dict[str, dg.TableSchema]:
    """``dagster/column_schema`` of the columns that are read out of a raw asset's files."""
    rows = _read("source_columns.csv")
    columns = [
        dg.TableColumn(row.column, type=row.type, description=row.description)
        for row in rows[rows["asset"] == asset].itertuples()
    ]
    return {SCHEMA: dg.TableSchema(columns)} if columns else {}


def _with_origins(asset: str, schema: dg.TableSchema) -> dg.TableSchema:
    return dg.TableSchema([_with_origin(asset, column) for column in schema.columns])


def _with_origin(asset: str, column: dg.TableColumn) -> dg.TableColumn:
    described = f"{column.description or ''} {_origin(asset, column.name)}".strip()
    return dg.TableColumn(column.name, column.type, described, column.constraints, column.tags)


def _origin(asset: str, column: str) -> str:
    """``[from oews_metro_cells: employment, status]``; empty where a column comes from none."""
    by_table: dict[str, list[str]] = {}
    for dep in _deps(asset, column):
        by_table.setdefault(dep.asset_key.path[-1], []).append(dep.column_name)
    told = "; ".join(f"{table}: {', '.join(columns)}" for table, columns in by_table.items())
    return f"[from {told}]" if told else ""


def _deps(asset: str, column: str) -> list[dg.TableColumnDep]:
    pairs = [source.split(".", 1) for source in _sources().get((asset, column), "").split()]
    return [dg.TableColumnDep(asset_key=upstream, column_name=theirs) for upstream, theirs in pairs]


@cache
def _sources() -> dict[tuple[str, str], str]:
    rows = _read("lineage.csv")
    return {(row.asset, row.column): row.comes_from for row in rows.itertuples()}


@cache
def _read(name: str) -> pd.DataFrame:
    with files("where_is_ai.defs").joinpath(name).open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str, keep_default_na=False)
