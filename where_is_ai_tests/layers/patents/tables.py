"""Bulk tables as the patent office gives them, small: every field quoted, newlines and tabs within quotes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from where_is_ai.layers.patents.bulk_tables import CPC, INVENTORS, LOCATIONS, PATENTS, BulkTable
from where_is_ai.layers.patents.made_up import zipped

PLANTED = ("Zebulon", "Quillfeather")
SAN_JOSE, STAMFORD, NOWHERE, HELSINKI = "place-1", "place-2", "place-3", "place-4"
Rows = Sequence[Mapping[str, str]]


def patent(number: str, granted: str = "2026-05-05", **more: str) -> dict[str, str]:
    title = 'A "neural"\tnetwork\nin two lines'
    cells = {"patent_type": "utility", "patent_date": granted, "patent_title": title, "withdrawn": "0"}
    return {"patent_id": number, **cells, **more}


def classed(number: str, group: str, kind: str = "inventional") -> dict[str, str]:
    return {"patent_id": number, "cpc_subclass": group[:4], "cpc_group": group, "cpc_type": kind}


def inventor(number: str, home: str) -> dict[str, str]:
    first, last = PLANTED
    names = {"disambig_inventor_name_first": first, "disambig_inventor_name_last": last}
    return {"patent_id": number, "location_id": home, **names}


def place(number: str, city: str, state: str, country: str = "US", **more: str) -> dict[str, str]:
    where = {"disambig_city": city, "disambig_state": state, "disambig_country": country}
    return {"location_id": number, **where, **more}


TABLES: dict[BulkTable, Rows] = {
    PATENTS: [
        patent("1"),
        patent("2"),
        patent("3", granted="2026-06-30"),
        patent("4"),
        patent("5", granted="2026-07-07"),
        patent("6", withdrawn="1"),
        patent("7", patent_type="design"),
    ],
    CPC: [
        classed("1", "G06N3/08"),
        classed("1", "G06N20/00", "additional"),
        classed("2", "H04L9/00"),
        classed("2", "G06N3/02", "additional"),
        classed("3", "G06V10/82"),
        classed("4", "H01L21/00"),
        *(classed(number, "G06N3/08") for number in "567"),
    ],
    INVENTORS: [
        inventor("1", SAN_JOSE),
        inventor("1", SAN_JOSE),
        inventor("1", STAMFORD),
        inventor("1", HELSINKI),
        inventor("2", STAMFORD),
        inventor("2", ""),
        inventor("3", SAN_JOSE),
        inventor("4", SAN_JOSE),
        inventor("4", NOWHERE),
        *(inventor(number, SAN_JOSE) for number in "567"),
    ],
    LOCATIONS: [
        place(SAN_JOSE, "San Jose", "CA", state_fips="6", county_fips="85"),
        # A county of Connecticut, which the delineation of 2023 has no more.
        place(STAMFORD, "Stamford", "CT", state_fips="9", county_fips="1"),
        place(NOWHERE, "Nowhere at all", "TX"),
        place(HELSINKI, "Helsinki", "", "FI", latitude="60.17", longitude="24.94"),
    ],
}


def written(
    folder: Path, tables: Mapping[BulkTable, Rows] = TABLES, **headings: Sequence[str]
) -> dict[BulkTable, Path]:
    """The zips in ``folder`` by table, under the names that the patent office gives them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {table: folder / f"{table.name}.tsv.zip" for table in tables}
    for table, rows in tables.items():
        paths[table].write_bytes(zipped(table, rows, headings.get(table.name, ())))
    return paths
