"""Eighteen of the 96 columns, found by their headings and read as a stream; the others are not read at all."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.errors import BadUpstream
from where_is_ai.layers.visas.cells import read_rows
from where_is_ai.layers.visas.made_up import LAYOUT, as_csv
from where_is_ai.layers.visas.source import HEADINGS
from where_is_ai_tests.layers.visas.disclosed import PERSONAL, case, workbook

ROWS = [
    case(1),
    case(2, JOB_TITLE="Ingénieur & <Chef>", WORKSITE_COUNTY=""),
    case(3, WAGE_RATE_OF_PAY_FROM="61.50"),
]


def rows_of(tmp_path, content: bytes, kind: str = "xlsx", headings=HEADINGS) -> list:
    file = tmp_path / f"file.{kind}"
    file.write_bytes(content)
    return list(read_rows(file, f"https://www.dol.gov/file.{kind}", headings))


def expected() -> list:
    return [[row[name] or None for name in HEADINGS] for row in ROWS]


def without_days(rows: list) -> list:
    """A workbook holds days as numbers."""
    return [
        [cell for name, cell in zip(HEADINGS, cells, strict=True) if name != "DECISION_DATE"]
        for cells in rows
    ]


@pytest.mark.parametrize("inline", [False, True])
def test_a_workbook_is_read_alike_with_shared_and_with_inline_texts(tmp_path, inline):
    found = rows_of(tmp_path, workbook(ROWS, inline=inline))
    assert [line for line, _ in found] == [2, 3, 4]
    assert without_days(cells for _, cells in found)[:2] == without_days(expected())[:2]
    assert found[2][1][HEADINGS.index("WAGE_RATE_OF_PAY_FROM")] == "61.5"


def test_a_csv_file_is_read_as_a_workbook_is(tmp_path):
    found = rows_of(tmp_path, as_csv(ROWS), "csv")
    assert found == [(line, cells) for line, cells in enumerate(expected(), start=2)]


@settings(max_examples=10)
@given(order=st.randoms(use_true_random=False))
def test_columns_may_stand_in_any_order_among_new_ones(tmp_path_factory, order: random.Random):
    columns = [*LAYOUT, "A_NEW_COLUMN", "ANOTHER"]
    order.shuffle(columns)
    found = rows_of(tmp_path_factory.mktemp("order"), workbook(ROWS, columns))
    assert without_days(cells for _, cells in found)[:2] == without_days(expected())[:2]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_without_a_needed_column_is_refused_by_its_name(tmp_path, kind):
    rows = [{"SOC" if name == "SOC_CODE" else name: text for name, text in row.items()} for row in ROWS]
    content = workbook(rows, list(rows[0])) if kind == "xlsx" else ",".join(rows[0]).encode() + b"\n"
    with pytest.raises(BadUpstream, match="lacks the columns SOC_CODE"):
        rows_of(tmp_path, content, kind)


def test_a_shifted_row_of_a_csv_file_is_refused_without_a_word_of_what_it_holds(tmp_path):
    content = as_csv([case(1), case(2, EMPLOYER_POC_EMAIL="jane@doe.example")]).replace(b"jane", b"jane,doe")
    with pytest.raises(BadUpstream, match="line 3 has 97 cells under 96 headings") as refused:
        rows_of(tmp_path, content, "csv")
    assert "jane" not in str(refused.value)


def test_a_damaged_sheet_is_refused(tmp_path):
    content = workbook(ROWS)
    with pytest.raises(BadUpstream):
        rows_of(tmp_path, content[: len(content) // 2])


def test_of_the_shared_texts_only_those_of_needed_columns_are_ever_held(tmp_path, monkeypatch):
    from where_is_ai.layers.visas import cells

    held: list[str] = []
    resolve = cells._Texts.resolve

    def watched(self, *given):
        resolve(self, *given)
        held.extend(self._texts.values())

    monkeypatch.setattr(cells._Texts, "resolve", watched)
    rows_of(tmp_path, workbook([case(1, **{name: f"person in {name}" for name in PERSONAL})]))
    assert "Data Scientist" in held
    assert not [text for text in held if "person in" in text]
