"""Verdicts come out of the tables: where the data change, they change."""

import pandas as pd
import pytest

from where_is_ai.claims.ledger import Ledger, parse, read_ledger
from where_is_ai.claims.schema import Claims
from where_is_ai.claims.verdicts import disputed, judge_all
from where_is_ai.errors import WhereIsAIError
from where_is_ai_tests.sample_edition import make_edition, tables_for_claims


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> dict[str, pd.DataFrame]:
    return tables_for_claims(make_edition(tmp_path_factory.mktemp("data")))


@pytest.fixture
def tables(sample) -> dict[str, pd.DataFrame]:
    """The sample's tables, free to be changed."""
    return {name: table.copy() for name, table in sample.items()}


def verdicts(tables: dict[str, pd.DataFrame], ledger: Ledger | None = None) -> pd.DataFrame:
    edition = {"2026-Q2": tables}
    claims = judge_all(ledger or read_ledger(), lambda name, quarter: edition.get(quarter, {}).get(name))
    return Claims.validate(claims).set_index("claim_id")


def verdict_on(claim_id: str, tables: dict[str, pd.DataFrame]) -> pd.Series:
    ledger = read_ledger()
    claim = next(claim for claim in ledger.claims if claim.id == claim_id)
    return verdicts(tables, Ledger(ledger.documents, (claim,))).loc[claim_id]


def test_what_the_tables_give_is_reproduced(tables):
    found = verdicts(tables)
    for claim, computed in {
        "workers-new-york": "25260",
        "workers-new-york-growth": "18.93",
        "workers-san-jose": "7.29",
        "research-beijing": "42843",
        "research-hong-kong": "4",
        "research-zurich": "2931",
    }.items():
        assert (found.loc[claim, "verdict"], found.loc[claim, "computed"]) == ("reproduced", computed)


def test_china_has_15_of_the_top_30_hong_kong_apart_until_two_metros_lie_elsewhere(tables):
    row = verdict_on("research-china-top-30", tables)
    assert (row["verdict"], row["published"], row["computed"]) == ("differs", "13", "15")
    assert "without Hong Kong" in row["why"]
    metros = tables["world_ai_research_by_metro"]
    metros.loc[metros["metro"].isin(["Hefei", "Dalian"]), "country_code"] = "TW"
    row = verdict_on("research-china-top-30", tables)
    assert (row["verdict"], row["computed"]) == ("misleading", "13")
    tables["world_ai_research_by_metro"] = metros[metros["metro"] != "Hong Kong"]
    assert verdict_on("research-china-top-30", tables)["verdict"] == "reproduced"


def test_zurichs_second_institution_is_its_university_until_epfl_moves_there(tables):
    row = verdict_on("research-zurich-institutions", tables)
    assert (row["verdict"], row["computed"]) == ("differs", "ETH Zurich; University of Zurich")
    assert row["why"] == "École Polytechnique Fédérale de Lausanne is in Lausanne, with 1,103 papers"
    institutions = tables["world_ai_research_by_institution"]
    names = institutions["institution"]
    institutions.loc[names == "University of Zurich", "metro"] = "Basel"
    institutions.loc[names.str.contains("Lausanne"), ["metro", "included"]] = ["Zurich", True]
    assert verdict_on("research-zurich-institutions", tables)["verdict"] == "reproduced"


def test_boston_is_harvard_mit_and_another_one_until_that_one_is_gone(tables):
    row = verdict_on("research-boston-institutions", tables)
    assert (row["verdict"], row["published"], row["computed"]) == ("differs", "5863", "4212")
    assert "1,651 of Boston's papers are Renewable Energy Systems" in row["why"]
    institutions = tables["world_ai_research_by_institution"]
    institutions.loc[institutions["institution"] == "Harvard University", "ai_works"] += 1651
    tables["world_ai_research_by_institution"] = institutions[
        ~institutions["institution"].str.startswith("Renewable Energy Systems")
    ]
    assert verdict_on("research-boston-institutions", tables)["verdict"] == "reproduced"


def test_huntsvilles_fall_misleads_while_it_is_suppressed(tables):
    row = verdict_on("workers-huntsville", tables)
    assert row["verdict"] == "misleading"
    assert "suppressed" in row["why"]
    metros = tables["usa_ai_employment_by_msa"]
    huntsville = metros["metro"].str.startswith("Huntsville")
    metros.loc[huntsville, "coverage"] = "all_published"
    assert verdict_on("workers-huntsville", tables)["verdict"] == "reproduced"
    metros.loc[huntsville, "rank_concentration"] = 9
    assert verdict_on("workers-huntsville", tables)["verdict"] == "differs"


def test_warner_robins_misleads_while_its_row_comes_and_goes(tables):
    row = verdict_on("workers-warner-robins", tables)
    assert (row["verdict"], row["computed"]) == ("misleading", "9.99")
    assert "15-1221 not listed in May 2024, published in May 2025" in row["why"]
    assert "from 80 to 110" in row["why"]
    changes = tables["usa_ai_employment_yoy"]
    changes.loc[changes["metro"].str.startswith("Warner Robins"), "comparable"] = True
    assert verdict_on("workers-warner-robins", tables)["verdict"] == "reproduced"


