"""Patents written for the project, in the format of PatentsView's bulk tables: for a demonstration and for tests.

    python -m where_is_ai.layers.patents.made_up ARCHIVE     # then run with WHERE_IS_AI_SOURCE=archive on its folder

Nobody filed them and they say nothing about the world. Every answer is marked as made up, and so is every output.
"""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from where_is_ai.archive.store import Archive
from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.gazetteer.points import city_points
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.layers.made_up import copy_places, enter
from where_is_ai.layers.patents.bulk_tables import CPC, INVENTORS, LOCATIONS, PATENTS, BulkTable
from where_is_ai.layers.patents.notes import MADE_UP
from where_is_ai.layers.patents.source import request_of
from where_is_ai.quarters import Quarter

QUARTERS = (Quarter(2026, 1), Quarter(2026, 2))
SEED = 20260714
COUNT = 2_500
HEADINGS = {
    PATENTS: "patent_id patent_type patent_date patent_title wipo_kind num_claims withdrawn filename",
    CPC: "patent_id cpc_sequence cpc_section cpc_class cpc_subclass cpc_group cpc_type",
    INVENTORS: "patent_id inventor_sequence inventor_id disambig_inventor_name_first "
    "disambig_inventor_name_last gender_code location_id",
    LOCATIONS: "location_id disambig_city disambig_state disambig_country latitude longitude county "
    "state_fips county_fips",
}
# Where inventors live, with how many of a hundred do, and the share of their patents that are AI.
TOWNS = {
    ("San Jose", "CA"): (9, 0.12), ("Sunnyvale", "CA"): (4, 0.14), ("San Francisco", "CA"): (6, 0.16),
    ("Seattle", "WA"): (5, 0.12), ("Bellevue", "WA"): (2, 0.12), ("Boston", "MA"): (4, 0.08),
    ("Cambridge", "MA"): (2, 0.10), ("New York", "NY"): (5, 0.09), ("Austin", "TX"): (4, 0.06),
    ("San Diego", "CA"): (4, 0.05), ("Los Angeles", "CA"): (3, 0.05), ("Pittsburgh", "PA"): (2, 0.12),
    ("Raleigh", "NC"): (2, 0.05), ("Houston", "TX"): (2, 0.02), ("Minneapolis", "MN"): (3, 0.02),
    ("Chicago", "IL"): (3, 0.04), ("Denver", "CO"): (2, 0.03), ("Boise", "ID"): (2, 0.02),
    ("Stamford", "CT"): (1, 0.05), ("Ames", "IA"): (1, 0.03),
}  # fmt: skip
CITIES = {
    ("Tokyo", "JP"): (9, 0.05), ("Seoul", "KR"): (7, 0.06), ("Shenzhen", "CN"): (5, 0.09), ("Beijing", "CN"): (4, 0.12),
    ("Munich", "DE"): (3, 0.04), ("London", "GB"): (2, 0.09), ("Toronto", "CA"): (2, 0.10),
    ("Tel Aviv", "IL"): (2, 0.09), ("Bengaluru", "IN"): (3, 0.08), ("Helsinki", "FI"): (1, 0.06),
}  # fmt: skip
CLASSES = (
    "H04L9/00", "H01L21/00", "A61B5/00", "G06F9/00", "B60L50/00", "H04W4/00", "C07D401/00", "B65G1/00", "G06V10/82",
)  # fmt: skip
Row = Mapping[str, object]


def write_archive(folder: Path, count: int = COUNT) -> Archive:
    """An archive of made-up releases after each of QUARTERS, the later one with the patents of both.

    Metros are the Census Bureau's, copied from the sample archive.
    """
    archive, draw = Archive(folder), random.Random(SEED)
    copy_places(archive)
    tables: dict[BulkTable, list[Row]] = {PATENTS: [], CPC: [], INVENTORS: [], LOCATIONS: _locations()}
    for quarter in QUARTERS:
        for number in range(count):
            for table, rows in _patent(draw, quarter, f"{quarter.number}{number:07d}", number).items():
                tables[table] += rows
        for table, rows in tables.items():
            content = zipped(table, rows)
            enter(archive, request_of(table), content, quarter.last_day + timedelta(days=14), MADE_UP)
    return archive


def _patent(
    draw: random.Random, quarter: Quarter, number: str, running: int
) -> dict[BulkTable, list[dict[str, object]]]:
    """A patent with its classes and inventors, who mostly live in one place."""
    places = TOWNS | CITIES
    home = draw.choices(list(places), [weight for weight, _ in places.values()])[0]
    homes = [home if draw.random() < 0.7 else draw.choice(list(places)) for _ in range(draw.randrange(1, 5))]
    ai = draw.random() < places[home][1]
    groups = ["G06N3/08" if ai else draw.choice(CLASSES), draw.choice(CLASSES)]
    if not ai and draw.random() < 0.02:
        groups[1] = "G06N20/00"
    granted = _tuesdays(quarter)[running % len(_tuesdays(quarter))]
    return {
        PATENTS: [
            {
                "patent_id": number,
                "patent_type": "utility",
                "patent_date": granted.isoformat(),
                "patent_title": 'A "made-up"\tmethod\nin two lines',
                "withdrawn": "0",
            }
        ],
        CPC: [
            {
                "patent_id": number,
                "cpc_sequence": at,
                "cpc_subclass": group[:4],
                "cpc_group": group,
                "cpc_type": "additional" if at else "inventional",
            }
            for at, group in enumerate(groups)
        ],
        INVENTORS: [
            {"patent_id": number, "inventor_sequence": at, "location_id": "-".join(place)}
            for at, place in enumerate(homes)
        ],
    }


def _tuesdays(quarter: Quarter) -> list[date]:
    """The days on which patents are granted."""
    days = (quarter.last_day - quarter.first_day).days + 1
    return [day for at in range(days) if (day := quarter.first_day + timedelta(days=at)).weekday() == 1]


def _locations() -> list[Row]:
    """The places, in the USA with their counties, abroad with their points."""
    towns = []
    for town, state in TOWNS:
        named = read_gazetteer().places[key_of(town)]
        county = max(
            (each for each in named if each.state == state), key=lambda each: each.population
        ).county_fips
        towns.append(_place((town, state), state, "US", state_fips=county[:2], county_fips=county[2:]))
    cities = pd.DataFrame(list(CITIES), columns=["city", "country_code"])
    points = city_points(cities.assign(region=pd.NA, geonames_city_id=pd.NA))
    abroad = [
        _place(city, "", city[1], latitude=point.lat, longitude=point.lon)
        for city, point in zip(CITIES, points.fillna("").itertuples(), strict=True)
    ]
    return [*towns, *abroad]


def _place(place: tuple[str, str], state: str, country: str, **more: object) -> Row:
    where = {"disambig_city": place[0], "disambig_state": state, "disambig_country": country}
    return {"location_id": "-".join(place), **where, **more}


def zipped(table: BulkTable, rows: Sequence[Row], headings: Sequence[str] = ()) -> bytes:
    """The zip of one tab-separated file, every field quoted, as the patent office gives it; missing cells are empty."""
    headings, content = headings or HEADINGS[table].split(), BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        text = "\n".join([*_lines(rows, headings), ""])
        archive.writestr(ZipInfo(f"{table.name}.tsv", (2026, 1, 1, 0, 0, 0)), text, ZIP_DEFLATED)
    return content.getvalue()


def _lines(rows: Sequence[Row], headings: Sequence[str]) -> Iterator[str]:
    for row in ({name: name for name in headings}, *rows):
        yield "\t".join('"' + str(row.get(name, "")).replace('"', '""') + '"' for name in headings)


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
