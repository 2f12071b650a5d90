"""One ranking beside another: the same papers by other geographies, and whether a place stays together in each."""

from collections.abc import Mapping, Sequence

import pandas as pd

from where_is_ai.geography.areas import Areas, areas_of
from where_is_ai.geography.cbsa_shapes import CBSA, CSA
from where_is_ai.geography.cbsa_shapes import WITHIN_KM as WITHIN_KM_OF_BOUNDARY
from where_is_ai.geography.urban_centres import RELEASES
from where_is_ai.layers.research.city_tags import CITY_TAG, city_areas, town_areas
from where_is_ai.layers.research.distinct import Union
from where_is_ai.layers.research.methods import ArticleMethod, Merge, StandardMethod
from where_is_ai.layers.research.queries import queries
from where_is_ai.layers.research.schema import InstitutionAreas
from where_is_ai.layers.research.view_schema import PlacesTogether, RankByGeography
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

ARTICLE_MERGE = "article_merge"
US_ONLY = (CBSA.name, CSA.name)
# Columns of the comparison; a geography that the archive doesn't hold stays empty.
GEOGRAPHIES = (*(release.name for release in RELEASES), *US_ONLY, CITY_TAG, ARTICLE_MERGE)
_AREA_COLUMNS = ["area_id", "area", "away_km"]


def areas_by_geography(
    works: pd.DataFrame,
    areas: Sequence[Areas],
    method: StandardMethod,
    merges: Sequence[Merge] = ArticleMethod().merges,
) -> pd.DataFrame:
    """InstitutionAreas: the area of each institution of ``works`` (AiWorks) in each geography, the best first.

    Where a geography has no area for a point it is in its own city; where there is no combined area, in its CBSA. The
    US geographies are for the USA; elsewhere they are as the first of the ``areas``, so that their ranks are of the
    whole world.
    """
    own = town_areas(works).assign(away_km=pd.NA)
    found: dict[str, pd.DataFrame] = {}
    for each in areas:
        within_km = WITHIN_KM_OF_BOUNDARY if each.name in US_ONLY else method.nearest_within_km
        inside = areas_of(works, each, within_km)
        outside = own
        if each.name in US_ONLY and found:
            in_usa = found.get(CBSA.name, own)
            outside = in_usa.where(works["country_code"] == "US", next(iter(found.values())))
        found[_column(each.name)] = inside.where(inside["area_id"].notna(), outside)
    found[CITY_TAG] = own
    found[ARTICLE_MERGE] = city_areas(works, merges).assign(away_km=pd.NA)
    rows = [
        table[_AREA_COLUMNS].assign(institution_id=works["institution_id"], geography=geography)
        for geography, table in found.items()
    ]
    return as_table(pd.concat(rows, ignore_index=True), InstitutionAreas)


def first_geography(areas: pd.DataFrame, works: pd.DataFrame) -> pd.DataFrame:
    """area_id, area, away_km of the first geography, by the index of ``works``."""
    first = areas[areas["geography"] == areas["geography"].iloc[0]] if len(areas) else areas
    return (
        first.set_index("institution_id")
        .reindex(works["institution_id"])
        .set_axis(works.index)[_AREA_COLUMNS]
    )


def leading_unions(
    institutions: pd.DataFrame, areas: pd.DataFrame, method: StandardMethod, quarter: Quarter
) -> dict[tuple[str, str], Union]:
    """The distinct counts of each geography's leading areas by summed works, by (geography, area_id)."""
    among = queries(method, quarter)["ai_works"]
    placed = _placed(institutions, areas)
    summed = _summed(placed).sort_values(["summed", "area_id"], ascending=[False, True])
    leading = summed.groupby("geography").head(method.compared)[["geography", "area_id"]]
    return {
        key: Union.of(among, method.corpus, dict(zip(rows["institution_id"], rows["ai_works"], strict=True)))
        for key, rows in placed.merge(leading, on=["geography", "area_id"]).groupby(["geography", "area_id"])
    }


