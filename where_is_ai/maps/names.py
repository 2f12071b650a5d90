"""Short names of places by rule, never by hand."""

import pandas as pd

STATE_NAMES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana",
    "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
    "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
    "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
    "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip


def state_name(metro: str) -> str:
    """The state of a CBSA title in words, the first where it spans several: "Georgia"."""
    code = first_state(metro)
    return STATE_NAMES.get(code, code)


def first_state(metro: str) -> str:
    """The first state code of a CBSA title: "NY" of "New York-Newark-Jersey City, NY-NJ"."""
    return metro.rpartition(", ")[2].partition("-")[0].strip()


def first_city(metro: str) -> str:
    """The first city of a CBSA title; "/" too joins names ("Louisville/Jefferson County")."""
    return metro.rpartition(", ")[0].partition("-")[0].partition("/")[0].strip() or metro


def short_us_names(metros: pd.Series) -> pd.Series:
    """The first city of each CBSA title, with its state where two share the city or it is called like another state."""
    cities, states = metros.map(first_city), metros.map(first_state)
    elsewhere = cities.isin(STATE_NAMES.values()) & (cities != states.map(STATE_NAMES))
    return cities.where(~(cities.duplicated(keep=False) | elsewhere), cities + ", " + states)


def short_world_names(metros: pd.Series, country_codes: pd.Series) -> pd.Series:
    """Each metro's name, with its country code where two share it."""
    return metros.where(~metros.duplicated(keep=False), metros + ", " + country_codes)
