"""Which files hold a quarter, where they are looked for, and who may read them once they are kept."""

import stat
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.fetch import open_library
from where_is_ai.archive.store import Archive
from where_is_ai.geography.zips import ZIP_COUNTIES
from where_is_ai.layers.visas.disclosures import PAGE, FiscalQuarter, due, find, listed, named
from where_is_ai.layers.visas.layer import VISAS
from where_is_ai.layers.visas.made_up import as_csv
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.visas.disclosed import NEXT, OWN, QUARTER, archived, case, workbook
from where_is_ai_tests.loopback import Answer, Loopback

PAGE_PATH = "/www.dol.gov/agencies/eta/foreign-labor/performance"
PDFS = "/sites/dolgov/files/ETA/oflc/pdfs"


def page(*links: str) -> bytes:
    anchors = "".join(f'<li><a class="file" href="{link}">A file</a></li>' for link in links)
    return f"<html><body><ul>{anchors}</ul></body></html>".encode()


@given(st.integers(2020, 2040), st.integers(1, 4))
def test_a_fiscal_quarter_begins_three_months_before_its_year(year, number):
    quarter = Quarter(year, number)
    fiscal = FiscalQuarter.holding(quarter)
    assert fiscal.quarter == quarter
    assert FiscalQuarter.holding(quarter.next) == fiscal.next
    assert fiscal.year == (year + 1 if number == 4 else year)


def test_the_layer_is_due_six_weeks_after_the_quarter():
    assert due(QUARTER) == date(2026, 8, 11)
    assert VISAS.due_days == 42


@pytest.mark.parametrize(
    ("url", "fiscal"),
    [
        (OWN, FiscalQuarter(2026, 3)),
        (f"https://www.dol.gov{PDFS}/LCA_Disclosure_Data_FY2025_Q4_0.xlsx", FiscalQuarter(2025, 4)),
        (f"https://www.dol.gov{PDFS}/LCA_Disclosure_Data_FY2022_Q2.csv?x=1", FiscalQuarter(2022, 2)),
        (f"https://www.dol.gov{PDFS}/LCA_Worksites_FY2025_Q4.xlsx", None),
        (f"https://www.dol.gov{PDFS}/LCA_Record_Layout_FY2025_Q4.pdf", None),
        (f"https://www.dol.gov{PDFS}/PERM_Disclosure_Data_FY2025_Q4.xlsx", None),
    ],
)
def test_files_are_known_by_their_names(url, fiscal):
    assert named(url) == fiscal


def test_links_are_read_from_the_page_whatever_their_form_and_only_to_the_department():
    found = listed(
        page(
            "/media/LCA_Disclosure_Data_FY2026_Q3.xlsx",
            "https://example.org/LCA_Disclosure_Data_FY2026_Q2.xlsx",
            f"https://www.dol.gov{PDFS}/LCA_Disclosure_Data_FY2025_Q4.xlsx",
            f"{PDFS}/LCA_Worksites_FY2025_Q4.xlsx",
        ).decode()
    )
    assert found == {
        FiscalQuarter(2026, 3): OWN,
        FiscalQuarter(2025, 4): f"https://www.dol.gov{PDFS}/LCA_Disclosure_Data_FY2025_Q4.xlsx",
    }


def live(tmp_path, answers: dict[str, bytes]):
    """A server that has ``answers`` by path, and a library that asks it."""
    server = Loopback(
        lambda asked, number: Answer(answers[asked.path]) if asked.path in answers else Answer(status=404)
    )
    settings = {"data": tmp_path, "source": "live", "contact": "reader@example.org"}
    return server, lambda: open_library(Settings(**settings, mirror=server.url))


def test_a_live_run_follows_the_page_and_keeps_files_for_their_owner_alone(tmp_path):
    answers = {
        PAGE_PATH: page(
            "/media/LCA_Disclosure_Data_FY2026_Q3.xlsx", "/odd/LCA_Disclosure_Data_FY2026_Q4.csv"
        ),
        "/www.dol.gov/media/LCA_Disclosure_Data_FY2026_Q3.xlsx": workbook([case(1)]),
        "/www.dol.gov/odd/LCA_Disclosure_Data_FY2026_Q4.csv": as_csv([case(2)]),
    }
    server, library = live(tmp_path, answers)
    with server:
        found = find(library(), QUARTER)
    assert [entry.url for entry in found.entries] == [
        OWN,
        "https://www.dol.gov/odd/LCA_Disclosure_Data_FY2026_Q4.csv",
    ]
    for entry in found.entries:
        kept = Archive(tmp_path / "archive").path(entry)
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    # The replay needs nobody.
    assert find(open_library(Settings(data=tmp_path, source="archive")), QUARTER) == found


def test_what_is_not_out_yet_is_expected_and_a_later_run_finds_it(tmp_path):
    answers = {PAGE_PATH: page("/media/LCA_Disclosure_Data_FY2026_Q2.xlsx")}
    server, library = live(tmp_path, answers)
    with server:
        early = find(library(), QUARTER)
        answers[PAGE_PATH] = page("/media/LCA_Disclosure_Data_FY2026_Q3.xlsx")
        answers["/www.dol.gov/media/LCA_Disclosure_Data_FY2026_Q3.xlsx"] = workbook([case(1)])
        late = find(library(), QUARTER)
    assert early.entries == ()
    assert "expected by 11 August 2026" in early.why_none
    assert [entry.url for entry in late.entries] == [OWN]


def test_without_the_page_files_are_looked_for_where_they_were_seen(tmp_path):
    answers = {f"/www.dol.gov{PDFS}/LCA_Disclosure_Data_FY2026_Q3.xlsx": workbook([case(1)])}
    server, library = live(tmp_path, answers)
    with server:
        found = find(library(), QUARTER)
    assert [entry.url for entry in found.entries] == [
        f"https://www.dol.gov{PDFS}/LCA_Disclosure_Data_FY2026_Q3.xlsx"
    ]


def test_a_file_put_there_by_hand_is_taken(tmp_path):
    (tmp_path / "by_hand").mkdir()
    (tmp_path / "by_hand" / "LCA_Disclosure_Data_FY2026_Q3.xlsx").write_bytes(workbook([case(1)]))
    server, library = live(tmp_path, {})
    with server:
        found = find(library(), QUARTER)
    assert [entry.url for entry in found.entries] == [OWN]


def test_an_earlier_quarter_of_the_running_year_is_read_from_the_year_to_date(tmp_path):
    library = archived(tmp_path, {OWN: [case(1)], NEXT: [case(2)]})
    assert [entry.url for entry in find(library, Quarter(2026, 1)).entries] == [OWN, NEXT]
    assert [entry.url for entry in find(library, QUARTER).entries] == [OWN, NEXT]
    assert find(library, Quarter(2025, 2)).entries == ()


def test_another_source_s_files_may_be_read_by_anybody(tmp_path):

    archive = Archive(tmp_path)
    now = datetime(2026, 8, 1, tzinfo=UTC)
    modes = [
        stat.S_IMODE(archive.path(archive.keep(content, request, now)).stat().st_mode)
        for content, request in ((b"a", PAGE), (b"b", ZIP_COUNTIES))
    ]
    assert modes == [0o600, 0o644]


def test_doctor_asks_the_page():
    assert [request.url for _, request in VISAS.probes(Settings())] == [PAGE.url]
