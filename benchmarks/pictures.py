"""Drawing an edition's pictures in one browser session against one each, and a map's page against plotly's."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go

from benchmarks.rows import Row, ratio
from where_is_ai.layers.employment.pictures import jobs_card, jobs_map, jobs_multiples
from where_is_ai.layers.research.pictures import papers_card, papers_map
from where_is_ai.maps.page import write_html
from where_is_ai.maps.render import render
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai_tests.publication.tables import (
    LAST,
    QUARTERS,
    employment,
    research,
    usa_notes,
    world_notes,
)

# Of what each picture takes in a browser of its own, all together.
PROMISED_SHARE = 0.6


def measure() -> Iterator[Row]:
    figures = edition()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        render({folder / "warm.png": figures["usa"]})
        alone = {key: _seconds({folder / f"{key}.png": figure}) for key, figure in figures.items()}
        together = _seconds({folder / f"{key}.png": figure for key, figure in figures.items()})
    apart = sum(alone.values())
    yield Row(
        f"{len(figures)} pictures of an edition in one browser session ({together:.1f} s) against a session each"
        f" ({apart:.1f} s)",
        f"{together / apart:.2f} times",
        f"at most {PROMISED_SHARE:g} times",
        together <= PROMISED_SHARE * apart,
    )
    yield from maps_as_one_file(figures["usa"], figures["usa-vertical"])


def maps_as_one_file(wide: go.Figure, vertical: go.Figure) -> Iterator[Row]:
    """The page of a map beside what plotly writes of its wide figure alone, by weight and time."""
    with tempfile.TemporaryDirectory() as name:
        ours, plotly = Path(name) / "ours.html", Path(name) / "plotly.html"
        took = ratio(
            lambda: write_html(ours, [wide, vertical], "Where AI workers are", "A map"),
            lambda: wide.write_html(plotly),
        )
        sizes = [path.stat().st_size for path in (ours, plotly)]
    yield Row(
        f"a map as one file, twice drawn ({sizes[0] / 1000:.0f} kB), against plotly's once ({sizes[1] / 1000:.0f} kB)",
        f"{sizes[0] / sizes[1]:.3f} times the bytes, {took:.1f} times the time",
        "at most 0.05 times the bytes",
        sizes[0] <= 0.05 * sizes[1],
    )


def edition() -> dict[str, go.Figure]:
    """Every picture of the sample's last quarter."""
    usa, world = employment(LAST), research()
    return {
        "usa": jobs_map(usa, usa_notes()).draw(WIDE),
        "usa-vertical": jobs_map(usa, usa_notes()).draw(VERTICAL),
        "world": papers_map(world, world_notes()).draw(WIDE),
        "world-vertical": papers_map(world, world_notes()).draw(VERTICAL),
        "usa-card": jobs_card(usa, usa_notes()).draw(),
        "world-card": papers_card(world, world_notes()).draw(),
        "multiples": jobs_multiples(
            [(usa_notes(quarter), employment(quarter)) for quarter in QUARTERS]
        ).draw(),
    }


def _seconds(figures: dict[Path, go.Figure]) -> float:
    start = time.perf_counter()
    render(figures)
    return time.perf_counter() - start
