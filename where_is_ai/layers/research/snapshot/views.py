"""The tables by year, by definition and of earlier windows, from what was counted of a snapshot."""

from collections.abc import Mapping, Sequence

import pandas as pd

from where_is_ai.layers.research import over_time
from where_is_ai.layers.research.grouped import ALL, WORLD
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.quarters import Quarter


def years(
    by_year: pd.DataFrame, metros: pd.DataFrame, method: StandardMethod, quarter: Quarter
) -> pd.DataFrame:
    """ByYear of the world and the leading ``metros`` (MetroResearch), from SnapshotYear."""
    meant = by_year[by_year["subfield"].isin(method.subfields)]
    world = meant.drop_duplicates(["subfield", "year"]).groupby("year")["world_ai_works"].sum()
    leading = metros.sort_values(["rank", "metro_id"]).head(method.followed)["metro_id"]
    here = (
        meant[meant["metro_id"].isin(leading)].groupby(["metro_id", "year"], as_index=False)["ai_works"].sum()
    )
    rows = pd.concat([world.rename("ai_works").reset_index().assign(metro_id=WORLD), here], ignore_index=True)
    until = str(method.window(quarter)[1])
    return over_time.by_year_of(rows.astype({"year": "int64"}), over_time.names_of(metros), until)


def definitions(topics: pd.DataFrame, metros: pd.DataFrame) -> pd.DataFrame:
    """ByDefinition of the world and all ``metros`` (MetroResearch), from TopicCounts."""
    names = over_time.names_of(metros)
    found: over_time.Topics = {
        (place, subfield): {ALL: 0} for place in names for subfield in over_time.SUBFIELDS.values()
    }
    for row in topics[topics["metro_id"].isin(list(names))].itertuples(index=False):
        counted = found[row.metro_id, row.subfield]
        counted[ALL] += row.works
        if pd.notna(row.topic) and pd.notna(row.topic_name):
            counted[row.topic, row.topic_name] = row.works
    return over_time.defined(found, names)


def distinct_by_area(areas: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The distinct works by (geography, area_id), of AreaCounts."""
    return {(row.geography, row.area_id): row.ai_works for row in areas.itertuples(index=False)}


def leading_now(
    found: Mapping[Quarter, Mapping[str, int]],
    measured: Sequence[over_time.Measured],
    metros: pd.DataFrame,
    method: StandardMethod,
) -> dict[Quarter, dict[str, int]]:
    """Of what earlier windows have now (``found``), the world and the metros that lead then and now."""
    kept = {}
    for quarter, _, then in measured:
        places = {WORLD, *over_time.still_leading(then, metros, method)["metro_id"]}
        kept[quarter] = {place: works for place, works in found[quarter].items() if place in places}
    return kept
