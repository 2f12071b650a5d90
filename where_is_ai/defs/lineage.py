"""Where each column comes from: ``lineage.csv`` from table to table, ``source_columns.csv`` at the sources.

Both lie in the folder of the layer (or room) that they speak of. A column that neither names comes from no upstream
column: a name of a method, a date of a release.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import dagster as dg
import pandas as pd

from where_is_ai import geography
from where_is_ai.layers.layer import Layer

SCHEMA, LINEAGE = "dagster/column_schema", "dagster/column_lineage"


class Origins:
    """Where the columns of the layers' assets come from, and those of the geography that they share."""

    def __init__(self, layers: Sequence[Layer]):
        folders = [geography.FOLDER, *(layer.folder for layer in layers)]
        self._sources = {(row.asset, row.column): row.comes_from for row in _rows(folders, "lineage.csv")}
        self._columns: dict[str, list[dg.TableColumn]] = {}
        for row in _rows(folders, "source_columns.csv"):
            column = dg.TableColumn(row.column, type=row.type, description=row.description)
            self._columns.setdefault(row.asset, []).append(column)

    def added(self, spec: dg.AssetSpec) -> dg.AssetSpec:
        """``spec`` with what the UI needs to say of each column where it comes from.

        A raw asset gets the columns that are read out of its files; a table gets its column lineage, and its columns
        name theirs in their description too, since the open-source UI draws no column lineage.
        """
        asset, schema = spec.key.path[-1], spec.metadata.get(SCHEMA)
        if schema is None:
            columns = self._columns.get(asset)
            return spec.merge_attributes(metadata={SCHEMA: dg.TableSchema(columns)} if columns else {})
        named = dg.TableSchema([self._with_origin(asset, column) for column in schema.columns])
        lineage = self.lineage_of(asset, [column.name for column in schema.columns])
        return spec.merge_attributes(metadata={SCHEMA: named, **lineage})

    def lineage_of(self, asset: str, columns: Iterable[str]) -> dict[str, dg.TableColumnLineage]:
        """``dagster/column_lineage`` of those of ``columns`` that come from upstream columns; empty if none does."""
        known = {column: deps for column in columns if (deps := self._deps(asset, column))}
        return {LINEAGE: dg.TableColumnLineage(known)} if known else {}

    def _with_origin(self, asset: str, column: dg.TableColumn) -> dg.TableColumn:
        described = f"{column.description or ''} {self._origin(asset, column.name)}".strip()
        return dg.TableColumn(column.name, column.type, described, column.constraints, column.tags)

    def _origin(self, asset: str, column: str) -> str:
        """``[from oews_metro_cells: employment, status]``; empty where a column comes from none."""
        by_table: dict[str, list[str]] = {}
        for dep in self._deps(asset, column):
            by_table.setdefault(dep.asset_key.path[-1], []).append(dep.column_name)
        listed = "; ".join(f"{table}: {', '.join(columns)}" for table, columns in by_table.items())
        return f"[from {listed}]" if listed else ""

    def _deps(self, asset: str, column: str) -> list[dg.TableColumnDep]:
        pairs = [source.split(".", 1) for source in self._sources.get((asset, column), "").split()]
        return [dg.TableColumnDep(asset_key=upstream, column_name=theirs) for upstream, theirs in pairs]


def _rows(folders: Iterable[Path], name: str) -> Iterator:
    for folder in folders:
        if (folder / name).is_file():
            yield from pd.read_csv(folder / name, dtype=str, keep_default_na=False).itertuples()
