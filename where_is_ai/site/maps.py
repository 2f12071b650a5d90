"""Two maps that only the site has: what changed, and how much of each metro's number is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.maps import VERTICAL, WIDE, EditionNotes, Layout, bubbles, legends, scene
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.frame import framed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.names import short_us_names
from where_is_ai.maps.scales import RadiusScale
from where_is_ai.maps.style import FAINT, FILL_OPACITY, INK, MUTED, OUTLINE, SOFT
from where_is_ai.maps.typeface import LINE_HEIGHT
from where_is_ai.publication.catalog import LOWER_BOUNDS
from where_is_ai.publication.wording import WORDS
from where_is_ai.site.alt import change_title, coverage_title, signed
from where_is_ai.site.figures import write_map_scripts

#: For a phone; these maps have no ranking below, so they are shorter than the pictures.
UPRIGHT = replace(VERTICAL, height=1420)
LAYOUTS = (WIDE, UPRIGHT)
CHANGE, COVERAGE = "Map-Change", "Map-Coverage"
GAIN, LOSS, WHOLE, PART = "#3d4f9f", "#d06a2a", "#6a2f78", "#dd9a3f"


@dataclass(frozen=True)
class Kinds:
    """Colours of kinds: a circle's ``colour`` is the place of its kind among ``colours``."""

    colours: tuple[str, ...]

    def __call__(self, kind: float) -> str:
        return self.colours[int(kind)]


def write_site_maps(
    edition: Path, tables: Mapping[str, pd.DataFrame], notes: Mapping[str, EditionNotes]
) -> None:
    """Draw both maps as scripts into the edition's folder, as far as their tables are there."""
    metros, changes = tables.get("usa_ai_employment_by_msa"), tables.get("usa_ai_employment_yoy")
    if metros is None:
        return
    about = notes["employment"]
    write_map_scripts(edition, COVERAGE, [coverage_map(metros, about, layout) for layout in LAYOUTS])
    if changes is not None:
        write_map_scripts(edition, CHANGE, [change_map(changes, metros, about, layout) for layout in LAYOUTS])


def change_map(
    changes: pd.DataFrame, places: pd.DataFrame, notes: EditionNotes, layout: Layout = WIDE
) -> go.Figure:
    """Like-for-like gains and losses of comparable metros; grey within the noise, a diamond where not comparable.

    ``changes`` has the columns of usa_ai_employment_yoy.csv, ``places`` area_code, lat and lon.
    """
    circles = change_bubbles(changes, places)
    comparable = changes["comparable"].astype(bool)
    caveat = (
        f"{int((~comparable).sum())} of {len(changes)} metros are not comparable: an occupation is suppressed, or "
        f"shown in one release only. {changes['caution'].iloc[0]}."
    )
    rows = [(GAIN, "gain that exceeds its noise"), (LOSS, "loss that exceeds its noise"),
            (MUTED, "change within its noise")]  # fmt: skip
    return _map(
        circles, change_title(changes), _change_subtitle(changes), notes, caveat, layout,
        "Area: jobs gained or lost", (GAIN, LOSS), rows, "not comparable",
    )  # fmt: skip


