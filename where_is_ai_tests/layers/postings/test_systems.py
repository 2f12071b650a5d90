"""Each further job board system over a real socket, answering in its documented shape: taken, replayed, read."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from where_is_ai.archive import download, pace
from where_is_ai.archive.fetch import Replay, open_library
from where_is_ai.archive.store import Archive
from where_is_ai.errors import UsageError
from where_is_ai.layers.postings.boards import Board, known_boards
from where_is_ai.layers.postings.quarter import Answers, misfits, write_postings
from where_is_ai.layers.postings.schema import Postings
from where_is_ai.layers.postings.snapshots import answers_in, take_snapshot, weeks_of
from where_is_ai.layers.postings.systems import SYSTEMS
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.postings.answers import serving
from where_is_ai_tests.loopback import Answer, Asked

CONTRIBUTING = Path(__file__).parents[3] / "CONTRIBUTING.md"
TODAY = datetime.now(UTC).date()
NOW = Quarter.of(TODAY)
POSTED = max(NOW.first_day, TODAY - timedelta(days=3))


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "FIRST_WAIT_S", 0.001)
    monkeypatch.setattr(pace, "MARGIN", 1_000)


def as_json(said: object) -> Answer:
    return Answer(json.dumps(said).encode())


def taken(folder, board: Board, answers: dict) -> tuple[pd.DataFrame, dict[str, int], list[Asked]]:
    """The postings of a board that was read live and replayed, its troubles, and what it was asked."""
    with serving(answers) as server:
        settings = Settings(data=folder, source="live", contact="who@example.org", mirror=server.url)
        snapshot = take_snapshot(open_library(settings), [board], NOW)
        asked = list(server.asked)
    assert snapshot.failures == {}
    replay = Replay(Archive(folder / "archive"))
    archived = answers_in(replay, [board], NOW)
    assert {entry.sha256 for entry in archived[board]} == {entry.sha256 for entry in snapshot.entries[board]}
    out = folder / "postings.parquet"
    troubles = write_postings(replay, Answers(archived), NOW, out, folder / "posts.parquet")
    assert misfits(out, Postings).empty
    return pd.read_parquet(out), troubles.set_index("trouble")["count"].to_dict(), asked


WORKDAY = Board("workday", "acme.wd5/Careers", "Acme")
SITE = "acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers"


def workday_page(asked: Asked, jobs: list[dict]) -> Answer:
    wanted = json.loads(asked.body)
    part = jobs[wanted["offset"] : wanted["offset"] + wanted["limit"]]
    # As the service does: only the first page says how many there are.
    return as_json({"total": len(jobs) if not wanted["offset"] else 0, "jobPostings": part, "facets": []})


def workday_job(number: int) -> dict:
    path = f"/job/US-CA-Santa-Clara/Engineer_JR{number}"
    return {"title": f"Engineer {number}", "externalPath": path, "locationsText": "2 Locations",
            "postedOn": "Posted 3 Days Ago", "bulletFields": [f"JR{number}"]}  # fmt: skip


def workday_detail(number: int, **more: object) -> dict:
    info = {"title": f"Engineer {number}", "jobDescription": f"<p>Train models {number}.</p>",
            "location": "US, CA, Santa Clara", "startDate": str(POSTED),
            "additionalLocations": ["US, TX, Austin", "US, CA, Santa Clara"],
            "jobReqId": f"JR{number}", "country": {"descriptor": "United States of America"},
            "externalUrl": f"https://example.org/{number}"}  # fmt: skip
    return {"jobPostingInfo": info | more, "hiringOrganization": {"name": "Acme Corp"}}


def test_workday_is_posted_for_page_by_page_and_each_posting_has_its_own_answer(tmp_path):
    jobs = [workday_job(number) for number in range(43)]
    own = {
        f"{SITE}{job['externalPath']}": as_json(workday_detail(n)) for n, job in enumerate(jobs) if n != 42
    }
    own[f"{SITE}{jobs[1]['externalPath']}"] = as_json(workday_detail(1, remoteType="Remote"))
    answers = {f"{SITE}/jobs": lambda asked: workday_page(asked, jobs), **own}
    found, troubles, asked = taken(tmp_path, WORKDAY, answers)
    assert len(found) == 43
    posted = [json.loads(one.body) for one in asked if one.body]
    assert [body["offset"] for body in posted] == [0, 20, 40]
    first = found.set_index("posting_id").loc[f"workday/{WORKDAY.token}/Engineer_JR0"]
    assert (first["title"], first["company"], first["text"]) == ("Engineer 0", "Acme Corp", "Train models 0.")
    assert first["address"] == "US, CA, Santa Clara, United States of America; US, TX, Austin"
    assert first["posted_on"] == str(POSTED)
    assert found["address"].str.contains("Fully remote").sum() == 1
    assert troubles["no answer of its own"] == 1


def test_a_posting_s_own_answer_is_asked_for_once(tmp_path):
    jobs = [workday_job(1)]
    answers = {f"{SITE}/jobs": lambda asked: workday_page(asked, jobs),
               f"{SITE}{jobs[0]['externalPath']}": as_json(workday_detail(1))}  # fmt: skip
    taken(tmp_path, WORKDAY, answers)
    _, _, asked = taken(tmp_path, WORKDAY, answers)
    assert [one.path.rpartition("/")[2] for one in asked] == ["jobs"]


def test_an_own_answer_of_a_quarter_before_counts_as_no_snapshot_of_this_one(tmp_path):
    archive, quarter = Archive(tmp_path), Quarter(2026, 2)
    page = json.dumps({"total": 1, "jobPostings": [workday_job(1)]}).encode()
    own = WORKDAY.detail(workday_job(1))
    archive.keep(json.dumps(workday_detail(1)).encode(), own, datetime(2026, 3, 2, 5, tzinfo=UTC))
    for day in (6, 13):
        archive.keep(page, WORKDAY.request, datetime(2026, 4, day, 5, tzinfo=UTC))
    entries = answers_in(Replay(archive), [WORKDAY], quarter)[WORKDAY]
    assert len(entries) == 3
    assert weeks_of(entries, quarter) == [date(2026, 4, 6), date(2026, 4, 13)]
    write_postings(
        Replay(archive), Answers({WORKDAY: entries}), quarter, tmp_path / "out", tmp_path / "posts"
    )
    assert pd.read_parquet(tmp_path / "out")["text"].to_list() == ["Train models 1."]


SMART = Board("smartrecruiters", "Acme", "Acme")
POSTINGS = "api.smartrecruiters.com/v1/companies/Acme/postings"


def smart_job(number: int) -> dict:
    return {"id": str(700 + number), "name": f"Analyst {number}", "refNumber": f"REF{number}",
            "releasedDate": f"{POSTED}T12:00:00.000Z", "company": {"identifier": "Acme", "name": "Acme"},
            "location": {"city": "Austin", "region": "TX", "country": "us", "remote": number == 1}}  # fmt: skip


def smart_page(asked: Asked, count: int) -> Answer:
    query = parse_qs(urlsplit(asked.path).query)
    offset, limit = (int(query[name][0]) for name in ("offset", "limit"))
    part = [smart_job(number) for number in range(count)][offset : offset + limit]
    return as_json({"offset": offset, "limit": limit, "totalFound": count, "content": part})


def test_smartrecruiters_pages_by_offset_and_describes_each_posting_in_sections(tmp_path):
    sections = {
        "jobDescription": {"title": "Job", "text": "<p>Fit models.</p>"},
        "qualifications": {"text": ""},
    }
    own = {
        f"{POSTINGS}/{700 + number}": as_json(
            {"id": str(700 + number), "jobAd": {"sections": sections}, "postingUrl": "https://example.org/1"}
        )
        for number in range(120)
    }
    found, troubles, _ = taken(tmp_path, SMART, {POSTINGS: lambda asked: smart_page(asked, 120), **own})
    assert len(found) == 120
    assert set(found["text"]) == {"Job\nFit models."}
    assert set(found["address"]) == {"Austin, TX, US", "Fully remote, Austin, TX, US"}
    assert set(found["posted_on"]) == {str(POSTED)}
    assert troubles == {}


def test_workable_gives_all_jobs_with_their_places(tmp_path):
    job = {"title": "Scientist", "shortcode": "A1B2", "telecommuting": False, "url": "https://example.org/a",
           "published_on": str(POSTED), "created_at": str(POSTED), "country": "United States", "city": "Boston",
           "state": "Massachusetts", "description": "<p>Train models.</p>",
           "locations": [
               {"country": "United States", "city": "Boston", "region": "Massachusetts", "hidden": False},
               {"country": "Greece", "city": "Athens", "region": "Attica", "hidden": True},
           ]}  # fmt: skip
    remote = job | {"shortcode": "C3", "title": "Writer", "telecommuting": True, "locations": []}
    answers = {
        "apply.workable.com/api/v1/widget/accounts/acme": as_json({"name": "Acme", "jobs": [job, remote]})
    }
    found, troubles, asked = taken(tmp_path, Board("workable", "acme", "Acme"), answers)
    assert parse_qs(urlsplit(asked[0].path).query) == {"details": ["true"]}
    assert list(found["address"]) == [
        "Boston, Massachusetts, United States",
        "Fully remote, Boston, Massachusetts, United States",
    ]
    assert list(found["text"]) == ["Train models."] * 2
    assert troubles == {}


def test_workable_lists_a_posting_once_for_each_place_and_it_is_one(tmp_path):
    job = {"title": "Scientist", "shortcode": "A1B2", "published_on": str(POSTED), "telecommuting": False,
           "description": "<p>Train models.</p>", "requirements": "<p>Know ML.</p>"}  # fmt: skip
    boston = {"city": "Boston", "region": "Massachusetts", "country": "United States", "hidden": False}
    jobs = [
        job | {"locations": [boston]},
        job | {"city": "Austin", "state": "Texas", "country": "United States", "locations": []},
        job | {"locations": [boston]},
        job | {"shortcode": "C3", "title": "Writer", "locations": [boston]},
    ]
    answers = {"apply.workable.com/api/v1/widget/accounts/acme": as_json({"name": "Acme", "jobs": jobs})}
    found, troubles, _ = taken(tmp_path, Board("workable", "acme", "Acme"), answers)
    assert sorted(found["address"]) == [
        "Boston, Massachusetts, United States",
        "Boston, Massachusetts, United States; Austin, Texas, United States",
    ]
    assert set(found["text"]) == {"Train models.\nKnow ML."}
    assert troubles == {}


def test_recruitee_gives_offers_with_description_and_requirements(tmp_path):
    offer = {"id": 5, "title": "Engineer", "description": "<p>Build.</p>", "requirements": "<p>Know ML.</p>",
             "city": "Austin", "state_name": "Texas", "country": "United States", "remote": False, "hybrid": True,
             "published_at": f"{POSTED} 09:00:00 UTC", "careers_url": "https://acme.recruitee.com/o/engineer",
             "company_name": "Acme",
             "locations": [{"city": "Austin", "state": "Texas", "country": "United States"}]}  # fmt: skip
    either = offer | {"id": 6, "title": "Writer", "remote": True, "hybrid": False, "on_site": True}
    remote = offer | {"id": 7, "title": "Editor", "remote": True, "hybrid": False, "on_site": False}
    answers = {"acme.recruitee.com/api/offers/": as_json({"offers": [offer, either, remote]})}
    found, troubles, _ = taken(tmp_path, Board("recruitee", "acme", "Acme"), answers)
    assert found.set_index("title")["address"].to_dict() == {
        "Engineer": "Austin, Texas, United States",
        "Writer": "Austin, Texas, United States",
        "Editor": "Fully remote, Austin, Texas, United States",
    }
    assert set(found["text"]) == {"Build.\nKnow ML."}
    assert set(found["posted_on"]) == {str(POSTED)}
    assert troubles == {}


PERSONIO = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE workzag-jobs [<!ENTITY own SYSTEM "file:///etc/hostname">]>
<workzag-jobs>
  <position>
    <id>9</id><subcompany>Acme GmbH</subcompany><office>New York</office>
    <additionalOffices><office>Boston, MA</office></additionalOffices>
    <name>Data Scientist</name>
    <jobDescriptions>
      <jobDescription><name>Role</name><value><![CDATA[<p>Train models.</p>]]></value></jobDescription>
      <jobDescription><name>You</name><value>&own;Curious</value></jobDescription>
    </jobDescriptions>
    <createdAt>{POSTED}T13:10:55+00:00</createdAt>
  </position>
</workzag-jobs>"""


