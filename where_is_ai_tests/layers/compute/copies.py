"""Copies of Epoch AI's files as its site gives them, small, and tables read from them."""

import csv
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path

import pandas as pd

from where_is_ai.archive.entry import Request
from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.geography.zips import ZipCounties
from where_is_ai.layers.compute.placing import SitePlaces
from where_is_ai.layers.compute.quarter import sites_at_end
from where_is_ai.layers.compute.source import SITES, TIMELINES, read_milestones, read_sites
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

QUARTER = Quarter(2026, 2)
COPIED_ON = datetime(2026, 5, 27, tzinfo=UTC)
SAMPLE = Replay(Archive(Path(SAMPLE_ARCHIVE)))


def listed(site: str, address: str = "", country: str = "United States", **more: str) -> dict[str, str]:
    return {"Name": site, "Owner": "", "Users": "", "Country": country, "Address": address} | more


def milestone(site: str, day: str, h100e: object, mw: object) -> dict[str, object]:
    return {"Date": day, "H100 equivalents": h100e, "Power (MW)": mw, "Data center": site}


def as_csv(rows: list[dict]) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def read(folder: Path, request: Request, content: bytes) -> pd.DataFrame:
    archive = Archive(folder)
    entry = archive.keep(content, request, COPIED_ON)
    return {SITES: read_sites, TIMELINES: read_milestones}[request](Replay(archive), entry)


def at_end(
    folder: Path,
    sites: list[dict],
    milestones: list[dict],
    quarter: Quarter = QUARTER,
    copied: datetime = COPIED_ON,
    centres: Areas | None = None,
) -> pd.DataFrame:
    """SiteCompute by site."""
    tables = read(folder, SITES, as_csv(sites)), read(folder, TIMELINES, as_csv(milestones))
    places = SitePlaces(cbsa_counties(), ZipCounties.empty(), cbsa_places(), centres)
    return sites_at_end(*tables, places, quarter, copied.date())


@cache
def cbsa_counties() -> pd.DataFrame:
    return read_counties(SAMPLE, SAMPLE.get(DELINEATION, QUARTER))


@cache
def cbsa_places() -> pd.DataFrame:
    return read_places(SAMPLE, SAMPLE.get(GAZETTEER, QUARTER), SAMPLE.get(POPULATION, QUARTER))
