"""A metro and its peers by one measure, as a small drawing in the page: dots with their ranges, from zero on."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

WIDTH, ROW, LEFT, RIGHT, TOP = 420, 22, 132, 336, 4
# Beyond the largest number, so that what is open above it can be seen to go on.
BEYOND = 20
# Fewer metros than these make no comparison to draw.
FEWEST = 3


class Bar(NamedTuple):
    """One metro: ``value`` as it is written in ``text``, with its ends; None is not known. ``own`` marks the metro.

    A lower bound is open above, and what is unknown reaches from zero to its ``high``, where that is known.
    """

    name: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    is_bound: bool
    own: bool


def peer_chart(bars: Sequence[Bar], what: str) -> Markup | str:
    """An SVG with a row per metro; nothing for fewer than FEWEST known values."""
    ends = [end for bar in bars for end in (bar.value, bar.high) if end is not None]
    if sum(bar.value is not None for bar in bars) < FEWEST or max(ends) <= 0:
        return ""
    scale = (RIGHT - BEYOND - LEFT) / max(ends)
    height = TOP + ROW * len(bars) + TOP
    rows = "".join(_row(bar, TOP + ROW * number + ROW // 2, scale) for number, bar in enumerate(bars))
    told = "; ".join(f"{bar.name} {bar.text}" for bar in bars)
    return Markup(
        f'<svg class="peers" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(what)}: {escape(told)}">'
        f'<line class="axis" x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{height - TOP}"/>{rows}</svg>'
    )


def _row(bar: Bar, y: int, scale: float) -> str:
    own = ' class="own"' if bar.own else ""
    parts = [f'<text x="0" y="{y + 5}"{own}>{escape(bar.name)}</text>']
    parts.append(f'<text x="{WIDTH}" y="{y + 5}" text-anchor="end"{own}>{escape(bar.text)}</text>')
    if bar.low is not None and bar.high is not None and bar.low < bar.high:
        parts.append(_line("range", LEFT + bar.low * scale, LEFT + bar.high * scale, y))
    elif bar.value is not None and bar.is_bound:
        parts.append(_line("open", LEFT + bar.value * scale, RIGHT, y))
        parts.append(f'<path class="on" d="M{RIGHT - 4} {y - 4}l4 4l-4 4"/>')
    elif bar.value is None and bar.high is not None:
        parts.append(_line("open", LEFT, LEFT + bar.high * scale, y))
    if bar.value is not None:
        kind = " ".join(name for name, holds in (("bound", bar.is_bound), ("own", bar.own)) if holds)
        parts.append(f'<circle class="dot {kind}" cx="{LEFT + bar.value * scale:.0f}" cy="{y}" r="5"/>')
    return "".join(parts)


def _line(kind: str, start: float, end: float, y: int) -> str:
    return f'<line class="{kind}" x1="{start:.0f}" x2="{end:.0f}" y1="{y}" y2="{y}"/>'
