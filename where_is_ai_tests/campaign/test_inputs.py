"""A slice of the campaigns on inputs: no fault may end in a foreign exception or in numbers that are silently wrong."""

import pytest

from where_is_ai_tests.campaign import inputs_boards, inputs_oews, inputs_openalex
from where_is_ai_tests.campaign.rows import BAD, Verdict, table

SLICE = 12
CAMPAIGNS = pytest.mark.parametrize(
    "campaign", [inputs_oews, inputs_openalex, inputs_boards], ids=["oews", "openalex", "boards"]
)


@pytest.mark.slow
@CAMPAIGNS
def test_no_input_gives_silently_wrong_numbers_or_a_foreign_exception(campaign):
    rows = list(campaign.run(seed=3, limit=SLICE))
    assert len({row.kind for row in rows}) == SLICE
    assert not [row for row in rows if row.verdict in BAD], table(rows)


@pytest.mark.slow
@CAMPAIGNS
def test_no_kind_of_input_does(campaign):
    rows = list(campaign.run(seed=4, limit=len(campaign.KINDS)))
    assert not [row for row in rows if row.verdict in BAD], table(rows)


def test_a_wrong_number_of_oews_that_nothing_refused_is_noticed(monkeypatch):
    (kind,) = (kind for kind in inputs_oews.KINDS if kind.name == "jobs no multiple of ten")
    assert inputs_oews.judged(kind, "7").verdict is Verdict.CLEAR_ERROR
    monkeypatch.setattr("where_is_ai.layers.employment.source.CELL_RULES", ())
    verdicts = {inputs_oews.judged(kind, str(seed)).verdict for seed in range(8)}
    assert Verdict.SILENTLY_WRONG in verdicts
