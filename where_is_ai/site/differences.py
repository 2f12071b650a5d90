"""What a table says now beside what it said in the edition before."""

from dataclasses import dataclass, field

import pandas as pd

from where_is_ai.layers.layer import PublishedTable, Row
from where_is_ai.publication.cell_differences import COLUMNS, cell_differences
from where_is_ai.site.read import Published

FOLDER = "differences"


@dataclass(frozen=True)
class Differences:
    """``before`` has the rows of the edition ``since`` by their key; ``gone`` names the rows that are no more.

    ``new``, ``changed`` and ``same`` count rows by their measure; ``cells`` lists every value that differs as it was
    published, and whether its row is new, gone or changed.
    """

    since: str
    before: dict[str, Row] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    new: int = 0
    changed: int = 0
    same: int = 0
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*COLUMNS, "what"]))


def differences(table: PublishedTable, edition: Published, earlier: Published) -> Differences:
    """Compare ``table`` in two editions row by row; the rows are told apart by its key."""
    old, new = (_keyed(table, each) for each in (earlier, edition))
    both = new.index.intersection(old.index, sort=False)
    gone = old.index.difference(new.index, sort=False)
    added = new.index.difference(old.index, sort=False)
    equal = new.loc[both, table.measure] == old.loc[both, table.measure]
    known = table.columns()
    name = next(
        column for column in (*table.shown, *table.key) if column in old and not known[column].numeric
    )
    shared = [column for column in new.columns if column in old.columns]
    cells = cell_differences(old[shared], new[shared])
    what = cells["row"].map({**dict.fromkeys(added, "new"), **dict.fromkeys(gone, "gone")}).fillna("changed")
    measured = earlier.tables[table.name]
    return Differences(
        since=earlier.quarter,
        before=dict(zip(table.row_keys(measured), measured.to_dict("records"), strict=True)),
        gone=tuple(dict.fromkeys(old.loc[gone, name])),
        new=len(added),
        changed=int((~equal).sum()),
        same=int(equal.sum()),
        cells=cells.assign(what=what),
    )


def _keyed(table: PublishedTable, edition: Published) -> pd.DataFrame:
    texts = edition.texts(table.name)
    keyed = texts.set_axis(pd.Index(table.row_keys(texts)), axis="index")
    return keyed[~keyed.index.duplicated()]
