"""PNGs are drawn again where their figure is another one, and nowhere else."""

from pathlib import Path

import plotly.graph_objects as go
import pytest

from where_is_ai.layers.layer import Drawing
from where_is_ai.publication.drawings import render_drawings

pytestmark = pytest.mark.slow


def drawing(**titles: str) -> Drawing:
    figures = {
        f"{name}.png": go.Figure(layout={"title": title, "width": 200, "height": 100})
        for name, title in titles.items()
    }
    return Drawing(figures, "Nothing but a title.")


def test_a_png_whose_figure_is_as_it_was_stays_and_another_is_drawn(tmp_path: Path):
    before, after = tmp_path / "before", tmp_path / "after"
    digests = render_drawings({before: drawing(same="A", other="B")})
    (before / "same.png").write_bytes(b"as it was drawn before")
    drawn = {digest: path for path, digest in digests.items()}

    again = render_drawings({after: drawing(same="A", other="C")}, drawn)
    assert (after / "same.png").read_bytes() == b"as it was drawn before"
    assert (after / "other.png").read_bytes().startswith(b"\x89PNG")
    assert again[after / "same.png"] == digests[before / "same.png"]
    assert again[after / "other.png"] not in drawn
