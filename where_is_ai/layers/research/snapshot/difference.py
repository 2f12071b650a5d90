"""What the API said of the same quarter, from the archive, and the snapshot's counts beside it."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.errors import NotArchived
from where_is_ai.geography.areas import Areas
from where_is_ai.layers.research import answers, collect
from where_is_ai.layers.research.geographies import areas_by_geography, first_geography
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.metro import assign, roll_up, unions
from where_is_ai.layers.research.schema import MetroResearch
from where_is_ai.layers.research.snapshot.schema import SnapshotDifference
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

# What both count, each with the twins that the snapshot leaves out and the API does not.
_COMPARED = {"ai_works": "preprint_twins", "mature_works": "mature_twins", "top_10_works": "top_10_twins"}


def by_api(
    library: Library, geographies: Sequence[Areas], quarter: Quarter
) -> tuple[pd.DataFrame, list[Entry]]:
    """MetroResearch by the method standard, and the answers behind it; none where the archive has not all of them.

    ``library`` must be a replay: nothing is asked for the comparison's sake.
    """
    method = answers.as_archived(library, STANDARD, quarter)
    try:
        counts = answers.counts(library, method, quarter)
        if not counts:
            return MetroResearch.empty(), []
        places = answers.places(library, method, quarter, counts)
        works = answers.ai_works(library, method, quarter, counts, places)
        areas = areas_by_geography(works, geographies, method)
        geography = areas["geography"].iloc[0] if len(areas) else ""
        rows = assign(works, method, first_geography(areas, works), geography)
        asked = list(unions(rows, method, quarter).values())
        distinct = answers.distinct(library, asked, method, quarter, counts)
    except NotArchived:
        return MetroResearch.empty(), []
    entries = [*counts, *places, *distinct]
    by_url = collect.counts_by_url(library, distinct)
    return roll_up(rows, method, quarter, by_url, entries=entries), entries


def difference(snapshot: pd.DataFrame, api: pd.DataFrame) -> pd.DataFrame:
    """SnapshotDifference, from SnapshotMetro and MetroResearch of the API: like with like, preprint twins with both."""
    counted = snapshot.set_index("metro_id")
    ours = counted[["metro", "retracted_works", "preprint_twins"]].assign(
        **{name: counted[name] + counted[twins] for name, twins in _COMPARED.items()}
    )
    ours["rank"] = ours["ai_works"].rank(method="min", ascending=False)
    theirs = api.set_index("metro_id")[["metro", "rank", *_COMPARED]].add_prefix("api_")
    rows = ours.join(theirs, how="outer").rename_axis("metro_id").reset_index()
    rows["metro"] = rows["metro"].fillna(rows["api_metro"])
    rows["difference"] = rows["ai_works"].astype("Int64") - rows["api_ai_works"].astype("Int64")
    rows["difference_pct"] = rows["difference"].astype("Float64") / rows["api_ai_works"] * 100
    rows["api_method"], rows["api_retrieved"] = STANDARD.name, api["retrieved_to"].iloc[0]
    rows["snapshot"] = snapshot["snapshot"].iloc[0]
    rows = rows.sort_values(["rank", "api_rank", "metro_id"], na_position="last")
    return as_table(rows, SnapshotDifference).reset_index(drop=True)
