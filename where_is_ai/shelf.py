"""Where results lie between the steps that make them and the edition that publishes them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.files import unwritable_explained, write_json, written_aside
from where_is_ai.folders import recover, side_folder, take_place
from where_is_ai.quarters import Quarter
from where_is_ai.reading import note, result


class Shelf:
    """Keeps an asset's result of a quarter: ``ASSET/2026-Q2.parquet`` for a table, ``.json`` for archive entries, and a
    folder ``ASSET/2026-Q2`` for files, such as pictures and findings. ``ASSET/2026-Q2.made.json`` is its record,
    ``ASSET/all.made.json`` that of what is of all quarters at once.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, name: str, quarter: Quarter, result: pd.DataFrame | list[Entry]) -> None:
        path = self.folder / name / str(quarter)
        if isinstance(result, pd.DataFrame):
            with written_aside(path.with_suffix(".parquet")) as aside:
                result.to_parquet(aside, index=False)
        else:
            write_json(path.with_suffix(".json"), [asdict(entry) for entry in result])

    def path(self, name: str, quarter: Quarter) -> Path:
        """The parquet file of ``name``, for tables that are too large to be held at once."""
        note(result(name, quarter))
        return self.folder / name / f"{quarter}.parquet"

    def table(self, name: str, quarter: Quarter) -> pd.DataFrame | None:
        """The table kept under ``name``, or None where there is none."""
        path = self.path(name, quarter)
        return pd.read_parquet(path) if path.exists() else None

    def entries(self, name: str, quarter: Quarter) -> list[Entry]:
        """The archive entries kept under ``name``: none where the layer was left out or has not run."""
        note(result(name, quarter))
        path = self.folder / name / f"{quarter}.json"
        return [Entry(**entry) for entry in json.loads(path.read_text())] if path.exists() else []

    def files(self, name: str, quarter: Quarter) -> dict[str, Path] | None:
        """The files kept under ``name``, by their path in its folder; None where the asset was never made here."""
        note(result(name, quarter))
        folder = self.folder / name / str(quarter)
        if not folder.is_dir():
            return None
        return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}

    def kept(self, name: str, quarter: Quarter | str) -> list[Path]:
        """All files that hold what ``name`` gave: none where it gave nothing to keep."""
        path = self.folder / name / str(quarter)
        folder = [each for each in path.rglob("*") if each.is_file()]
        return folder + [each for kind in (".parquet", ".json") if (each := path.with_suffix(kind)).is_file()]

    def record(self, name: str, quarter: Quarter | None) -> Path:
        """The file beside it that says what it rests on; without a ``quarter``, of what is of all of them."""
        return self.folder / name / f"{quarter or 'all'}.made.json"

    def drawn_from(self, name: str, quarter: Quarter) -> Path:
        """The file beside the pictures of ``name`` that says from which figure each was drawn, as a digest."""
        return self.folder / name / f"{quarter}.figures.json"

    def records(self) -> Iterator[Path]:
        """The records of all results."""
        return self.folder.glob("*/*.made.json")

    def put_files(self, name: str, quarter: Quarter, files: Mapping[str, bytes]) -> Path:
        """Keep ``files`` as all that ``name`` gave; gives their folder."""
        with self.new_folder() as room:
            made = room / name
            made.mkdir()
            for path, content in files.items():
                (made / path).write_bytes(content)
            return self.adopt(name, quarter, made)

    @contextmanager
    def new_folder(self) -> Iterator[Path]:
        """An empty folder on the shelf's disk to make files in, gone afterwards."""
        with side_folder(self.folder) as room, unwritable_explained(self.folder):
            yield room

    def adopt(self, name: str, quarter: Quarter, made: Path) -> Path:
        """Keep the folder ``made`` (of ``new_folder``) as all that ``name`` gave; gives where it lies now."""
        folder = self.folder / name / str(quarter)
        with unwritable_explained(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            recover(folder)
            take_place(made, folder)
        return folder
