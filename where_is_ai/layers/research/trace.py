"""From a published research number back to the paths in OpenAlex's answers."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.geography.places import plain
from where_is_ai.json_records import read_json
from where_is_ai.layers.research.methods import SnapshotMethod
from where_is_ai.layers.research.records import institution_id
from where_is_ai.layers.research.snapshot.trace import trace_snapshot

TABLES = ("world_ai_research_by_metro", "world_ai_research_by_institution")
RAW_PREFIX = "raw_openalex"
SHOWN = 10
# Columns that are an institution's own in OpenAlex's object of it, by their path there.
OF_OBJECT = {
    "type": ("type",),
    "city": ("geo", "city"),
    "country_code": ("geo", "country_code"),
    "lat": ("geo", "latitude"),
    "lon": ("geo", "longitude"),
    "metro": ("geo", "city"),
    "metro_id": ("geo", "city"),
    "works_count": ("works_count",),
    "region": ("geo", "region"),
    "geonames_city_id": ("geo", "geonames_city_id"),
    "point_from": ("geo", "latitude"),
}
OF_OLDER_WORKS = ("mature_", "top_10_", "top_1_", "drift_works_cited")
_COUNT, _NAME = "count", "key_display_name"
OF_GROUP = {"institution": _NAME, "top_institution": _NAME}


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The values in OpenAlex's answers behind ``column`` of a row of one of TABLES."""
    if row["method"] == SnapshotMethod().name:
        return trace_snapshot(table, row, column, evidence)
    if table == TABLES[1]:
        how = "OpenAlex's answer for the institution itself"
        return Trace(how, tuple(_cells([row["institution_id"]], [column], evidence)))
    ids = institutions_of(row, column, evidence)
    columns = [column, "ai_works"] if column in ("lat", "lon") else [column]
    return Trace(_how(row, column, len(ids)), tuple(_cells(ids, columns, evidence)))


def trace_of_metro(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """Behind a row that speaks of a metro: what is behind that metro's papers."""
    metros = evidence.table(TABLES[0])
    same = metros[metros["metro_id"] == row["metro_id"]]
    if same.empty:
        how = f"{column} of {table}; its metro has no row of its own in {TABLES[0]}"
        return whole_answers(how, evidence.entries(RAW_PREFIX))
    behind = trace(TABLES[0], same.iloc[0], "ai_works", evidence)
    return Trace(f"{column} of {table} rests on the metro's papers: {behind.how}", behind.cells)


def trace_layer(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row that was counted over the whole layer: all answers of OpenAlex."""
    how = f"{column} of {table} was counted over the whole layer"
    return whole_answers(how, evidence.entries(RAW_PREFIX))


def seated(place: str, evidence: Evidence) -> str:
    """What became of the institutions in the city ``place``: the metro they count towards, or why they don't."""
    rows = evidence.published(TABLES[1])
    if rows is None:
        return ""
    there = rows[rows["city"].map(plain) == plain(place)]
    counted = there["included"] == "true"
    sentences = [f"Its institutions count towards {metro}." for metro in there.loc[counted, "metro"].unique()]
    left_out = there[~counted].head(SHOWN)
    sentences += [f"{row.institution} there is not counted: {row.why_not}." for row in left_out.itertuples()]
    return " ".join(sentences)


def institutions_of(metro: pd.Series, column: str, evidence: Evidence) -> list[str]:
    """The ids of the institutions that count towards a column of the metro table, most works first.

    Those without papers in the window count towards the columns of older works alone.
    """
    here = _included(evidence).get(metro["metro_id"], ())
    return [name for name, works in here if works > 0 or column.startswith(OF_OLDER_WORKS)]


@lru_cache(maxsize=1)
def _included(evidence: Evidence) -> dict[str, list[tuple[str, int]]]:
    """By metro_id the ids and AI works of its institutions that count there, in their table's order."""
    rows = evidence.table(TABLES[1])
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows[rows["included"]].itertuples():
        found.setdefault(row.metro_id, []).append((row.institution_id, row.ai_works))
    return found


def _how(metro: pd.Series, column: str, institutions: int) -> str:
    whose = (
        f"the {institutions} institutions that the method {metro['method']} counts towards {metro['metro']}"
    )
    if column in ("lat", "lon"):
        return f"the mean over {whose}, weighted by their works"
    if column == "rank":
        return f"the works of {whose} ({metro['count_basis']}), among all rows of {TABLES[0]}"
    return f"from {whose} ({metro['count_basis']})"


def _cells(ids: Sequence[str], columns: Iterable[str], evidence: Evidence) -> Iterator[RawCell]:
    objects, groups = _answered(evidence)
    for column in columns:
        known = objects if column in OF_OBJECT else groups
        path = OF_OBJECT.get(column) or (OF_GROUP.get(column, _COUNT),)
        for entry, place, found in (each for name in ids for each in known.get(name, ())):
            value = reduce(
                lambda part, field: part.get(field) if isinstance(part, dict) else None, path, found
            )
            told = f"{'.'.join(path)} of {found.get('display_name') or found.get(_NAME)}"
            yield RawCell(entry, {"json_path": ".".join((place, *path))}, value, told)


@lru_cache(maxsize=1)
def _answered(evidence: Evidence) -> tuple[dict[str, list], dict[str, list]]:
    """By institution, OpenAlex's objects of it and the groups that count for it: entry, JSON path and content."""
    objects: dict[str, list] = {}
    groups: dict[str, list] = {}
    for entry in evidence.entries(RAW_PREFIX):
        answer = read_json(evidence.library.read(entry), entry.url)
        for part, key, known in (("results", "id", objects), ("group_by", "key", groups)):
            for number, found in enumerate(answer.get(part) or ()):
                own = institution_id(found.get(key)) if isinstance(found, dict) else ""
                known.setdefault(own, []).append((entry, f"$.{part}[{number}]", found))
    return objects, groups
