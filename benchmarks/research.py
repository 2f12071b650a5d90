"""The research layer against the tests' loopback OpenAlex, which answers after 100 ms as the real one does at best."""

import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from math import ceil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import requests
import shapely
from pyproj import Transformer
from requests.adapters import HTTPAdapter

from benchmarks.rows import Row, ratio, seconds
from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.geography.areas import Areas, areas_of
from where_is_ai.layers.research import openalex as api
from where_is_ai.layers.research import source
from where_is_ai.layers.research.methods import METHODS, STANDARD
from where_is_ai.layers.research.metro import QUALITY
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.layers.research.made_world import grid_of_metros, made_world
from where_is_ai_tests.layers.research.openalex_server import HOST, KEYED_RATE, OpenAlex
from where_is_ai_tests.layers.research.standard_run import KEY, Measured, live, squares
from where_is_ai_tests.layers.research.standard_run import measure as measure_standard

LATENCY_S = 0.1
# Alternating runs, and what they may take: answers are written to the archive and read from there.
PAIRS, AS_PYALEX = 5, 1.5
QUARTER = Quarter(2026, 2)
POINTS, POLYGONS = 30_000, 13_000
JOINS = 3.0


def measure() -> Iterator[Row]:
    yield article_download()
    yield from beside_pyalex()
    yield from standard_run()
    yield points_in_polygons()


def article_download() -> Row:
    """The method article's three calls against the 201 that ask for one institution at a time."""
    world = made_world(institutions=400, metros=40, works=8_000, to=date(2026, 5, 6))
    with tempfile.TemporaryDirectory() as folder, OpenAlex(world, latency_s=LATENCY_S) as service:
        batched = once(lambda: download_article(Path(folder), service.mirror))
        calls = len(service.calls)
        sequential = once(lambda: ask_one_by_one(service.mirror))
        singly = len(service.calls) - calls
    return Row(
        f"{calls} calls of the method article against {singly} in sequence, 100 ms latency",
        f"{sequential / batched:.0f} times faster ({batched:.2f} s against {sequential:.1f} s)",
        "at least 20 times",
        sequential >= 20 * batched,
    )


def beside_pyalex() -> Iterator[Row]:
    """The same counts and places by the client that others use; it keeps nothing and tries nothing again."""
    what = "the method article's counts and places against pyalex's, 100 ms latency"
    if find_spec("pyalex") is None:
        yield Row(what, "skipped: pyalex is not installed")
        return
    world = made_world(institutions=400, metros=40, works=8_000, to=date(2026, 5, 6))
    times, differing = [], 0
    with OpenAlex(world, latency_s=LATENCY_S, remaining_usd=1.0) as service:
        for _ in range(PAIRS):
            with tempfile.TemporaryDirectory() as folder:
                ours, ours_s = timed(lambda folder=folder: counted(Path(folder), service.mirror))
            theirs, theirs_s = timed(lambda: counted_by_pyalex(service.mirror))
            times.append(ours_s / theirs_s)
            differing += len(ours.items() ^ theirs.items())
    yield Row(
        what,
        f"{statistics.median(times):.2f} times",
        f"at most {AS_PYALEX:g} times",
        statistics.median(times) <= AS_PYALEX,
    )
    yield Row(
        f"institutions of {len(ours):,} whose count or place differs between the two",
        str(differing),
        "none",
        not differing,
    )


def counted(folder: Path, mirror: str) -> dict[str, tuple[int, str]]:
    """Papers and city of each institution, by its id."""
    library, counts = download_article(folder, mirror)
    requested = source.institutions(source.institution_ids(library, counts))
    rows = source.read_ai_works(library, counts, [library.get(request, QUARTER) for request in requested])
    return {row.institution_id: (row.ai_works, row.city) for row in rows.itertuples()}


def counted_by_pyalex(mirror: str) -> dict[str, tuple[int, str]]:
    """The same as its documentation has it: works grouped, institutions by lists of ids."""
    pyalex, client = import_module("pyalex"), import_module("pyalex.api")
    client._get_requests_session = partial(session_to, mirror)
    method = METHODS["article"]
    first, last = method.window(QUARTER)
    works = pyalex.Works().filter(
        concepts={"id": method.concept}, from_publication_date=str(first), to_publication_date=str(last)
    )
    groups = works.group_by("authorships.institutions.id").get()
    count = {api.short(group["key"]): group["count"] for group in groups}
    found = {}
    ids = list(count)
    for start in range(0, len(ids), api.MOST_VALUES):
        for each in pyalex.Institutions()[ids[start : start + api.MOST_VALUES]]:
            found[api.short(each["id"])] = (count[api.short(each["id"])], each["geo"]["city"])
    return found


def session_to(mirror: str) -> requests.Session:
    """A new session, as pyalex opens one for each call, that asks ``mirror`` for what it asks of its own host."""
    session = requests.Session()
    session.mount("https://", ToMirror(mirror))
    return session


class ToMirror(HTTPAdapter):
    def __init__(self, mirror: str):
        super().__init__()
        self._mirror = mirror

    def send(self, request: requests.PreparedRequest, **how: object) -> requests.Response:
        request.url = f"{self._mirror}/{request.url.removeprefix('https://')}"
        return super().send(request, **how)


