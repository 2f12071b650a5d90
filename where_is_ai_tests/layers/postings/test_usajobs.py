"""USAJOBS over a real socket: pages by continuation token, texts joined, faults named."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from where_is_ai.archive import download
from where_is_ai.archive.fetch import Replay, open_library
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream, NotArchived
from where_is_ai.layers.postings import usajobs
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.postings.answers import serving
from where_is_ai_tests.loopback import Answer, Asked

QUARTER = Quarter(2026, 2)
API = "data.usajobs.gov/api/historicjoa"
PAGE = 2


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)


def head(number: int, **more: object) -> dict:
    place = {"positionLocationCity": "Aurora, Colorado", "positionLocationState": "Colorado"}
    return {
        "usajobsControlNumber": number,
        "hiringAgencyName": "Geological Survey",
        "positionTitle": "Data Scientist",
        "positionOpenDate": "2026-05-04",
        "positionCloseDate": "2026-05-18",
        "PositionLocations": [place | {"positionLocationCountry": "United States"}],
    } | more


def body(number: int, **more: object) -> dict:
    return {
        "usajobsControlNumber": number,
        "summary": "<p>Model rivers.</p>",
        "duties": "<ul><li>Fit</li></ul>",
    } | more


class Service:
    """HistoricJoa and AnnouncementText: two records a page, the token by itself and within the next address."""

    def __init__(self, heads: list[dict], bodies: list[dict]):
        self.records = {API: heads, f"{API}/announcementtext": bodies}
        self.windows: list[dict] = []

    def answers(self) -> dict:
        return dict.fromkeys(self.records, self.page)

    def page(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.path)
        query = parse_qs(parts.query)
        self.windows.append(query)
        records = self.records[parts.path.lstrip("/")]
        start = int(query.get("continuationtoken", ["t0="])[0].strip("t="))
        more = start + PAGE < len(records)
        token = f"t{start + PAGE}=" if more else None
        paging = {
            "metadata": {"totalCount": len(records), "pageSize": PAGE, "continuationToken": token},
            "next": f"/api/historicjoa?continuationtoken=t{start + PAGE}%3D" if more else None,
        }
        return Answer(json.dumps({"paging": paging, "data": records[start : start + PAGE]}).encode())


def fetched(folder, service: Service):
    with serving(service.answers()) as server:
        settings = Settings(data=folder, source="live", contact="who@example.org", mirror=server.url)
        library = open_library(settings)
        pages = [list(usajobs.pages(library, first, QUARTER)) for first in usajobs.first_pages(QUARTER)]
    return library, *pages


def sightings(folder, service: Service) -> tuple[pd.DataFrame, dict]:
    library, heads, bodies = fetched(folder, service)
    tally, out = Tally(), folder / "usajobs.parquet"
    usajobs.write_sightings_of(library, heads, bodies, out, tally)
    return pd.read_parquet(out).sort_values("posting_id"), tally.table().set_index("trouble")[
        "count"
    ].to_dict()


def test_all_pages_are_read_and_joined_with_their_texts(tmp_path):
    service = Service([head(number) for number in range(1, 6)], [body(number) for number in range(5, 0, -1)])
    found, troubles = sightings(tmp_path, service)
    assert list(found["posting_id"]) == [f"usajobs/{number}" for number in range(1, 6)]
    assert set(found["location"]) == {"Aurora, Colorado, Colorado, United States"}
    assert set(found["text"]) == {"Model rivers.\n* Fit"}
    assert set(found["posted_on"]) == {date(2026, 5, 4)}
    assert troubles == {}
    assert service.windows[0]["StartPositionOpenDate"] == ["2026-04-01"]
    assert service.windows[0]["EndPositionOpenDate"] == ["2026-06-30"]


def test_a_replay_follows_the_same_tokens_without_asking(tmp_path):
    _, heads, _ = fetched(tmp_path, Service([head(number) for number in range(5)], []))
    replay = Replay(Archive(tmp_path / "archive"))
    assert list(usajobs.pages(replay, usajobs.first_pages(QUARTER)[0], QUARTER)) == heads
    assert len(heads) == 3


def test_a_missing_page_is_an_error_not_an_end(tmp_path):
    fetched(tmp_path, Service([head(number) for number in range(5)], []))
    index = tmp_path / "archive" / "index.jsonl"
    index.write_text("\n".join(line for line in index.read_text().splitlines() if "t4" not in line) + "\n")
    with pytest.raises(NotArchived):
        list(usajobs.pages(Replay(Archive(tmp_path / "archive")), usajobs.first_pages(QUARTER)[0], QUARTER))


def test_tokens_that_go_in_a_circle_end_in_an_error(tmp_path):
    paging = {"metadata": {"continuationToken": "again"}}
    service = {API: Answer(json.dumps({"paging": paging, "data": [head(1)]}).encode())}
    with serving(service) as server:
        settings = Settings(data=tmp_path, source="live", contact="who@example.org", mirror=server.url)
        with pytest.raises(BadUpstream, match="circle"):
            list(usajobs.pages(open_library(settings), usajobs.first_pages(QUARTER)[0], QUARTER))


@pytest.mark.parametrize("last", [[head(1)], []])
def test_a_token_that_repeats_after_the_last_record_is_the_end(tmp_path, last):
    archive = Archive(tmp_path)
    first = usajobs.first_pages(QUARTER)[0]
    metadata = {"totalCount": 1 + len(last), "continuationToken": "again"}
    pages = {first.url: [head(0)], f"{first.url}&continuationtoken=again": last}
    for url, data in pages.items():
        content = json.dumps({"paging": {"metadata": metadata}, "data": data}).encode()
        archive.keep(content, replace(first, url=url), datetime(2026, 7, 20, tzinfo=UTC))
    assert [entry.url for entry in usajobs.pages(Replay(archive), first, QUARTER)] == list(pages)


def test_flaws_are_counted_and_the_rest_is_read(tmp_path):
    heads = [
        head(1), head(1), head(2, positionOpenDate=None), head(3, positionTitle=None), head(4, PositionLocations=[]),
        head(5, positionOpenDate="0001-01-01"), "not a record",
    ]  # fmt: skip
    found, troubles = sightings(
        tmp_path, Service(heads, [body(1), body(4, summary="x" * 2_000_000), body(5)])
    )
    assert list(found["posting_id"]) == ["usajobs/1", "usajobs/2", "usajobs/4", "usajobs/5"]
    assert troubles == {
        "id given twice": 1, "no date": 1, "no id or no title": 2, "no location": 1, "absurd date": 1,
        "no announcement text": 1, "overlong description": 1,
    }  # fmt: skip
