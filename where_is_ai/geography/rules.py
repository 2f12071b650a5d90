"""What the Census Bureau's files hold to: one table of rules, each blocking."""

from collections.abc import Callable

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.errors import BadUpstream
from where_is_ai.rules import FETCH_AGAIN, Rule, require_rules
from where_is_ai.tables import AREA_CODE

# Core based statistical areas as delineated in July 2023. The next delineation changes these numbers.
AREAS = {"metro": 393, "micro": 542}
# South, north, west and east of each part of the USA, in degrees; the Aleutians go on beyond the date line.
BOUNDS = {
    "the contiguous states": (24.3, 49.6, -125.0, -66.7),
    "Alaska": (51.0, 71.6, -180.0, -129.9),
    "the Aleutians beyond the date line": (51.0, 53.5, 172.0, 180.0),
    "Hawaii": (18.7, 28.7, -178.6, -154.6),
    "Puerto Rico and the Virgin Islands": (17.6, 18.6, -68.0, -64.4),
    "Guam and the Northern Marianas": (13.1, 20.7, 144.5, 146.2),
    "American Samoa": (-14.7, -11.0, -171.2, -168.0),
}
# The bureau estimates no residents of Puerto Rico's areas in this file.
WITHOUT_ESTIMATE = r", PR$"
# From 2020 to 2023 no area grew or shrank by more than 6 % within a year.
CHANGE_OF_A_YEAR_AT_MOST_PCT = 15.0


def _outside_usa(places: pd.DataFrame) -> pd.Series:
    inside = pd.Series(False, index=places.index)
    for south, north, west, east in BOUNDS.values():
        inside |= places["lat"].between(south, north) & places["lon"].between(west, east)
    return ~inside


def _repeated(*columns: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: rows.duplicated(list(columns), keep=False)


def _no_code(column: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: ~rows[column].str.fullmatch(AREA_CODE, na=False)


def _unlike_the_year_before(residents: pd.DataFrame) -> pd.Series:
    change_pct = (residents["population"] / residents["population_before"] - 1) * 100
    return change_pct.abs() > CHANGE_OF_A_YEAR_AT_MOST_PCT


AREA_RULES = (
    Rule("an area has a code of five digits", "area_code", _no_code("area_code")),
    Rule("an area is metropolitan or micropolitan", "kind", lambda rows: ~rows["kind"].isin(AREAS)),
)
PLACE_RULES = (
    *AREA_RULES,
    Rule("an area has one row", "area_code", _repeated("area_code")),
    Rule("an area has a name", "name", lambda places: places["name"].isna()),
    Rule("the point is in the USA", "lat", _outside_usa),
)
RESIDENT_RULES = (
    Rule("an area has a code of five digits", "area_code", _no_code("area_code")),
    Rule("an area has one row", "area_code", _repeated("area_code")),
    Rule("an area has residents", "population", lambda rows: ~rows["population"].gt(0).fillna(False)),
    Rule(
        f"residents change by at most {CHANGE_OF_A_YEAR_AT_MOST_PCT:g} % from one July to the next",
        "population",
        _unlike_the_year_before,
    ),
)
COUNTY_RULES = (
    *AREA_RULES,
    Rule("a county has a code of five digits", "county_fips", _no_code("county_fips")),
    Rule("a county has one row", "county_fips", _repeated("county_fips")),
)


def require(rules: tuple[Rule, ...], rows: pd.DataFrame, where: str, name: str) -> None:
    """Raise BadUpstream that names the first of the rows to break a rule; column ``name`` says what it is about."""
    require_rules(rules, rows, where, at="row", names=("area_code", name))


def require_areas(rows: pd.DataFrame, entry: Entry) -> None:
    """Raise BadUpstream where areas are lost: those of a kind that is listed at all are all listed.

    A file made from figures has as many as it was made with, where that is recorded.
    """
    listed = rows.drop_duplicates("area_code")["kind"].value_counts().to_dict()
    if entry.reconstructed:
        short = entry.areas is not None and sum(listed.values()) != entry.areas
        expected = f"{entry.areas} areas"
    else:
        short = "metro" not in listed or any(AREAS[kind] != number for kind, number in listed.items())
        expected = " and ".join(f"{number} {kind} areas" for kind, number in AREAS.items())
    if short:
        found = " and ".join(f"{number} {kind}" for kind, number in sorted(listed.items())) or "none"
        raise BadUpstream(f"{entry.url} should list {expected} but lists {found}.", FETCH_AGAIN)


def require_residents(places: pd.DataFrame, where: str) -> None:
    """Raise BadUpstream where the file ``where`` has no estimate for an area that it should have one for."""
    estimated = places[~places["name"].str.contains(WITHOUT_ESTIMATE)]
    lacking = int(estimated["population"].isna().sum())
    if lacking:
        raise BadUpstream(
            f"{where} has no estimate of residents for {lacking} of {len(estimated)} areas.",
            "Rows are missing: fetch it again.",
        )
