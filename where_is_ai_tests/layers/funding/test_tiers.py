"""Who counts as an AI company: names that say so, a reviewed list, awards; never a fund that feeds one."""

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.funding.awards import AWARDS, read_awards
from where_is_ai.layers.funding.companies import companies, unexpected_names
from where_is_ai.layers.funding.metro import (
    ALL,
    SAYS_AI_DROPPED,
    ai_offerings,
    by_first_sale,
    by_metro,
    coverage,
)
from where_is_ai.layers.funding.names import plain_name, same_company, says_ai
from where_is_ai.layers.funding.schema import (
    AiAwards,
    AiOffering,
    FirstSaleFunding,
    FundingCoverage,
    MetroFunding,
    UnreadLines,
)
from where_is_ai_tests.layers.funding.filings import (
    BEFORE,
    QUARTER,
    READ_ON,
    amendment,
    classify,
    filing,
    places,
)

LISTED = companies().iloc[0]


def numbered(*filings: tuple[str, dict]) -> list[dict]:
    return [
        filing(f"0000000001-26-{at:06d}", name, **more) for at, (name, more) in enumerate(filings, start=1)
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Read AI, Inc.", "AI"),
        ("AI-COUSTICS INC.", "AI"),
        ("Stay Ai, Inc.", "AI"),
        ("Percipient.ai Inc.", ".ai"),
        ("A.I. Holdings Corp", "AI"),
        ("Acme Artificial Intelligence Ltd", "artificial intelligence"),
        ("Deep Learning Labs", "machine learning"),
        ("Serve Robotics Inc. /DE/", "robotics"),
        ("Thai Foods Inc", None),
        ("A.I.G. Ltd", None),
        ("Kaizen Corp", None),
        ("Hawaii AI&T Partners", None),
        ("Rainmaker Inc", None),
    ],
)
def test_a_name_says_ai_as_a_word_of_its_own(name, says):
    assert says_ai(name) == says


def test_names_are_the_same_but_for_case_punctuation_and_legal_form():
    assert plain_name("SERVE ROBOTICS, INC. /DE/") == plain_name("Serve Robotics L.L.C.") == "serve robotics"
    assert same_company("copilot money", "Copilot Money, Inc.")
    assert not same_company("Harvey", "Harvey SPV1 LLC")
    assert not same_company("Inc.", "LLC")


def test_funds_that_feed_money_into_ai_companies_are_dropped_and_counted(tmp_path):
    feeders = [
        ("Anthropic Jan 2026 a Series of AI LLC", {"ISPOOLEDINVESTMENTFUNDTYPE": "true"}),
        ("HII Cerebras AI V", {"INDUSTRYGROUPTYPE": "Pooled Investment Fund"}),
        ("Gaingels AI LLC", {"INDUSTRYGROUPTYPE": "Investing"}),
        ("Ark AI LLC", {"FEDERALEXEMPTIONS_ITEMS_LIST": "06b,3C,3C.1"}),
        ("Test AI, Inc.", {"TESTORLIVE": "TEST"}),
        ("Read AI, Inc.", {}),
    ]
    rows = classify(tmp_path, {QUARTER: numbered(*feeders)})
    assert rows["kind"].to_list() == ["fund", "fund", "fund", "exempt", "test", "operating"]
    assert ai_offerings(rows, QUARTER)["issuer"].to_list() == ["Read AI, Inc."]
    parts = FundingCoverage.validate(coverage(rows, UnreadLines.empty(), QUARTER)).set_index("part")[
        "filings"
    ]
    assert (parts[ALL], parts["dropped: pooled funds"], parts[SAYS_AI_DROPPED]) == (6, 3, 5)


