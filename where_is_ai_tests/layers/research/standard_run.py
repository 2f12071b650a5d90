"""The standard method from its calls to its metro table, as the asset graph runs it."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.geography.areas import WGS84, Areas, areas_of
from where_is_ai.layers.research import answers, collect, standard
from where_is_ai.layers.research.methods import STANDARD, StandardMethod
from where_is_ai.layers.research.metro import assign, roll_up, unions
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.research.made_world import MadeMetro

QUARTER = Quarter(2026, 2)
KEY = "test-key"
HALF_A_METRO = 0.1
RESIDENTS = 1_000_000


@dataclass(frozen=True)
class Measured:
    works: pd.DataFrame
    institutions: pd.DataFrame
    metros: pd.DataFrame
    entries: list[Entry]


def live(folder: Path, mirror: str, key: str = "", say=lambda message: None) -> Library:
    secrets = {"OPENALEX_API_KEY": key} if key else {}
    settings = Settings(folder, "live", contact="reader@example.org", mirror=mirror, secrets=secrets)
    return open_library(settings, say)


def squares(metros: list[MadeMetro], name: str = "ghsl_2024a") -> Areas:
    """A square around each made metro, in Mollweide as GHSL has them."""
    boxes = [
        shapely.box(
            each.lon - HALF_A_METRO, each.lat - HALF_A_METRO, each.lon + HALF_A_METRO, each.lat + HALF_A_METRO
        )
        for each in metros
    ]
    shapes = gpd.GeoDataFrame(
        {
            "area_id": [f"{name}/{number}" for number in range(len(metros))],
            "area": [each.name for each in metros],
            "population": pd.array([RESIDENTS] * len(metros), dtype="Int64"),
        },
        geometry=boxes,
        crs=WGS84,
    )
    return Areas(name, "squares", shapes.to_crs("ESRI:54009"))


def measure(
    library: Library, areas: Areas, method: StandardMethod = STANDARD, quarter: Quarter = QUARTER
) -> Measured:
    counts = collect.collect_counts(library, method, quarter)
    ids = standard.institution_ids(library, method, quarter, counts)
    places = collect.collect_places(library, ids, quarter)
    works = standard.read_ai_works(library, method, quarter, counts, places)
    institutions = assign(works, method, areas_of(works, areas, method.nearest_within_km), areas.title)
    needed = list(unions(institutions, method, quarter).values())
    asked = answers.distinct(library, needed, method, quarter, counts)
    entries = [*counts, *places, *asked]
    population = areas.shapes.set_index("area_id")["population"]
    urls = collect.counts_by_url(library, asked)
    world = answers.cited_of_world(library, method, quarter, counts)
    metros = roll_up(institutions, method, quarter, urls, population, entries, world)
    return Measured(works, institutions, metros, entries)
