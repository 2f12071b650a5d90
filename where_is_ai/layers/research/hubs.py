"""The cities that an essay of 2025 named as the hubs of AI, each resolved to one metro, its numbers side by side."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.research.methods import Merge
from where_is_ai.layers.research.view_schema import AiHubs
from where_is_ai.tables import as_table

HUBS = (
    ("San Francisco", "US"),
    ("New York", "US"),
    ("Boston", "US"),
    ("Toronto", "CA"),
    ("Montreal", "CA"),
    ("Beijing", "CN"),
    ("Shenzhen", "CN"),
    ("Tel Aviv", "IL"),
    ("Singapore", "SG"),
    ("Seoul", "KR"),
    ("Tokyo", "JP"),
    ("London", "GB"),
    ("Paris", "FR"),
    ("Berlin", "DE"),
    ("Stockholm", "SE"),
    ("Amsterdam", "NL"),
    ("Zurich", "CH"),
)
# OpenAlex takes its city tags from GeoNames, which spells some names otherwise than English papers do.
_ALSO_TAGGED = {
    "New York": ("New York City",),
    "Montreal": ("Montréal",),
    "Tel Aviv": ("Tel Aviv-Yafo", "Tel-Aviv"),
    "Zurich": ("Zürich",),
}
_NUMBERS = ["rank", "ai_works", "count_basis", "institutions", "ai_works_per_100k", "top_10_pct", "top_1_pct"]
NO_INSTITUTION = "no institution of the table is tagged with this city"
NONE_COUNTED = "every institution that is tagged with this city is left out"


def hubs(institutions: pd.DataFrame, metros: pd.DataFrame, merges: Sequence[Merge] = ()) -> pd.DataFrame:
    """AiHubs: each hub's metro is the one that holds most of the works of the institutions tagged with the city.

    Where none is, it is the metro that the method's ``merges`` put the city into.
    """
    merged = {
        (city, merge.country_code): f"{merge.country_code}/{merge.metro}"
        for merge in merges
        for city in merge.cities
    }
    numbers = metros.set_index("metro_id")[["metro", *_NUMBERS]]
    rows = [_hub(hub, institutions, merged.get(hub), numbers.index) for hub in HUBS]
    table = pd.DataFrame(rows, columns=["hub", "country_code", "metro_id", "share_in_metro_pct", "why_not"])
    return as_table(table.join(numbers, on="metro_id"), AiHubs)


def _hub(
    hub: tuple[str, str], institutions: pd.DataFrame, merged_into: str | None, metros: pd.Index
) -> tuple:
    name, country = hub
    tagged = institutions[
        institutions["city"].isin((name, *_ALSO_TAGGED.get(name, ())))
        & (institutions["country_code"] == country)
        & (institutions["ai_works"] > 0)
    ]
    held = tagged[tagged["included"]].groupby("metro_id")["ai_works"].sum()
    if len(held):
        held = held.sort_values(ascending=False, kind="stable")
        return name, country, held.index[0], held.iloc[0] / held.sum() * 100, pd.NA
    if merged_into in metros:
        return name, country, merged_into, pd.NA, pd.NA
    return name, country, pd.NA, pd.NA, NO_INSTITUTION if tagged.empty else NONE_COUNTED
