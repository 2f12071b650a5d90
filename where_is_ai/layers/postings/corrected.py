"""How many AI postings there are, corrected for what the classifier is known to get wrong, and the interval around it.

What is published as AI postings is the number that is expected given each verdict's probability, as a whole number,
which always lies within its interval; how many the classifier calls AI jobs stands beside it.
"""

import pandas as pd

from where_is_ai.classifier.counts import CountInterval, count_interval
from where_is_ai.layers.postings.counts import Counts

COLUMNS = [
    "ai_postings",
    "ai_postings_called",
    "ai_postings_expected",
    "ai_postings_low",
    "ai_postings_high",
]


def by_metro(counts: Counts, classifier_name: str) -> pd.DataFrame:
    """area_code and COLUMNS of each metro. Where no verdict is known nothing is expected, and the bounds are empty."""
    called = counts.metros.set_index("area_code")
    intervals = {
        area_code: _interval(part, classifier_name, int(called["unknown"].get(area_code, 0)))
        for area_code, part in counts.probabilities.groupby("area_code")
    }
    rows = [
        (area_code, *_row(int(row.ai_postings), intervals.get(area_code)))
        for area_code, row in zip(called.index, called.itertuples(), strict=True)
    ]
    found = pd.DataFrame(rows, columns=["area_code", *COLUMNS])
    return found.astype({"area_code": str, "ai_postings": "Int64"})


def of_nation(counts: Counts, classifier_name: str) -> dict[str, object]:
    """COLUMNS of the nation."""
    row = counts.nation.iloc[0]
    interval = None
    if len(counts.nation_probabilities):
        interval = _interval(counts.nation_probabilities, classifier_name, int(row["unknown"]))
    return dict(zip(COLUMNS, _row(int(row["ai_postings"]), interval), strict=True))


def _interval(part: pd.DataFrame, classifier_name: str, unknown: int) -> CountInterval:
    """``part`` has a probability and how many postings have it."""
    probabilities, postings = (part[name].to_numpy(float) for name in ("probability", "postings"))
    return count_interval(probabilities, classifier_name, postings, unknown)


def _row(called: int, interval: CountInterval | None) -> tuple:
    if interval is None:
        return called, called, pd.NA, pd.NA, pd.NA
    return round(interval.expected), called, *interval
