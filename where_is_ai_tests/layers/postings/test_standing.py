"""What was open at a quarter's end and for how long, from weekly snapshots; unknown where there are none."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.locations import Locator, read_locations
from where_is_ai.layers.postings.counts import Judged, addresses
from where_is_ai.layers.postings.quarter import Answers, write_postings
from where_is_ai.layers.postings.snapshots import last_reads
from where_is_ai.layers.postings.standing import ENOUGH_WATCHED, NATION, median_days_open, standing
from where_is_ai.layers.postings.verdicts import write_verdicts
from where_is_ai.quarters import Quarter
from where_is_ai_tests.geography import delineation_sample as sample
from where_is_ai_tests.geography.delineation_sample import BOSTON
from where_is_ai_tests.layers.postings.answers import GREENHOUSE, greenhouse_job, keep
from where_is_ai_tests.layers.postings.test_measure import TitlesClassifier

QUARTER = Quarter(2026, 2)
WEEKS = [date(2026, 4, 6) + timedelta(weeks=week) for week in range(13)]
LOCATOR = Locator(sample.counties())


def job(number: int, posted: date, place: str = "Boston, MA") -> dict:
    return greenhouse_job(
        number, content=f"text {number}", location={"name": place}, first_published=f"{posted}T09:00:00Z"
    )


def told(folder, shown: dict[date, list[dict]]) -> pd.DataFrame:
    """What stands by area, of a board that showed these jobs on these days."""
    archive = Archive(folder)
    entries = [keep(archive, GREENHOUSE, day, *jobs) for day, jobs in shown.items()]
    postings, posts, verdicts = (folder / name for name in ("postings", "posts", "verdicts"))
    write_postings(Replay(archive), Answers({GREENHOUSE: entries}), QUARTER, postings, posts)
    write_verdicts(postings, TitlesClassifier(), verdicts)
    judged = Judged(postings, posts, verdicts, read_locations(addresses(postings, posts), LOCATOR))
    return standing(judged, last_reads({GREENHOUSE: entries}), QUARTER, "llm").set_index("area_code")


def test_what_the_last_snapshot_shows_is_open_at_the_end_and_half_are_gone_by_the_median(tmp_path):
    opened = {number: WEEKS[0] + timedelta(days=number % 7) for number in range(40)}
    # Each is shown for three weeks, but every fourth to the end.
    shown = {
        day: [
            job(number, first)
            for number, first in opened.items()
            if first <= day and (number % 4 == 0 or (day - first).days < 21)
        ]
        for day in WEEKS
    }
    found = told(tmp_path, shown)
    # Ten are open, each an AI job with a probability of 0.9.
    assert found.loc[BOSTON, "ai_open_at_end"] == found.loc[NATION, "ai_open_at_end"] == 9
    assert 14 <= found.loc[BOSTON, "median_days_open"] <= 20


def test_without_a_snapshot_in_the_last_week_the_stock_is_unknown(tmp_path):
    found = told(tmp_path, {day: [job(1, WEEKS[0])] for day in WEEKS[:9]})
    assert found["ai_open_at_end"].isna().all()


def test_too_few_openings_have_no_median(tmp_path):
    shown = {day: [job(1, WEEKS[0])] * (day < WEEKS[3]) for day in WEEKS}
    found = told(tmp_path, shown)
    assert found.loc[BOSTON, "ai_open_at_end"] == 0
    assert found["median_days_open"].isna().all()


def test_a_new_city_of_an_old_opening_is_open_there_alone(tmp_path):
    both = [
        greenhouse_job(number, location={"name": place})
        for number, place in ((1, "Boston, MA"), (2, "Austin, TX"))
    ]
    shown = {day: both if day < WEEKS[-1] else both[1:] for day in WEEKS}
    found = told(tmp_path, shown)
    assert found["ai_open_at_end"].to_dict() == {NATION: 1, BOSTON: 0, "12420": 1}


@given(
    st.lists(st.integers(1, 90), min_size=3 * ENOUGH_WATCHED, max_size=60),
    st.integers(0, 3),
)
def test_the_median_of_openings_watched_from_the_first_day_to_the_last_is_the_plain_median(ages, late):
    openings = pd.DataFrame({"entered_days": 0, "left_days": ages, "closed": True})
    found = median_days_open(openings)
    assert found == pytest.approx(np.sort(ages)[(len(ages) + 1) // 2 - 1])
    # One that was only seen long after all others had closed says nothing of how long those stayed.
    seen_late = pd.DataFrame({"entered_days": [200] * late, "left_days": 300, "closed": True})
    assert median_days_open(pd.concat([openings, seen_late])) == found


def test_what_is_still_open_is_no_closing():
    openings = pd.DataFrame({"entered_days": 0, "left_days": 30, "closed": [True] * 20 + [False] * 30})
    assert median_days_open(openings) is pd.NA
