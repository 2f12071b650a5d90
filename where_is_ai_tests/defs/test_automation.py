"""What runs by itself: the quarterly schedule, freshness, and the sensor that watches BLS's file."""

import json
import shutil
from datetime import UTC, date, datetime

import dagster as dg
import pytest

from where_is_ai.defs.employment import oews_file_is_new
from where_is_ai.defs.freshness import freshness
from where_is_ai.defs.jobs import quarterly
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.settings import SAMPLE_ARCHIVE, Settings
from where_is_ai_tests.loopback import Answer, Loopback

LAST = known_releases()[-1].metro_workbook.url
PATH = LAST.removeprefix("https:/")


@pytest.fixture
def live(tmp_path, monkeypatch):
    """Settings of a live run in a data folder whose archive has what the sample's has."""
    shutil.copytree(SAMPLE_ARCHIVE, tmp_path / "archive", ignore=shutil.ignore_patterns("make.py"))
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    monkeypatch.setenv("WHERE_IS_AI_SOURCE", "live")
    monkeypatch.setenv("WHERE_IS_AI_CONTACT", "maps@example.org")
    monkeypatch.delenv("WHERE_IS_AI_MIRROR", raising=False)
    return monkeypatch


def tick(day: datetime) -> dg.RunRequest | dg.SkipReason:
    return quarterly(dg.build_schedule_context(scheduled_execution_time=day))


@pytest.mark.usefixtures("live")
def test_the_schedule_measures_the_quarter_that_has_ended():
    request = tick(datetime(2026, 7, 20, 6, tzinfo=UTC))
    assert request.partition_key == "2026-04"


def test_a_live_tick_without_a_contact_skips_and_says_why(live):
    live.delenv("WHERE_IS_AI_CONTACT")
    skipped = tick(datetime(2026, 7, 20, 6, tzinfo=UTC))
    assert isinstance(skipped, dg.SkipReason)
    assert "WHERE_IS_AI_CONTACT is not set" in skipped.skip_message


def test_the_sensor_leaves_bls_alone_unless_live(live):
    live.setenv("WHERE_IS_AI_SOURCE", "sample")
    assert "only live asks BLS" in oews_file_is_new().skip_message


def test_the_sensor_without_a_contact_says_so(live):
    live.delenv("WHERE_IS_AI_CONTACT")
    assert "WHERE_IS_AI_CONTACT" in oews_file_is_new().skip_message


def of_bls(last: Answer, following: Answer):
    """BLS answers ``last`` for the last known release and ``following`` for the one after it."""
    return Loopback(lambda asked, number: last if asked.path == PATH else following)


NOT_OUT = Answer(b"", 404)


def test_a_file_posted_again_is_measured_again_once(live):
    with of_bls(Answer(b"zip" * 1000, headers={"ETag": '"new"'}), NOT_OUT) as bls:
        live.setenv("WHERE_IS_AI_MIRROR", bls.url)
        first, second = oews_file_is_new(), oews_file_is_new()
    assert isinstance(first, dg.RunRequest)
    assert first.run_key == second.run_key  # Dagster starts one run per key
    assert '"new"' in first.run_key
    assert bls.asked[0].headers["User-Agent"].endswith("(maps@example.org)")


def test_an_unchanged_file_is_left_alone_and_the_next_release_looked_for(live, tmp_path):
    index = tmp_path / "archive" / "index.jsonl"
    entries = [json.loads(line) for line in index.read_text().splitlines()]
    for entry in entries:
        entry["etag"] = '"same"' if entry["url"] == LAST else ""
    index.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    with of_bls(Answer(status=304), NOT_OUT) as bls:
        live.setenv("WHERE_IS_AI_MIRROR", bls.url)
        skipped = oews_file_is_new()
    assert "is what was archived" in skipped.skip_message
    assert "is not out" in skipped.skip_message
    assert bls.asked[0].headers["If-None-Match"] == '"same"'


def test_a_source_that_answers_in_full_is_known_by_its_length(live, tmp_path):
    index = (tmp_path / "archive" / "index.jsonl").read_text().splitlines()
    size = next(entry["bytes"] for entry in map(json.loads, index) if entry["url"] == LAST)
    with of_bls(Answer(b"x" * size), Answer(b"zip")) as bls:
        live.setenv("WHERE_IS_AI_MIRROR", bls.url)
        skipped = oews_file_is_new()
    assert "is out: add it with its day of publication" in skipped.skip_message


def test_a_refusal_is_the_reason_of_a_skip(live):
    with of_bls(Answer(b"<html><title>Access Denied</title></html>", 403), NOT_OUT) as bls:
        live.setenv("WHERE_IS_AI_MIRROR", bls.url)
        assert "Access Denied" in oews_file_is_new().skip_message


def an_edition(settings: Settings, quarter: str, source: str) -> None:
    folder = settings.published / quarter
    folder.mkdir(parents=True)
    (folder / "provenance.json").write_text(json.dumps({"source": source}))


def test_the_latest_quarter_is_due_25_days_after_its_end(tmp_path):
    settings = Settings(data=tmp_path, source="archive")
    an_edition(settings, "2026-Q1", "live")
    assert freshness(settings, date(2026, 7, 24)).passed
    late = freshness(settings, date(2026, 7, 26))
    assert not late.passed
    assert late.description == (
        "Expected: an edition of 2026-Q2, due since 2026-07-25. Found: the newest is 2026-Q1."
    )


def test_neither_a_backfill_nor_a_sample_is_news(tmp_path):
    settings = Settings(data=tmp_path, source="archive")
    an_edition(settings, "2023-Q2", "archive")
    an_edition(settings, "2026-Q2", "sample")
    found = freshness(settings, date(2026, 8, 1))
    assert not found.passed
    assert found.severity == dg.AssetCheckSeverity.WARN
    assert found.metadata["newest"].value == "2023-Q2"


def test_a_sample_is_never_overdue(tmp_path):
    assert freshness(Settings(data=tmp_path, source="sample"), date(2030, 1, 1)).passed
