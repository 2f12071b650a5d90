"""What holds nothing of a quarter is not passed for measured: checks on it warn, and say why and what to do."""

import dagster as dg
import pytest

from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.nothing import LEFT_OUT
from where_is_ai.defs.outcome import outcome_of
from where_is_ai.layers import LAYERS
from where_is_ai.quarters import Quarter

WARN = dg.AssetCheckSeverity.WARN


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run assets of a job for a quarter from the sample; gives the run."""
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))

    def run(job: str, quarter: str, *assets: str) -> dg.ExecuteInProcessResult:
        with dg.DagsterInstance.ephemeral() as instance:
            return (
                definitions(LAYERS)
                .resolve_job_def(job)
                .execute_in_process(
                    partition_key=Quarter.parse(quarter).partition_key,
                    instance=instance,
                    asset_selection=[dg.AssetKey(asset) for asset in assets],
                    run_config={
                        "resources": {"choices": {"config": {"source": "sample", "method": "article"}}}
                    },
                )
            )

    return run


def checks(run: dg.ExecuteInProcessResult) -> dict[tuple[str, str], dg.AssetCheckEvaluation]:
    return {
        (check.asset_key.path[-1], check.check_name): check for check in run.get_asset_check_evaluations()
    }


def test_every_check_on_what_follows_from_a_gap_warns_and_names_it(run):
    made = run("visas", "2026-Q2", "raw_lca_disclosures", "lca_cases", "visas_publication")
    found = checks(made)
    assert ("lca_cases", "fits_its_model") in found
    assert ("raw_lca_disclosures", "answer_is_there") in found
    for name, check in found.items():
        assert (check.passed, check.severity) == (False, WARN), name
        assert "LCA_Disclosure_Data_FY2026_Q3 is not at hand" in check.metadata[LEFT_OUT].value, name
    said = found["visas_publication", "is_measured"]
    assert said.metadata["what_to_do"].value.startswith("Fetch it: set WHERE_IS_AI_CONTACT")


def test_the_command_line_tells_a_gap_once(run):
    made = run("visas", "2026-Q2", "raw_lca_disclosures", "lca_cases", "visas_publication")
    outcome = outcome_of(made, definitions(LAYERS).resolve_asset_graph())
    assert list(outcome.left_out) == ["visas"]
    assert outcome.warnings == {}


def test_what_the_method_does_not_need_is_no_gap(run):
    found = checks(run("research", "2026-Q2", "raw_research_geographies"))
    assert {name for _, name in found} >= {"answer_is_there", "licence_as_known"}
    for check in found.values():
        assert check.passed
        assert check.description == "Not needed: The method knows city tags alone."


def test_a_quarter_after_the_sample_s_last_is_told_which_one_it_answers_for(run):
    found = checks(run("visas", "2026-Q3", "raw_lca_disclosures", "visas_publication", "edition"))
    assert "choose that" in found["visas_publication", "is_measured"].metadata["what_to_do"].value
    sample = found["edition", "sample_has_the_quarter"]
    assert not sample.passed
    assert "2026-Q2, whose key is 2026-04" in sample.description


def test_a_table_that_is_empty_for_no_gap_is_checked(run):
    found = checks(
        run("employment", "2020-Q2", "raw_census_gazetteer", "raw_census_population", "cbsa_places")
    )
    assert found["cbsa_places", "fits_its_model"].passed
    assert LEFT_OUT not in found["cbsa_places", "fits_its_model"].metadata