def change_bubbles(changes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The frame of circles for ``where_is_ai.maps.bubbles``."""
    rows = changes.merge(places[["area_code", "lat", "lon"]], on="area_code", how="left")
    change = rows["like_for_like_change"].where(rows["comparable"].astype(bool))
    told_apart = rows["exceeds_noise"].fillna(False).astype(bool)
    return pd.DataFrame(
        {
            "key": rows["area_code"],
            "name": short_us_names(rows["metro"]),
            "lon": rows["lon"],
            "lat": rows["lat"],
            "size": change.abs().where(change != 0),
            "colour": (change < 0).astype("Int64"),
            "lower_bound": False,
            "muted": ~told_apart & change.notna(),
            "hover": [_change_hover(row) for row in rows.itertuples(index=False)],
            "value": [signed(value) for value in change],
        }
    )


def coverage_map(metros: pd.DataFrame, notes: EditionNotes, layout: Layout = WIDE) -> go.Figure:
    """Which metros' numbers are whole, lower bounds or unknown; ``metros`` as usa_ai_employment_by_msa.csv."""
    rows = [(WHOLE, "all occupations published"), (PART, "lower bound: one of them is not")]
    return _map(
        coverage_bubbles(metros), coverage_title(metros), "What BLS publishes of each metro's AI occupations", notes,
        "An occupation that is suppressed or not listed is unknown, not zero.", layout,
        "Area: published AI workers", (WHOLE, PART), rows, "unknown: none published",
    )  # fmt: skip


def coverage_bubbles(metros: pd.DataFrame) -> pd.DataFrame:
    """The frame of circles for ``where_is_ai.maps.bubbles``."""
    lower = metros["coverage"].isin(LOWER_BOUNDS)
    return pd.DataFrame(
        {
            "key": metros["area_code"],
            "name": short_us_names(metros["metro"]),
            "lon": metros["lon"],
            "lat": metros["lat"],
            "size": metros["ai_workers"],
            "colour": lower.astype("Int64"),
            "lower_bound": lower,
            "muted": False,
            "hover": [
                f"<b>{row.metro}</b><br>{WORDS[row.coverage]}" for row in metros.itertuples(index=False)
            ],
            "value": metros["ai_workers"]
            .map(lambda workers: f"{workers:,}", na_action="ignore")
            .fillna("unknown"),
        }
    )


def _change_subtitle(changes: pd.DataFrame) -> str:
    before, after = (
        f"{date.fromisoformat(changes[release].iloc[0] + '-01'):%B %Y}"
        for release in ("release_before", "release_after")
    )
    return f"AI workers in the occupations published both for {before} and {after}"


def _change_hover(row) -> str:
    if not row.comparable:
        return f"<b>{row.metro}</b><br>not comparable"
    pct = f" ({row.like_for_like_pct:+.1f} %)" if pd.notna(row.like_for_like_pct) else ""
    noise = f"<br>noise: ± {row.noise:,.0f}" if pd.notna(row.noise) else ""
    return f"<b>{row.metro}</b><br>{signed(row.like_for_like_change)} AI workers{pct}{noise}"


def _map(
    circles: pd.DataFrame,
    title: str,
    subtitle: str,
    notes: EditionNotes,
    caveat: str,
    layout: Layout,
    area: str,
    colours: tuple[str, ...],
    rows: Sequence[tuple[str, str]],
    diamond: str,
) -> go.Figure:
    canvas = Canvas(layout)
    room = framed(canvas, title, subtitle, notes, caveat)
    sizes = circles["size"].dropna().astype(float)
    radius = RadiusScale(sizes.min(), sizes.max(), layout.radius) if len(sizes) else RadiusScale(1, 1, 1)
    look = bubbles.Scales(radius, Kinds(colours), layout.stroke)
    wide = layout.name == "wide"
    # A long title takes from the map, never from the legend below it.
    legend = max(
        legends.size_legend(Canvas(layout), 0, 0, look, area), _kinds(Canvas(layout), 0, 0, rows, diamond)
    )
    foot = min(room.y0 + 720, room.y1 - legend - 24)
    box = Box(20, room.y0, 1440, room.y1) if wide else Box(12, room.y0, layout.width - 12, foot)
    counted = circles[~circles["muted"] & circles["size"].notna() & circles["lat"].notna()]
    leaders = counted.sort_values(["size", "key"], ascending=[False, True])["key"].head(10 if wide else 5)
    naming = bubbles.Naming(leaders.to_list(), 90, 24) if wide else bubbles.Naming(leaders.to_list(), 300, 8)
    bubbles.draw(canvas, scene.USA, box, circles, look, layout.label, naming)
    x, y = (1470, room.y0 + 20) if wide else (room.x0, box.y1 + 24)
    below = legends.size_legend(canvas, x, y, look, area) + 20
    _kinds(canvas, *((x, below) if wide else (x + 420, y)), rows, diamond)
    return canvas.figure()


def _kinds(canvas: Canvas, x: float, y: float, rows: Sequence[tuple[str, str]], diamond: str) -> float:
    """A legend of colours, and of the diamond; gives the y below."""
    size = canvas.layout.small
    r, step = size * 0.55, size * LINE_HEIGHT + 7
    y = canvas.lines(x, y, ["Colour and shape"], size, INK, bold=True) + 6
    for colour, words in rows:
        canvas.circle(x + r + 1, y + size * LINE_HEIGHT / 2, r, fill=colour, line=OUTLINE,
                      opacity=FILL_OPACITY, width=canvas.layout.stroke)  # fmt: skip
        canvas.text(x + 2 * r + 12, y, words, size, SOFT)
        y += step
    canvas.diamond(x + r + 1, y + size * LINE_HEIGHT / 2, size * 0.32, FAINT)
    canvas.text(x + 2 * r + 12, y, diamond, size, SOFT)
    return y + step
