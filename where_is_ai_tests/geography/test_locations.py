"""What a location as written comes to: metros, or a clear word for why it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.geography.location_words import names_no_place
from where_is_ai.geography.locations import KINDS, Locator, read_locations
from where_is_ai.geography.schema import ReadLocations
from where_is_ai_tests.geography import delineation_sample as sample
from where_is_ai_tests.geography.delineation_sample import (
    BOSTON,
    NEW_YORK,
    SAN_FRANCISCO,
    SAN_JOSE,
    WASHINGTON,
)

LOCATOR = Locator(sample.counties())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("San Francisco, CA; New York, NY", [NEW_YORK, SAN_FRANCISCO]),
        ("San Francisco, CA • New York, NY • United States", [NEW_YORK, SAN_FRANCISCO]),
        ("San Francisco, CA, Seattle, WA", [SAN_FRANCISCO, "42660"]),
        ("Seattle or San Francisco", [SAN_FRANCISCO, "42660"]),
        ("US, CA, Santa Clara", [SAN_JOSE]),
        ("US-CA-Menlo Park", [SAN_FRANCISCO]),
        ("United States-Colorado-Aurora", ["19740"]),
        ("Austin-TX", ["12420"]),
        ("Austin TX", ["12420"]),
        ("Mountain View CA 94043 USA", [SAN_JOSE]),
        ("Building 40, 1600 Amphitheatre Parkway, Mountain View, CA 94043", [SAN_JOSE]),
        ("Greater Boston", [BOSTON]),
        ("Boston Area", [BOSTON]),
        ("San Francisco Bay Area or Remote", [SAN_FRANCISCO]),
        ("Hybrid - San Francisco, New York City", [NEW_YORK, SAN_FRANCISCO]),
        ("Remote - NYC", [NEW_YORK]),
        ("Dallas/Fort Worth", ["19100"]),
        ("Dallas-Fort Worth, TX", ["19100"]),
        ("Washington, DC", [WASHINGTON]),
        ("Washington D.C. Metro Area", [WASHINGTON]),
        ("District of Columbia", [WASHINGTON]),
        ("Fairfax County, Virginia", [WASHINGTON]),
        ("New York, New York", [NEW_YORK]),
        ("Queens, New York, New York", [NEW_YORK]),
        ("Boston, New York", [BOSTON, NEW_YORK]),
        ("Storrs, CT", ["25540"]),
        ("cambridge, ma", [BOSTON]),
        ("CAMBRIDGE, MA", [BOSTON]),
        ("LA", ["31080"]),
        ("LA, CA", ["31080"]),
        ("LA, NYC", ["31080", NEW_YORK]),
        ("NoVA", [WASHINGTON]),
        ("RTP", ["20500"]),
        ("RTP, NC", ["20500"]),
        ("The Colony, TX", ["19100"]),
        ("The Villages, FL", ["48680"]),
        ("The Bronx, NY", [NEW_YORK]),
        ("Branchburg, NJ", [NEW_YORK]),
        ("New York, London, GB", [NEW_YORK]),
    ],
)
def test_a_clear_place_is_its_metro(text, codes):
    assert list(LOCATOR.read(text).area_codes) == sorted(codes)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Remote - US", "remote"),
        ("Remote", "remote"),
        ("Remote - CA", "remote"),
        ("Anywhere in the U.S. (remote job)", "remote"),
        ("Remote, Canada; Remote, US", "remote"),
        ("United States", "usa"),
        ("California; Colorado; Washington", "usa"),
        ("Washington", "usa"),
        ("2 Locations", "unnamed"),
        ("Multiple Locations", "unnamed"),
        ("Location Negotiable After Selection, United States", "unnamed"),
        ("", "unnamed"),
        ("Hybrid", "unnamed"),
        ("On-site", "unnamed"),
        ("Portland", "ambiguous"),
        ("Springfield", "ambiguous"),
        ("Cambridge", "ambiguous"),
        ("Raleigh-Durham, NC", "ambiguous"),
        ("Bay Area", "ambiguous"),
        ("Bengaluru, IN", "abroad"),
        ("Berlin, DE", "abroad"),
        ("Tel Aviv, IL", "abroad"),
        ("Toronto, CA", "abroad"),
        ("Cambridge, UK", "abroad"),
        ("Remote - Canada", "abroad"),
        ("EMEA - Remote", "abroad"),
        ("Alberta; British Columbia; Ontario", "abroad"),
        ("London", "abroad"),
        ("Cambridge, London, GB", "abroad"),
        ("Joinville, SC, Brazil", "abroad"),
        ("Curitiba, PR, Brazil", "abroad"),
        ("Milan, MI, Italy", "abroad"),
        ("Xanxere, SC, Brazil", "abroad"),
        ("The Hague", "abroad"),
        ("Remote - LA", "remote"),
        ("Fully remote", "remote"),
        ("Fully remote, San Francisco, California, United States", "remote"),
        ("Fully remote, Berlin, Germany", "abroad"),
        ("Dahlgren, Virginia", "rural"),
        ("Mars base one", "unknown"),
    ],
)
def test_what_is_no_clear_place_is_told_apart(text, status):
    found = LOCATOR.read(text)
    assert (found.status, found.area_codes) == (status, ())


@pytest.mark.parametrize("text", ["", "Hybrid", "Multiple Locations", "3 Locations", "Hybrid; On-site", " "])
def test_what_names_no_place_is_known_as_such(text):
    assert names_no_place(text)


@pytest.mark.parametrize("text", ["Remote", "Hybrid - Boston", "Austin; Multiple Locations", "USA"])
def test_what_names_a_place_or_says_remote_is_not_taken_for_none(text):
    assert not names_no_place(text)


def test_a_name_with_its_state_is_never_taken_for_a_namesake_elsewhere():
    assert LOCATOR.read("Portland, ME").area_codes == ("38860",)
    assert LOCATOR.read("Portland, OR").area_codes == ("38900",)
    assert LOCATOR.read("Boston, TX").area_codes == ()


def test_in_usa_is_unknown_where_nothing_says_so():
    said = {
        text: LOCATOR.read(text).in_usa
        for text in ("Remote - US", "Remote", "Remote - Canada", "2 Locations", "Fully remote, Austin, TX")
    }
    assert said == {
        "Remote - US": True,
        "Remote": None,
        "Remote - Canada": False,
        "2 Locations": None,
        "Fully remote, Austin, TX": True,
    }


def test_each_distinct_text_is_one_row_that_fits_the_model():
    rows = read_locations(["Boston, MA", "Boston, MA", "Remote", None], LOCATOR)
    ReadLocations.validate(rows)
    assert list(rows["location"]) == ["Boston, MA", "Remote"]


CLEAR = ["Boston, MA", "New York, NY", "Santa Clara, CA", "Austin, TX", "Seattle, WA"]


@given(
    st.lists(st.sampled_from(CLEAR), min_size=1, max_size=4),
    st.sampled_from(["; ", " | ", " • ", " or ", "\n"]),
)
def test_a_list_of_places_has_the_metros_of_each(places, separator):
    together = set(LOCATOR.read(separator.join(places)).area_codes)
    assert together == {code for place in places for code in LOCATOR.read(place).area_codes}


@given(st.text(max_size=60))
def test_any_text_is_read_and_codes_come_with_their_kind(text):
    found = LOCATOR.read(text)
    assert found.status in KINDS
    assert bool(found.area_codes) == ("metro" in found.kinds or "micro" in found.kinds)
