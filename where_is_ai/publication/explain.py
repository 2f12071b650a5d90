"""Walking a published number back to the bytes it came from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import RawCell
from where_is_ai.archive.store import Archive
from where_is_ai.errors import UsageError
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.catalog import OVER_LAYERS, layer_named, published_tables
from where_is_ai.publication.evidence import EditionEvidence
from where_is_ai.publication.names import NoSuchPlace, find

LONGEST_URL = 160


@dataclass(frozen=True)
class Explanation:
    """One published value (empty where it is unknown), its row, and the raw cells it was made from."""

    quarter: str
    layer: str
    file: str
    place: str
    column: str
    value: str
    means: str
    how: str
    row: Mapping[str, str]
    cells: Sequence[RawCell]
    archive: Archive

    @property
    def inputs(self) -> list[Entry]:
        """The archived answers that hold the cells, each once."""
        return list(dict.fromkeys(cell.entry for cell in self.cells))


def explain(
    evidence: EditionEvidence,
    layer: str,
    place: str,
    column: str,
    table: str | None = None,
    release: str | None = None,
    ids: Sequence[str] = (),
) -> Explanation:
    """Where ``column`` of ``place`` in an edition came from.

    Without ``table``, the first of the layer's published tables that has the column and the place. ``release``
    (``2024-05``) chooses among rows of one place, the latest without it; ``ids`` among those that the table's key tells
    apart otherwise (``15-1221``). Raises UsageError for words that are off.
    """
    chosen, rows = _choose(evidence, layer, place, column, table)
    row = _of_period(_with_ids(rows, chosen, place, ids), chosen, place, release)
    traced = chosen.trace(chosen.name, row, column, evidence)
    columns = chosen.columns()
    return Explanation(
        quarter=str(evidence.quarter),
        layer=layer,
        file=f"{chosen.name}.csv",
        place=f"{row[chosen.names]} [{row[chosen.ids]}]",
        column=column,
        value=row[column],
        means=columns[column].description if column in columns else "",
        how=traced.how,
        row=row.to_dict(),
        cells=traced.cells,
        archive=evidence.archive,
    )


def as_json(explanation: Explanation) -> str:
    """The explanation for programs."""
    names = (field.name for field in fields(explanation) if field.name not in ("cells", "archive"))
    content = {name: getattr(explanation, name) for name in names}
    content["cells"] = [located(cell) | {"meaning": cell.meaning} for cell in explanation.cells]
    content["inputs"] = [
        {**asdict(entry), "file": str(explanation.archive.path(entry))} for entry in explanation.inputs
    ]
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)


def as_text(explanation: Explanation) -> str:
    """The explanation for people."""
    lines = [
        f"{explanation.place}: {explanation.column} = {explanation.value or 'unknown'}",
        f"{explanation.file} of {explanation.quarter}. {explanation.means}",
        f"Made so: {explanation.how}.",
        "",
        "Its row:",
        *(f"  {name}: {value or '(empty)'}" for name, value in explanation.row.items()),
    ]
    for entry in explanation.inputs:
        cells = [cell for cell in explanation.cells if cell.entry == entry]
        lines += [
            "",
            entry.url if len(entry.url) <= LONGEST_URL else f"{entry.url[:LONGEST_URL]}…",
            f"  retrieved {entry.retrieved_at}, {entry.bytes:,} bytes, sha256 {entry.sha256}",
            f"  {entry.note if entry.reconstructed else 'as received'}; {entry.source}, {entry.licence}",
            f"  kept in {explanation.archive.path(entry)}",
            *(f"    {cell.meaning}: {_shown(cell)} ({_where(cell)})" for cell in cells),
        ]
    if not explanation.cells:
        lines += ["", "No cell of an archived answer stands behind it by itself."]
    return "\n".join(lines)


def located(cell: RawCell) -> dict[str, str | float | int | None]:
    """Where a raw cell is and what it says, as plain values."""
    return {"url": cell.entry.url, "sha256": cell.entry.sha256, **cell.at, "says": _native(cell.says)}


def _choose(
    evidence: EditionEvidence, layer: str, place: str, column: str, table: str | None
) -> tuple[PublishedTable, pd.DataFrame]:
    """The table to explain from, with its rows of the place."""
    known = [each for each in (*layer_named(layer).tables, *OVER_LAYERS) if table in (None, each.name)]
    at_hand = [
        (each, rows[rows["layer"] == layer] if "layer" in each.key else rows)
        for each in known
        if (rows := evidence.published(each.name)) is not None
    ]
    if not at_hand:
        of = table or f"the layer {layer}"
        raise UsageError(
            f"The edition of {evidence.quarter} has nothing to explain of {of}.",
            f"Choose among {', '.join(published_tables())}.",
        )
    having = [(each, rows) for each, rows in at_hand if column in rows]
    if not having:
        columns = dict.fromkeys(name for _, rows in at_hand for name in rows)
        raise UsageError(f"There is no column {column!r}.", f"The columns are {', '.join(columns)}.")
    refusals = []
    for each, rows in having:
        try:
            key = find(place, rows.set_index(each.ids, drop=False)[each.names])
        except UsageError as refusal:
            refusals.append(refusal)
            continue
        return each, rows[rows[each.ids] == key]
    if all(isinstance(refusal, NoSuchPlace) for refusal in refusals):
        absent = layer_named(layer).absent_place
        if absent and (became := absent(place, evidence)):
            raise NoSuchPlace(f"{place!r} is none of the places in the table.", became)
    # A name that it abbreviates is a better answer than names that merely look alike.
    raise next((refusal for refusal in refusals if "may stand for" in str(refusal)), refusals[0])


def _with_ids(rows: pd.DataFrame, chosen: PublishedTable, place: str, ids: Sequence[str]) -> pd.DataFrame:
    """The rows of a place whose key has all of ``ids``; raises UsageError unless they differ by period alone."""
    further = [name for name in chosen.further_ids if name in rows]
    keys = [tuple(key) for key in rows[further].to_numpy()]
    known = list(dict.fromkeys(keys))
    fitting = [key for key in known if set(ids) <= set(key)]
    if len(fitting) == 1:
        return rows[[key == fitting[0] for key in keys]]
    choose = f"Choose one with --id: {', '.join(map(' '.join, known))}." if any(known) else "Leave --id out."
    if fitting:
        raise UsageError(f"{chosen.name} has several rows of {place}, by {', '.join(further)}.", choose)
    raise UsageError(f"{chosen.name} has no row of {place} with the id {' and '.join(ids)}.", choose)


def _of_period(rows: pd.DataFrame, chosen: PublishedTable, place: str, period: str | None) -> pd.Series:
    """The row of the period asked for, or of several the latest."""
    if not chosen.period:
        if period:
            raise UsageError(
                f"{chosen.name} has no releases to choose from.", "Leave --release out; --id chooses a row."
            )
        return rows.iloc[0]
    ordered = rows.sort_values(chosen.period)
    of_period = ordered[ordered[chosen.period] == period] if period else ordered
    if of_period.empty:
        raise UsageError(
            f"{chosen.name} has no row of {place} for the {chosen.period} {period}.",
            f"It has {', '.join(ordered[chosen.period])}.",
        )
    return of_period.iloc[-1]


def _shown(cell: RawCell) -> str:
    return "(blank)" if cell.says is None else str(_native(cell.says))


def _where(cell: RawCell) -> str:
    return ", ".join(f"{part} {value}" for part, value in cell.at.items())


def _native(value: object) -> str | float | int | None:
    """numpy's numbers as Python's."""
    return value.item() if hasattr(value, "item") else value
