"""Drawing an edition's pictures: all in one browser session against the slowest in its own."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go

from benchmarks.rows import Row
from where_is_ai.layers.employment.pictures import jobs_card, jobs_map, jobs_multiples
from where_is_ai.layers.research.pictures import papers_card, papers_map
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

ALLOWED_RATIO = 1.5
ALLOWED_S_PER_PICTURE = 0.6


def measure() -> Iterator[Row]:
    figures = edition()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        render({folder / "warm.png": figures["usa"]})
        alone = {key: _seconds({folder / f"{key}.png": figure}) for key, figure in figures.items()}
        together = _seconds({folder / f"{key}.png": figure for key, figure in figures.items()})
    slowest = max(alone.values())
    allowed = ALLOWED_RATIO * slowest + ALLOWED_S_PER_PICTURE * len(figures)
    yield Row(
        f"{len(figures)} pictures of an edition in one browser session",
        f"{together:.1f} s (slowest alone {slowest:.1f} s, each in its own {sum(alone.values()):.1f} s)",
        f"at most {ALLOWED_RATIO} x the slowest + {ALLOWED_S_PER_PICTURE} s each = {allowed:.1f} s",
        together <= allowed,
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
