"""What each layer says of a whole country beside its metros: the same unit and denominator, or why it is unknown."""

import pandas as pd
import pytest

from where_is_ai.layers import LAYERS
from where_is_ai.layers.adoption.on_metro import nation as adoption
from where_is_ai.layers.compute.on_metro import nation as compute
from where_is_ai.layers.employment.on_metro import nation as employment
from where_is_ai.layers.funding.metro import AI, KEPT
from where_is_ai.layers.funding.on_metro import nation as funding
from where_is_ai.layers.layer import National
from where_is_ai.layers.patents.on_metro import nation as patents
from where_is_ai.layers.postings.on_metro import nation as postings
from where_is_ai.layers.research.on_metro import nation as research
from where_is_ai.layers.visas.on_metro import nation as visas
from where_is_ai.publication.measures import measures_of
from where_is_ai_tests.made_edition import made_edition


def site(country, h100e, operational=True, mw=1.0):
    return {
        "country_code": country,
        "h100e": h100e,
        "mw": mw,
        "pipeline_mw": 2.0,
        "operational": operational,
    }


def test_machines_of_a_country_are_all_its_sites_in_metros_or_not():
    edition = made_edition(
        world_ai_compute_by_site=[site("US", 10), site("US", 5), site("US", 0, False), site("CN", 7)]
    )
    assert compute(edition, "US")["h100e"].value == 15
    assert compute(edition, "US")["sites"].value == 2
    assert not compute(edition, "US")["h100e"].at_least
    assert compute(edition, "CN")["pipeline_mw"].value == 2
    assert compute(edition, "FR") == {}


def test_a_site_of_unknown_size_makes_a_countrys_machines_a_lower_bound():
    edition = made_edition(world_ai_compute_by_site=[site("US", 10), site("US", None, pd.NA, None)])
    assert compute(edition, "US")["h100e"].value == 10
    assert compute(edition, "US")["h100e"].at_least


def metro(country, works, summed, basis="distinct", institutions=2):
    return {
        "country_code": country,
        "ai_works": works,
        "ai_works_summed": summed,
        "count_basis": basis,
        "institutions": institutions,
    }


def test_papers_of_a_country_are_bounded_where_each_is_counted_once_and_added_where_not():
    once = made_edition(world_ai_research_by_metro=[metro("FR", 90, 100), metro("FR", 20, 25)])
    papers = research(once, "FR")["ai_works"]
    assert (papers.value, papers.low, papers.high) == (None, 90, 125)
    assert "do not add up" in papers.note
    summed = made_edition(
        world_ai_research_by_metro=[metro("FR", 100, 100, "summed"), metro("FR", 25, 25, "summed")]
    )
    assert research(summed, "FR")["ai_works"].value == 125
    assert research(summed, "FR")["institutions"].value == 4
    assert research(summed, "DE") == {}


def test_patents_of_a_country_are_those_by_inventors_anywhere_in_it():
    rows = [
        {"country_code": "US", "ai_patents": 12.5, "ai_patents_any": 20, "ai_share_pct": 2.5},
        {"country_code": "JP", "ai_patents": 3.0, "ai_patents_any": 4, "ai_share_pct": 1.5},
    ]
    edition = made_edition(world_ai_patents_by_country=rows)
    assert {name: each.value for name, each in patents(edition, "JP").items()} == {
        "ai_patents": 3.0,
        "ai_patents_any": 4,
        "ai_share_pct": 1.5,
    }
    assert patents(edition, "FR") == {}


def offering(sold, issuer="A", cik="0000000001", placed="metro"):
    return {"amount_sold_usd": sold, "issuer": issuer, "cik": cik, "placed": placed}


def test_money_of_the_nation_is_that_of_companies_with_an_address_in_it():
    edition = made_edition(
        usa_ai_funding_by_offering=[
            offering(100.0),
            offering(50.0),
            offering(0.0, "B", None, "micro"),
            offering(7.0, "C", "0000000003", "abroad"),
        ],
        usa_ai_funding_coverage=[{"part": KEPT, "issuers": 40}, {"part": AI, "issuers": 3}],
    )
    found = funding(edition, "US")
    assert found["ai_amount_sold_usd"] == National(150.0, note="with companies in no metro")
    assert found["ai_issuers"].value == 2
    assert found["ai_amount_median_usd"].value == 75
    assert found["ai_issuers_pct"].value == 7.5
    assert "those abroad too" in found["ai_issuers_pct"].note
    assert funding(edition, "CA") == {}


def test_an_amount_that_is_not_known_makes_the_nations_money_a_lower_bound():
    found = funding(made_edition(usa_ai_funding_by_offering=[offering(100.0), offering(None)]), "US")
    assert found["ai_amount_sold_usd"].at_least
    assert found["ai_issuers_pct"].value is None


def test_postings_of_the_nation_have_its_interval_by_the_same_residents():
    row = {
        "ai_postings": 1000,
        "ai_postings_low": 900.0,
        "ai_postings_high": 1100.0,
        "ai_postings_per_100k": 2.0,
        "ai_share_pct": 3.0,
        "population": 50_000_000,
    }
    found = postings(made_edition(usa_ai_postings_nation=[row]), "US")
    assert (found["ai_postings"].low, found["ai_postings"].high) == (900, 1100)
    assert found["ai_postings_per_100k"].low == pytest.approx(1.8)
    assert found["ai_postings_per_100k"].high == pytest.approx(2.2)
    without = postings(
        made_edition(usa_ai_postings_nation=[row | {"population": pd.NA, "ai_postings_per_100k": pd.NA}]),
        "US",
    )
    assert without["ai_postings_per_100k"].value is None
    assert "residents" in without["ai_postings_per_100k"].note


def test_what_is_not_read_of_a_country_is_unknown_for_a_reason():
    share = adoption(made_edition(), "US")["ai_use_pct"]
    assert share.value is None
    assert "not read here" in share.note
    workers = employment(made_edition(), "US")
    assert workers["ai_workers"].value is None
    assert workers["ai_workers"].note


def test_a_share_of_jobs_summed_over_metros_with_hidden_cells_is_a_lower_bound():
    rows = [
        {"area": "US", "basis": "national_file", "ai_workers": 300, "ai_per_1000": None, "hidden_high": 300},
        {
            "area": "US",
            "basis": "published_metro_cells",
            "ai_workers": 250,
            "ai_per_1000": 1.9,
            "hidden_high": None,
        },
    ]
    found = employment(made_edition(usa_ai_employment_by_state=rows), "US")
    assert (found["ai_workers"].value, found["ai_workers"].at_least) == (300, False)
    assert (found["ai_per_1000"].value, found["ai_per_1000"].at_least) == (1.9, True)


def test_every_layer_says_something_of_the_nation_or_of_each_of_its_measures_why_not():
    assert all(layer.on_metro.nation for layer in LAYERS)
    assert all(
        layer.on_metro.nation(made_edition(), "FR") == {} or layer.name == "adoption" for layer in LAYERS
    )
    row = {
        "part": "all certified cases",
        "ai_lca_cases": 5,
        "ai_share_pct": 1.0,
        "ai_lca_positions_new": 3,
        "median_wage_usd_per_year": None,
    }
    layer = next(layer for layer in LAYERS if layer.name == "visas")
    found = visas(made_edition(usa_ai_visas_nation=[row]), "US")
    assert found.keys() == {measure.name for measure in measures_of(layer)}
    assert found["median_wage_usd_per_year"].value is None
