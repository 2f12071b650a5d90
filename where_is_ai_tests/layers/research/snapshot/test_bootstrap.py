"""The bootstrap over works: draws as a Poisson distribution gives them, and intervals as wide as theory says."""

from math import exp, factorial, sqrt

import pandas as pd
import pyarrow as pa
import pytest

from where_is_ai.layers.research.snapshot.bootstrap import RESAMPLED, intervals, replicates, resampled
from where_is_ai.layers.research.snapshot.engine import Engine, open_engine

WORKS, REPLICATES = 400, 200


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with open_engine("duckdb", tmp_path_factory.mktemp("room")) as opened:
        yield opened


def drawn_of(engine: Engine, works: list[int], metros: list[str], cited: int = 0) -> pd.DataFrame:
    flags = {name: [True] * len(works) for name in ("ai_works", "mature_works")}
    flags |= {
        name: [number < cited for number in range(len(works))] for name in ("top_10_works", "top_1_works")
    }
    rows = engine.hand(pa.table({"work": works, "metro_id": metros, **flags}))
    return engine.arrow(resampled(rows, engine.hand(replicates(REPLICATES)))).to_pandas()


def test_single_works_are_drawn_as_a_poisson_distribution_says(engine):
    works = [4_400_000_000 + 7 * number for number in range(WORKS)]
    drawn = drawn_of(engine, works, [str(work) for work in works])["ai_works"]
    for times in range(5):
        expected = exp(-1) / factorial(times)
        spread = sqrt(expected * (1 - expected) / len(drawn))
        assert (drawn == times).mean() == pytest.approx(expected, abs=5 * spread)


def test_a_metro_of_many_works_moves_by_the_root_of_their_number(engine):
    works = list(range(1_000_000, 1_000_000 + WORKS))
    ends = intervals(drawn_of(engine, works, ["one"] * WORKS)).loc["one"]
    half = (ends["ai_works_to"] - ends["ai_works_from"]) / 2
    assert half == pytest.approx(1.96 * sqrt(WORKS), rel=0.25)
    assert ends["ai_works_from"] < WORKS < ends["ai_works_to"]


def test_a_share_of_a_hundred_papers_moves_by_six_points(engine):
    works = [3_000_000_000 + 13 * number for number in range(101)]
    ends = intervals(drawn_of(engine, works, ["one"] * 101, cited=10)).loc["one"]
    half = (ends["top_10_pct_to"] - ends["top_10_pct_from"]) / 2
    assert half == pytest.approx(196 * sqrt(0.099 * 0.901 / 101), rel=0.3)


def test_a_work_of_two_metros_moves_both_alike(engine):
    works = list(range(WORKS))
    drawn = drawn_of(engine, works * 2, ["one"] * WORKS + ["other"] * WORKS)
    by_metro = {name: rows.sort_values("replicate") for name, rows in drawn.groupby("metro_id")}
    one, other = (by_metro[name][list(RESAMPLED)] for name in ("one", "other"))
    assert one.to_numpy().tolist() == other.to_numpy().tolist()


def test_a_metro_far_ahead_keeps_its_rank(engine):
    works = list(range(WORKS + 50))
    ends = intervals(drawn_of(engine, works, ["first"] * WORKS + ["second"] * 50))
    assert ends.loc["first", ["rank_from", "rank_to"]].tolist() == [1, 1]
    assert ends.loc["second", ["rank_from", "rank_to"]].tolist() == [2, 2]
