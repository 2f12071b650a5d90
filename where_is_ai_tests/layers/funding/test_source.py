"""Data sets and the page that links to them: found by heading and name, refused clearly, one row per filing."""

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.funding.made_up import zipped
from where_is_ai.layers.funding.schema import FormDFilings, UnreadLines
from where_is_ai.layers.funding.source import PAGE, data_sets
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.funding.filings import (
    BEFORE,
    NUMBER,
    QUARTER,
    READ_ON,
    data_set_of,
    filing,
    read,
    read_with_unread,
    tables_of,
    text_of,
    with_member,
)

ONE = "0000000001-26-000001"
TWO = "0000000001-26-000002"


def links(folder, *hrefs: str) -> dict[Quarter, str]:
    page = "".join(f'<p><a class="x" href="{href}">set</a>' for href in hrefs)
    archive = Archive(folder)
    entry = archive.keep(f"<html>{page}</html>".encode(), PAGE, READ_ON)
    return {quarter: request.url for quarter, request in data_sets(Replay(archive), entry).items()}


def test_links_are_read_from_the_page_whatever_their_folder_and_name(tmp_path):
    assert links(
        tmp_path,
        "/about",
        "/files/structureddata/data/form-d-data-sets/2025q4_d.zip",
        "https://www.sec.gov/files/structureddata/data/form-d-data-sets/2026q1_d.zip",
        "/files/structureddata/data/form-d-data-sets/2026Q1_d_0.zip",
        "/files/datastandardsinnovation/data/form-d/2026q2_d.zip",
    ) == {
        Quarter(2025, 4): "https://www.sec.gov/files/structureddata/data/form-d-data-sets/2025q4_d.zip",
        Quarter(2026, 1): "https://www.sec.gov/files/structureddata/data/form-d-data-sets/2026Q1_d_0.zip",
        Quarter(2026, 2): "https://www.sec.gov/files/datastandardsinnovation/data/form-d/2026q2_d.zip",
    }


@pytest.mark.parametrize(
    ("href", "says"),
    [
        ("/files/form-d.pdf", "links to no data set"),
        ("https://sec.example/2026q2_d.zip", "not the SEC's own"),
    ],
)
def test_a_page_without_the_sec_s_links_is_refused(tmp_path, href, says):
    with pytest.raises(BadUpstream, match=says):
        links(tmp_path, href)


def test_both_ways_to_write_a_day_and_an_indefinite_amount_are_read(tmp_path):
    filings = [
        filing(ONE, FILING_DATE="2026-06-30 17:28:10", SALE_DATE="2026-06-01"),
        filing(TWO, FILING_DATE="01-APR-2026", TOTALOFFERINGAMOUNT="2500000.50", TOTALAMOUNTSOLD=""),
    ]
    rows = FormDFilings.validate(read(tmp_path, {QUARTER: data_set_of(*filings)})).set_index(
        "accession_number"
    )
    assert rows["filing_date"].to_list() == ["2026-06-30", "2026-04-01"]
    assert rows["first_sale"].isna().to_list() == [False, True]
    assert rows["offering_indefinite"].to_list() == [True, False]
    assert rows.loc[TWO, "offering_usd"] == 2500000.5
    assert pd.isna(rows.loc[ONE, "offering_usd"])
    assert pd.isna(rows.loc[TWO, "sold_usd"])


def test_of_several_issuers_the_primary_is_read_and_the_filing_counts_once(tmp_path):
    tables = tables_of(filing(ONE))
    other = tables["ISSUERS.tsv"][0] | {
        "IS_PRIMARYISSUER_FLAG": "NO",
        "ISSUER_SEQ_KEY": 2,
        "ENTITYNAME": "Beside LLC",
    }
    tables["ISSUERS.tsv"].insert(0, other)
    rows = read(tmp_path, {QUARTER: zipped(tables, "2026Q2_d")})
    assert rows[["issuer", "issuers_named", "issuer_line"]].to_numpy().tolist() == [
        ["Acme Widgets, Inc.", 2, 3]
    ]


def test_columns_may_move_and_come_and_optional_ones_go(tmp_path):
    tables = tables_of(filing(ONE, sold=7))
    offering = {"NEW_COLUMN": "x", **dict(reversed(tables["OFFERING.tsv"][0].items()))}
    offering |= {"ISPOOLEDINVESTMENTFUNDTYPE": "", "PREVIOUSACCESSIONNUMBER": "", "SALE_DATE": ""}
    submission = {
        name: cell for name, cell in tables["FORMDSUBMISSION.tsv"][0].items() if name != "TESTORLIVE"
    }
    content = zipped(
        {
            "Formdsubmission.tsv": [submission],
            "issuers.TSV": tables["ISSUERS.tsv"],
            "Offering.tsv": [offering],
        },
        "x",
    )
    row = read(tmp_path, {QUARTER: content}).iloc[0]
    assert (row["sold_usd"], row["live"], row["pooled_fund"]) == (7.0, True, False)


