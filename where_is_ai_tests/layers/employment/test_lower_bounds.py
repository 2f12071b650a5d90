"""A number that is a lower bound is shown as one, wherever a page shows it."""

import pandas as pd
import pytest

from where_is_ai.layers.employment.layer import EMPLOYMENT
from where_is_ai.site.table_view import view
from where_is_ai_tests.layers.employment.test_level import cells, metros, places  # noqa: F401

TABLES = {table.name: table for table in EMPLOYMENT.tables}
METROS = TABLES["usa_ai_employment_by_msa"]


def shown(rows: pd.DataFrame, column: str) -> pd.Series:
    """The texts of a column as the page of the table shows it, by key."""
    made = view(METROS, rows)
    place = [each.name for each in made.columns].index(column)
    return pd.Series({row.key: row.cells[place].text for row in (*made.rows, *made.rest)})


@pytest.mark.parametrize("month", ["2022-05", "2025-05"])
def test_page_tables_mark_each_lower_bound_and_nothing_else(metros, month):  # noqa: F811
    rows = metros[month].reset_index().head(1000)
    bounds = rows.set_index("area_code")["coverage"].isin(["not_listed", "suppressed"])
    assert 100 < bounds.sum() < len(bounds)
    for column in ("ai_workers", "ai_per_1000"):
        assert (shown(rows, column).str.startswith("≥ ") == bounds).all()


def test_the_wider_count_is_marked_where_an_occupation_of_it_is_not_shown(metros):  # noqa: F811
    rows = metros["2025-05"].reset_index()
    lacking = rows.set_index("area_code").eval("wide_not_shown.notna() and ai_workers_wide.notna()")
    assert (shown(rows, "ai_workers_wide").str.startswith("≥ ") == lacking).all()


@pytest.mark.parametrize(
    ("basis", "at_most", "text"),
    [
        ("published_metro_cells", 120, "≥ 100"),
        ("published_metro_cells", pd.NA, "≥ 100"),
        ("published_metro_cells", 100, "100"),
        ("national_file", pd.NA, "100"),
    ],
)
def test_a_state_s_sum_is_marked_unless_all_of_its_metros_are_whole(basis, at_most, text):
    row = {"ai_workers": 100, "hidden_high": at_most, "basis": basis}
    assert TABLES["usa_ai_employment_by_state"].text("ai_workers", row) == text


def test_what_is_unknown_is_no_bound():
    row = {"ai_workers": pd.NA, "coverage": "suppressed"}
    assert METROS.text("ai_workers", row) == "—"
