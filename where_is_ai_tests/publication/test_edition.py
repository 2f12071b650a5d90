"""An edition: what its CSVs look like, and what may not be overwritten."""

import json
from datetime import UTC, datetime

import pandas as pd
import pytest

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.errors import WhereIsAIError
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.edition import Edition, as_csv
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

QUARTER = Quarter(2026, 2)
SOURCE = Source("BLS", "public domain", "https://www.bls.gov")


def entry(day: str, **more) -> Entry:
    request = Request("https://www.bls.gov/a.zip", SOURCE, "application/zip")
    return Entry.of(request, "ab" * 32, 7, datetime.fromisoformat(day).replace(tzinfo=UTC), **more)


def published(tmp_path, source: str) -> Edition:
    return Edition.of(Settings(tmp_path, source), QUARTER)


def test_unknown_is_empty_and_truth_is_lower_case_and_rounding_is_at_the_edge():
    table = pd.DataFrame(
        {
            "area_code": ["01234", "10180"],
            "ai_workers": pd.array([None, 90], dtype="Int64"),
            "ai_per_1000": pd.array([None, 1.19888], dtype="Float64"),
            "included": [True, False],
            "why_not": [None, "too small"],
        }
    )
    assert as_csv(table, published_table("usa_ai_employment_by_msa").columns()) == (
        "area_code,ai_workers,ai_per_1000,included,why_not\n01234,,,true,\n10180,90,1.2,false,too small\n"
    )


@pytest.mark.parametrize("received", ["archive", "live"])
def test_a_sample_never_overwrites_what_was_received(tmp_path, received):
    published(tmp_path, received).write_provenance({}, {})
    with pytest.raises(WhereIsAIError, match=rf"holds an? {received} edition.*another data folder"):
        published(tmp_path, "sample")


@pytest.mark.parametrize("source", ["sample", "archive", "live"])
def test_what_was_received_may_replace_a_sample(tmp_path, source):
    published(tmp_path, "sample").write_provenance({}, {})
    published(tmp_path, source).write_provenance({}, {})


def test_provenance_says_what_was_received_when_and_what_was_reconstructed(tmp_path):
    edition = published(tmp_path, "live")
    edition.write_provenance(
        {
            "raw_in_time": [entry("2026-07-20")],
            "raw_later": [entry("2026-11-22")],
            "raw_made": [entry("2026-07-20", reconstructed=True, note="from published figures")],
        },
        {"research": "article"},
    )
    content = json.loads((edition.folder / "provenance.json").read_text())
    assert content["methods"] == {"research": "article"}
    assert [found["as_known"] for found in content["inputs"]] == [True, False, False]
    assert content["inputs"][2]["note"] == "from published figures"
    assert {"url", "retrieved_at", "sha256", "reconstructed", "licence"} <= content["inputs"][0].keys()
