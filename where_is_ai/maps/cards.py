"""The Top-10 cards: rank, name, place, value and change, for a phone held upright."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS
from where_is_ai.maps import legends, sentences
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.countries import country_names
from where_is_ai.maps.frame import framed
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.names import short_us_names, short_world_names, state_name
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale
from where_is_ai.maps.style import INK, RULE, SOFT, VERTICAL, Layout
from where_is_ai.maps.typeface import LINE_HEIGHT, text_width

ROWS = 10
NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True)
class Row:
    """A line of a card; ``value`` decides the bar's length, ``colour`` its colour."""

    rank: int
    name: str
    place: str
    value: float
    text: str
    colour: str
    change: str


def usa_card(
    frame: pd.DataFrame,
    notes: EditionNotes,
    changes: pd.DataFrame | None = None,
    since: str = "",
    layout: Layout = VERTICAL,
) -> go.Figure:
    """The ten metros with most AI workers.

    ``frame`` has the columns of usa_ai_employment_by_msa.csv, ``changes`` those of usa_ai_employment_yoy.csv (only
    comparable metros show a change, marked where it is within its noise), ``since`` names the earlier release
    ("May 2024").
    """
    ranked = frame.assign(short=short_us_names(frame["metro"]))
    ranked = ranked.dropna(subset=["rank_workers"]).sort_values(["rank_workers", "area_code"])
    colour = ColourScale.over(frame["ai_per_1000"].dropna().to_list())
    changed = _changes(changes, "area_code", "like_for_like_pct")
    shown = ranked.head(ROWS)
    cautions = changes["caution"].head(1).to_list() if changes is not None else []
    caveat = sentences.usa_card_caveat(frame, shown, cautions)
    rows = [
        Row(
            int(row.rank_workers), row.short, f"{state_name(row.metro)} · {sentences.share_text(row)} jobs",
            float(row.ai_workers), sentences.workers_text(row),
            colour(float(row.ai_per_1000)) if pd.notna(row.ai_per_1000) else RULE, changed(row.area_code),
        )
        for row in shown.itertuples(index=False)
    ]  # fmt: skip
    return _card(
        rows, sentences.usa_card_title(frame), sentences.usa_subtitle(notes), notes, caveat,
        colour, "Colour: AI workers per 1,000 jobs", since, layout,
    )  # fmt: skip


def world_card(
    frame: pd.DataFrame,
    notes: EditionNotes,
    changes: pd.DataFrame | None = None,
    since: str = "",
    layout: Layout = VERTICAL,
) -> go.Figure:
    """The ten metros with most AI papers.

    ``frame`` has the columns of world_ai_research_by_metro.csv, ``changes`` metro_id, change_pct (NA where it isn't
    comparable), ``since`` names the earlier window.
    """
    ranked = frame.assign(short=short_world_names(frame["metro"], frame["country_code"]))
    ranked = ranked.dropna(subset=["rank"]).sort_values(["rank", "metro_id"])
    colour = ColourScale.over(frame["ai_works"].dropna().to_list())
    changed = _changes(changes, "metro_id", "change_pct")
    countries = country_names(frame["country_code"])
    rows = [
        Row(
            int(row.rank), row.short, f"{countries[row.country_code]} · {_institutions(row.institutions)}",
            float(row.ai_works), sentences.papers_text(row), colour(float(row.ai_works)), changed(row.metro_id),
        )
        for row in ranked.head(ROWS).itertuples(index=False)
    ]  # fmt: skip
    return _card(
        rows, sentences.world_card_title(frame), sentences.world_subtitle(notes), notes,
        sentences.world_caveat(frame), colour, "Colour: AI papers", since, layout,
    )  # fmt: skip


