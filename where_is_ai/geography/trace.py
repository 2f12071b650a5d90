"""From a metro's point back to the gazetteer's line."""

import zipfile
from io import BytesIO

import pandas as pd

from where_is_ai.archive.evidence import Evidence, RawCell
from where_is_ai.geography.places import successor

COLUMNS = {"lat": "INTPTLAT", "lon": "INTPTLONG"}


def point_cells(metro: pd.Series, column: str, evidence: Evidence) -> list[RawCell]:
    """The gazetteer's cell for ``column`` (lat or lon) of a row with area_code and metro; none if it has no point."""
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
        for member, line, text in _find(evidence.library.read(entry), str(code), COLUMNS[column])
    ]


def _find(zipped: bytes, code: str, column: str) -> list[tuple[str, int, str]]:
    with zipfile.ZipFile(BytesIO(zipped)) as archive:
        member = archive.namelist()[0]
        header, *lines = archive.read(member).decode().splitlines()
    names = [name.strip() for name in header.split("\t")]
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, start=2)]
    return [
        (member, number, row[names.index(column)].strip())
        for number, row in rows
        if row[names.index("GEOID")] == code
    ]