def test_a_listed_company_is_told_by_its_number_over_renames_and_a_wrong_number_is_not_counted(tmp_path):
    renamed = {
        "CIK": LISTED["cik"].lstrip("0"),
        "ISSUER_PREVIOUSNAME_1": "None",
        "EDGAR_PREVIOUSNAME_2": LISTED["expect"],
    }
    wrong = {"CIK": companies().iloc[1]["cik"]}
    rows = classify(tmp_path, {QUARTER: numbered(("Other Group PBC", renamed), ("Bakery Ltd", wrong))})
    assert rows["tier_a"].to_list() == [True, False]
    assert unexpected_names(rows)["issuer"].to_list() == ["Bakery Ltd"]


def test_each_listed_company_has_a_reason_a_source_and_a_day():
    rows = companies()
    assert rows["cik"].str.fullmatch(r"\d{10}").all()
    assert rows["cik"].is_unique
    assert rows.notna().all(axis=None)
    assert pd.to_datetime(rows["reviewed"], format="%Y-%m-%d").notna().all()


def awards(folder, text: str) -> pd.DataFrame:
    archive = Archive(folder)
    return read_awards(Replay(archive), archive.keep(text.encode(), AWARDS, READ_ON))


def test_awards_name_companies_whose_text_says_ai_and_no_person(tmp_path):
    found = AiAwards.validate(
        awards(
            tmp_path,
            "Company,Award Title,Abstract,PI Name\n"
            '"ACME WIDGETS INC","Better widgets","We use machine\nlearning.",Ada Planted\n'
            "Robots LLC,Robotics for farms,A neural probe.,Bob Planted\n",
        )
    )
    assert found.to_dict("records") == [{"company": "acme widgets", "says": "machine learning", "line": 2}]
    rows = classify(tmp_path / "x", {QUARTER: numbered(("Acme Widgets, Inc.", {}), ("Bakery", {}))}, found)
    assert rows["tier_c"].to_list() == [True, False]
    assert rows["ai"].to_list() == [True, False]
    metros = by_metro(rows, places(), QUARTER)
    assert metros.loc[0, ["c_filings", "b_filings", "tiers"]].to_list() == [1, 0, "A, B or C"]


def test_awards_without_texts_are_refused(tmp_path):
    with pytest.raises(
        BadUpstream, match="lacks the column Company, or has neither of Award Title and Abstract"
    ):
        awards(tmp_path, "Company,Award Year\nAcme,2024\n")


def test_without_awards_tier_c_is_unknown_and_not_zero(tmp_path):
    rows = classify(tmp_path, {QUARTER: numbered(("Read AI, Inc.", {}))})
    metros = MetroFunding.validate(by_metro(rows, places(), QUARTER))
    assert metros[["c_filings", "c_issuers", "c_amount_sold_usd"]].isna().all(axis=None)
    assert not any(part.startswith("tier C") for part in coverage(rows, UnreadLines.empty(), QUARTER)["part"])


def test_an_offering_in_two_tiers_is_in_each_and_counts_once(tmp_path):
    both = {"CIK": LISTED["cik"]}
    filings = numbered(
        (f"{LISTED['expect']} AI, Inc.", {**both, "sold": 3}), ("Read AI, Inc.", {"sold": 4}), ("Shop", {})
    )
    row = by_metro(classify(tmp_path, {QUARTER: filings}), places(), QUARTER).iloc[0]
    assert row[["a_issuers", "b_issuers", "ai_issuers", "operating_issuers"]].to_list() == [1, 2, 2, 3]
    assert row[["a_amount_sold_usd", "b_amount_sold_usd", "ai_amount_sold_usd"]].to_list() == [3, 7, 7]
    assert row["ai_issuers_pct"] == pytest.approx(200 / 3)


def test_unknown_amounts_leave_a_metro_unknown_and_not_zero(tmp_path):
    rows = classify(tmp_path, {QUARTER: [amendment("0000000001-26-000009", "gone", 8, "Read AI, Inc.")]})
    row = by_metro(rows, places(), QUARTER).iloc[0]
    assert (row["ai_unknown_offerings"], row["ai_filings"]) == (1, 1)
    assert row[["ai_amount_sold_usd", "b_amount_sold_usd", "ai_amount_median_usd", "rank"]].isna().all()
    assert row["a_amount_sold_usd"] == 0


