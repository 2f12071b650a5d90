"""A case counts once, by the day of its decision, whichever files it stands in."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.visas.definitions import (
    MIXED,
    classification,
    definition,
    is_ai_occupation,
    measured,
    soc_code,
)
from where_is_ai.layers.visas.disclosures import request
from where_is_ai.layers.visas.employers import employer_keys
from where_is_ai.layers.visas.schema import LcaCases
from where_is_ai.layers.visas.source import read_cases
from where_is_ai.layers.visas.wages import usd_per_year
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.visas.disclosed import MEDIA, NEXT, OWN, QUARTER, case, read, workbook


def test_decisions_count_by_their_day_and_not_by_the_file(tmp_path):
    rows = [
        case(1),
        case(2, DECISION_DATE="3/31/2026"),
        case(3, DECISION_DATE="4/1/2026"),
        case(4, DECISION_DATE="7/1/2026"),
    ]
    cases, _ = read(tmp_path, {OWN: rows})
    LcaCases.validate(cases)
    assert cases["case_number"].str[-1].to_list() == ["1", "3"]
    assert cases["decided_on"].to_list() == ["2026-05-06", "2026-04-01"]


def test_the_file_of_the_year_to_date_holds_an_earlier_quarter_whole(tmp_path):
    rows = [
        case(n, DECISION_DATE=day) for n, day in enumerate(["11/2/2025", "12/3/2025", "2/2/2026", "5/5/2026"])
    ]
    cases, why = read(tmp_path, {OWN: rows}, Quarter(2025, 4))
    assert (len(cases), why) == (2, "")


def test_stragglers_alone_are_no_quarter(tmp_path):
    rows = [case(1), *(case(n, DECISION_DATE="8/1/2026") for n in range(2, 14))]
    cases, why = read(tmp_path, {NEXT: rows})
    assert cases.empty
    assert "1 stragglers of 2026-Q2 beside 12 decisions of 2026-Q3" in why


def test_a_later_file_adds_what_came_late_and_changes_nothing_else(tmp_path):
    later = [
        case(1, CASE_STATUS="Certified - Withdrawn"),
        case(2, DECISION_DATE="6/30/2026"),
        case(3, DECISION_DATE="8/3/2026"),
    ]
    cases, _ = read(tmp_path, {OWN: [case(1)], NEXT: later})
    assert cases.set_index("case_number")["status"].to_dict() == {
        "I-200-26120-000001": "certified",
        "I-200-26120-000002": "certified",
    }
    assert cases["file"].to_list() == [OWN.rpartition("/")[2], NEXT.rpartition("/")[2]]


def test_a_case_that_a_file_has_twice_counts_by_its_last_decision(tmp_path):
    rows = [case(1, CASE_STATUS="CERTIFIED-WITHDRAWN", DECISION_DATE="6/2/2026"), case(1), case(2)]
    cases, _ = read(tmp_path, {OWN: rows})
    assert cases.set_index("case_number")["status"].to_list() == ["certified_withdrawn", "certified"]


@pytest.mark.parametrize("written", ["5/6/2026", "05/06/2026", "2026-05-06", "2026-05-06 00:00:00", "46148"])
def test_a_day_is_read_however_it_is_written(tmp_path, written):
    url = f"{MEDIA}/LCA_Disclosure_Data_FY2026_Q3.csv"
    cases, _ = read(tmp_path, {url: [case(1, DECISION_DATE=written)]})
    assert cases["decided_on"].to_list() == ["2026-05-06"]


def test_a_workbook_that_counts_from_1904_has_the_same_days(tmp_path):
    archive = Archive(tmp_path)
    entry = archive.keep(workbook([case(1)], date_1904=True), request(OWN), datetime(2026, 8, 10, tzinfo=UTC))
    cases, _ = read_cases(Replay(archive), [entry], QUARTER)
    assert cases["decided_on"].to_list() == ["2026-05-06"]


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("DECISION_DATE", "jane@doe.example", "row 3 has something else than a date under DECISION_DATE"),
        ("CASE_STATUS", "jane@doe.example", "row 3 has something else than what was decided"),
        ("CASE_NUMBER", "jane@doe.example", "1 of 2 rows have no case number"),
    ],
)
def test_a_cell_that_can_t_be_read_is_named_by_its_place_and_never_quoted(tmp_path, column, text, said):
    with pytest.raises(BadUpstream) as refused:
        read(tmp_path, {OWN: [case(1), case(2, **{column: text})]})
    assert said in str(refused.value)
    assert "jane" not in str(refused.value)


def test_an_e_mail_address_typed_as_title_or_employer_is_not_kept(tmp_path):
    cases, _ = read(
        tmp_path, {OWN: [case(1, JOB_TITLE="ask jane@doe.example", EMPLOYER_NAME="jane@doe.example")]}
    )
    assert cases[["job_title", "employer", "ai_title"]].isna().all(axis=None)


def test_positions_are_told_apart(tmp_path):
    kinds = {
        "NEW_EMPLOYMENT": "2",
        "CHANGE_EMPLOYER": "3",
        "CONTINUED_EMPLOYMENT": "5",
        "AMENDED_PETITION": "7",
    }
    more = {
        "CHANGE_PREVIOUS_EMPLOYMENT": "11",
        "NEW_CONCURRENT_EMPLOYMENT": "13",
        "TOTAL_WORKER_POSITIONS": "41",
    }
    case_of_many = read(tmp_path, {OWN: [case(1, **kinds, **more)]})[0].iloc[0]
    assert case_of_many[["positions", "positions_new", "positions_renewed"]].to_list() == [41, 5, 12]


@pytest.mark.parametrize(
    ("written", "code", "ai"),
    [
        ("15-2051.00", "15-2051", True), ("15-2051.01", "15-2051", True), ("15-1221", "15-1221", True),
        ("15-1111", "15-1111", True), ("15-1252.00", "15-1252", False), ("Nov-21", None, None), ("", None, None),
    ],
)  # fmt: skip
def test_ai_occupations_are_those_of_the_employment_layer_and_a_code_that_became_a_date_is_unknown(
    written, code, ai
):
    assert soc_code(written) == code
    found = is_ai_occupation(pd.Series([code], dtype="str"))[0]
    assert pd.isna(found) if ai is None else found == ai


def test_the_classification_is_told_by_the_codes_of_computer_occupations():
    old, new = ["15-1132", "15-1111"] * 50, ["15-1252", "15-2051"] * 50
    assert classification(pd.Series([*old, "15-1252"])) == "SOC 2010"
    assert definition(pd.Series(new)) == "SOC 2018: 15-1221, 15-2051"
    assert classification(pd.Series([*old, *new])) == MIXED
    assert definition(pd.Series(old)) == "SOC 2010: 15-1111"


@pytest.mark.parametrize(
    ("amount", "unit", "yearly"),
    [
        ("150000", "Year", 150_000), ("62.5", "Hour", 130_000), ("5,000.00", "Bi-Weekly", 130_000),
        ("$2500", "week", 130_000), ("10000", "Month", 120_000), ("150000", "Hour", None), ("60", "Year", None),
        ("150000", "", None), (None, "Year", None),
    ],
)  # fmt: skip
def test_wages_are_a_year_s_and_a_slip_of_the_unit_is_unknown(amount, unit, yearly):
    found = usd_per_year(pd.Series([amount], dtype="str"), pd.Series([unit], dtype="str"))[0]
    assert pd.isna(found) if yearly is None else found == yearly


@given(
    st.sampled_from(["Google", "Jo-Ann Stores", "Denken Solutions", "A"]),
    st.sampled_from([" LLC", ", Inc.", " CORP", ""]),
)
def test_legal_forms_and_capitals_make_no_other_employer(name, form):
    keys = employer_keys(pd.Series([name + form, (name + form).upper(), name]))
    assert keys.nunique() == 1


def test_what_titles_are_worth_is_what_was_measured():
    found = measured()
    assert found.postings > 500
    for value, low, high in (found.precision_pct, found.recall_pct):
        assert 50 < low < value < high <= 100
    assert f"precision {found.precision_pct[0]:.0f} %" in found.words
