"""What the page of a metro says of its occupations, their pay and the wider definition."""

from types import SimpleNamespace

import pandas as pd
import pytest

from where_is_ai.layers.employment.by_occupation import by_occupation
from where_is_ai.layers.employment.on_metro import metro_slice
from where_is_ai_tests.layers.employment.test_level import AI, cells, metros, places  # noqa: F401

SCIENTISTS, DATA = "Computer and Information Research Scientists (15-1221)", "Data Scientists (15-2051)"


@pytest.fixture(scope="module")
def lines(cells, metros):  # noqa: F811
    """The lines on a metro's page, by its area_code: of May 2025."""
    tables = {
        "usa_ai_employment_by_msa": metros["2025-05"].reset_index(),
        "usa_ai_employment_by_occupation": by_occupation(cells["2025-05"], AI),
        "usa_ai_employment_series": pd.DataFrame({"area_code": []}),
    }

    def rows_by(name: str, column: str) -> dict:
        rows = tables[name]
        return {key: part.to_dict("records") for key, part in rows.groupby(column)}

    edition = SimpleNamespace(tables=tables, rows_by=rows_by)
    rows = rows_by("usa_ai_employment_by_msa", "area_code")
    return lambda area: metro_slice(rows[area][0], edition).lines


def test_each_occupation_has_its_interval_location_quotient_and_pay(lines):
    said = next(line for line in lines("35620") if line.startswith(DATA))
    assert said == (
        f"{DATA}: 23,160 jobs, 21,140 to 25,180 by the 90 % margin; 1.45 times the nation's share; "
        "median pay $135,980 a year, the middle half from $101,320 to $173,160"
    )


def test_pay_is_said_where_employment_is_withheld(lines):
    said = next(line for line in lines("26620") if line.startswith(SCIENTISTS))
    assert said.startswith(f"{SCIENTISTS}: withheld by BLS; median pay $122,200 a year")


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("42660", ", +4 places by it"),
        ("47580", ", −21 places by it"),
        ("35620", "42,200, rank 1, the same rank"),
        ("26620", "“developers”: ≥ 1,604"),
    ],
)
def test_the_wider_definition_is_named_with_what_it_moves(lines, area, words):
    (said,) = (line for line in lines(area) if "wider definition" in line)
    assert words in said