def test_growth_of_a_metro_that_can_not_be_compared_misleads(tables):
    changes = tables["usa_ai_employment_yoy"]
    new_york = changes["metro"].str.startswith("New York")
    changes.loc[new_york, ["comparable", "why_not"]] = [False, "15-2051 suppressed in both releases"]
    row = verdict_on("workers-new-york-growth", tables)
    assert (row["verdict"], row["computed"]) == ("misleading", "18.93")
    assert "15-2051 suppressed" in row["why"]


def test_without_the_edition_release_or_method_that_a_claim_is_about_nothing_is_reproduced(tables):
    assert set(verdicts({})["verdict"]) == {"not_reproducible", "not_checkable"}
    tables["usa_ai_employment_by_msa"]["oews_release"] = "2026-05"
    tables["world_ai_research_by_metro"]["method"] = "standard"
    found = verdicts(tables)
    assert found.loc["workers-new-york", "verdict"] == "not_reproducible"
    assert found.loc["workers-new-york", "why"].startswith("missing: the edition of 2026-Q2")
    assert found.loc["research-beijing", "verdict"] == "not_reproducible"


def test_postings_that_are_proprietary_can_not_be_reproduced_until_somebody_has_them(tables):
    row = verdict_on("postings-san-jose-rate", tables)
    assert row["verdict"] == "not_reproducible"
    assert "property" in row["why"]
    held = pd.DataFrame({"area_code": ["41940"], "rank": [1], "ai_postings_per_100k": [142.43]})
    asked = "postings-san-jose-rate"
    assert verdict_with(asked, held.assign(sources="LinkUp raw feed")) == "reproduced"
    assert verdict_with(asked, held.assign(sources="Greenhouse boards")) == "not_reproducible"


def test_a_list_of_clusters_is_held_against_the_timelines_of_the_same_site():
    sites = pd.DataFrame({"site": ["Colossus 1", "Colossus 2"], "h100e": [209_125.0, 0.0]})
    assert verdict_with("compute-colossus", sites) == "differs"
    assert verdict_with("compute-colossus", sites.replace(209_125.0, 270_000.0)) == "reproduced"


def test_a_round_is_held_against_what_the_company_filed_and_never_against_made_up_filings():
    filed = pd.DataFrame(
        {"issuer": ["X.AI Corp.", "XAIO Inc."], "sold_usd": [5.99e9, 1.0], "source": "SEC Form D"}
    )
    assert verdict_with("funding-xai-series-c", filed) == "reproduced"
    assert verdict_with("funding-xai-series-c", filed.replace(5.99e9, 4e9)) == "differs"
    assert verdict_with("funding-xai-series-c", filed.assign(source="made-up filings")) == "not_reproducible"


def verdict_with(claim_id: str, table: pd.DataFrame) -> str:
    """The verdict on a claim whose table is this in its quarter."""
    ledger = read_ledger()
    claim = next(claim for claim in ledger.claims if claim.id == claim_id)
    answer = {(claim.table, claim.quarter): table}
    claims = judge_all(Ledger(ledger.documents, (claim,)), lambda *asked: answer.get(asked))
    return claims["verdict"].item()


def test_every_document_has_statements_and_the_disputed_are_those_that_differ_or_mislead(tables):
    claims = verdicts(tables).reset_index()
    for document in read_ledger().documents:
        assert claims["documents"].str.split().map(lambda ids, of=document.id: of in ids).any()
    wrong = disputed(claims, "heatmaps")
    assert {"workers-huntsville", "research-china-top-30"} <= set(wrong["claim_id"])
    assert set(wrong["verdict"]) == {"differs", "misleading"}
    assert disputed(claims, "axios-boston").empty


LEDGER = """
[[document]]
id = "d"
title = "A document"

[[claim]]
id = "c"
documents = ["d"]
place = "first line"
statement = "something"
published = 1
"""


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("", "names neither a table nor what is missing"),
        ('missing = "all"\ncolour = "red"', "colour"),
        ('missing = "all"\nrelation = "~"', "relation"),
        ('missing = "all"\nuse = "nowhere"', "nowhere"),
        ("missing = all", "not TOML"),
    ],
)
def test_a_ledger_that_is_off_names_the_claim_and_the_file(more, problem):
    with pytest.raises(WhereIsAIError, match=problem) as error:
        parse(LEDGER + more)
    assert "ledger.toml" in error.value.remedy


def test_a_claim_of_an_unknown_document_or_a_doubled_id_is_refused():
    with pytest.raises(WhereIsAIError, match="names the documents"):
        parse((LEDGER + 'missing = "all"').replace('documents = ["d"]', 'documents = ["e"]'))
    twice = LEDGER.split("[[claim]]")[1] + 'missing = "all"\n'
    with pytest.raises(WhereIsAIError, match="used twice"):
        parse(LEDGER.split("[[claim]]")[0] + f"[[claim]]{twice}[[claim]]{twice}")


def test_a_column_that_the_table_does_not_have_is_an_error_that_names_the_claim():
    ledger = parse(LEDGER + 'missing = "all"\ntable = "t"\ncolumn = "nothing"')
    with pytest.raises(WhereIsAIError, match="'c' can't be answered from the table t"):
        judge_all(ledger, lambda name, quarter: pd.DataFrame({"some": [1]}))
