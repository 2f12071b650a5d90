"""How well locations are read, against a key of 200 that people wrote and that were resolved by hand.

``location_key.csv`` holds the distinct locations of the labelled postings, those of federal data science postings and
some of other feeds, with the CBSA codes that a person gave them. Rules were mended on the even rows only; both halves
are held to the same floor, with the delineation as the Census Bureau publishes it.
"""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.mirror import file_in_mirror
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.locations import Locator
from where_is_ai_tests.shared_folder import SHARED, needs_shared

KEY = pd.read_csv(Path(__file__).parent / "location_key.csv", dtype=str, keep_default_na=False)
NO_METRO = {"abroad", "remote", "usa", "unnamed", "ambiguous", "rural"}


def scores(read: pd.Series, key: pd.Series) -> tuple[float, float]:
    """Precision and recall over pairs of location and CBSA code."""
    found = [(at, code) for at, codes in read.items() for code in codes.split()]
    right = {(at, code) for at, codes in key.items() for code in codes.split()}
    hits = sum(pair in right for pair in found)
    return hits / len(found), hits / len(right)


@needs_shared
@pytest.mark.parametrize("half", [0, 1], ids=["looked_at", "left_aside"])
def test_locations_are_read_as_a_person_reads_them(half, tmp_path):
    archive = Archive(tmp_path)
    content = file_in_mirror(DELINEATION, SHARED / "upstream").read_bytes()
    locator = Locator(read_counties(archive, archive.keep(content, DELINEATION, datetime.now(UTC))))
    key = KEY.iloc[half::2]
    read = key["location"].map(lambda text: " ".join(locator.read(text).area_codes))
    precision, recall = scores(read, key["area_codes"])
    assert precision >= 0.99
    assert recall >= 0.95


def test_the_key_names_a_metro_or_says_why_there_is_none():
    without = KEY[KEY["area_codes"] == ""]
    assert len(KEY) == 200
    assert set(without["kind"]) <= NO_METRO
    assert KEY["area_codes"].str.fullmatch(r"(\d{5}( \d{5})*)?").all()
