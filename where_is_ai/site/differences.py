"""What a table says now beside what it said in the edition before."""

from dataclasses import dataclass, field

import pandas as pd

from where_is_ai.publication.catalog import PublishedTable

COLUMNS = ["row", "column", "before", "after", "what"]


@dataclass(frozen=True)
class Differences:
    """``before`` is the measure in the edition ``since``, by row key; ``gone`` names the rows that are no more.

    ``new``, ``changed`` and ``same`` count rows by their measure; ``cells`` lists every differing value.
    """

    since: str
    before: dict[str, object] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    new: int = 0
    changed: int = 0
    same: int = 0
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))


def differences(table: PublishedTable, now: pd.DataFrame, before: pd.DataFrame, since: str) -> Differences:
    """Compare two editions of ``table`` row by row; the rows are told apart by its key."""
    old, new = _keyed(table, before), _keyed(table, now)
    both = new.index.intersection(old.index, sort=False)
    gone = old.index.difference(new.index, sort=False)
    measured = old[table.measure]
    equal = _texts(new.loc[both, table.measure]) == _texts(measured.loc[both])
    name = next(
        column for column in (*table.shown, *table.key) if column in before.columns and "rank" not in column
    )
    return Differences(
        since=since,
        before=dict(zip(measured.index, measured, strict=True)),
        gone=tuple(dict.fromkeys(old.loc[gone, name].astype("str"))),
        new=len(new) - len(both),
        changed=int((~equal).sum()),
        same=int(equal.sum()),
        cells=_cells(old, new, both, gone),
    )


def row_keys(table: PublishedTable, frame: pd.DataFrame) -> pd.Series:
    """What tells each row of ``frame`` from the others, as one text."""
    columns = [frame[name].astype("str").fillna("") for name in table.key]
    return pd.Series(
        [" ".join(cells) for cells in zip(*columns, strict=True)], index=frame.index, dtype="str"
    )


def _keyed(table: PublishedTable, frame: pd.DataFrame) -> pd.DataFrame:
    keyed = frame.set_axis(pd.Index(row_keys(table, frame)), axis="index")
    return keyed[~keyed.index.duplicated()]


def _texts(values: pd.Series) -> pd.Series:
    """Values as text, so that unknown equals unknown and numbers equal numbers whatever their type."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values.astype("Float64").round(6).astype("str").fillna("")
    return values.astype("str").fillna("")


def _cells(old: pd.DataFrame, new: pd.DataFrame, both: pd.Index, gone: pd.Index) -> pd.DataFrame:
    shared = [column for column in new.columns if column in old.columns]
    parts = []
    for column in shared:
        before, after = old.loc[both, column], new.loc[both, column]
        other = (_texts(before) != _texts(after)).to_numpy()
        if other.any():
            parts.append(_part(both[other], column, before[other], after[other], "changed"))
    added = new.index.difference(old.index, sort=False)
    for index, frame, what in ((added, new, "new"), (gone, old, "gone")):
        for column in shared if len(index) else ():
            values = frame.loc[index, column]
            empty = pd.Series(pd.NA, index=index)
            parts.append(_part(index, column, *((empty, values) if what == "new" else (values, empty)), what))
    return pd.concat([pd.DataFrame(columns=COLUMNS), *parts], ignore_index=True)


def _part(index: pd.Index, column: str, before: pd.Series, after: pd.Series, what: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": index,
            "column": column,
            "before": before.astype("object").to_numpy(),
            "after": after.astype("object").to_numpy(),
            "what": what,
        }
    )
