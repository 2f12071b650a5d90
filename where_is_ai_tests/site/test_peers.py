"""A metro beside its peers: each layer says why a number is not known, and why ranges tell nothing."""

import pytest

from where_is_ai import layers
from where_is_ai.layers.compute.on_metro import unknown as unknown_compute
from where_is_ai.layers.funding.on_metro import unknown as unknown_funding
from where_is_ai.publication.measures import measures_of
from where_is_ai_tests.site.test_metros import BOSTON, page, text


@pytest.mark.parametrize("layer", layers.LAYERS, ids=lambda layer: layer.name)
def test_a_layer_that_may_not_know_its_first_measure_says_why(layer):
    first = measures_of(layer, layer.by_metro)[0]
    assert layer.by_metro.columns()[first.name].nullable == bool(layer.on_metro.unknown)
    assert layer.on_metro.not_here.endswith(".")


def test_reasons_follow_the_rules_of_the_layer():
    assert unknown_compute({"sites_unknown": 2}) == "no capacity is known of 2 listed data centres"
    assert "no H100 equivalents" in unknown_compute({"sites_unknown": 0})
    assert unknown_funding({"ai_unknown_offerings": 1}) == "the amount sold is not known of 1 offering"


def peers_of(published, slug: str):
    """The section on peers of a metro's page."""
    return page(published, slug).xpath("//section[@aria-labelledby='peers']")[0]


@pytest.mark.slow
def test_a_peer_that_cannot_be_compared_says_why(published):
    rows = [text(row) for row in peers_of(published, BOSTON).xpath(".//tbody/tr/td")]
    doubtful = [said for said in rows if "can't tell" in said]
    assert doubtful
    assert all(said.endswith((": a lower bound", ": ranges meet")) for said in doubtful)
    assert not any("≥" in said and "ranges meet" in said for said in doubtful)


@pytest.mark.slow
def test_what_no_row_means_is_said_by_the_layer(published):
    research = next(layer for layer in layers.LAYERS if layer.name == "research")
    note = f"No row of {research.title}: {research.on_metro.not_here}"
    pages = [path.stem for path in (published / "metros").glob("us-*.html") if "no row" in path.read_text()]
    with_gap = [
        slug
        for slug in pages
        if page(published, slug).xpath("//section[@aria-labelledby='peers']//td[.='no row']")
    ]
    assert with_gap
    assert any(note in text(peers_of(published, slug)) for slug in with_gap)
    assert note not in text(peers_of(published, "us-35620"))
