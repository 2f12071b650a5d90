"""Putting an edition together: all its files from what the steps left on the shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.folders import link, replaced_whole, writing
from where_is_ai.publication.about import About, read_files, write_about
from where_is_ai.publication.catalog import layer_of, published_table, published_tables
from where_is_ai.publication.datapackage import write_datapackage
from where_is_ai.publication.edition import Edition
from where_is_ai.publication.revisions import close_revision
from where_is_ai.publication.walk_back import add_walk_back
from where_is_ai.settings import Settings


@dataclass(frozen=True)
class Parts:
    """What an edition is made of.

    ``tables`` by name, those with rows; ``files`` by asset, each with its files by their path in the edition (an asset
    that was never made is not in it, one that gave nothing has none); ``inputs`` by raw asset.
    """

    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, Mapping[str, Path]]
    inputs: Mapping[str, Sequence[Entry]]
    about: About


def assemble(settings: Settings, edition: Edition, parts: Parts) -> int:
    """Make ``edition`` aside, put it in the place of the one before, number the revision and give its number."""
    with writing(settings.published), replaced_whole(edition.folder) as aside:
        _take_over(edition.folder, aside, parts)
        made = replace(edition, folder=aside)
        for name, table in parts.tables.items():
            made.write_csv(f"{name}.csv", table, published_table(name).columns())
            made.write_parquet(f"{name}.parquet", table)
        for files in parts.files.values():
            for name, path in files.items():
                link(path, made.path(name))
        made.write_provenance(parts.inputs, methods_of(parts.tables))
        add_walk_back(settings, made)
        write_datapackage(aside, [published_table(name) for name in parts.tables])
        write_about(aside, parts.about, {asset: sorted(files) for asset, files in parts.files.items()})
        return close_revision(aside, datetime.now(UTC), edition.folder)


def _take_over(before: Path, aside: Path, parts: Parts) -> None:
    """Take over from the edition before what this one does not make: revisions, the site's pages, and files of assets
    that were never made on this shelf (an earlier version kept none there).
    """
    tables = {f"{name}.{ending}" for name in published_tables() for ending in ("csv", "parquet")}
    recorded = read_files(before)
    remade = {name for asset in parts.files for name in (*recorded.get(asset, ()), f"{asset}.md")}
    for path in sorted(before.rglob("*")) if before.is_dir() else ():
        name = str(path.relative_to(before))
        if path.is_file() and name not in tables | remade:
            link(path, aside / name)


def methods_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The method of each layer that knows several, as its own table by metro names it."""
    return {
        layer.name: table["method"].iloc[0]
        for name, table in tables.items()
        if (layer := layer_of(name)) and layer.methods and name == layer.by_metro.name
    }
