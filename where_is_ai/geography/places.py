"""From an area's code, or failing that its name, to a point on the map."""

import unicodedata
from functools import cache

import pandas as pd

from where_is_ai.geography.gazetteer.read import read_table

# The codes of areas that were made of New England's towns begin so; they ended with May 2023.
NECTA = "7"


def plain(name: str) -> str:
    """A name without case and accents, to compare."""
    folded = unicodedata.normalize("NFKD", name.casefold().strip())
    return "".join(character for character in folded if not unicodedata.combining(character))


def first_city(titles: pd.Series) -> pd.Series:
    """``Boston-Cambridge-Nashua, MA-NH`` → ``Boston``."""
    return titles.str.extract(r"^(.*?)(?:-|--|/|, )", expand=False).fillna(titles)


def first_state(titles: pd.Series) -> pd.Series:
    """``Boston-Cambridge-Nashua, MA-NH`` → ``MA``; NA where the title names no state."""
    return titles.str.extract(r", ([A-Z]{2})", expand=False)


def locate(areas: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """``lat`` and ``lon`` for the rows of ``areas`` (area_code, metro), indexed as they are; NA where unknown.

    A code that the current delineation no longer has (New England NECTAs, Cleveland before 2024) takes the point of
    the metro that shares its state and the first of its cities that any shares, so that it is on the map; its numbers
    stay its own. A NECTA whose cities name no metro takes the point of its first-named city, as GeoNames has it.
    """
    points = places[["lat", "lon"]].set_axis(places["area_code"], axis="index")
    by_code = points.reindex(areas["area_code"]).set_axis(areas.index)
    by_name = points.reindex(successor(areas["metro"], places)).set_axis(areas.index)
    return by_code.fillna(by_name).fillna(_first_city_of_necta(areas)).astype("Float64")


def _first_city_of_necta(areas: pd.DataFrame) -> pd.DataFrame:
    """``lat`` and ``lon`` of the first-named city of each NECTA among ``areas``; NA for others."""
    of_towns = areas["area_code"].str.startswith(NECTA)
    cities = pd.MultiIndex.from_arrays([first_city(areas["metro"]), first_state(areas["metro"])])
    return _new_england_cities().reindex(cities).set_axis(areas.index).where(of_towns)


@cache
def _new_england_cities() -> pd.DataFrame:
    """``lat`` and ``lon`` by name and state of New England's cities, from GeoNames by way of gazetteer/make.py."""
    rows = read_table("new_england_cities.csv").drop_duplicates(["name", "state"], keep=False)
    return rows.set_index(["name", "state"])[["lat", "lon"]].astype("Float64")


def successor(titles: pd.Series, places: pd.DataFrame) -> pd.Series:
    """The code of the metro that shares a city and the state with each of ``titles``; NA where none does."""
    metros = places[places["kind"] == "metro"]
    named = _cities(metros["name"]).join(metros["area_code"]).drop_duplicates(["city", "state"], keep=False)
    sought = (
        _cities(titles).rename_axis("index").reset_index().merge(named, on=["city", "state"], how="inner")
    )
    return sought.drop_duplicates("index").set_index("index")["area_code"].reindex(titles.index)


def _cities(titles: pd.Series) -> pd.DataFrame:
    """``city`` and ``state`` for each city of each title, in the title's order."""
    cities = titles.str.replace(r", [A-Z-]{2,}$", "", regex=True).str.split(r"--|-|/", regex=True).explode()
    return pd.DataFrame({"city": cities, "state": first_state(titles).reindex(cities.index)})
