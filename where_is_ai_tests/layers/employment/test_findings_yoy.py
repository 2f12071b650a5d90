"""What changed, in words."""

import pytest

from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.change_nation import nation_change
from where_is_ai.layers.employment.findings_yoy import CHANGES, NATION, usa_yoy_findings
from where_is_ai.layers.layer import Material
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.employment.cells import cells


def words(before: dict[str, int | None], after: dict[str, int | None], prse_pct: float = 5.0) -> str:
    first, last = (
        cells(month, *((area, "15-2051", jobs, prse_pct) for area, jobs in of_areas.items()))
        for month, of_areas in (("2024-05", before), ("2025-05", after))
    )
    changes = change(first, last)
    return usa_yoy_findings(Material(Quarter(2026, 2), {CHANGES: changes, NATION: nation_change(changes)}))


@pytest.fixture(scope="module")
def told() -> str:
    quiet = {f"2000{n}": 1000 for n in range(8)}
    before = {"10001": 20_000, "10002": 1000, "10003": None} | quiet
    after = {"10001": 22_500, "10002": 2000, "10003": 500} | quiet
    return words(before, after)


def test_it_leads_with_all_metros_together_and_then_with_what_holds_not_with_what_is_largest(told):
    lead = told.splitlines()[2]
    assert lead.startswith(
        "The 10 metros that can be compared went from 29,000 AI workers to 32,500 together"
    )
    assert "+3,500 (+12.1 %)" in lead
    assert lead.endswith(
        "2 rose, 0 fell and 8 stayed as they were. The largest gain in BLS's published figures that holds among all "
        "these comparisons is that of Metro 10002, ST: +1,000 (+100.0 %)."
    )


def test_a_gain_that_only_exceeds_its_own_noise_stands_apart(told):
    held, alone = told.split("## Changes that exceed their own noise")
    assert "Metro 10001" not in held
    assert "| +2,500 | +12.5 % |" in alone


def test_the_rate_the_assumption_and_the_warning_are_named(told):
    assert "Benjamini and Hochberg, with at most 10 % false discoveries, 1 holds" in told
    assert "the errors of the two releases are independent" in told
    assert "BLS advises against" in told.split("## Largest gains")[0]
    assert told.count("*BLS advises against") >= 2
    assert "half the 90" not in told


def test_where_nothing_is_comparable_it_says_so():
    told = words({"10001": None}, {"10001": 100})
    assert "No metro can be compared between these two releases." in told
