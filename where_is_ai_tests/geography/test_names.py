"""Short names follow a rule: first city, state only where two share it."""

import pandas as pd
import pytest

from where_is_ai.geography.names import (
    counted_states,
    country_names,
    short_us_names,
    short_world_names,
    state_names,
)
from where_is_ai_tests.publication.tables import QUARTERS, employment


def test_a_metro_is_called_by_its_first_city():
    titles = pd.Series(
        ["New York-Newark-Jersey City, NY-NJ-PA", "Louisville/Jefferson County, KY-IN", "Boise City, ID"]
    )
    assert list(short_us_names(titles)) == ["New York", "Louisville", "Boise City"]


def test_the_state_tells_two_metros_of_one_name_apart():
    titles = pd.Series(["Portland-Vancouver-Hillsboro, OR-WA", "Portland-South Portland, ME", "Salem, OR"])
    assert list(short_us_names(titles)) == ["Portland, OR", "Portland, ME", "Salem"]


def test_the_state_is_told_where_a_city_is_called_like_another_state():
    titles = pd.Series(
        ["California-Lexington Park, MD", "Washington-Arlington, DC-VA", "New York-Newark, NY-NJ"]
    )
    assert list(short_us_names(titles)) == ["California, MD", "Washington, DC", "New York"]


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_no_two_metros_of_an_edition_share_a_short_name(quarter):
    assert short_us_names(employment(quarter)["metro"]).is_unique


def test_the_country_tells_two_cities_of_one_name_apart():
    names = short_world_names(pd.Series(["Cambridge", "Cambridge", "Oxford"]), pd.Series(["GB", "US", "GB"]))
    assert list(names) == ["Cambridge, GB", "Cambridge, US", "Oxford"]


def test_states_and_countries_are_written_out():
    titles = pd.Series(["Warner Robins, GA", "Washington-Arlington-Alexandria, DC-VA-MD-WV", "Nowhere"])
    assert list(state_names(titles)) == ["Georgia", "District of Columbia", ""]
    assert country_names(["US", "KR"]) == {"US": "United States", "KR": "South Korea"}


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["TX", "DC", "PR", "CA"], "2 states, the District of Columbia and Puerto Rico"),
        (["TX", "PR"], "1 state and Puerto Rico"),
        (["TX", "CA", "US"], "2 states"),
        (["DC"], "the District of Columbia"),
        ([], "0 states"),
    ],
)
def test_states_are_counted_without_what_is_none(codes, said):
    assert counted_states(codes) == said


def test_china_is_mainland_china_only_beside_hong_kong():
    assert country_names(["CN", "FR"])["CN"] == "China"
    assert country_names(["CN", "HK"])["CN"] == "mainland China"


def test_an_unknown_country_code_stays_a_code():
    assert country_names(["XX"]) == {"XX": "XX"}
