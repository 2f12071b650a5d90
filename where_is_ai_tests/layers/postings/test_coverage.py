"""What a ranking stands on: employers and sectors behind each metro, and its rank without any one of them."""

from unittest import mock

import duckdb
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.layers.postings.coverage import coverage, ranks_without_one_employer, why_no_ranking
from where_is_ai.layers.postings.metro import PER
from where_is_ai.layers.postings.words import title

COLUMNS = ["area_code", "company", "sector", "ai_expected"]


def employers(*rows: tuple) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=COLUMNS).astype({"sector": "string"})
    return found.sort_values("company", na_position="first")


def ranked(behind: pd.DataFrame, population: int = 1_000_000) -> pd.DataFrame:
    expected = behind.groupby("area_code", as_index=False)["ai_expected"].sum()
    return expected.rename(columns={"ai_expected": "ai_postings_expected"}).assign(population=population)


def test_employers_and_sectors_behind_a_metro_are_counted():
    behind = employers(
        ("A", "one", "Information", 6.0), ("A", "two", "Information", 1.0),
        ("A", "three", "Manufacturing", 1.0), ("A", "four", None, 0.0), ("B", "one", None, 0.0),
    )  # fmt: skip
    with duckdb.connect() as duck:
        duck.register("employers", behind)
        found = coverage(duck).set_index("area_code")
    assert found.loc["A", ["employers_read", "sectors", "largest_sector"]].to_list() == [4, 2, "Information"]
    # Two of four: whose sector nobody tells is in none.
    assert found.loc["A", "largest_sector_pct"] == 50
    assert found.loc["A", "largest_employer_pct"] == 75
    assert found.loc["B", ["largest_employer_pct", "sectors", "largest_sector"]].isna().all()


def test_a_rank_that_hangs_on_one_employer_shows_how_far_it_would_fall():
    behind = employers(
        ("A", "giant", None, 90.0), ("A", "small", None, 10.0), ("B", "one", None, 40.0),
        ("B", "two", None, 40.0), ("C", "one", None, 25.0), ("C", "three", None, 25.0),
    )  # fmt: skip
    found = ranks_without_one_employer(ranked(behind), behind, PER).set_index("area_code")
    assert found.to_dict("index") == {
        "A": {"rank_low": 1, "rank_high": 3},
        "B": {"rank_low": 1, "rank_high": 3},
        "C": {"rank_low": 2, "rank_high": 3},
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCD"), st.sampled_from(["p", "q", "r", "s", "t", None]), st.integers(0, 60)
        ),
        min_size=1,
        max_size=16,
        unique_by=lambda one: one[:2],
    ),
    st.sampled_from([1, 2, 2_000]),
)
@settings(max_examples=60)
def test_the_range_is_what_ranking_anew_without_each_employer_gives(rows, at_a_time):
    behind = employers(*((area, company, None, float(count)) for area, company, count in rows))
    whole = ranked(behind)
    with mock.patch("where_is_ai.layers.postings.coverage.AT_A_TIME", at_a_time):
        found = ranks_without_one_employer(whole, behind, PER).set_index("area_code")
    anew = [whole.set_index("area_code")["ai_postings_expected"]]
    for company in set(behind["company"].dropna()):
        rest = behind[behind["company"] != company].groupby("area_code")["ai_expected"].sum()
        anew.append(rest.reindex(anew[0].index, fill_value=0))
    ranks = pd.DataFrame([each.rank(method="min", ascending=False) for each in anew])
    assert (found["rank_low"] == ranks.min()).all()
    assert (found["rank_high"] == ranks.max()).all()


def metros(worst: list[int]) -> pd.DataFrame:
    frame = {"area_code": list("abcde"), "metro": list("ABCDE"), "rank": [1, 2, 3, 4, 5], "rank_high": worst}
    return pd.DataFrame(frame).convert_dtypes()


def test_where_one_employer_decides_who_leads_a_sentence_says_so():
    assert why_no_ranking(metros([2, 3, 3, 5, 5])) == ""
    said = why_no_ranking(metros([2, 5, 4, 5, 5]))
    assert said == (
        "This sample can't carry a ranking: without some one employer B would fall from rank 2 to 5 and C would fall "
        "from rank 3 to 4."
    )
    assert why_no_ranking(metros([2, 3, 3, 5, 5]).head(4)).endswith("4 metros qualify for it.")


def with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    """Rates that fall with the rank, with bounds that lie apart, from employers enough."""
    rates = 60.0 - 10 * rows["rank"]
    return rows.assign(
        ai_postings_per_100k=rates,
        ai_postings_per_100k_low=rates - 1,
        ai_postings_per_100k_high=rates + 1,
        employers=9,
    )


def test_a_title_names_no_leaders_where_the_sample_cannot_carry_a_ranking():
    carried, not_carried = metros([2, 3, 3, 5, 5]), metros([2, 5, 4, 5, 5])
    named = carried["metro"] + "ville, XX"
    assert (
        title(with_rates(carried.assign(metro=named)))
        == "Aville, Bville and Cville have the most new AI jobs per resident"
    )
    assert title(with_rates(not_carried.assign(metro=named))) == "New AI jobs by metro"
