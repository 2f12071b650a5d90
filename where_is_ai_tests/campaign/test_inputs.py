"""A slice of the campaigns on inputs: no fault may end in a foreign exception or in numbers that are silently wrong."""

import pytest

from where_is_ai_tests.campaign import inputs_boards, inputs_openalex
from where_is_ai_tests.campaign.rows import BAD, table

SLICE = 12


@pytest.mark.parametrize("campaign", [inputs_openalex, inputs_boards], ids=["openalex", "boards"])
def test_no_input_gives_silently_wrong_numbers_or_a_foreign_exception(campaign):
    rows = campaign.run(seed=3, limit=SLICE)
    assert len({row.kind for row in rows}) == SLICE
    assert not [row for row in rows if row.verdict in BAD], table(rows)


@pytest.mark.slow
@pytest.mark.parametrize("campaign", [inputs_openalex, inputs_boards], ids=["openalex", "boards"])
def test_no_kind_of_input_does(campaign):
    rows = campaign.run(seed=4, limit=len(campaign.KINDS))
    assert not [row for row in rows if row.verdict in BAD], table(rows)
