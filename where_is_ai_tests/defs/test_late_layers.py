"""Layers whose sources come weeks after the edition that they belong to: added later, and told of when overdue."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import dagster as dg
import pandas as pd
import pytest

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.freshness import overdue_result, readiness
from where_is_ai.defs.late_layers import schedules
from where_is_ai.layers import LAYERS
from where_is_ai.outlook import cost, is_late, next_run, overdue
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings, read_settings
from where_is_ai.shelf import Shelf
from where_is_ai.site.not_measured import not_measured

Q2 = Quarter(2026, 2)
VISAS = next(layer for layer in LAYERS if layer.name == "visas")
ROWS = pd.DataFrame({"area_code": ["41940"]})


@pytest.fixture
def ticking(tmp_path, monkeypatch):
    for name, value in {"DATA": str(tmp_path), "SOURCE": "live", "CONTACT": "maps@example.org"}.items():
        monkeypatch.setenv(f"WHERE_IS_AI_{name}", value)
    return monkeypatch


def an_edition(settings: Settings, quarter: Quarter, source: str = "live") -> None:
    folder = settings.published / str(quarter)
    folder.mkdir(parents=True)
    (folder / "provenance.json").write_text(json.dumps({"source": source}))


def an_answer(letter: str) -> Entry:
    at, licence = "2026-04-20T06:00:00Z", "CC0"
    return Entry(
        "https://api.openalex.org/works",
        at,
        letter * 64,
        2_000_000,
        "application/json",
        "OpenAlex",
        licence,
        cost_usd=0.25,
    )


def tick(layer: str, day: date) -> list[dg.RunRequest] | dg.SkipReason:
    at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    schedule = next(each for each in schedules(LAYERS) if each.name == f"{layer}_when_disclosed")
    return schedule(dg.build_schedule_context(scheduled_execution_time=at))


def test_each_layer_that_comes_late_has_a_schedule_that_runs_its_job():
    assert {each.name: each.job_name for each in schedules(LAYERS)} == {
        f"{layer.name}_when_disclosed": layer.name for layer in LAYERS if layer.due_days > 20
    }


@pytest.mark.usefixtures("ticking")
@pytest.mark.parametrize("layer", [layer for layer in LAYERS if is_late(layer)], ids=lambda layer: layer.name)
def test_a_late_layer_is_added_from_the_day_it_is_expected_once_a_week_until_it_is_there(layer):
    settings = read_settings()
    by = date.fromordinal(Q2.last_day.toordinal() + layer.due_days)
    assert "not out" in tick(layer.name, by).skip_message
    an_edition(settings, Q2)
    early = tick(layer.name, date.fromordinal(by.toordinal() - 1))
    assert early.skip_message == f"2026-Q2 lacks {layer.name}, expected by {by}."
    days = [date.fromordinal(by.toordinal() + after) for after in range(8)]
    tried = [tick(layer.name, day) for day in days]
    assert {run.partition_key for (run,) in tried} == {"2026-04"}
    # Dagster starts one run per key.
    assert len({run.run_key for (run,) in tried}) == 2
    table = next(page.table for page in layer.pages if page.table)
    Shelf(settings.tables).put(table, Q2, ROWS)
    assert f"have {layer.name}" in tick(layer.name, days[0]).skip_message


def test_nothing_is_added_to_a_sample_or_without_a_contact(ticking):
    an_edition(read_settings(), Q2)
    ticking.delenv("WHERE_IS_AI_CONTACT")
    assert "WHERE_IS_AI_CONTACT is not set" in tick("visas", date(2026, 8, 14)).skip_message
    ticking.setenv("WHERE_IS_AI_SOURCE", "sample")
    assert "sample" in tick("visas", date(2026, 8, 14)).skip_message


def test_a_layer_is_overdue_two_weeks_after_its_day_and_is_named(tmp_path):
    settings = Settings(data=tmp_path, source="archive")
    an_edition(settings, Q2)
    assert overdue(settings, date(2026, 8, 25), [VISAS]) == []
    late = overdue(settings, date(2026, 8, 26), [VISAS])
    told = overdue_result(late)
    assert not told.passed
    assert told.severity == dg.AssetCheckSeverity.WARN
    assert told.description.endswith("Found: 2026-Q2 lacks visas, expected by 2026-08-11.")
    Shelf(settings.tables).put("usa_ai_visas_by_metro", Q2, ROWS)
    assert overdue(settings, date(2026, 8, 26), [VISAS]) == []


def test_what_was_never_published_or_is_a_sample_is_not_overdue(tmp_path):
    settings = Settings(data=tmp_path, source="archive")
    an_edition(settings, Q2, "sample")
    assert overdue(settings, date(2026, 9, 20)) == []


def test_the_page_of_a_late_layer_says_when_it_is_expected_and_when_it_is_overdue():
    page = next(page for page in VISAS.pages)
    live = SimpleNamespace(quarter="2026-Q2", is_sample=False)
    assert "is expected by 11 August 2026" in not_measured(live, page, date(2026, 8, 11))
    assert "was expected by 11 August 2026 and is overdue" in not_measured(live, page, date(2026, 8, 12))
    sample = SimpleNamespace(quarter="2026-Q2", is_sample=True)
    assert "expected" not in not_measured(sample, page, date(2026, 8, 12))


@pytest.mark.parametrize(
    ("now", "quarter", "on"),
    [
        (datetime(2026, 7, 20, 5, 59, tzinfo=UTC), "2026-Q2", date(2026, 7, 20)),
        (datetime(2026, 7, 20, 6, tzinfo=UTC), "2026-Q3", date(2026, 10, 20)),
        (datetime(2026, 12, 31, 23, tzinfo=UTC), "2026-Q4", date(2027, 1, 20)),
        (datetime(2027, 1, 1, tzinfo=UTC), "2026-Q4", date(2027, 1, 20)),
    ],
)
def test_the_next_run_is_that_of_the_schedule(now, quarter, on):
    measured, at = next_run(now)
    assert (str(measured), at.date()) == (quarter, on)


def test_the_next_run_is_shown_with_what_it_needs_and_what_the_last_one_cost(tmp_path):
    settings = Settings(data=tmp_path, source="live")
    now = datetime(2026, 7, 2, tzinfo=UTC)
    without = readiness(settings, now)
    assert not without.passed
    assert "WHERE_IS_AI_CONTACT is not set" in without.description
    assert "2026-Q2 on 20 July 2026 at 6:00 UTC" in without.description
    assert "funding from 30 July 2026, visas from 11 August 2026" in without.description
    assert "not known before a first live quarter" in without.description
    an_edition(settings, Quarter(2026, 1))
    entries = [an_answer("a"), an_answer("b")]
    Shelf(settings.received_tables).put("raw_openalex_works", Quarter(2026, 1), entries)
    Shelf(settings.received_tables).put("raw_of_both", Quarter(2026, 1), entries[:1])
    paid = cost(settings)
    assert (paid.answers, paid.bytes, paid.usd) == (2, 4_000_000, 0.5)
    assert "2 answers, 4.0 MB, $0.5000, as 2026-Q1 did" in readiness(settings, now).description
