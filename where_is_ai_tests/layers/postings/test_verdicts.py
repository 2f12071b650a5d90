"""Verdicts of a quarter: one for each posting, and by whom."""

import pandas as pd
import pytest

from where_is_ai.classifier import classifier
from where_is_ai.layers.postings.verdicts import judged_by, unjudged, write_verdicts


@pytest.fixture
def files(tmp_path):
    """A file of five postings and that of their verdicts."""
    postings = pd.DataFrame({"posting_id": list("abcde"), "company": "Acme", "title": "Nurse", "text": None})
    postings.to_parquet(tmp_path / "postings.parquet")
    write_verdicts(tmp_path / "postings.parquet", classifier("keywords"), tmp_path / "verdicts.parquet")
    return tmp_path / "postings.parquet", tmp_path / "verdicts.parquet"


def test_every_posting_has_one_verdict_that_says_whose_it_is(files):
    assert unjudged(*files).empty
    assert judged_by(files[1]) == classifier("keywords").label


def test_what_lacks_its_other_half_is_named(files):
    postings, verdicts = files
    pd.read_parquet(verdicts).replace({"posting_id": {"b": "z"}}).to_parquet(verdicts)
    assert list(unjudged(postings, verdicts)["posting_id"]) == ["b", "z"]


def test_no_verdicts_are_by_nobody(tmp_path):
    pd.DataFrame({"classifier": pd.Series([], dtype="string")}).to_parquet(tmp_path / "none.parquet")
    assert judged_by(tmp_path / "none.parquet") == ""
