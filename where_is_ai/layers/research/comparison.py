"""What the choice of method does to the ranking: the standard method's metros beside the article's."""

import pandas as pd

from where_is_ai.layers.research.metro import publishing
from where_is_ai.layers.research.view_schema import MethodDifference
from where_is_ai.tables import as_table


def method_difference(
    institutions: pd.DataFrame,
    metros: pd.DataFrame,
    article_institutions: pd.DataFrame,
    article_metros: pd.DataFrame,
) -> pd.DataFrame:
    """MethodDifference: each metro of either method, joined by the institutions that both know.

    A metro's counterpart is the article's metro that most of its works, by the article's count, were assigned to.
    """
    counterpart = _counterpart(institutions, article_institutions)
    standard = metros.set_index("metro_id")
    article = article_metros.set_index("metro_id")
    rows = pd.DataFrame(
        {
            "metro": standard["metro"],
            "country_code": standard["country_code"],
            "ai_works": standard["ai_works"],
            "rank": standard["rank"],
            "institutions": standard["institutions"],
            "times_counted": standard["ai_works_summed"] / standard["ai_works"],
            "article_metro_id": counterpart.reindex(standard.index),
        }
    )
    rows = rows.join(_prefixed(article), on="article_metro_id").reset_index()
    lost = article.loc[~article.index.isin(rows["article_metro_id"].dropna())]
    only = _prefixed(lost).assign(article_metro_id=lost.index, country_code=lost["country_code"])
    rows = pd.concat([rows, only], ignore_index=True)
    rows["rank_change"] = rows["article_rank"] - rows["rank"]
    return as_table(
        rows.sort_values(["rank", "article_rank"], na_position="last"), MethodDifference
    ).reset_index(drop=True)


def _counterpart(institutions: pd.DataFrame, article_institutions: pd.DataFrame) -> pd.Series:
    """The article's metro_id by the standard method's."""
    ours = publishing(institutions[institutions["included"]])[["institution_id", "metro_id"]]
    theirs = article_institutions.loc[
        article_institutions["included"], ["institution_id", "metro_id", "ai_works"]
    ]
    both = ours.merge(theirs, on="institution_id", suffixes=("", "_article"))
    held = both.groupby(["metro_id", "metro_id_article"])["ai_works"].sum().reset_index()
    held = held.sort_values(["ai_works", "metro_id_article"], ascending=[False, True]).drop_duplicates(
        "metro_id"
    )
    return held.set_index("metro_id")["metro_id_article"]


def _prefixed(article: pd.DataFrame) -> pd.DataFrame:
    return article[["metro", "ai_works", "rank", "institutions"]].add_prefix("article_")
