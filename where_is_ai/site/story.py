"""An edition in five plain sentences, each with its uncertainty and its row, and what may be said of it and what not.

The sentences are made by rules from the tables alone: who comes first in each layer, how that metro changed, the middle
one, and what is not known. Whether a first place is one is judged as every superlative is (``where_is_ai.statements``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from where_is_ai import layers
from where_is_ai.columns import Column
from where_is_ai.layers.layer import Earlier, Layer, PublishedTable
from where_is_ai.layers.phrases import listed
from where_is_ai.publication.catalog import published_tables
from where_is_ai.publication.measures import Measure, measures_of
from where_is_ai.site.addresses import slug
from where_is_ai.site.read import Published
from where_is_ai.statements import Measure as Judged
from where_is_ai.statements import judge, superlative

SENTENCES = 5
# So many first places come before the first sentence on change.
FIRST_PLACES = 4
STATEMENTS = "statements"


@dataclass(frozen=True)
class Sentence:
    """``text`` says it, ``uncertain`` how sure it is; ``link`` leads to its row from the edition's folder."""

    text: str
    uncertain: str
    link: str


@dataclass(frozen=True)
class Sayable:
    """What may be said instead of ``wording`` (nothing where it is empty), why not that, and the row."""

    said: str
    wording: str
    why: str
    link: str


def story(edition: Published, before: Published | None = None) -> list[Sentence]:
    """Up to five sentences, of layers whose figures are not made up; ``before`` is the edition before."""
    told = [layer for layer in layers.LAYERS if _tells(edition, layer)]
    firsts = [sentence for layer in told if (sentence := _first(edition, layer))]
    more = [
        sentence
        for layer in told
        for sentence in (_change(edition, layer, before), _middle(edition, layer))
        if sentence
    ]
    every = [*firsts[:FIRST_PLACES], *more[:1], *firsts[FIRST_PLACES:], *more[1:]]
    return every[:SENTENCES]


def sayable(edition: Published) -> tuple[list[Sayable], list[Sayable]]:
    """The edition's superlatives that stand as worded, and those that do not."""
    rows = edition.tables.get(STATEMENTS)
    records = rows.to_dict("records") if rows is not None else []
    stand, fall = [], []
    for row in records:
        said = "" if pd.isna(row["said"]) else str(row["said"])
        why = "" if pd.isna(row["why"]) else str(row["why"])
        each = Sayable(said, str(row["wording"]), why, _link_to_first(edition, row))
        (stand if row["stands"] else fall).append(each)
    return stand, fall


def _tells(edition: Published, layer: Layer) -> bool:
    notes = edition.about.notes.get(layer.name)
    return layer.by_metro.name in edition.tables and bool(notes) and not notes.made_up


def _first(edition: Published, layer: Layer) -> Sentence | None:
    """Who comes first by the layer's measure, and whether its range lies above all others'."""
    table, measure, rows = layer.by_metro, measures_of(layer)[0], _profile(edition, layer)
    leaders = rows[rows["rank"] == 1]
    if leaders.empty:
        return None
    places = leaders["area_code"].to_list()
    first = _row(edition, layer, places[0])
    column, notes = table.columns()[measure.name], edition.about.notes[layer.name]
    counted = column.heading if column.heading.startswith("AI ") else column.unit
    names = listed([str(name) for name in leaders["metro"]])
    comes = "comes" if len(leaders) == 1 else "come"
    ranged = _range(leaders.iloc[0], column) if len(leaders) == 1 else ""
    text = (
        f"{layer.title}: {names} {comes} first of {leaders.iloc[0]['of']:,} metros with "
        f"{table.text(measure.name, first)} {counted}{ranged}. Source: {notes.source}, {notes.period}."
    )
    return Sentence(text, how_sure(table, measure, rows, leaders), _row_of(table, first))


def how_sure(table: PublishedTable, measure: Measure, rows: pd.DataFrame, leaders: pd.DataFrame) -> str:
    """Whether the leaders' range lies above all others', and what stands against it where it does not."""
    most = "it has the most" if len(leaders) == 1 else "they have the most"
    if rows["low"].isna().all() and rows["high"].isna().all():
        return f"The source gives no range, so that nobody can say how sure it is that {most}."
    by = Judged(table.name, "area_code", measure.name, rows["low"], rows["high"])
    verdict = judge(superlative(rows, leaders, by, most, ""))
    if verdict.stands:
        return f"That range lies above all others': {most}."
    return f"Nobody can say that {most}: {verdict.reason}."


