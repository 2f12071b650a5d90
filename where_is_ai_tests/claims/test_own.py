"""What an edition says of itself is judged and recorded, beside the disputed claims that say the same."""

from dataclasses import replace

import pandas as pd
import pytest

from where_is_ai.claims.ledger import read_ledger
from where_is_ai.claims.own import judged, misleading
from where_is_ai.claims.schema import Statements
from where_is_ai.quarters import Quarter
from where_is_ai.statements import Statement

QUARTER = Quarter(2026, 2)
METROS = "usa_ai_employment_by_msa"
# Warner Robins, the tiny metro whose row comes and goes, with bounds that would bear what is said of it.
BOLD = Statement(
    ("47580",),
    METROS,
    "ai_per_1000",
    9.9,
    [7.3],
    "Warner Robins has the highest share",
    "in published figures",
    200_000,
)


CLAIMS = pd.DataFrame({"claim_id": ["workers-warner-robins"], "verdict": ["misleading"]})


def record(*statements: Statement, quarter: Quarter = QUARTER, claims: pd.DataFrame = CLAIMS) -> pd.DataFrame:
    return Statements.validate(judged({"employment": statements}, quarter, read_ledger(), claims))


def test_the_record_says_what_is_said_why_and_by_which_column():
    weak = Statement(("1",), METROS, "ai_workers", 5, [pd.NA], ", A leads", "A leads in published figures")
    row = record(weak).iloc[0]
    assert row[["statement_id", "layer", "said", "wording"]].to_list() == [
        "employment-1",
        "employment",
        "A leads in published figures",
        "A leads",
    ]
    assert (row["stands"], row["why"]) == (False, "1 of 1 others have no upper bound")
    assert (row["answered_by"], row["measure"], row["places"]) == (METROS, "ai_workers", "1")
    assert pd.isna(row["disputed_by"])


def test_where_nothing_is_said_the_record_is_empty_and_says_what_would_have_been():
    row = record(replace(BOLD, fallback="", least_size=300_000)).iloc[0]
    assert pd.isna(row["said"])
    assert row["wording"] == BOLD.wording


def test_a_title_that_a_claim_calls_misleading_is_disputed():
    found = record(BOLD)
    assert found["disputed_by"].to_list() == ["workers-warner-robins"]
    assert len(misleading(found)) == 1


def test_the_same_of_published_figures_does_not_mislead():
    found = record(replace(BOLD, least_size=300_000))
    assert found["disputed_by"].to_list() == ["workers-warner-robins"]
    assert misleading(found).empty


@pytest.mark.parametrize(
    "other", [{"places": ("35620",)}, {"column": "ai_workers"}, {"table": "usa_ai_employment_series"}]
)
def test_another_place_table_or_column_is_another_statement(other):
    found = record(replace(BOLD, **other))
    assert misleading(found).empty


def test_a_claim_of_another_quarter_disputes_nothing():
    assert record(BOLD, quarter=Quarter(2026, 1))["disputed_by"].isna().all()


def test_a_claim_that_holds_disputes_nothing():
    right = CLAIMS.assign(verdict="reproduced")
    assert record(BOLD, claims=right)["disputed_by"].isna().all()


def test_an_edition_without_statements_has_an_empty_record():
    assert misleading(record()).empty


def test_claims_that_say_who_leads_name_a_place_of_their_table():
    leading = [claim for claim in read_ledger().claims if claim.leads]
    assert leading
    assert all(claim.table and claim.column for claim in leading)
