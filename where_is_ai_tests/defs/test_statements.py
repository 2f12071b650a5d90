"""An edition whose own title says what a claim is misleading for is not published: the check stops it."""

from dataclasses import replace

import dagster as dg
import pandas as pd
import pytest

from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.statements import nothing_misleads, statements_asset
from where_is_ai.quarters import Quarter
from where_is_ai.statements import Statement
from where_is_ai_tests.toy_layer.layer import TOY

BOLD = Statement(
    ("47580",),
    "usa_ai_employment_by_msa",
    "ai_per_1000",
    9.9,
    [7.3],
    "It has the highest share",
    "It leads in figures",
)


@dg.asset(partitions_def=QUARTERS)
def claims() -> pd.DataFrame:
    return pd.DataFrame({"claim_id": ["workers-warner-robins"], "verdict": ["misleading"]})


@dg.asset(partitions_def=QUARTERS, deps=["statements"])
def edition() -> None:
    """Stands for the edition, which rests on the statements."""


def run(said: Statement) -> dg.ExecuteInProcessResult:
    layer = replace(TOY, statements=lambda material: [said])
    return dg.materialize(
        [claims, statements_asset([layer]), nothing_misleads, edition],
        partition_key=Quarter(2026, 2).partition_key,
        resources={"choices": Choices(), "io_manager": dg.mem_io_manager},
        raise_on_error=False,
    )


@pytest.mark.parametrize(
    ("said", "passes"),
    [(BOLD, False), (replace(BOLD, least_size=100_000), True)],
    ids=["as it is", "of figures"],
)
def test_an_edition_is_published_only_without_what_a_claim_is_misleading_for(
    said, passes, tmp_path, monkeypatch
):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    made = run(said)
    (found,) = made.get_asset_check_evaluations()
    assert (found.passed, found.severity) == (passes, dg.AssetCheckSeverity.ERROR)
    assert made.success == passes
    published = {event.asset_key.to_user_string() for event in made.get_asset_materialization_events()}
    assert ("edition" in published) == passes
