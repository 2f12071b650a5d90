"""Putting an edition together: all its files from what the steps left on the shelf."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.files import unwritable_explained
from where_is_ai.publication.about import About, write_about
from where_is_ai.publication.catalog import layer_of, published_tables
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
    """Write everything of ``edition``, number the revision and give its number."""
    for name in published_tables():
        if name in parts.tables:
            edition.write_csv(f"{name}.csv", parts.tables[name])
            edition.write_parquet(f"{name}.parquet", parts.tables[name])
        else:
            edition.path(f"{name}.csv").unlink(missing_ok=True)
            edition.path(f"{name}.parquet").unlink(missing_ok=True)
    for files in parts.files.values():
        for name, made in files.items():
            _copy(made, edition.path(name))
    edition.write_provenance(parts.inputs, methods_of(parts.tables))
    add_walk_back(settings, edition.quarter)
    write_datapackage(edition.folder, [published_tables()[name] for name in parts.tables])
    write_about(edition.folder, parts.about)
    return close_revision(edition.folder, datetime.now(UTC))


def methods_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The method of each layer that knows several, as its own table by metro names it."""
    return {
        layer.name: table["method"].iloc[0]
        for name, table in tables.items()
        if (layer := layer_of(name)) and layer.methods and name == layer.by_metro.name
    }


def _copy(made: Path, to: Path) -> None:
    with unwritable_explained(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        aside = to.with_name(f".part-{to.name}")
        shutil.copyfile(made, aside)
        aside.replace(to)
