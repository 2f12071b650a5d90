"""A postings number leads back to the postings that boards showed, each where it was seen last."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.entry import Request
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.source import POPULATION
from where_is_ai.layers.postings import bulk
from where_is_ai.layers.postings.boards import Board
from where_is_ai.layers.postings.sightings import Tally
from where_is_ai.layers.postings.trace import TABLE, trace
from where_is_ai.quarters import Quarter
from where_is_ai_tests.layers.postings.test_bulk import drop
from where_is_ai_tests.layers.postings.test_bulk import row as bulk_row

GREENHOUSE, LEVER, ASHBY = (Board(system, "a b", "Acme") for system in ("greenhouse", "lever", "ashby"))
ROW = pd.Series(
    {
        "area_code": "41940",
        "metro": "San Jose-Sunnyvale-Santa Clara, CA",
        "basis": "stock",
        "classifier": "keywords 1",
        "population_year": "2023",
    }
)
POSTINGS = [
    ("greenhouse/a b/7", "ML Engineer", True, "San Jose, CA"),
    ("lever/a b/x-1", "Nurse", False, "San Jose, CA"),
    ("ashby/a b/y", "AI Researcher", True, "San Jose, CA; Austin, TX"),
    ("usajobs/123", "Data Scientist", True, "Austin, TX"),
]


@dataclass
class Evidence:
    folder: Path
    library: Replay
    kept: dict

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.path(name))

    def entries(self, asset: str) -> list:
        return self.kept.get(asset, [])


@pytest.fixture
def evidence(tmp_path) -> Evidence:
    archive = Archive(tmp_path)

    def keep(request: Request, answer: object, day: int):
        return archive.keep(json.dumps(answer).encode(), request, datetime(2026, 5, day, tzinfo=UTC))

    boards = [
        keep(GREENHOUSE.request, {"jobs": [{"id": 7, "title": "An earlier title"}]}, 4),
        keep(
            GREENHOUSE.request, {"jobs": [{"id": 6, "title": "Cook"}, {"id": 7, "title": "ML Engineer"}]}, 11
        ),
        keep(LEVER.request, [{"id": "x-1", "text": "Nurse"}], 11),
        keep(ASHBY.request, {"jobs": [{"id": "y", "title": "AI Researcher"}]}, 11),
    ]
    census = "CBSA,LSAD,POPESTIMATE2023\n41940,County or equivalent,5\n41940,Metropolitan Statistical Area,1945767\n"
    population = archive.keep(census.encode(), POPULATION, datetime(2026, 5, 1, tzinfo=UTC))
    made = Evidence(
        tmp_path, Replay(archive), {"raw_job_boards": boards, "raw_census_population": [population]}
    )
    postings = pd.DataFrame(POSTINGS, columns=["posting_id", "title", "ai_job", "address"])
    postings.assign(company="Acme", board="b", is_new=True, sector=None).to_parquet(made.path("postings"))
    dated = postings.assign(post_id=postings["posting_id"], is_new=True)
    dated[["post_id", "posting_id", "address", "is_new"]].to_parquet(made.path("posting_posts"))
    postings.assign(probability=0.75).to_parquet(made.path("posting_verdicts"))
    locations = pd.DataFrame(
        [("San Jose, CA", "41940"), ("San Jose, CA; Austin, TX", "41940 12420"), ("Austin, TX", "12420")],
        columns=["location", "area_codes"],
    )
    locations.assign(status="metro", in_usa=True).to_parquet(made.path("posting_locations"))
    return made


def test_postings_called_ai_lead_to_their_latest_sighting_in_the_boards_answers(evidence):
    told = trace(TABLE, ROW, "ai_postings_called", evidence)
    assert {(cell.at["json_path"], cell.says) for cell in told.cells} == {
        ("$.jobs[1].title", "ML Engineer"),
        ("$.jobs[0].title", "AI Researcher"),
    }
    assert {cell.entry.retrieved_at[:10] for cell in told.cells} == {"2026-05-11"}
    assert "the AI 2 postings" in told.how
    assert "keywords 1" in told.how


def test_all_postings_are_there_where_a_column_rests_on_all(evidence):
    told = trace(TABLE, ROW, "ai_postings", evidence)
    assert "sum of their probabilities" in told.how
    assert {cell.says for cell in told.cells} == {"ML Engineer", "AI Researcher", "Nurse"}
    assert "$[0].text" in {cell.at["json_path"] for cell in told.cells}


def test_a_rate_leads_to_the_residents_too(evidence):
    (residents,) = trace(TABLE, ROW, "population", evidence).cells
    assert (residents.at["line"], residents.at["column"], residents.says) == (3, "POPESTIMATE2023", "1945767")
    assert residents in trace(TABLE, ROW, "ai_postings_per_100k", evidence).cells


def test_a_posting_of_a_collection_leads_to_its_row(evidence):
    drop(evidence.folder / "bulk", [bulk_row(1), bulk_row(2)], "part.csv")
    bulk.adopt_dropped(evidence.folder / "bulk", evidence.library.archive, Tally())
    evidence.kept["raw_bulk_postings"] = bulk.kept_files(evidence.library, Quarter(2026, 2), Tally())
    for name in ("postings", "posting_posts", "posting_verdicts"):
        table = evidence.table(name)
        table["posting_id"] = table["posting_id"].replace("usajobs/123", "bulk/open/2")
        if "post_id" in table:
            table["post_id"] = table["post_id"].replace("usajobs/123", "bulk/open/2")
        table.to_parquet(evidence.path(name))
    (cell,) = trace(
        TABLE, pd.Series(ROW.to_dict() | {"area_code": "12420"}), "ai_postings_called", evidence
    ).cells[1:]
    assert (cell.at, cell.says) == ({"row": 2, "column": "Job Title"}, "Engineer 2")
    assert cell.meaning == "title of bulk/open/2, AI job with probability 0.75"
    assert cell.entry.url == "dropped:bulk/open/part.csv"
