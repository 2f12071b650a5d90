"""where-is-ai doctor: everything that a run needs is looked at, and whatever is missing comes with its remedy."""

import pytest

from where_is_ai.cli import main
from where_is_ai.doctor import BROKEN, NOTE, OK, examine
from where_is_ai.layers import LAYERS
from where_is_ai.settings import Settings
from where_is_ai_tests.loopback import Answer, Loopback

KEY = "k-0123456789-secret"
LIVE = {"source": "live", "contact": "maps@example.org"}


def findings(settings: Settings) -> dict:
    return {finding.what: finding for finding in examine(settings)}


def test_a_sample_run_needs_neither_contact_nor_key_nor_network(tmp_path):
    found = findings(Settings(data=tmp_path))
    assert {found[what].state for what in ("Python", "Browser", "Fonts", "Data folder", "Disk")} == {OK}
    assert {found[what].state for what in ("Contact", "OpenAlex key", "OpenAlex")} == {NOTE}


def test_live_without_a_contact_is_broken_and_nothing_is_asked(tmp_path):
    with Loopback(lambda asked, number: Answer()) as server:
        found = findings(Settings(data=tmp_path, source="live", mirror=server.url))
    assert found["Contact"].state == BROKEN
    assert "WHERE_IS_AI_CONTACT" in found["Contact"].mend
    assert server.asked == []


def test_every_source_is_asked_and_named(tmp_path):
    with Loopback(lambda asked, number: Answer(headers={"x-ratelimit-remaining-usd": "0.75"})) as server:
        keys = {key.variable: KEY for layer in LAYERS for key in layer.keys}
        keys["WHERE_IS_AI_NOTIFY"] = "https://hooks.example.org/services/T0123"
        found = findings(Settings(data=tmp_path, mirror=server.url, secrets=keys, **LIVE))
    assert "T0123" not in repr(found)
    assert {finding.state for finding in found.values()} == {OK}
    assert "$0.7500 of today's budget left" in found["OpenAlex key"].found
    assert all(finding.needed_for for finding in found.values())
    hosts = {asked.path.split("/")[1] for asked in server.asked}
    assert {"www.bls.gov", "www2.census.gov", "api.openalex.org", "data.usajobs.gov"} <= hosts
    assert {asked.headers["User-Agent"].rpartition(" ")[2] for asked in server.asked} == {
        "(maps@example.org)"
    }


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            Answer(b'{"error": "Invalid or missing API key", "message": "key k-0123456789-secret"}', 401),
            "Invalid or missing API key",
        ),
        (Answer(b"<html><title>Access Denied</title></html>", 403), "Access Denied"),
    ],
)
def test_a_refusal_is_told_with_its_remedy_and_without_the_key(tmp_path, answer, said):
    with Loopback(lambda asked, number: answer) as server:
        found = findings(
            Settings(data=tmp_path, mirror=server.url, secrets={"OPENALEX_API_KEY": KEY}, **LIVE)
        )
    assert found["OpenAlex"].state == BROKEN
    assert said in found["OpenAlex"].found
    assert found["OpenAlex"].mend
    assert KEY not in repr(found)


def test_the_next_quarter_is_told_and_a_webhook_that_is_none_is_broken(tmp_path):
    found = findings(Settings(data=tmp_path, secrets={"WHERE_IS_AI_NOTIFY": "hooks.example.org/T0123"}))
    assert "added later: " in found["Next quarter"].found
    assert found["Webhook"].state == BROKEN
    assert "T0123" not in repr(found)


def test_a_spent_budget_is_broken_where_live_is_set(tmp_path):
    with Loopback(lambda asked, number: Answer(headers={"x-ratelimit-remaining-usd": "0"})) as server:
        found = findings(Settings(data=tmp_path, mirror=server.url, **LIVE))
    assert found["OpenAlex key"].state == BROKEN
    assert "$0.0000" in found["OpenAlex key"].found


def test_a_mirror_folder_is_looked_into(tmp_path):
    file = tmp_path / "mirror/www.bls.gov/oes/special-requests/oesm25ma.zip"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"zip")
    found = findings(Settings(data=tmp_path, source="live", mirror=str(tmp_path / "mirror")))
    assert found["U.S. Bureau of Labor Statistics"].state == OK
    assert found["U.S. Census Bureau"].state == BROKEN
    assert "www2.census.gov" in found["U.S. Census Bureau"].found


def test_a_missing_browser_comes_with_its_remedy(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-browser"))
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "broken  Browser: BROWSER_PATH names" in told
    assert "to mend it: Install one with" in told


def test_a_data_folder_that_can_not_be_made_is_broken(tmp_path):
    (tmp_path / "file").write_text("")
    found = findings(Settings(data=tmp_path / "file" / "data"))
    assert found["Data folder"].state == BROKEN
    assert "another data folder" in found["Data folder"].mend