def timed(work: Callable[[], dict]) -> tuple[dict, float]:
    """What ``work`` gives, and the seconds that it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def standard_run() -> Iterator[Row]:
    """A whole run of the method standard in a process of its own, at the rate that OpenAlex enforces with a key."""
    world = made_world(institutions=3_000, metros=300, works=150_000)
    with tempfile.TemporaryDirectory() as folder, OpenAlex(world, key=KEY, latency_s=LATENCY_S) as service:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found, took, megabytes = pool.apply(run_standard, (Path(folder), service.mirror))
        calls, refused = len(service.calls), service.refused_for_rate
    floor = calls / KEYED_RATE
    institutions, metros = len(found.works), len(found.metros)
    yield Row(
        f"method standard, {institutions:,} institutions in {metros} metros, {calls:,} calls at {KEYED_RATE} a second",
        f"{took / floor:.2f} times the floor ({took:.1f} s against {floor:.1f} s, {refused} refused for haste)",
        "at most 1.3 times",
        took <= 1.3 * floor,
    )
    least = least_calls(found)
    yield Row("its calls", f"{calls:,} against {least:,} at the least ({calls / least:.2f} times)")
    yield Row("its peak memory", f"{megabytes:.0f} MB", "under 1,000 MB", megabytes < 1000)


def run_standard(folder: Path, mirror: str) -> tuple[Measured, float, float]:
    """The tables, the seconds that the run took, and the peak memory of its process in MB."""
    library = live(folder, mirror, KEY)
    areas = squares(grid_of_metros(300))
    start = time.perf_counter()
    found = measure_standard(library, areas)
    took = time.perf_counter() - start
    return found, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def least_calls(found: Measured) -> int:
    """Full pages and batches, four counts of the world (unplaced, retracted, preprints, at the end), unions."""
    measures = {"ai_works": 1, "any_type_works": 1, "year_before_works": 1} | dict.fromkeys(QUALITY, 1)
    pages = sum(ceil((found.works[name] > 0).sum() / api.MOST_PER_PAGE) for name in measures)
    batches = ceil(len(found.works) / api.MOST_VALUES)
    included = found.institutions[found.institutions["included"]]
    several = sum(
        int((included[included[name] > 0].groupby("metro_id").size() > 1).sum())
        for name in ("ai_works", *QUALITY)
    )
    return pages + batches + 4 + several


def points_in_polygons() -> Row:
    """Institutions in urban centres, of which a third lie outside and some of these near one."""
    draw = np.random.default_rng(1)
    centres = made_centres(draw)
    corner = centres.shapes.to_crs("EPSG:4326").representative_point()
    at = draw.integers(0, POLYGONS, POINTS)
    away = np.where(draw.random(POINTS) < 0.66, 0.0, draw.uniform(-0.4, 0.4, POINTS))
    points = pd.DataFrame({"lat": corner.y.to_numpy()[at] + away, "lon": corner.x.to_numpy()[at] + away})
    times = ratio(
        lambda: areas_of(points, centres, STANDARD.nearest_within_km), lambda: _joined(points, centres)
    )
    return Row(
        f"{POINTS:,} points in {POLYGONS:,} polygons in Mollweide, nearest within 10 km, against geopandas' join",
        f"{times:.2f} times",
        f"at most {JOINS:g} times",
        times <= JOINS,
    )


def _joined(points: pd.DataFrame, centres: Areas) -> gpd.GeoDataFrame:
    """Which polygon each point lies in, and for those in none nothing."""
    located = gpd.GeoSeries.from_xy(points["lon"], points["lat"], crs="EPSG:4326").to_crs(centres.shapes.crs)
    return gpd.sjoin(gpd.GeoDataFrame(geometry=located), centres.shapes, predicate="within")


def made_centres(draw: np.random.Generator) -> Areas:
    """Stepped outlines of some 150 corners, as clusters of 1 km cells have."""
    lon, lat = draw.uniform(-179, 179, POLYGONS), draw.uniform(-50, 65, POLYGONS)
    x, y = Transformer.from_crs("EPSG:4326", "ESRI:54009", always_xy=True).transform(lon, lat)
    turn = np.linspace(0, 2 * np.pi, 150, endpoint=False)
    radius = draw.uniform(3e3, 15e3, (POLYGONS, 1)) * draw.uniform(0.8, 1.2, (POLYGONS, len(turn)))
    rings = np.stack([x[:, None] + radius * np.cos(turn), y[:, None] + radius * np.sin(turn)], axis=-1)
    geometry = shapely.polygons(np.round(rings, -3))
    names = [str(number) for number in range(POLYGONS)]
    shapes = gpd.GeoDataFrame({"area_id": names, "area": names}, geometry=geometry, crs="ESRI:54009")
    return Areas("made", "made", shapes.assign(population=pd.array([1] * POLYGONS, dtype="Int64")))


def download_article(folder: Path, mirror: str) -> tuple[Library, Entry]:
    """All answers of the method article; gives their library and the one that counts."""
    settings = Settings(data=folder, source="live", contact="bench@example.org", mirror=mirror)
    library = open_library(settings)
    counts = library.get(source.top_institutions(METHODS["article"], QUARTER), QUARTER)
    for request in source.institutions(source.institution_ids(library, counts)):
        library.get(request, QUARTER)
    return library, counts


def ask_one_by_one(mirror: str) -> None:
    """One grouped call, then each institution by itself, over one kept connection."""
    request = source.top_institutions(METHODS["article"], QUARTER)
    with requests.Session() as session:
        grouped = session.get(f"{mirror}/{request.url.removeprefix('https://')}").json()["group_by"]
        for group in grouped:
            session.get(f"{mirror}/{HOST}/institutions/{api.short(group['key'])}").raise_for_status()


def once(work: Callable[[], object]) -> float:
    """Seconds of a single run, for what answers from its archive the second time."""
    return seconds(work, repeats=1, warm_up=False)
