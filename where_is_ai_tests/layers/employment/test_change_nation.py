import pytest

from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.change_nation import nation_change
from where_is_ai.layers.employment.schema_nation import NationChange
from where_is_ai_tests.layers.employment.cells import cells


def release(month: str, *jobs: int | None):
    return cells(month, *((f"1000{n}", "15-2051", each, 10.0) for n, each in enumerate(jobs)))


def test_all_comparable_metros_are_summed_with_their_error_and_the_others_left_out():
    changes = change(release("2024-05", 1000, 1000, 500, None), release("2025-05", 1500, 900, 500, 900))
    row = NationChange.validate(nation_change(changes)).iloc[0]
    assert (row["metros_compared"], row["rose"], row["fell"], row["unchanged"]) == (3, 1, 1, 1)
    assert (row["like_for_like_before"], row["like_for_like_after"]) == (2500, 2900)
    assert (row["like_for_like_change"], row["like_for_like_pct"]) == (400, pytest.approx(16))
    squares = 1000**2 + 1000**2 + 500**2 + 1500**2 + 900**2 + 500**2
    assert row["moe90"] == pytest.approx(0.1645 * squares**0.5)
    assert row["rounding"] == pytest.approx(3 * 2 * 5)
    assert row["moe90_if_panels_overlap"] < row["moe90"] < row["moe90_if_metros_move_together"]
    assert not row["exceeds_noise"]


def test_where_nothing_is_comparable_there_is_no_row():
    changes = change(release("2024-05", None), release("2025-05", 100))
    assert NationChange.validate(nation_change(changes)).empty
