"""Worksites as employers type them: by county, then by ZIP code, then by city; Connecticut by its towns."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.zips import ZIP_COUNTIES, ZipCounties, read_zip_counties
from where_is_ai.layers.visas.schema import LcaWorksites
from where_is_ai.layers.visas.worksites import Worksites, key_of_worksite, place_worksites
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.geography.zip_list import zip_rows

ZIPS = [
    ("94043", "06085", "Santa Clara County", 900), ("94043", "06081", "San Mateo County", 100),
    ("10001", "36061", "New York County", 500), ("52301", "19095", "Iowa County", 500),
    ("50309", "19153", "Polk County", 9), ("06103", "09003", "Hartford County", 700),
    ("23219", "51760", "Richmond city", 300), ("22572", "51159", "Richmond County", 300),
    ("97058", "41065", "Wasco County", 300), ("59999", "30111", "Yellowstone County", 50),
    ("59999", "30013", "Cascade County", 50), ("75501", "48037", "Bowie County", 60), ("", "48461", "Upton County", 10),
]  # fmt: skip
BAY, NEW_YORK, HARTFORD, CHICAGO = "41940", "35620", "25540", "16980"


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> Worksites:
    archive = Archive(tmp_path_factory.mktemp("zips"))
    entry = archive.keep(zip_rows(ZIPS), ZIP_COUNTIES, datetime(2026, 8, 1, tzinfo=UTC))
    zips = read_zip_counties(Replay(archive), entry)
    ZipCounties.validate(zips)
    return Worksites(counties(), zips)


def counties() -> pd.DataFrame:
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    return read_counties(sample, sample.get(DELINEATION, Quarter(2026, 2)))


@pytest.mark.parametrize(
    ("written", "area", "by"),
    [
        (("SAN JOSE", "SANTA CLARA", "CA", "95110"), BAY, "county"),
        (("San Jose", "Santa Clara County", "California", "95110"), BAY, "county"),
        (("Naperville", "Du Page", "IL", "60563"), CHICAGO, "county"),
        (("Miami", "MIAMI DADE", "FL", "33131"), "33100", "county"),
        (("Bowie", "PRINCE GEORGES", "MD", "20715"), "47900", "county"),
        (("St. Louis", "ST LOUIS", "MO", "63101"), "41180", "county"),
        (("Chesapeake", "CHESAPEAKE CITY", "VA", "23320"), "47260", "county"),
        (("Baton Rouge", "East Baton Rouge", "LA", "70801"), "12940", "county"),
        # A cell that holds the state says nothing; the ZIP code does, also where a county has the state's name.
        (("Mountain View", "California", "CA", "94043"), BAY, "zip"),
        (("NEW YORK", "NEW YORK", "NY", "10001"), NEW_YORK, "zip"),
        (("Des Moines", "Iowa", "IA", "50309"), "19780", "zip"),
        (("Marengo", "Iowa", "IA", "52301"), "", "zip"),
        (("NEW YORK", "NEW YORK", "NY", "10153"), NEW_YORK, "county"),
        (("Washington", "District of Columbia", "DC", "20433"), "47900", "county"),
        # A city and a county of one name lie in different areas.
        (("Richmond", "RICHMOND", "VA", "23219-1234"), "40060", "zip"),
        (("Warsaw", "RICHMOND", "VA", "22572"), "", "zip"),
        (("The Dalles", "Wassco", "OR", "97058"), "45520", "zip"),
        # A misspelled county without a known ZIP code goes by its city.
        (("Seattle", "Kind", "WA", "98109"), "42660", "city"),
        (("Mountain View", "", "CA", ""), BAY, "city"),
        # Old counties of Connecticut lie across its planning regions.
        (("Hartford", "Hartford", "CT", "06103"), HARTFORD, "town"),
        (("Stamford", "FAIRFIELD", "CT", "06901"), "14860", "town"),
        (("Danbury", "FAIRFIELD", "CT", "06810"), None, "town"),
        # Not placed: of another state, of a ZIP code that lies half here and half there, or of nowhere.
        (("Dallas", "Dallas", "AR", "75202"), None, None),
        (("Nowhere", "", "MT", "59999"), None, None),
        (("", "", "", ""), None, None),
        (("Tamuning", "Guam", "GU", "96913"), "", "city"),
    ],
)  # fmt: skip
def test_worksites_are_placed(places, written, area, by):
    found = places.place(*key_of_worksite(*written).split("|"))
    assert found.by == by
    if area is not None:
        assert found.area.code == area
    elif by is None:
        assert found.area is None


def test_a_zip_code_of_another_state_places_nothing(places):
    assert places.place("Nowhere", "", "CA", "10001").area is None


def test_a_zip_code_that_leads_elsewhere_is_told(places):
    assert places.place("Palo Alto", "ALAMEDA", "CA", "94043").zip_agrees is False
    assert places.place("Palo Alto", "SANTA CLARA", "CA", "94043").zip_agrees is True
    assert places.place("San Jose", "SANTA CLARA", "CA", "95110").zip_agrees is None


def test_each_distinct_worksite_has_a_row_also_without_the_list_of_zip_codes():
    keys = [
        key_of_worksite("San Jose", "Santa Clara", "CA", "95110"),
        key_of_worksite(" san  jose", "SANTA CLARA", "ca", "95110-1"),
    ]
    table = place_worksites([*keys, key_of_worksite(None, None, None, None)], counties(), ZipCounties.empty())
    LcaWorksites.validate(table)
    assert table["placed"].to_list() == ["metro", "unplaced"] or table["placed"].to_list() == [
        "unplaced",
        "metro",
    ]


def test_numbers_lose_the_zeros_that_zip_codes_begin_with():
    assert key_of_worksite("Boston", "Suffolk", "MA", "2110") == "BOSTON|SUFFOLK|MA|02110"
