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


def _write(path: Path, figure: go.Figure) -> Path:
    """A call of the site's own function with the figure as JSON, which is JavaScript too."""
    content = json.dumps(json.loads(figure.to_json()), separators=(",", ":"), sort_keys=True)
    content = content.replace("<", "\\u003c")
    write_text(path, f'whereIsAI.figure("{path.stem}",{content});\n')
    return path
