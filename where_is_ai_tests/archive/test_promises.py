"""Each source's request says what its answer must be: an error that comes with status 200 is never archived."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from where_is_ai.archive import download
from where_is_ai.archive.content import check_content
from where_is_ai.archive.entry import Request
from where_is_ai.archive.fetch import open_library
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.layers.postings import usajobs
from where_is_ai.layers.postings.boards import Board
from where_is_ai.layers.research import openalex
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.loopback import Answer, Loopback

QUARTER = Quarter(2026, 2)


def gazetteer(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "GEOID\tNAME\n")
    return out.getvalue()


def as_json(said: object) -> bytes:
    return json.dumps(said).encode()


LIST = openalex.ask("works", timedelta(days=7), filter="a:b")
ONE = openalex.institution("I136199984")
GREENHOUSE, LEVER, ASHBY = (Board(system, "a", "A").request for system in ("greenhouse", "lever", "ashby"))
USAJOBS = usajobs.first_pages(QUARTER)[0]
RIGHT = {
    LIST: as_json({"meta": {"count": 0}, "results": []}),
    ONE: as_json({"id": "https://openalex.org/I136199984"}),
    GREENHOUSE: as_json({"jobs": [], "meta": {"total": 0}}),
    LEVER: b"[]",
    ASHBY: as_json({"jobs": [], "apiVersion": "1"}),
    USAJOBS: as_json({"paging": {}, "data": []}),
    GAZETTEER: gazetteer("2024_Gaz_cbsa_national.txt"),
    POPULATION: b"CBSA,MDIV,STCOU,NAME,LSAD\n10180,,,Abilene,Metropolitan Statistical Area",
}
# Keeps what it promises, and is of no use all the same.
NOTHING = as_json({"meta": {"count": 0, "note": "down for repairs"}, "results": []})
WRONG = [
    (
        LIST,
        as_json({"error": "Rate limit exceeded", "message": "Insufficient budget"}),
        "Insufficient budget",
    ),
    (LIST, as_json({"results": []}), "without an object 'meta'"),
    (ONE, as_json({"error": "Not found", "message": "no such entity"}), "no such entity"),
    (ONE, as_json({"meta": {}, "results": []}), "without an institution's 'id'"),
    (GREENHOUSE, as_json({"status": 404, "error": "Job not found"}), "Job not found"),
    (GREENHOUSE, as_json({"jobs": "none"}), "without a list of postings"),
    (GREENHOUSE, b"[]", "without a list of postings"),
    (LEVER, as_json({"ok": False, "error": "Document not found"}), "Document not found"),
    (LEVER, as_json({"ok": False}), "without a list of postings"),
    (ASHBY, as_json({"success": False, "errors": ["unauthorized"]}), "unauthorized"),
    (ASHBY, as_json({"jobs": None}), "without a list of postings"),
    (USAJOBS, as_json({"message": "An error has occurred."}), "without a list 'data'"),
    (GAZETTEER, gazetteer("readme.pdf"), "without a file named like"),
    (POPULATION, b"Temporarily unavailable", "columns CBSA, LSAD"),
    (POPULATION, as_json({"error": "down"}), "JSON where text/csv"),
]


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)


@pytest.mark.parametrize("request_", RIGHT, ids=lambda request: request.url)
def test_the_smallest_right_answer_is_taken(tmp_path, request_: Request):
    (tmp_path / "answer").write_bytes(RIGHT[request_])
    check_content(tmp_path / "answer", request_)


@pytest.mark.parametrize(("request_", "body", "reason"), WRONG)
def test_an_error_with_status_200_is_not_archived_and_does_not_hold_up_later_runs(
    tmp_path, request_: Request, body: bytes, reason: str
):
    with Loopback(lambda asked, number: Answer(body if number == 1 else RIGHT[request_])) as server:
        settings = Settings(tmp_path, "live", "reader@example.org", server.url)
        with pytest.raises(BadUpstream, match=reason):
            open_library(settings).get(request_, QUARTER)
        assert open_library(settings).versions(request_) == []
        for _ in range(2):
            library = open_library(settings)
            assert library.read(library.get(request_, QUARTER)) == RIGHT[request_]


def test_what_was_archived_bad_is_fetched_anew_once_it_is_set_aside(tmp_path):
    with Loopback(lambda asked, number: Answer(RIGHT[LIST] if number > 1 else NOTHING)) as server:
        settings = Settings(tmp_path, "live", "reader@example.org", server.url)
        library = open_library(settings)
        bad = library.get(LIST, QUARTER)
        assert library.get(LIST, QUARTER) == bad
        library.archive.set_aside(bad.sha256, "it counts nothing", bad.retrieved)
        assert not library.is_paid(LIST)
        assert library.read(library.get(LIST, QUARTER)) == RIGHT[LIST]
        assert library.archive.path(bad).is_file()