def _change(edition: Published, layer: Layer, before: Published | None) -> Sentence | None:
    """How the metro that comes first changed since the release or the edition before, beside noise."""
    rows = _profile(edition, layer)
    leaders = rows[rows["rank"] == 1]
    if leaders.empty or not layer.on_metro.change:
        return None
    row = _row(edition, layer, leaders.iloc[0]["area_code"])
    said = layer.on_metro.change(row, edition, _earlier(before, layer, leaders.iloc[0]["area_code"]))
    if not said:
        return None
    first, mark, noise = said.partition(": ")
    uncertain = f"{noise[:1].upper()}{noise[1:]}" if mark else ""
    text = f"{leaders.iloc[0]['metro']}: {first[:1].lower() if first.startswith('From') else first[:1]}{first[1:]}"
    return Sentence(f"{text.rstrip('.')}.", uncertain, _row_of(layer.by_metro, row))


def _earlier(before: Published | None, layer: Layer, place: object) -> Earlier | None:
    """What the edition before has of the same metro, unless it is made up."""
    if before is None or not _tells(before, layer):
        return None
    found = before.rows_by(layer.by_metro.name, layer.by_metro.place).get(str(place))
    return Earlier(before.quarter, found[-1]) if found else None


def _middle(edition: Published, layer: Layer) -> Sentence | None:
    """What the metro in the middle has, and of how many metros no more than a bound is known."""
    table, measure, rows = layer.by_metro, measures_of(layer)[0], _profile(edition, layer)
    known = rows.dropna(subset="value").sort_values("value")
    if len(known) < SENTENCES:
        return None
    middle = known.iloc[(len(known) - 1) // 2]
    column = table.columns()[measure.name]
    counted = column.heading if column.heading.startswith("AI ") else column.unit
    row = _row(edition, layer, middle["area_code"])
    text = (
        f"{layer.title}: of {len(known):,} metros with a number, the one in the middle, {middle['metro']}, has "
        f"{table.text(measure.name, row)} {counted}{_range(middle, column)}."
    )
    return Sentence(text, _known_how_well(layer, measure, rows, edition), _row_of(table, row))


def _known_how_well(layer: Layer, measure: Measure, rows: pd.DataFrame, edition: Published) -> str:
    unknown = int(rows["value"].isna().sum())
    if not measure.low:
        return f"The source gives no range; {unknown:,} of {len(rows):,} metros are unknown."
    table = edition.tables[layer.by_metro.name].to_dict("records")
    bounds = sum(layer.by_metro.is_lower_bound(measure.name, row) for row in table)
    return f"Of {len(rows):,} metros {bounds:,} have a lower bound only and {unknown:,} are unknown."


def _range(record: Mapping, column: Column) -> str:
    low, high = record["low"], record["high"]
    if pd.isna(low) or pd.isna(high) or low == high:
        return ""
    return f" ({column.text(low)} to {column.text(high)})"


def _profile(edition: Published, layer: Layer) -> pd.DataFrame:
    """The rows of the layer's first measure."""
    rows = edition.profile(layer)
    return rows[rows["measure"] == measures_of(layer)[0].name].reset_index(drop=True)


def _row(edition: Published, layer: Layer, place: object) -> Mapping:
    return edition.rows_by(layer.by_metro.name, layer.by_metro.place)[str(place)][-1]


def _row_of(table: PublishedTable, row: Mapping) -> str:
    """The address of a row, from the edition's folder."""
    return f"{table.page}.html#{table.name}-{slug(table.row_keys(pd.DataFrame([row])).iloc[0])}"


def _link_to_first(edition: Published, statement: Mapping) -> str:
    """The row of the first place that a statement names; its page, where no row is of that place alone."""
    table = published_tables().get(str(statement["answered_by"]))
    if table is None or not table.page:
        return ""
    place = next(iter(str(statement["places"]).split()), "")
    found = next(iter(edition.rows_by(table.name, table.key[0]).get(place, ())), None)
    return _row_of(table, found) if found else f"{table.page}.html"
