"""Whole live runs over a loopback server, their numbers computed once more by other code than the layer's."""

import csv
import json
import shutil
from collections import defaultdict
from io import TextIOWrapper
from statistics import median
from zipfile import ZipFile

import pytest

from where_is_ai import cli
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.geography.source import GAZETTEER, POPULATION
from where_is_ai.layers.funding import made_up
from where_is_ai.layers.funding.companies import companies
from where_is_ai.layers.funding.made_up import address, page_of, zipped
from where_is_ai.layers.funding.source import PAGE
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai_tests.layers.funding.filings import NUMBER, amendment, filing, tables_of
from where_is_ai_tests.loopback import Answer, Loopback
from where_is_ai_tests.shared_folder import SHARED, needs_shared

REAL = SHARED / "layers/funding/formd_2024_reconstructed_d.zip"
NOW, BEFORE = Quarter(2026, 2), Quarter(2026, 1)
LISTED = companies().iloc[0]
PLANTED = (b"Zebulon", b"Quillfeather", b"555-0199-7731", b"17 Hidden Planted Lane")
pytestmark = pytest.mark.slow


def served(data_sets: dict[Quarter, bytes]) -> dict[str, bytes]:
    """By address: the Census Bureau's files of the sample, the SEC's page and its data sets."""
    sample = Archive(SAMPLE_ARCHIVE)
    answers = {
        each.url: sample.read(sample.versions(each.url)[-1]) for each in (GAZETTEER, POPULATION, DELINEATION)
    }
    answers |= {address(quarter): content for quarter, content in data_sets.items()}
    answers[PAGE.url] = page_of(list(data_sets))
    return {url.removeprefix("https://"): body for url, body in answers.items()}


def run(data, data_sets: dict[Quarter, bytes], quarter: Quarter) -> Loopback:
    """A live run of the layer, whose server refuses who names no contact, as the SEC's does."""
    bodies = served(data_sets)

    def answer(asked, number):  # noqa: ARG001
        if "@" not in asked.headers.get("User-Agent", ""):
            return Answer(b"Your Request Originates from an Undeclared Automated Tool", 403)
        body = bodies.get(asked.path.lstrip("/"))
        return Answer(body) if body else Answer(b"no such file", 404)

    with Loopback(answer) as server, pytest.MonkeyPatch.context() as patch:
        for name, value in {"DATA": str(data), "CONTACT": "reader@example.org", "MIRROR": server.url}.items():
            patch.setenv(f"WHERE_IS_AI_{name}", value)
        assert cli.main(["run", "--live", "--only", "funding", "--quarter", str(quarter)]) == 0
    return server


