"""What surrounds every picture: title, subtitle and footer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import INK, RULE, SOFT, Layout
from where_is_ai.maps.typeface import LINE_HEIGHT, wrapped

#: What a page calls the text below the title, where a script says of which time a map is.
SUBTITLE = "subtitle"


@dataclass(frozen=True)
class Caption:
    """What a picture says around itself: what it finds, what is measured, what a reader must know, and the source."""

    title: str
    subtitle: str
    notes: EditionNotes
    caveat: str = ""


class Spare(NamedTuple):
    """Pixels that a caption leaves empty above its title and below its footer."""

    above: float = 0
    below: float = 0


NO_SPARE = Spare()


def framed(canvas: Canvas, caption: Caption, spare: Spare = NO_SPARE) -> Box:
    """Write title, subtitle and footer, so much further in as is ``spare``; gives the box that is left."""
    layout = canvas.layout
    left, right = layout.margin, layout.width - layout.margin
    y = layout.margin * 0.75 + spare.above
    size, lines = _headline(caption.title, layout.title, right - left)
    y = canvas.lines(left, y, lines, size, INK, bold=True) + 10
    subtitle = wrapped(caption.subtitle, layout.subtitle, right - left)
    y = canvas.lines(left, y, subtitle, layout.subtitle, SOFT, name=SUBTITLE)
    foot = [
        line
        for text in (caption.caveat, caption.notes.footer())
        for line in wrapped(text, layout.small, right - left)
        if text
    ]
    bottom = layout.height - layout.margin * 0.6 - spare.below
    top = bottom - len(foot) * layout.small * LINE_HEIGHT
    canvas.line(left, top - 10, right, top - 10, RULE, 1.2)
    canvas.lines(left, top, foot, layout.small, SOFT)
    canvas.room = Box(left, y + 10, right, top - 20)
    return canvas.room


def spare_around(layout: Layout, caption: Caption, room: Box) -> Spare:
    """What a caption leaves empty when it ends where another did that left this ``room``."""
    own = framed(Canvas(layout), caption)
    return Spare(round(max(0.0, room.y0 - own.y0), 1), round(max(0.0, own.y1 - room.y1), 1))


def _headline(title: str, size: int, width: float) -> tuple[int, list[str]]:
    """The size, at most a seventh smaller, at which the title needs fewest lines, and these lines."""
    sizes = range(size, round(size * 6 / 7) - 1, -1)
    return min(
        ((tried, wrapped(title, tried, width, bold=True)) for tried in sizes), key=lambda fit: len(fit[1])
    )


def listed(rows: Iterable[tuple[str, str]]) -> str:
    """Names with their values as a sentence reads them: "Boston at least 4,510, Austin 6,240"."""
    return ", ".join(f"{name} {value.replace('≥ ', 'at least ')}" for name, value in rows)
