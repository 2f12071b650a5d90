"""Cases written for the project, in the layout of the disclosure files: for a demonstration and for tests.

    python -m where_is_ai.layers.visas.made_up ARCHIVE     # then run with WHERE_IS_AI_SOURCE=archive on its folder

Nobody filed them and they say nothing about the world. Every file is marked as made up, and so is every output.
"""

import csv
import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from importlib.resources import files
from io import StringIO
from pathlib import Path

from where_is_ai.archive.store import Archive
from where_is_ai.layers.made_up import copy_places, enter
from where_is_ai.layers.visas.disclosures import SEEN_AT, FiscalQuarter, due, request
from where_is_ai.layers.visas.metro import MADE_UP
from where_is_ai.quarters import Quarter

QUARTERS = (Quarter(2025, 2), Quarter(2026, 2))
CASES = 9_000
SEED = 20260811
# The columns of the files since fiscal year 2020, in their order.
LAYOUT = files("where_is_ai.layers.visas").joinpath("layout.txt").read_text().split()
AI_JOBS = (
    ("Data Scientist", "15-2051.00"), ("Senior Data Scientist", "15-2051.00"), ("Applied Scientist II", "15-1221.00"),
    ("Research Scientist, Machine Learning", "15-1221.00"), ("Business Intelligence Analyst", "15-2051.01"),
    ("Machine Learning Engineer", "15-1252.00"), ("AI Engineer", "15-1299.08"),
)  # fmt: skip
OTHER_JOBS = (
    ("Software Developer", "15-1252.00"), ("Systems Analyst", "15-1211.00"), ("Mechanical Engineer", "17-2141.00"),
    ("Accountant", "13-2011.00"), ("Network Engineer", "15-1244.00"), ("Physician", "29-1229.00"),
)  # fmt: skip
# City, county, state and ZIP code as employers type them, with how many of a hundred cases; a share of AI jobs.
PLACES = (
    ("SAN JOSE", "SANTA CLARA", "CA", "95110", 12, 0.12), ("Mountain View", "California", "CA", "94043", 4, 0.14),
    ("San Francisco", "San Francisco", "CA", "94105", 9, 0.11), ("NEW YORK", "NEW YORK", "NY", "10001", 12, 0.06),
    ("Seattle", "King", "WA", "98109", 9, 0.10), ("Boston", "Suffolk", "MA", "02110", 6, 0.07),
    ("Austin", "Travis", "TX", "78701", 6, 0.05), ("Irving", "DALLAS", "TX", "75039", 7, 0.02),
    ("Chicago", "Cook", "IL", "60601", 5, 0.04), ("Naperville", "Du Page", "IL", "60563", 2, 0.03),
    ("Atlanta", "Fulton", "GA", "30303", 5, 0.03), ("WASHINGTON", "District of Columbia", "DC", "20005", 4, 0.05),
    ("Pittsburgh", "Allegheny", "PA", "15222", 3, 0.09), ("Hartford", "Hartford", "CT", "06103", 3, 0.03),
    ("Raleigh", "Wake", "NC", "27601", 3, 0.04), ("Columbus", "Franklin", "OH", "43215", 3, 0.03),
    ("San Diego", "San Diego", "CA", "92121", 3, 0.05), ("Denver", "Denver", "CO", "80202", 3, 0.03),
    ("Ames", "Story", "IA", "50010", 1, 0.03),
)  # fmt: skip
STATUSES = {"Certified": 88, "Certified - Withdrawn": 9, "Withdrawn": 2, "Denied": 1}
Row = Mapping[str, str]


def cases(quarter: Quarter, count: int, draw: random.Random, first: int = 0) -> Iterator[Row]:
    """``count`` cases decided in ``quarter``, numbered from ``first`` on."""
    days = (quarter.last_day - quarter.first_day).days + 1
    for number in range(first, first + count):
        city, county, state, zip_code, _, ai_share = draw.choices(PLACES, [place[4] for place in PLACES])[0]
        title, code = draw.choice(AI_JOBS if draw.random() < ai_share else OTHER_JOBS)
        decided = quarter.first_day + timedelta(days=draw.randrange(days))
        staffing, hourly, new = draw.random() < 0.4, draw.random() < 0.1, draw.random() < 0.4
        wage = draw.randrange(85_000, 210_000, 500)
        yield {
            "CASE_NUMBER": f"I-200-{quarter.year % 100:02d}{100 + number % 90}-{number:06d}",
            "CASE_STATUS": draw.choices(list(STATUSES), list(STATUSES.values()))[0],
            "DECISION_DATE": f"{decided:%-m/%-d/%Y}",
            "VISA_CLASS": "H-1B",
            "JOB_TITLE": title,
            "SOC_CODE": code,
            "TOTAL_WORKER_POSITIONS": "1",
            "NEW_EMPLOYMENT": str(int(new)),
            "CONTINUED_EMPLOYMENT": str(int(not new)),
            "CHANGE_PREVIOUS_EMPLOYMENT": "0",
            "NEW_CONCURRENT_EMPLOYMENT": "0",
            "CHANGE_EMPLOYER": "0",
            "AMENDED_PETITION": "0",
            "EMPLOYER_NAME": f"Made-up Employer {draw.randrange(1, 120)}, Inc.",
            "SECONDARY_ENTITY": "Y" if staffing else "N",
            "WORKSITE_CITY": city,
            "WORKSITE_COUNTY": county,
            "WORKSITE_STATE": state,
            "WORKSITE_POSTAL_CODE": zip_code,
            "WAGE_RATE_OF_PAY_FROM": f"{wage / 2080:.2f}" if hourly else str(wage),
            "WAGE_UNIT_OF_PAY": "Hour" if hourly else "Year",
        }


def as_csv(rows: Iterable[Row]) -> bytes:
    """The rows in the layout of the disclosure files."""
    text = StringIO()
    writer = csv.DictWriter(text, LAYOUT, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write_archive(folder: Path, count: int = CASES) -> Archive:
    """An archive of made-up files: a past fiscal year's own quarter, and the year to date of the running one.

    Places and residents are the Census Bureau's, copied from the sample archive.
    """
    archive, draw = Archive(folder), random.Random(SEED)
    copy_places(archive)
    past, running = QUARTERS
    _keep(archive, past, list(cases(past, count, draw)))
    before = cases(running.previous, count // 2, draw)
    _keep(archive, running, [*before, *cases(running, count * 9 // 10, draw, count)])
    return archive


def _keep(archive: Archive, quarter: Quarter, rows: list[Row]) -> None:
    url = SEEN_AT[-1].format(name=FiscalQuarter.holding(quarter).name)
    enter(archive, request(url), as_csv(rows), due(quarter), MADE_UP)


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
