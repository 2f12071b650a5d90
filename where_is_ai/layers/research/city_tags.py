"""Metros by OpenAlex's city tags, as they are or merged by hand as the article merged them."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.research.methods import Merge

UNKNOWN_COUNTRY = "?"


def city_areas(places: pd.DataFrame, merges: Sequence[Merge] = ()) -> pd.DataFrame:
    """area_id (``US/Boston Metro``) and area for each of ``places`` (city, country_code); NA without a city tag."""
    merged = {(city, merge.country_code): merge.metro for merge in merges for city in merge.cities}
    tags = pd.Series(list(zip(places["city"], places["country_code"], strict=True)), index=places.index)
    area = tags.map(merged).astype("object").fillna(places["city"]).astype("str")
    return pd.DataFrame(
        {"area_id": places["country_code"].fillna(UNKNOWN_COUNTRY) + "/" + area, "area": area}
    )
