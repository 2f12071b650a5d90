"""Addresses as people write them lead to their county's metro, and what leads nowhere is told apart."""

import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.zips import ZIP_COUNTIES, ZipCounties, read_zip_counties
from where_is_ai.layers.compute.addresses import AddressReader
from where_is_ai_tests.geography.zip_list import zip_rows
from where_is_ai_tests.layers.compute.copies import COPIED_ON, cbsa_counties

# ZIP code, county, its name, land: Holly Ridge is no place of the gazetteer; 13360 is a house number in the list.
ZIPS = [
    ("71269", "22083", "Richland Parish", 9), ("79920", "48141", "El Paso County", 9),
    ("13360", "36043", "Herkimer County", 9), ("85340", "04013", "Maricopa County", 9),
    ("87101", "35001", "Bernalillo County", 9), ("89999", "30111", "Yellowstone County", 5),
    ("89999", "30013", "Cascade County", 5),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    archive = Archive(tmp_path_factory.mktemp("zips"))
    entry = archive.keep(zip_rows(ZIPS), ZIP_COUNTIES, COPIED_ON)
    return AddressReader(cbsa_counties(), read_zip_counties(Replay(archive), entry))


@pytest.mark.parametrize(
    ("address", "placed", "code"),
    [
        ("1 Community Cir, New Albany, OH 43054", "metro", "18140"),
        ("5800 EDGEWOOD RD SW CEDAR RAPIDS, IA 52404", "metro", "16300"),
        ("14651-15249 Gold Coast Rd 68138 Papillion Nebraska, USA", "metro", "36540"),
        ("14651–15249 Gold Coast Rd, Papillion, Nebraska", "metro", "36540"),
        ("1626 County Line Road Ridgeland, Mississippi", "metro", "27140"),
        ("601 Kuna Mora Rd,  Kuna ID 83634", "metro", "14260"),
        ("Nissan Parkway and Highway 22 Canton, Mississippi Madison County", "metro", "27140"),
        ("3500 River Rd, The Dalles, OR", "micro", "45520"),
        ("984 County Road 112, Afton, TX 79920", "outside", None),
        ("13360 Miller Rd NW", "unplaced", None),
        ("2950 S. Litchfield Road", "unplaced", None),
    ],
)
def test_an_address_in_the_usa(reader, address, placed, code):
    found = reader.read(address, "United States")
    assert (found.placed, found.area_code, found.country_code) == (placed, code, "US")


@pytest.mark.parametrize(
    ("address", "placed", "code"),
    [
        ("Holly Ridge, LA 71269", "metro", "33740"),
        ("2950 S. Litchfield Road, AZ 85340-1234", "metro", "38060"),
        ("Mesa del Sol, New Mexico 87101, USA", "metro", "10740"),
        # A town that is known says more than a code that was mistyped: 79920 is of El Paso.
        ("984 County Road 112, Afton, TX 79920", "outside", None),
        # Of another state, of none, and of two areas alike.
        ("Nowhere at all, LA 85340", "unplaced", None),
        ("13360 Miller Rd NW", "unplaced", None),
        ("Nowhere at all, MT 89999", "unplaced", None),
    ],
)
def test_where_no_town_is_known_the_zip_code_beside_its_state_is_read(reader, address, placed, code):
    found = reader.read(address, "United States")
    assert (found.placed, found.area_code) == (placed, code)


def test_without_a_list_of_zip_codes_the_town_alone_is_read():
    found = AddressReader(cbsa_counties(), ZipCounties.empty()).read("Holly Ridge, LA 71269", "United States")
    assert found.placed == "unplaced"


def test_a_county_that_is_named_says_more_than_the_town_the_post_uses(reader):
    """Abilene is a metro; the site with its post address lies in the next county, which is none."""
    found = reader.read("175 Private Road 1604, Abilene, TX 79601, Shackelford County", "United States")
    assert (found.placed, found.area_code) == ("outside", None)
    assert reader.read("5502 Spinks Rd, Abilene, TX 79601", "United States").area_code == "10180"


def test_abroad_the_city_of_the_country_is_read(reader):
    found = reader.read("Data Center, Zhangbei County, Zhangjiakou, Hebei, China, 076471", "China")
    assert (found.placed, found.country_code, found.place) == ("city", "CN", "Zhangjiakou")
    assert reader.read("Services, Sines, Portugal", "Portugal").placed == "unplaced"


@pytest.mark.parametrize("nothing", [None, float("nan"), ""])
def test_no_address_is_said(reader, nothing):
    assert reader.read(nothing, "Malaysia").placed == "no_address"
    assert reader.read(nothing, "Malaysia").country_code == "MY"
    assert reader.read(nothing, None).country_code is None


def test_where_a_vintage_has_no_country_the_address_gives_it(reader):
    assert reader.read("1101 Beech Rd SW, New Albany, OH 43054", None).country_code == "US"
    assert reader.read("Al Dhafrah, Abu Dhabi, United Arab Emirates", None).country_code == "AE"


def test_georgia_is_a_state_or_a_country_by_what_the_list_says(reader):
    assert reader.read("1435 Hwy 54 W, Fayetteville, GA 30214", "United States").area_code == "12060"
    assert reader.read("1 Rustaveli Ave, Tbilisi, Georgia", "Georgia").place == "Tbilisi"
