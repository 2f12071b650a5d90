"""From a published research number back to the paths in OpenAlex's answers."""

import json
from collections.abc import Iterable, Iterator

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace
from where_is_ai.research.openalex import short

TABLES = ("world_ai_research_by_metro", "world_ai_research_by_institution")
RAW_PREFIX = "raw_openalex"
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
}
_COUNT, _NAME = "count", "key_display_name"
OF_GROUP = {"institution": _NAME, "top_institution": _NAME}


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The values in OpenAlex's answers behind ``column`` of a row of one of TABLES."""
    if table == TABLES[1]:
        how = "OpenAlex's answer for the institution itself"
        return Trace(how, tuple(_cells([row["institution_id"]], [column], evidence)))
    ids = institutions_of(row, evidence)
    columns = [column, "ai_works"] if column in ("lat", "lon") else [column]
    return Trace(_how(row, column, len(ids)), tuple(_cells(ids, columns, evidence)))


def institutions_of(metro: pd.Series, evidence: Evidence) -> list[str]:
    """The ids of the institutions that count towards a row of the metro table, most works first."""
    rows = evidence.table(TABLES[1])
    return rows.loc[rows["included"] & (rows["metro_id"] == metro["metro_id"]), "institution_id"].tolist()


def _how(metro: pd.Series, column: str, institutions: int) -> str:
    whose = f"the {institutions} institutions that the method {metro['method']} counts towards {metro['metro']}"
    if column in ("lat", "lon"):
        return f"the mean over {whose}, weighted by their works"
    if column == "rank":
        return f"the works of {whose} ({metro['count_basis']}), among all rows of {TABLES[0]}"
    return f"from {whose} ({metro['count_basis']})"


def _cells(ids: Iterable[str], columns: Iterable[str], evidence: Evidence) -> Iterator[RawCell]:
    wanted = list(ids)
    for entry in evidence.entries(RAW_PREFIX):
        answer = json.loads(evidence.library.read(entry))
        for column in columns:
            if column in OF_OBJECT:
                yield from _of_objects(answer, entry, wanted, OF_OBJECT[column])
            else:
                yield from _of_groups(answer, entry, wanted, OF_GROUP.get(column, _COUNT))


def _of_groups(answer: dict, entry: Entry, ids: list[str], field: str) -> Iterator[RawCell]:
    for number, group in enumerate(answer.get("group_by") or []):
        if short(group["key"]) in ids:
            path = f"$.group_by[{number}].{field}"
            yield RawCell(entry, {"json_path": path}, group[field], f"{field} of {group[_NAME]}")


def _of_objects(answer: dict, entry: Entry, ids: list[str], fields: tuple[str, ...]) -> Iterator[RawCell]:
    for number, found in enumerate(answer.get("results") or []):
        if short(found["id"]) in ids:
            value = found
            for field in fields:
                value = (value or {}).get(field)
            path = f"$.results[{number}].{'.'.join(fields)}"
            yield RawCell(entry, {"json_path": path}, value, f"{'.'.join(fields)} of {found['display_name']}")
