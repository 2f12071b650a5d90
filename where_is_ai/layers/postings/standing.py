"""Stock and duration beside the flow: what was open at the end of a quarter, and how long openings stay open.

Both come from the weekly snapshots of boards; feeds that list what was opened say neither. An opening is closed when a
later snapshot of its board does not show it any more, so that its last day is known to the week.
"""

import tempfile
from pathlib import Path

import pandas as pd

from where_is_ai.classifier.counts import count_interval
from where_is_ai.layers.postings.counts import Judged
from where_is_ai.layers.postings.engine import bounded, quoted
from where_is_ai.quarters import Quarter

# At ages, or in metros, with fewer openings to watch nothing can be told of how long they stay.
ENOUGH_WATCHED = 10
COLUMNS = ["ai_open_at_end", "median_days_open"]
NATION = ""
# A board that was read in the last days of the quarter says what was open at its end.
LAST_DAYS = 7


def standing(judged: Judged, reads: pd.DataFrame, quarter: Quarter, classifier_name: str) -> pd.DataFrame:
    """COLUMNS by area_code, NATION for all that are in the USA; unknown where no snapshots tell.

    ``reads`` has each board's name and the day that it was last read in the quarter, as dates: board, last_read.
    ``ai_open_at_end`` is corrected as flows are. ``median_days_open`` is of openings that the classifier calls AI.
    """
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        duck.register("locations", judged.locations[["location", "area_codes", "in_usa"]])
        duck.register("reads", reads.astype({"board": str, "last_read": "datetime64[s]"}))
        duck.execute(
            _WATCHED_SQL.format(
                postings=quoted(judged.postings), posts=quoted(judged.posts), verdicts=quoted(judged.verdicts)
            ),
            {"read_from": quarter.last_day, "last_days": LAST_DAYS},
        )
        watched = duck.execute(_OF_AREAS_SQL).df()
    rows = [
        (area_code, _open_at_end(part, classifier_name), median_days_open(part[part["ai_job"] == True]))  # noqa: E712
        for area_code, part in watched.groupby("area_code")
    ]
    found = pd.DataFrame(rows, columns=["area_code", *COLUMNS])
    return found.astype({"area_code": str, "ai_open_at_end": "Int64", "median_days_open": "Float64"})


def _open_at_end(part: pd.DataFrame, classifier_name: str) -> object:
    """AI openings that were open at the end, as expected; unknown where no board was read then."""
    told = part[part["read_at_end"]]
    if told.empty:
        return pd.NA
    known = told[told["is_open"] & told["probability"].notna()]
    return round(count_interval(known["probability"].to_numpy(float), classifier_name).expected)


def median_days_open(openings: pd.DataFrame) -> object:
    """The age in days by which half of ``openings`` are closed, by Kaplan and Meier; unknown where they do not say.

    Each is watched from the age ``entered_days`` to the age ``left_days``, and then ``closed`` or still open. What
    closed before it could be seen is thus not taken for what never was.
    """
    dated = openings.dropna(subset=["entered_days", "left_days"])
    entered, left = dated["entered_days"].to_numpy(float), dated["left_days"].to_numpy(float)
    still_open = 1.0
    for age, closing in dated.loc[dated["closed"], "left_days"].value_counts().sort_index().items():
        watched = int(((entered <= age) & (left >= age)).sum())
        if watched < ENOUGH_WATCHED:
            continue
        still_open *= 1 - closing / watched
        # Factors leave a half a hair above itself.
        if round(still_open, 9) <= 0.5:
            return float(age)
    return pd.NA


_WATCHED_SQL = """
CREATE TABLE watched AS
SELECT p.posting_id, p.post_id, p.posted_on::DATE AS posted_on, p.first_seen::DATE AS first_seen,
    p.last_seen::DATE AS last_seen, r.last_read::DATE AS last_read,
    r.last_read::DATE > $read_from::DATE - $last_days AS read_at_end,
    p.address, o.address AS every_address, v.ai_job, v.probability
FROM read_parquet({posts}) p
JOIN read_parquet({postings}) o USING (posting_id)
JOIN read_parquet({verdicts}) v USING (posting_id)
JOIN reads r ON r.board = p.board
"""
# An opening with several posts is as old as the oldest of them, and open as long as any of them is.
_OF_AREAS_SQL = """
WITH placed AS (
    SELECT w.*, unnest(string_split(l.area_codes, ' ')) AS area_code
    FROM watched w JOIN locations l ON l.location = w.address WHERE l.area_codes <> ''
    UNION ALL
    SELECT w.*, '' FROM watched w JOIN locations l ON l.location = w.every_address WHERE l.in_usa
), joined AS (
    SELECT area_code, posting_id, any_value(ai_job) AS ai_job, any_value(probability) AS probability,
        min(posted_on) AS posted_on, min(first_seen) AS first_seen, max(last_seen) AS last_seen,
        bool_or(read_at_end) AS read_at_end,
        bool_or(date_trunc('week', last_seen) >= date_trunc('week', last_read)) AS is_still_shown
    FROM placed GROUP BY area_code, posting_id
)
SELECT area_code, ai_job, probability, read_at_end, read_at_end AND is_still_shown AS is_open,
    NOT is_still_shown AS closed, first_seen - posted_on AS entered_days, last_seen - posted_on AS left_days
FROM joined
"""