def test_personio_gives_positions_in_xml_and_no_entity_reaches_out(tmp_path):
    answers = {"acme.jobs.personio.de/xml": Answer(PERSONIO.encode())}
    found, troubles, _ = taken(tmp_path, Board("personio", "acme", "Acme"), answers)
    (row,) = found.to_dict("records")
    assert (row["title"], row["company"], row["address"]) == (
        "Data Scientist",
        "Acme GmbH",
        "New York; Boston, MA",
    )
    assert row["text"].splitlines()[:3] == ["Role", "Train models.", "You"]
    assert row["posted_on"] == str(POSTED)
    assert troubles == {}


def test_an_xml_that_is_broken_is_one_trouble(tmp_path):
    board, archive = Board("personio", "acme", "Acme"), Archive(tmp_path)
    at = datetime.combine(date(2026, 4, 13), datetime.min.time(), UTC)
    entry = archive.keep(PERSONIO.encode()[:-30], board.request, at)
    troubles = write_postings(
        Replay(archive), Answers({board: [entry]}), Quarter(2026, 2), tmp_path / "out", tmp_path / "posts"
    )
    assert list(troubles["trouble"]) == ["answer can't be read"]


def test_each_system_has_an_example_among_the_lines_that_are_documented(tmp_path):
    documented = re.findall(r"^\| `https://\S+` \| `(.+)` \|$", CONTRIBUTING.read_text(), re.MULTILINE)
    (tmp_path / "job_boards.csv").write_text("\n".join(["system,token,company,sector", *documented]))
    assert {board.system for board in known_boards(tmp_path)} == set(SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_board_of_any_system_is_a_line_of_the_list(tmp_path, system):
    token = SYSTEMS[system].token_looks_like
    (tmp_path / "job_boards.csv").write_text(f"system,token,company\n{system},{token},Acme\n")
    assert known_boards(tmp_path) == (Board(system, token, "Acme"),)
    assert known_boards(tmp_path)[0].request.url.startswith("https://")


def test_a_token_that_is_none_of_its_system_is_refused_with_what_one_looks_like(tmp_path):
    (tmp_path / "job_boards.csv").write_text("system,token,company\nworkday,acme,Acme\n")
    with pytest.raises(UsageError, match=r"acme\.wd5/Careers"):
        known_boards(tmp_path)