def test_first_sales_are_counted_in_their_own_quarter_as_last_filed(tmp_path):
    before = numbered(("Read AI, Inc.", {"sold": 5, "SALE_DATE": "2026-01-20"}))
    now = [
        amendment("0000000001-26-000008", "0000000001-26-000001", 9, "Read AI, Inc.", SALE_DATE="2026-01-20"),
        filing("0000000001-26-000009", "Seek AI Inc.", 4, SALE_DATE="2026-05-01"),
        filing("0000000001-26-000010", "Late AI Inc.", 4, SALE_DATE="2019-05-01"),
    ]
    rows = FirstSaleFunding.validate(
        by_first_sale(classify(tmp_path, {BEFORE: before, QUARTER: now}), places(), QUARTER)
    )
    found = rows.set_index("first_sale_quarter")[["ai_offerings", "ai_sold_in_all_usd"]]
    assert found.to_dict("index") == {
        "2026-Q2": {"ai_offerings": 1, "ai_sold_in_all_usd": 4},
        "2026-Q1": {"ai_offerings": 1, "ai_sold_in_all_usd": 9},
    }


TOWNS = (
    ("SAN FRANCISCO", "CA", "metro", "41860"),
    ("St. Louis", "MO", "metro", "41180"),
    ("BROOKLYN", "NY", "metro", "35620"),
    ("WASHINGTON", "DC", "metro", "47900"),
    ("Durango", "CO", "micro", None),
    ("DOVER", "DE", "agent", None),
    ("wilmington", "DE", "agent", None),
    ("SHERIDAN", "WY", "agent", None),
    ("Wilmington", "NC", "metro", "48900"),
    ("VANCOUVER", "A1", "abroad", None),
    ("London", "X0", "abroad", None),
    ("Nowhere at all", "TX", "unplaced", None),
    ("", "TX", "unplaced", None),
    ("Austin", "", "unplaced", None),
)


def test_a_town_leads_to_its_metro_and_agents_are_not_mapped(tmp_path):
    filings = numbered(*(("Read AI", {"CITY": city, "STATEORCOUNTRY": state}) for city, state, *_ in TOWNS))
    rows = classify(tmp_path, {QUARTER: filings})
    codes = [None if pd.isna(code) else code for code in rows["area_code"]]
    assert list(zip(rows["placed"], codes, strict=True)) == [(placed, code) for *_, placed, code in TOWNS]
    assert len(AiOffering.validate(ai_offerings(rows, QUARTER))) == len(TOWNS)


def test_a_town_that_is_not_known_goes_by_the_zip_code_of_its_state(tmp_path):
    zips = pd.DataFrame(
        {
            "zip_code": ["98109", "98109", "10001"],
            "county_fips": ["53033", "53061", "36061"],
            "county": ["King County", "Snohomish County", "New York County"],
            "land_m2": [9, 1, 9],
        }
    )
    filings = numbered(
        ("Robotics A", {"CITY": "Nowhere at all", "STATEORCOUNTRY": "WA", "ZIPCODE": "98109-4321"}),
        ("Robotics B", {"CITY": "Nowhere at all", "STATEORCOUNTRY": "WA", "ZIPCODE": "10001"}),
        ("Robotics C", {"CITY": "WILMINGTON", "STATEORCOUNTRY": "DE", "ZIPCODE": "98109"}),
        ("Robotics D", {"CITY": "Austin", "STATEORCOUNTRY": "TX", "ZIPCODE": "98109"}),
    )
    rows = classify(tmp_path, {QUARTER: filings}, zips=zips)
    assert rows["placed"].to_list() == ["metro", "unplaced", "agent", "metro"]
    assert rows["area_code"].to_list()[::3] == ["42660", "12420"]
