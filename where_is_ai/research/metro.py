"""From institutions to metros, by the article's city tags, merges and noise rule."""

import pandas as pd

from where_is_ai.quarters import Quarter
from where_is_ai.research.methods import ArticleMethod
from where_is_ai.research.schema import InstitutionResearch, MetroResearch
from where_is_ai.tables import as_table


def assign(works: pd.DataFrame, method: ArticleMethod) -> pd.DataFrame:
    """InstitutionResearch: each row of ``works`` (AiWorks) with its metro, and whether it counts there."""
    rows = works.assign(metro=_metro(works, method), method=method.name)
    rows["why_not"] = _why_not(rows, method)
    rows["included"] = rows["why_not"].isna()
    rows = rows.sort_values(["ai_works", "institution_id"], ascending=[False, True])
    return as_table(rows, InstitutionResearch).reset_index(drop=True)


def roll_up(institutions: pd.DataFrame, method: ArticleMethod, quarter: Quarter) -> pd.DataFrame:
    """MetroResearch: a row per metro of the included rows of ``institutions``, highest first.

    A metro's point is the mean of its institutions' points, weighted by their works.
    """
    counted = institutions[institutions["included"]]
    groups = counted.groupby(["country_code", "metro"], dropna=False)
    metros = groups.agg(
        ai_works_summed=("ai_works", "sum"),
        institutions=("institution_id", "size"),
        top_institution=("institution", "first"),
        top_institution_works=("ai_works", "first"),
    ).reset_index()
    metros["metro_id"] = metros["country_code"].fillna("?") + "/" + metros["metro"]
    metros["ai_works"] = metros["ai_works_summed"]
    metros["count_basis"] = method.count_basis
    metros["rank"] = metros["ai_works"].rank(method="min", ascending=False)
    metros["method"] = method.name
    metros["window_from"], metros["window_to"] = (day.isoformat() for day in method.window(quarter))
    metros = metros.merge(_points(counted), on=["country_code", "metro"], how="left")
    return as_table(metros.sort_values(["rank", "metro_id"]), MetroResearch).reset_index(drop=True)


def _metro(works: pd.DataFrame, method: ArticleMethod) -> pd.Series:
    merged = {(city, merge.country_code): merge.metro for merge in method.merges for city in merge.cities}
    tags = pd.Series(list(zip(works["city"], works["country_code"], strict=True)), index=works.index)
    return tags.map(merged).astype("object").fillna(works["city"]).astype("str")


def _why_not(rows: pd.DataFrame, method: ArticleMethod) -> pd.Series:
    why = pd.Series(pd.NA, index=rows.index, dtype="str")
    noisy = set(method.noisy_cities)
    is_noisy = [tag in noisy for tag in zip(rows["city"], rows["country_code"], strict=True)]
    why[is_noisy] = "city named as noise: bulk dataset records, not papers"
    why[rows["city"].isna()] = "no city in OpenAlex"
    counted = rows[why.isna()].groupby(["country_code", "metro"], dropna=False)["ai_works"]
    small = (counted.transform("size") < method.least_institutions) & (
        counted.transform("sum") < method.least_works
    )
    why[small[small].index] = (
        f"metro has fewer than {method.least_institutions} institutions and {method.least_works:,} works"
    )
    return why


def _points(counted: pd.DataFrame) -> pd.DataFrame:
    located = counted.dropna(subset=["lat", "lon"])
    weighted = located.assign(
        lat=located["lat"] * located["ai_works"],
        lon=located["lon"] * located["ai_works"],
        weight=located["ai_works"],
    )
    sums = weighted.groupby(["country_code", "metro"], dropna=False)[["lat", "lon", "weight"]].sum()
    return sums[["lat", "lon"]].div(sums["weight"], axis="index").reset_index()


def institutions_lost_or_doubled(metros: pd.DataFrame, institutions: pd.DataFrame) -> pd.DataFrame:
    """The metros whose institutions or summed works differ between the two published tables."""
    included = institutions[institutions["included"]]
    keys = [included["country_code"].fillna("?") + "/" + included["metro"]]
    expected = included.groupby(keys)["ai_works"].agg(["size", "sum"])
    found = metros.set_index("metro_id")[["institutions", "ai_works_summed"]]
    both = expected.join(found, how="outer")
    return both[
        (both["size"] != both["institutions"]) | (both["sum"] != both["ai_works_summed"])
    ].reset_index()
