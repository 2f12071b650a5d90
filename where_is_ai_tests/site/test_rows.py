"""A long table is packed in its page, and a reader with a script finds every row as if it were not."""

import json

import pytest
from lxml import html

from where_is_ai.publication.catalog import published_table
from where_is_ai.site.table_view import READABLE_ROWS, Cell, view
from where_is_ai_tests.publication import tables

NAME = "usa_ai_employment_by_msa"
READ = """rows => rows.map(row => [row.id, row.dataset.key, row.querySelector("a").getAttribute("href"),
  ...[...row.cells].flatMap(cell => [cell.textContent, cell.dataset.v ?? null])])"""


@pytest.fixture(scope="module")
def shown():
    rows = tables.employment(tables.LAST)
    return view(published_table(NAME), rows, pages={f"us-{code}": f"us-{code}" for code in rows["area_code"]})


@pytest.mark.parametrize(
    ("cell", "is_read"),
    [
        (Cell("9,550", "9550", True), True),
        (Cell("≥ 4.96", "4.956005082", True), True),
        (Cell("4.96", "5.956", True), False),
        (Cell("—", None, True), True),
        (Cell("new", None, True), False),
        (Cell("Iran", "IR", False), False),
        (Cell("1,000 small", "1,000 small", False), True),
    ],
)
def test_a_cell_says_apart_what_it_sorts_by_only_where_that_is_not_what_it_shows(cell, is_read):
    assert cell.is_read == is_read
    assert ("data-" in cell.attributes) != is_read


def test_every_row_is_in_the_page_once(shown):
    packed = json.loads(shown.packed)
    assert len(shown.readable) == READABLE_ROWS
    assert [row.key for row in shown.readable] + [row[0] for row in packed] == [row.key for row in shown.rows]
    assert "<" not in shown.packed


@pytest.mark.slow
def test_rows_that_are_packed_are_as_those_that_are_not(site, shown):
    page = site.open("2026-Q2/jobs.html")
    page.locator("section", has=page.locator(f"#{NAME}")).locator(".more").first.click()
    found = page.locator(f"#{NAME} tbody tr").evaluate_all(READ)
    without = html.fromstring((site.published / "2026-Q2/jobs.html").read_text())
    assert len(without.xpath(f"//table[@id='{NAME}']/tbody/tr")) == READABLE_ROWS
    assert len(found) == len(shown.rows)
    for row, (anchor, key, link, *cells) in zip(shown.rows, found, strict=True):
        assert (anchor, key) == (f"{NAME}-{row.anchor}", row.key)
        assert link == f"../metros/us-{row.key}.html"
        assert cells[0 : 2 * len(row.cells) : 2] == [cell.text for cell in row.cells]
        for value, cell in zip(cells[1::2], row.cells, strict=False):
            assert (value is None) == (cell.value is None)
            if value is not None and not cell.numeric:
                assert value == cell.value