def postings_card(frame: pd.DataFrame, notes: EditionNotes, layout: Layout = VERTICAL) -> go.Figure:
    """The first ten metros by AI postings per 100,000 residents of those that qualify.

    ``frame`` has the columns of usa_ai_postings_by_metro.csv; its growth is like for like.
    """
    ranked = frame.assign(short=short_us_names(frame["metro"]))
    ranked = ranked.dropna(subset=["rank"]).sort_values(["rank", "area_code"])
    colour = ColourScale.over(frame["ai_share_pct"].dropna().to_list())
    since = "the quarter before, like for like" if frame["growth_pct"].notna().any() else ""
    rows = [
        Row(
            int(row.rank), row.short,
            f"{state_name(row.metro)} · {row.ai_postings:,} postings of {row.employers:,} employers",
            float(row.ai_postings_per_100k), sentences.per_100k_text(row), colour(float(row.ai_share_pct)),
            _growth(row.growth_pct) if since else "",
        )
        for row in ranked.head(ROWS).itertuples(index=False)
    ]  # fmt: skip
    return _card(
        rows, sentences.postings_title(frame), sentences.postings_measure(frame, notes), notes,
        sentences.postings_caveat(frame, ENOUGH_EMPLOYERS), colour, "Colour: AI share of postings, %", since, layout,
    )  # fmt: skip


def _growth(pct: float) -> str:
    return signed_pct(float(pct)) if pd.notna(pct) else NOT_COMPARABLE


def _institutions(count: int) -> str:
    return f"{count} institution{'' if count == 1 else 's'}"


def _changes(changes: pd.DataFrame | None, key: str, pct: str):
    """What to print for a metro: "+19 %", whether that is within its noise, or that nothing can be compared."""
    if changes is None:
        return lambda _: ""
    rows = changes.set_index(key)

    def text(metro) -> str:
        if metro not in rows.index:
            return NOT_COMPARABLE
        row = rows.loc[metro]
        if not row.get("comparable", True) or pd.isna(row[pct]):
            return NOT_COMPARABLE
        exceeds = row.get("exceeds_noise", True)  # research counts have no sampling error
        return signed_pct(float(row[pct])) + _beside_noise(exceeds)

    return text


def _beside_noise(exceeds: bool) -> str:
    if pd.isna(exceeds):
        return ", noise unknown"
    return "" if exceeds else ", within noise"


def signed_pct(change: float) -> str:
    """ "+19 %", "−3 %" or "no change", rounded to whole percents."""
    whole = round(change)
    return "no change" if whole == 0 else f"{'+' if whole > 0 else '−'}{abs(whole)} %"


def _card(
    rows: Sequence[Row],
    title: str,
    subtitle: str,
    notes: EditionNotes,
    caveat: str,
    colour: ColourScale,
    colour_title: str,
    since: str,
    layout: Layout,
) -> go.Figure:
    canvas = Canvas(layout)
    room = framed(canvas, title, subtitle, notes, caveat)
    heading = f"change since {since}" if since else "no earlier edition to compare with"
    canvas.text(room.x1, room.y0, heading, layout.small, SOFT, "right")
    bottom = room.y1 - 4.6 * layout.small
    legends.colour_bar(canvas, room.x0, bottom, room.width, colour, colour_title)
    top = room.y0 + layout.small * 1.7
    height = (bottom - 14 - top) / ROWS
    longest = max((row.value for row in rows), default=1)
    for number, row in enumerate(rows):
        _row(canvas, row, Box(room.x0, top + number * height, room.x1, top + (number + 1) * height), longest)
    return canvas.figure()


def _row(canvas: Canvas, row: Row, box: Box, longest: float) -> None:
    """Rank, name over place, value over change, and a bar beneath them."""
    layout = canvas.layout
    name, small = layout.body * 1.3, layout.small
    left, line = box.x0 + 84, box.y0 + name * LINE_HEIGHT + 2
    canvas.text(box.x0 + 62, line, f"<b>{row.rank}</b>", layout.title * 0.75, SOFT, "right", "middle")
    room = box.x1 - left - text_width(row.text, name, bold=True) - 30
    canvas.text(left, line, f"<b>{legends.fitting(row.name, name, room)}</b>", name, INK, vertical="bottom")
    canvas.text(left, line - 1, row.place, small, SOFT)
    canvas.text(box.x1, line, f"<b>{row.text}</b>", name, INK, "right", "bottom")
    if row.change:
        canvas.text(box.x1, line - 1, row.change, small, SOFT, "right")
    y = line + small * LINE_HEIGHT + 4
    canvas.rectangle(Box(left, y, box.x1, y + 9), fill=RULE)
    canvas.rectangle(Box(left, y, left + (box.x1 - left) * row.value / longest, y + 9), fill=row.colour)