def rows(edition, name: str) -> list[dict]:
    with (edition / f"usa_ai_funding_{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def with_people(*filings: dict) -> dict[str, list[dict]]:
    """The tables of a data set with those of people, and values of people in the columns beside those that are read."""
    tables = tables_of(*filings)
    first, last, phone, street = (each.decode() for each in PLANTED)
    person = f"{first} {last}"
    for issuer in tables["ISSUERS.tsv"]:
        issuer |= {"ISSUERPHONENUMBER": phone, "STREET1": street}
    for offering in tables["OFFERING.tsv"]:
        offering |= {"AUTHORIZEDREPRESENTATIVE": person, "SALESAMTCLARIFICATIONOFRESP": f"Ask {person}."}
    number = tables["OFFERING.tsv"][0][NUMBER]
    tables["RELATEDPERSONS.tsv"] = [{NUMBER: number, "FIRSTNAME": first, "LASTNAME": last}]
    tables["RECIPIENTS.tsv"] = [{NUMBER: number, "RECIPIENTNAME": f"{last} & Sons"}]
    tables["SIGNATURES.tsv"] = [{NUMBER: number, "NAMEOFSIGNER": person}]
    return tables


def own_filings() -> dict[Quarter, dict[str, list[dict]]]:
    def number(at: int) -> str:
        return f"0000000001-26-{at:06d}"

    day = {"FILING_DATE": "2026-02-03 17:28:10"}
    january = {"SALE_DATE": "2026-01-15", "CIK": 9_000_001}
    seattle = {"CITY": "SEATTLE", "STATEORCOUNTRY": "WA"}
    new_york = {"CITY": "Brooklyn", "STATEORCOUNTRY": "NY"}
    before = [
        filing(number(1), "Read AI, Inc.", 10_000_000, **january, **seattle, **day),
        filing(number(2), "Seek AI Inc.", 8_000_000, CITY="NEW YORK", STATEORCOUNTRY="NY", **day),
        filing(number(3), "Quiet Company LLC", 1_000_000, **day),
    ]
    now = [
        amendment(number(11), number(1), 16_500_000, "Reader AI, Inc.", **january, **seattle),
        amendment(number(12), number(2), 7_000_000, "Seek AI Inc.", CIK=9_000_002, **new_york),
        filing(number(13), f"{LISTED['expect']} Holdings", 30_000_000, CIK=LISTED["cik"], **new_york),
        filing(number(14), "Robotics of Seattle Corp", 2_000_000, SALE_DATE="2026-04-20", **seattle),
        filing(number(15), "Shipyard Inc", 5_000_000, **seattle),
        filing(
            number(16), "Anthropic AI Feeder LP", 900_000_000, ISPOOLEDINVESTMENTFUNDTYPE="true", **new_york
        ),
        filing(number(17), "Agent AI, Inc.", 3_000_000, CITY="DOVER", STATEORCOUNTRY="DE"),
        filing(number(18), "Maple AI Ltd.", 4_000_000, CITY="VANCOUVER", STATEORCOUNTRY="A1"),
        amendment(number(19), number(99), 50_000_000, "Old AI, Inc.", **seattle),
    ]
    return {BEFORE: with_people(*before), NOW: with_people(*now)}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The data folder of a run over two own data sets, and what its server was asked."""
    data = tmp_path_factory.mktemp("funding")
    filings = own_filings()
    contents = {each: zipped(filings[each], f"{each.year}Q{each.number}_d") for each in filings}
    return data, run(data, contents, NOW)


@pytest.fixture(scope="module")
def edition(made):
    return made[0] / "published" / str(NOW)


def test_metros_have_what_was_added_by_company_and_tier(edition):
    found = {row["area_code"]: row for row in rows(edition, "by_metro")}
    assert set(found) == {"35620", "42660"}
    seattle, new_york = found["42660"], found["35620"]
    # 6.5 M added by the amendment of Read AI (renamed), 2 M of robots; of Old AI nobody knows what was added.
    assert (seattle["ai_amount_sold_usd"], seattle["ai_filings"], seattle["ai_issuers"]) == (
        "8500000.0",
        "3",
        "3",
    )
    assert (seattle["ai_amount_median_usd"], seattle["ai_unknown_offerings"]) == ("4250000.0", "1")
    assert (seattle["operating_issuers"], seattle["ai_issuers_pct"], seattle["rank"]) == ("4", "75.0", "2")
    assert (seattle["a_filings"], seattle["b_filings"], seattle["c_filings"]) == ("0", "3", "")
    assert (new_york["ai_amount_sold_usd"], new_york["ai_amount_corrected_usd"]) == (
        "30000000.0",
        "-1000000.0",
    )
    assert (new_york["a_amount_sold_usd"], new_york["b_amount_sold_usd"]) == ("30000000.0", "0.0")
    assert {row["data_sets"] for row in found.values()} == {"2"}


def test_what_was_dropped_and_not_placed_is_counted(edition):
    parts = {row["part"]: row for row in rows(edition, "coverage")}
    assert [parts[part]["filings"] for part in ("all filings", "dropped: pooled funds", "operating companies")] == [
        "9", "1", "8",
    ]  # fmt: skip
    assert parts["AI: in a town of registered agents, not mapped"]["amount_sold_usd"] == "3000000.0"
    assert parts["AI: address abroad"]["amount_sold_usd"] == "4000000.0"
    assert parts["AI: amends a filing that is not at hand"]["filings"] == "1"
    trust = (edition / "trust.html").read_text()
    assert "Agent AI, Inc." in trust
    assert "not where it works" in trust


def test_first_sales_are_a_second_view(edition):
    found = {(row["area_code"], row["first_sale_quarter"]): row for row in rows(edition, "by_first_sale")}
    assert found["42660", "2026-Q1"]["ai_sold_in_all_usd"] == "16500000.0"
    assert found["42660", "2026-Q2"]["ai_sold_in_all_usd"] == "2000000.0"


def test_pages_pictures_and_the_metro_s_own_page_say_that_it_is_a_floor(made, edition):
    for name in (
        "Heatmap-USA-AI-Funding",
        "Heatmap-USA-AI-Funding-Vertical",
        "USA-Top-10-AI-Funding-Vertical",
    ):
        assert (edition / f"{name}.png").is_file()
    page = (edition / "funding.html").read_text()
    assert "A floor" in page
    assert "New York-Newark-Jersey City, NY-NJ reported the most money raised privately" in page
    metro = (made[0] / "published/metros/us-42660.html").read_text()
    assert "≥ $8.5 M" in metro
    assert "Reader AI, Inc.: $6.5 M" in metro


def test_explain_leads_to_the_lines_of_both_data_sets(made, monkeypatch, capsys):
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(made[0]))
    assert (
        cli.main(["explain", "funding", "Seattle", "ai_amount_sold_usd", "--quarter", str(NOW), "--json"])
        == 0
    )
    cells = json.loads(capsys.readouterr().out)["cells"]
    said = {(cell["member"], cell["line"]): cell["says"] for cell in cells}
    assert said["2026Q1_d/OFFERING.tsv", 2] == 10_000_000
    assert said["2026Q2_d/OFFERING.tsv", 2] == 16_500_000
    assert {cell["column"] for cell in cells} == {"TOTALAMOUNTSOLD"}
    assert cli.main(["explain", "funding", "Reader AI, Inc.", "tier_b", "--quarter", str(NOW)]) == 0
    assert "ENTITYNAME of filing 0000000001-26-000011: Reader AI, Inc. (member 2026Q2_d/ISSUERS.tsv" in (
        capsys.readouterr().out
    )


def test_the_sec_is_asked_for_the_page_and_the_listed_data_sets_by_somebody_with_a_contact(made):
    asked = [each.path for each in made[1].asked if each.path.startswith("/www.sec.gov")]
    assert [path.rpartition("/")[2] for path in asked] == ["form-d-data-sets", "2026q2_d.zip", "2026q1_d.zip"]


def test_no_person_leaves_the_raw_files(made):
    """Nothing but the archive's own objects holds what was planted: no table, page, log or edition."""
    data = made[0]
    archive = Archive(data / "archive")
    with ZipFile(archive.path(archive.versions(address(NOW))[-1])) as raw:
        received = b"".join(raw.read(name) for name in raw.namelist())
    assert all(planted in received for planted in PLANTED)
    made_files = [path for path in data.rglob("*") if path.is_file() and "objects" not in path.parts]
    endings = {path.suffix for path in made_files}
    assert {".parquet", ".db", ".html", ".csv", ".png", ".json", ".md", ".duckdb"} <= endings
    for path in made_files:
        content = path.read_bytes()
        assert not any(planted in content for planted in PLANTED), path


def test_a_replay_from_the_archive_gives_the_same_and_a_quarter_that_is_not_listed_is_left_out(
    made, edition, tmp_path, monkeypatch, capsys
):
    shutil.copytree(made[0] / "archive", tmp_path / "archive")
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert cli.main(["run", "--archive", "--only", "funding", "--quarter", str(NOW)]) == 0
    assert rows(tmp_path / "published" / str(NOW), "by_metro") == rows(edition, "by_metro")
    capsys.readouterr()
    cli.main(["run", "--archive", "--only", "funding", "--quarter", "2026-Q3"])
    assert "The SEC's page lists no Form D data set of 2026-Q3" in capsys.readouterr().out


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The edition of a run over the real filings of 2024, as the data set of a quarter: the file gives no days."""
    data = tmp_path_factory.mktemp("real")
    run(data, {Quarter(2024, 4): REAL.read_bytes()}, Quarter(2024, 4))
    return data / "published" / "2024-Q4"


# Read off the towns by eye: those of the metros that have most, by CBSA code.
TOWNS_OF = {
    "41860": "SAN FRANCISCO CA, SOUTH SAN FRANCISCO CA, REDWOOD CITY CA, SAN CARLOS CA, DUBLIN CA, UNION CITY CA, "
    "HILLSBOROUGH CA",
    "35620": "NEW YORK NY, BROOKLYN NY, JERSEY CITY NJ",
    "42660": "SEATTLE WA, BELLEVUE WA, REDMOND WA",
    "14460": "BOSTON MA, CAMBRIDGE MA, BROOKLINE MA, METHUEN MA, WALTHAM MA, BOXBOROUGH MA",
    "33100": "MIAMI FL, BOCA RATON FL, POMPANO BEACH FL",
}


@needs_shared
def test_every_published_number_of_the_real_filings_is_found_again_by_other_code(real):
    with ZipFile(REAL) as archive:
        issuers, offerings = (
            {
                row[NUMBER]: row
                for row in csv.DictReader(
                    TextIOWrapper(archive.open(f"2024_RECONSTRUCTED_d/{name}.tsv"), "utf-8"), delimiter="\t"
                )
            }
            for name in ("ISSUERS", "OFFERING")
        )
    said = {}
    for number, issuer in issuers.items():
        words = issuer["ENTITYNAME"].lower().replace(",", " ").replace("-", " ").split()
        named = any(word == "ai" or word.rstrip(".").endswith(".ai") or word == "robotics" for word in words)
        fits = offerings[number]["INDUSTRYGROUPTYPE"] in ("Other Technology", "Computers")
        said[number] = named and fits
    published = {row["accession_number"]: row for row in rows(real, "by_offering")}
    assert set(published) == {number for number, ai in said.items() if ai}
    for number, row in published.items():
        assert float(row["amount_sold_usd"]) == float(offerings[number]["TOTALAMOUNTSOLD"]), number
        assert float(row["offering_usd"]) == float(offerings[number]["TOTALOFFERINGAMOUNT"]), number
    metros = {row["area_code"]: row for row in rows(real, "by_metro")}
    amounts, companies_there = defaultdict(list), defaultdict(int)
    for number, issuer in issuers.items():
        town = f"{issuer['CITY']} {issuer['STATEORCOUNTRY']}".upper()
        for code, towns in TOWNS_OF.items():
            if town in towns.split(", "):
                companies_there[code] += 1
                if said[number]:
                    amounts[code].append(float(offerings[number]["TOTALAMOUNTSOLD"]))
    for code, sold in amounts.items():
        row = metros[code]
        assert float(row["ai_amount_sold_usd"]) == sum(sold), code
        assert float(row["ai_amount_median_usd"]) == pytest.approx(median(sold), abs=0.51), code
        assert [int(row[name]) for name in ("ai_filings", "ai_issuers", "b_issuers", "a_issuers")] == [
            len(sold), len(sold), len(sold), 0,
        ], code  # fmt: skip
        assert int(row["operating_issuers"]) == companies_there[code], code
        share = len(sold) / companies_there[code] * 100
        assert float(row["ai_issuers_pct"]) == pytest.approx(share, abs=0.0051), code
    order = sorted(metros.values(), key=lambda row: -float(row["ai_amount_sold_usd"]))
    assert [row["rank"] for row in order] == [str(at) for at in range(1, len(order) + 1)]
    in_metros = [float(row["amount_sold_usd"]) for row in published.values() if row["placed"] == "metro"]
    assert sum(float(row["ai_amount_sold_usd"]) for row in metros.values()) == sum(in_metros)
    parts = {row["part"]: row for row in rows(real, "coverage")}
    assert parts["all filings"]["filings"] == parts["operating companies"]["filings"] == "92"
    whole = sum(float(offerings[number]["TOTALAMOUNTSOLD"]) for number, ai in said.items() if ai)
    assert float(parts["AI companies of any tier"]["amount_sold_usd"]) == whole


@needs_shared
def test_agents_towns_and_addresses_abroad_of_the_real_filings_are_on_no_map(real):
    placed = defaultdict(set)
    for row in rows(real, "by_offering"):
        placed[row["placed"]].add((row["city"].upper(), row["state"]))
    assert placed["agent"] == {("DOVER", "DE"), ("WILMINGTON", "DE")}
    assert placed["unplaced"] == set()
    assert not placed["abroad"]


def test_a_run_of_made_up_filings_says_so_on_everything(tmp_path, monkeypatch):
    made_up.write_archive(tmp_path / "archive")
    monkeypatch.setenv("WHERE_IS_AI_DATA", str(tmp_path))
    assert cli.main(["run", "--archive", "--only", "funding", "--quarter", str(NOW)]) == 0
    edition = tmp_path / "published" / str(NOW)
    for name in ("by_metro", "by_offering", "by_first_sale", "coverage"):
        assert {row["source"] for row in rows(edition, name)} == {made_up.MADE_UP}
    for name in ("funding_findings.md", "funding.html", "index.html", "Heatmap-USA-AI-Funding.html"):
        assert made_up.MADE_UP in (edition / name).read_text().lower(), name
    inputs = json.loads((edition / "provenance.json").read_text())["inputs"]
    assert {given["note"] for given in inputs if "sec.gov" in given["url"]} == {made_up.MADE_UP}
