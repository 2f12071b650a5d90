"""Maps as data scripts, since a page opened from a disk may not fetch: one file per map and format."""

import json
from collections.abc import Sequence
from pathlib import Path

import plotly.graph_objects as go

from where_is_ai.files import write_text

FOLDER = "maps"


def write_map_scripts(edition: Path, stem: str, figures: Sequence[go.Figure]) -> list[Path]:
    """Write ``maps/STEM-wide.js`` and ``maps/STEM-vertical.js``, by the figures' shapes."""
    return [_write(edition / FOLDER / f"{stem}-{_format(figure)}.js", figure) for figure in figures]


def _format(figure: go.Figure) -> str:
    return "wide" if figure.layout.width > figure.layout.height else "vertical"


def data_script(function: str, *values: object) -> str:
    """A call of one of the site's own functions with values as JSON; no value can end the script."""
    given = (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
        for value in values
    )
    content = ",".join(given).replace("<", "\\u003c")
    return f"whereIsAI.{function}({content});\n"


def _write(path: Path, figure: go.Figure) -> Path:
    write_text(path, data_script("figure", path.stem, json.loads(figure.to_json())))
    return path