def test_a_missing_column_or_member_is_one_error_that_names_it(tmp_path):
    tables = tables_of(filing(ONE))
    del tables["OFFERING.tsv"]
    with pytest.raises(
        BadUpstream, match=r"2026q2_d\.zip holds no OFFERING\.tsv, only x/FORMDSUBMISSION\.tsv"
    ):
        read(tmp_path, {QUARTER: zipped(tables, "x")})
    content = zipped(tables | {"offering.tsv": [{NUMBER: ONE, "TOTALSOLD": 1}]}, "x")
    with pytest.raises(
        BadUpstream, match=r"OFFERING\.tsv in .* lacks the columns INDUSTRYGROUPTYPE.*; it has ACC"
    ):
        read(tmp_path / "again", {QUARTER: content})


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (
            {"TOTALAMOUNTSOLD": "about 5"},
            r"OFFERING\.tsv in .*: line 2 has 'about 5': an amount is expected under TOTALAMOUNTSOLD",
        ),
        (
            {"TOTALAMOUNTSOLD": "Indefinite"},
            "line 2 has 'Indefinite': an amount is expected under TOTALAMOUNTSOLD",
        ),
        ({"TOTALAMOUNTSOLD": "-3"}, "line 2 has '-3': an amount is expected under TOTALAMOUNTSOLD"),
        (
            {"FILING_DATE": "31-FEB-2026"},
            r"FORMDSUBMISSION\.tsv in .*: line 2 has '31-FEB-2026': a day as 2015-03-31 or 30-SEP-2024 is expected",
        ),
        ({"FILING_DATE": "5/31/2026"}, "line 2 has '5/31/2026': a day as"),
        ({"CIK": "12-34"}, r"ISSUERS\.tsv in .*: line 2 has '12-34': a CIK is expected under CIK"),
        (
            {"ISAMENDMENT": "maybe"},
            "line 2 has 'maybe': true, false or nothing is expected under ISAMENDMENT",
        ),
        ({"ENTITYNAME": ""}, "line 2 has 'nothing': a value is expected under ENTITYNAME"),
        ({"CITY": "AUS\tTIN"}, r"ISSUERS\.tsv in .*: line 2: 24 cells under 23 headings"),
    ],
)
def test_a_bad_cell_is_named_with_its_line(tmp_path, cells, says):
    with pytest.raises(BadUpstream, match=says):
        read(tmp_path, {QUARTER: data_set_of(filing(ONE, **cells))})


def test_half_a_data_set_and_a_filing_twice_are_refused(tmp_path):
    tables = tables_of(filing(ONE), filing(TWO))
    with pytest.raises(BadUpstream, match=f"has no line of {TWO}; so it is with 1 of 2 filings"):
        read(tmp_path, {QUARTER: zipped(tables | {"ISSUERS.tsv": tables["ISSUERS.tsv"][:1]}, "x")})
    with pytest.raises(BadUpstream, match=f"has {ONE} in line 2 and in 3"):
        read(tmp_path / "again", {QUARTER: data_set_of(filing(ONE), filing(ONE))})


def test_a_filing_that_two_data_sets_hold_is_of_the_older_one(tmp_path):
    rows = read(tmp_path, {QUARTER: data_set_of(filing(ONE), filing(TWO)), BEFORE: data_set_of(filing(ONE))})
    assert dict(zip(rows["accession_number"], rows["data_set"], strict=True)) == {
        ONE: "2026-Q1",
        TWO: "2026-Q2",
    }


def many(number: int = 300) -> list[dict]:
    return [filing(f"0000000001-26-{at:06d}") for at in range(1, number + 1)]


def test_a_line_break_within_a_text_is_no_end_of_its_line(tmp_path):
    filings = [filing(ONE, CITY="AUS\nTIN", SALESAMTCLARIFICATIONOFRESP="see\r\nbelow\n\n"), filing(TWO)]
    rows, unread = read_with_unread(tmp_path, {QUARTER: data_set_of(*filings)})
    assert rows["city"].to_list() == ["AUS TIN", "AUSTIN"]
    assert rows["issuer_line"].to_list() == [2, 4]
    assert unread.empty


@pytest.mark.parametrize(
    ("member", "cells", "why"),
    [
        ("ISSUERS.tsv", {"CITY": "AUS\tTIN"}, "24 cells under 23 headings"),
        ("OFFERING.tsv", {"TOTALAMOUNTSOLD": "about 5"}, "an amount is expected under TOTALAMOUNTSOLD"),
        ("OFFERING.tsv", {NUMBER: ""}, f"a value is expected under {NUMBER}"),
    ],
)
def test_one_bad_line_of_many_is_set_aside_with_its_reason_and_its_filing_is_in_no_table(
    tmp_path, member, cells, why
):
    tables = tables_of(*many())
    tables[member][7] |= cells
    rows, unread = read_with_unread(tmp_path, {QUARTER: zipped(tables, "x")})
    UnreadLines.validate(unread)
    assert unread[["member", "line", "why"]].to_numpy().tolist() == [[member, 9, why]]
    assert len(rows) == 299
    assert "0000000001-26-000008" not in set(rows["accession_number"])


def test_a_line_that_is_cut_off_takes_no_other_along(tmp_path):
    content = data_set_of(*many())
    lines = text_of(content, "OFFERING.tsv").split("\n")
    lines[5] = lines[5][:40]
    rows, unread = read_with_unread(
        tmp_path, {QUARTER: with_member(content, "OFFERING.tsv", "\n".join(lines))}
    )
    assert unread["line"].to_list() == [6]
    assert len(rows) == 299
