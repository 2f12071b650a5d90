"""A seeded slice of the campaigns: no fault is silently wrong, foreign, loses what was there or tells a secret."""

from random import Random

import pytest

from where_is_ai_tests.campaign import concurrent, downloads, kills, network
from where_is_ai_tests.campaign.network_faults import faults
from where_is_ai_tests.campaign.rows import BAD, Row, Verdict, table


@pytest.mark.slow
def test_network_faults():
    rows = list(network.run(seed=20, limit=40))
    assert len(rows) == 40
    assert not [row for row in rows if row.verdict in BAD], table(rows)


def test_each_network_fault_has_a_name_of_its_own():
    names = [(fault.kind, fault.name) for fault in faults()]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.slow
def test_all_network_faults():
    rows = list(network.run(seed=1))
    assert not [row for row in rows if row.verdict in BAD], table(rows)


@pytest.mark.parametrize(
    ("broken", "kind", "name", "verdict"),
    [
        (
            "where_is_ai.settings.Settings.redact",
            "echo",
            "key in clear in a page of status 403",
            Verdict.LEAKED,
        ),
        (
            "where_is_ai.archive.download.check_content",
            "other content",
            "a page for zip",
            Verdict.SILENTLY_WRONG,
        ),
        (
            "where_is_ai.archive.refusal._words",
            "echo",
            "key in clear in an error of status 401",
            Verdict.FOREIGN,
        ),
    ],
)
def test_a_fault_that_the_code_does_not_withstand_is_noticed(monkeypatch, broken, kind, name, verdict):
    careless = {
        Verdict.LEAKED: lambda settings, text: text,
        Verdict.SILENTLY_WRONG: lambda *arguments: None,
        Verdict.FOREIGN: lambda body: body.no_such_thing,
    }
    monkeypatch.setattr(broken, careless[verdict])
    (fault,) = (fault for fault in faults() if (fault.kind, fault.name) == (kind, name))
    assert network.tried(fault, Random(0)).verdict is verdict


def test_the_table_counts_by_kind_and_names_what_is_bad():
    rows = [Row("slow", "drip", Verdict.CLEAR_ERROR), Row("echo", "key", Verdict.LEAKED, "told: k")]
    lines = table(rows).splitlines()
    assert [line.split() for line in lines[1:4]] == [
        ["echo", *"00000001"],
        ["slow", *"01000000"],
        ["all", *"01000001"],
    ]
    assert lines[4] == "secret leaked: echo: key: told: k"


@pytest.mark.slow
def test_some_kills():
    rows = [*kills.run(seed=3, limit=4), *downloads.run(seed=3, limit=2)]
    assert len(rows) == 6
    assert not [row for row in rows if row.verdict in BAD], table(rows)


@pytest.mark.slow
def test_two_first_runs_at_once(tmp_path):
    row = concurrent.together(concurrent.CASES[0], tmp_path)
    assert row.verdict is Verdict.RIGHT, row.said


@pytest.mark.slow
@pytest.mark.parametrize("number", concurrent.SIGNALS)
def test_an_interrupted_run_ends_with_one_line(number):
    row = concurrent.interrupted(number, 1.5)
    assert row.verdict not in BAD, row.said


def test_kills_are_tried_at_fifty_places_and_more():
    places = [point.words for point in (*kills.points(), *downloads.points())]
    assert len(places) == len(set(places)) >= 50