def leading_works(
    institutions: pd.DataFrame,
    areas: pd.DataFrame,
    method: StandardMethod,
    quarter: Quarter,
    counts: Mapping[str, int],
) -> dict[tuple[str, str], int]:
    """The distinct works of the leading areas by (geography, area_id), from OpenAlex's ``counts`` by URL."""
    asked = leading_unions(institutions, areas, method, quarter)
    return {key: union.bounds(counts).works for key, union in asked.items()}


def rank_by_geography(
    institutions: pd.DataFrame,
    areas: pd.DataFrame,
    metros: pd.DataFrame,
    distinct: Mapping[tuple[str, str], int],
) -> pd.DataFrame:
    """RankByGeography: each metro with its rank, and what holds most of its works under each other geography.

    ``distinct`` has the works of the areas that were counted, each once, by (geography, area_id). A rank is
    given only where it is certain: to an area with at least as many distinct works as the largest sum among the areas
    that were not counted.
    """
    placed = _placed(institutions, areas)
    rows = metros[["metro_id", "metro", "country_code", "geography", "ai_works", "rank"]]
    for geography in GEOGRAPHIES:
        here = placed[placed["geography"] == geography]
        ranked = _ranked(
            _summed(here), {area: works for (name, area), works in distinct.items() if name == geography}
        )
        held = here.groupby(["metro_id", "area_id", "area"])["ai_works"].sum().reset_index()
        held = held.sort_values(["ai_works", "area_id"], ascending=[False, True]).drop_duplicates("metro_id")
        held = held.drop(columns="ai_works").merge(ranked, on="area_id", how="left").set_index("metro_id")
        for column, of in (("area", "area"), ("ai_works", "distinct"), ("rank", "rank")):
            rows = rows.assign(**{f"{geography}_{column}": rows["metro_id"].map(held[of])})
    return as_table(rows, RankByGeography)


def places_together(works: pd.DataFrame, areas: pd.DataFrame, merges: Sequence[Merge]) -> pd.DataFrame:
    """PlacesTogether: for each merge and geography, whether the merge's cities lie in one area, and in which ones."""
    tags = works.loc[works["ai_works"] > 0, ["institution_id", "city", "country_code", "ai_works"]]
    tags = tags.merge(areas, on="institution_id")
    rows = []
    for merge in merges:
        its = tags[tags["city"].isin(merge.cities) & (tags["country_code"] == merge.country_code)]
        for geography, here in its.groupby("geography", sort=False):
            held = here.groupby("area")["ai_works"].sum().sort_values(ascending=False)
            rows.append(
                {
                    "place": merge.metro,
                    "geography": geography,
                    "together": here["area_id"].nunique() == 1,
                    "areas": "; ".join(held.index),
                    "largest_share_pct": held.iloc[0] / held.sum() * 100,
                }
            )
    return as_table(pd.DataFrame(rows, columns=list(PlacesTogether.to_schema().columns)), PlacesTogether)


def _column(name: str) -> str:
    """Centroids stand in for the polygons of their release."""
    return name.removesuffix("_centroids")


def _placed(institutions: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The included institutions once per geography that has an area for them."""
    publishing = institutions["included"] & (institutions["ai_works"] > 0)
    included = institutions.loc[publishing, ["institution_id", "metro_id", "ai_works"]]
    return areas.dropna(subset="area_id").merge(included, on="institution_id")


def _summed(placed: pd.DataFrame) -> pd.DataFrame:
    return placed.groupby(["geography", "area_id"])["ai_works"].sum().rename("summed").reset_index()


def _ranked(summed: pd.DataFrame, distinct: Mapping[str, int]) -> pd.DataFrame:
    uncounted = summed.loc[~summed["area_id"].isin(list(distinct)), "summed"].max()
    rows = pd.DataFrame(
        {
            "area_id": pd.array(list(distinct), dtype="str"),
            "distinct": pd.array(list(distinct.values()), dtype="Int64"),
        }
    )
    rows["rank"] = rows["distinct"].rank(method="min", ascending=False)
    if pd.notna(uncounted):
        rows["rank"] = rows["rank"].where(rows["distinct"] >= uncounted)
    return rows
