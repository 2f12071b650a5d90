"""A metro beside its peers: each layer says why a number is not known, and why ranges tell nothing."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai import layers
from where_is_ai.layers.compute.on_metro import unknown as unknown_compute
from where_is_ai.layers.funding.on_metro import unknown as unknown_funding
from where_is_ai.publication.measures import measures_of
from where_is_ai.site.metros import Metro
from where_is_ai.site.standing import PEERS, Standings, peers_rule
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


def sized(slug: str, residents: int | None, in_usa: bool) -> Metro:
    return Metro(slug, slug, slug, "", in_usa, residents=residents)


def test_a_city_abroad_has_peers_by_residents_of_urban_centres_and_none_of_the_usa():
    abroad = [sized(f"fr-{size}", size * 100_000, in_usa=False) for size in range(1, 15)]
    usa = [sized(f"us-{size}", size * 100_000 + 1, in_usa=True) for size in range(1, 15)]
    unknown = sized("fr-unknown", None, in_usa=False)
    standings = Standings([*usa, *abroad, unknown])
    peers = standings.peers(abroad[5])
    assert [each.slug for each in peers] == [f"fr-{size}" for size in (12, 11, 10, 9, 8, 7, 5, 4)]
    assert "Global Human Settlement Layer" in peers_rule(abroad[5])
    assert {each.in_usa for each in standings.peers(usa[5])} == {True}
    assert standings.peers(unknown) == []


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=40, unique=True))
def test_no_metro_that_is_left_out_is_nearer_than_a_peer(sizes):
    metros = [sized(f"fr-{size}", size, in_usa=False) for size in sizes]
    own = metros[0]
    peers = Standings(metros).peers(own)
    assert len(peers) == min(PEERS, len(metros) - 1)
    away = {each.slug: abs(log(each.residents / own.residents)) for each in metros[1:]}
    left_out = [away[slug] for slug in away.keys() - {each.slug for each in peers}]
    assert all(away[each.slug] <= least + 1e-12 for each in peers for least in left_out)


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
    said = {
        path.stem: text(peers[0])
        for path in (published / "metros").glob("us-*.html")
        if (peers := page(published, path.stem).xpath("//section[@aria-labelledby='peers']"))
    }
    assert any(note in section for section in said.values())
    assert all(("no row" in section) == ("No row of" in section) for section in said.values())
