"""Fetching over a real socket: who asks, what is retried, what is refused, what is kept."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path

import pytest

from where_is_ai.archive import download
from where_is_ai.archive.entry import Request, Source
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.errors import BadUpstream, UsageError
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.loopback import Answer, Answerer, Asked, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

QUARTER = Quarter(2026, 2)
BLS = Source("BLS", "public domain", "https://www.bls.gov", refusal_hint="Set WHERE_IS_AI_CONTACT.")
KEYED = replace(BLS, name="Keyed", key=("api_key", "OPENALEX_API_KEY"))
ZIP = Request("https://www.bls.gov/oes/oesm25ma.zip", BLS, "application/zip")
JSON = Request("https://api.example.org/works?filter=a:b", KEYED, "application/json")
SECRET = "s3cr3t-key"
ACCESS_DENIED = (
    b"\n<!DOCTYPE HTML>\n<html><head><title>Access Denied</title></head><body>bot activity</body></html>"
)


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)


def zipped(text: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # With a fixed date: the same bytes whenever it is made.
        archive.writestr(zipfile.ZipInfo("oesm25ma/MSA_M2025_dl.xlsx"), text * 1000, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def settings(folder: Path, mirror: str) -> Settings:
    return Settings(folder, "live", "reader@example.org", mirror, {"OPENALEX_API_KEY": SECRET})


def live(folder: Path, server: Loopback, said: list[str] | None = None) -> Library:
    return open_library(
        settings(folder, server.url), said.append if said is not None else lambda message: None
    )


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


def in_turn(*answers: Answer) -> Answerer:
    """The answers one after the other; the last one again and again."""
    return lambda asked, number: answers[min(number, len(answers)) - 1]


def test_what_is_posted_tells_answers_of_one_address_apart_and_is_archived(tmp_path):
    pages = [replace(JSON, url="https://jobs.example.org/list", body=f'{{"offset": {at}}}') for at in (0, 20)]

    def echo(asked: Asked, _: int) -> Answer:
        return Answer(b'{"asked": %s}' % asked.body)

    with Loopback(echo) as server:
        library = live(tmp_path, server)
        entries = library.get_all(pages, QUARTER)
        kinds = {asked.headers["Content-Type"] for asked in server.asked}
    assert kinds == {"application/json"}
    assert [entry.body for entry in entries] == [page.body for page in pages]
    replay = open_library(Settings(tmp_path, "archive"))
    assert [replay.read(replay.get(page, QUARTER)) for page in pages] == [
        b'{"asked": {"offset": 0}}',
        b'{"asked": {"offset": 20}}',
    ]
    assert [entry.sha256 for page in pages for entry in replay.versions(page)] == [
        entry.sha256 for entry in entries
    ]


def test_the_client_says_who_asks(tmp_path):
    with Loopback(in_turn(Answer(zipped("a")))) as server:
        live(tmp_path, server).get(ZIP, QUARTER)
    assert server.asked[0].path == "/www.bls.gov/oes/oesm25ma.zip"
    assert "reader@example.org" in server.asked[0].headers["User-Agent"]


def test_without_a_contact_nothing_is_asked(tmp_path):
    with Loopback(in_turn(Answer())) as server, pytest.raises(UsageError, match="WHERE_IS_AI_CONTACT"):
        open_library(Settings(tmp_path, "live", mirror=server.url))
    assert not server.asked


def test_an_answer_is_kept_whole_and_read_back(tmp_path):
    content = zipped("a")
    with Loopback(in_turn(Answer(content, headers={"ETag": '"1"'}))) as server:
        library = live(tmp_path, server)
        entry = library.get(ZIP, QUARTER)
    assert library.read(entry) == content
    assert (entry.url, entry.bytes, entry.etag, entry.reconstructed) == (ZIP.url, len(content), '"1"', False)
    assert files_in(tmp_path / "archive") == sorted([entry.sha256, "index.jsonl"])


def unless_unchanged(asked: Asked, number: int) -> Answer:  # noqa: ARG001
    """A server that knows ETags."""
    unchanged = asked.headers.get("If-None-Match") == '"1"'
    return Answer(status=304) if unchanged else Answer(zipped("a"), headers={"ETag": '"1"'})


def test_an_unchanged_file_is_not_fetched_again(tmp_path):
    with Loopback(unless_unchanged) as server:
        first, second = (live(tmp_path, server).get(ZIP, QUARTER) for _ in range(2))
    assert first == second
    assert len(server.asked) == 2


def test_a_file_gone_from_the_archive_is_fetched_again(tmp_path):
    with Loopback(unless_unchanged) as server:
        library = live(tmp_path, server)
        library.archive.path(library.get(ZIP, QUARTER)).unlink()
        assert library.read(library.get(ZIP, QUARTER)) == zipped("a")


def test_a_reposted_file_is_a_new_version_beside_the_old(tmp_path):
    with Loopback(in_turn(Answer(zipped("a")), Answer(zipped("b")))) as server:
        library = live(tmp_path, server)
        entries = [library.get(ZIP, QUARTER) for _ in range(2)]
    assert library.archive.versions(ZIP.url) == entries
    assert [library.read(entry) for entry in entries] == [zipped("a"), zipped("b")]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(tmp_path, status):
    with Loopback(in_turn(Answer(status=status), Answer(zipped("a")))) as server:
        live(tmp_path, server).get(ZIP, QUARTER)
    assert len(server.asked) == 2


def test_a_broken_connection_is_tried_again(tmp_path):
    content = zipped("a")
    with Loopback(in_turn(Answer(content[:100], claimed_length=len(content)), Answer(content))) as server:
        library = live(tmp_path, server)
        assert library.read(library.get(ZIP, QUARTER)) == content


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured(tmp_path, monkeypatch, form):
    waited = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    later = datetime.now(UTC) + timedelta(seconds=60)
    asked_for = {"seconds": "60", "date": format_datetime(later, usegmt=True)}[form]
    with Loopback(
        in_turn(Answer(status=429, headers={"Retry-After": asked_for}), Answer(zipped("a")))
    ) as server:
        live(tmp_path, server).get(ZIP, QUARTER)
    assert [seconds for seconds in waited if seconds > 1] == [pytest.approx(60, abs=2)]


def test_more_patience_than_a_run_has_ends_it_with_the_sources_words(tmp_path):
    budget = b'{"error":"Rate limit exceeded","message":"Insufficient budget"}'
    with Loopback(in_turn(Answer(budget, 429, {"Retry-After": "39959"}))) as server:
        with pytest.raises(BadUpstream, match="Insufficient budget"):
            live(tmp_path, server).get(JSON, QUARTER)
        assert len(server.asked) == 1


def test_a_lasting_fault_gives_the_address_and_the_remedy(tmp_path):
    with Loopback(in_turn(Answer(status=500))) as server:
        with pytest.raises(BadUpstream, match=r"oesm25ma.zip answered HTTP 500.*WHERE_IS_AI_CONTACT"):
            live(tmp_path, server).get(ZIP, QUARTER)
        assert len(server.asked) == download.ATTEMPTS


@pytest.mark.parametrize(
    ("request_", "body", "reason"),
    [
        (ZIP, ACCESS_DENIED, "HTML page.*Access Denied.*WHERE_IS_AI_CONTACT"),
        (ZIP, zipped("a")[:-40], "broken zip"),
        (ZIP, b"", "nothing"),
        (JSON, b'{"meta": {"count"', "malformed JSON"),
    ],
)
def test_what_was_not_asked_for_is_refused_and_leaves_nothing(tmp_path, request_, body, reason):
    with Loopback(in_turn(Answer(body), Answer(zipped("a") if request_ is ZIP else b"{}"))) as server:
        library = live(tmp_path, server)
        with pytest.raises(BadUpstream, match=reason):
            library.get(request_, QUARTER)
        assert files_in(tmp_path) == []
        library.get(request_, QUARTER)
    assert len(library.archive.versions(request_.url)) == 1


def test_a_bad_answer_loses_nothing_already_archived(tmp_path):
    with Loopback(in_turn(Answer(zipped("a")), Answer(ACCESS_DENIED))) as server:
        library = live(tmp_path, server)
        entry = library.get(ZIP, QUARTER)
        with pytest.raises(BadUpstream):
            library.get(ZIP, QUARTER)
    assert library.archive.versions(ZIP.url) == [entry]
    assert library.read(entry) == zipped("a")


@needs_shared
def test_the_page_that_bls_really_sends_is_refused_with_its_reason(tmp_path):
    page = (SHARED / "traps" / "bls-access-denied.html").read_bytes()
    for status in (200, 403):
        with (
            Loopback(in_turn(Answer(page, status))) as server,
            pytest.raises(BadUpstream, match="Access Denied"),
        ):
            live(tmp_path, server).get(ZIP, QUARTER)


def test_a_secret_goes_to_its_source_and_nowhere_else(tmp_path):
    said = []
    echo = b'{"error":"Invalid or missing API key","message":"API key s3cr3t-key not found"}'
    with Loopback(in_turn(Answer(b"{}"), Answer(status=500), Answer(echo, 401))) as server:
        library = live(tmp_path, server, said)
        entry = library.get(JSON, QUARTER)
        with pytest.raises(BadUpstream, match="Invalid or missing API key") as refused:
            library.get(JSON, QUARTER)
        library.archive.path(entry).unlink()
    with pytest.raises(BadUpstream) as unreachable:
        live(tmp_path, server, said).get(JSON, QUARTER)
    assert all(f"api_key={SECRET}" in asked.path for asked in server.asked)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode()
    for told in (str(refused.value), str(unreachable.value), kept, repr(library._settings), *said):
        assert SECRET not in told


def test_long_downloads_tell_their_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "PROGRESS_EVERY_S", 0)
    said = []
    with Loopback(in_turn(Answer(zipped("a")))) as server:
        live(tmp_path, server, said).get(ZIP, QUARTER)
    assert any("MB of" in line for line in said)


def test_a_young_answer_of_a_paid_source_is_not_paid_for_again(tmp_path):
    paid = replace(JSON, fresh_for=timedelta(hours=20))
    with Loopback(in_turn(Answer(b"{}"))) as server:
        first, second = (live(tmp_path, server).get(paid, QUARTER) for _ in range(2))
    assert first == second
    assert len(server.asked) == 1
