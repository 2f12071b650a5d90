"""From a metro's point and residents back to the lines of the Census Bureau's files."""

import csv
from io import StringIO

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell
from where_is_ai.archive.unpack import open_zip
from where_is_ai.geography.places import successor
from where_is_ai.geography.source import POPULATED

COLUMNS = {"lat": "INTPTLAT", "lon": "INTPTLONG", "area_code": "GEOID", "metro": "NAME"}


def point_cells(metro: pd.Series, column: str, evidence: Evidence) -> list[RawCell]:
    """The gazetteer's cell for ``column`` (one of COLUMNS) of a row with area_code and metro; none without a point."""
    places = evidence.table("cbsa_places")
    code = metro["area_code"]
    if code not in set(places["area_code"]):
        code = successor(pd.Series([metro["metro"]]), places).iloc[0]
    return [
        RawCell(
            entry,
            {"member": member, "line": line, "column": COLUMNS[column]},
            text,
            f"{COLUMNS[column]} of {code}",
        )
        for entry in evidence.entries("raw_census_gazetteer")
        for member, line, text in _find(evidence.library.read(entry), entry.url, str(code), COLUMNS[column])
    ]


def population_cells(metro: pd.Series, evidence: Evidence) -> list[RawCell]:
    """The cell of the Census population file for the residents of a row with area_code and population_year."""
    column = f"POPESTIMATE{metro['population_year']}"
    return [
        RawCell(entry, {"line": line, "column": column}, text, f"{column} of {metro['area_code']}")
        for entry in evidence.entries("raw_census_population")
        for line, text in _find_population(evidence.library.read(entry), metro["area_code"], column)
    ]


def _find_population(content: bytes, code: str, column: str) -> list[tuple[int, str]]:
    rows = list(csv.reader(StringIO(content.decode("latin-1"))))
    header = rows[0]
    if column not in header:
        return []
    whole_area = (
        (number, row[header.index(column)])
        for number, row in enumerate(rows[1:], start=2)
        if row[header.index("CBSA")] == code and row[header.index("LSAD")] in POPULATED
    )
    return list(whole_area)


def _find(zipped: bytes, url: str, code: str, column: str) -> list[tuple[str, int, str]]:
    with open_zip(zipped, url) as archive:
        member = archive.names[0]
        header, *lines = archive.read(member).decode().splitlines()
    names = [name.strip() for name in header.split("\t")]
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, start=2)]
    return [
        (member, number, row[names.index(column)].strip())
        for number, row in rows
        if row[names.index("GEOID")] == code
    ]
