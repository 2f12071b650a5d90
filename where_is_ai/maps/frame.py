"""What surrounds every picture: title, subtitle and footer."""

from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import INK, RULE, SOFT
from where_is_ai.maps.typeface import LINE_HEIGHT, wrapped


def framed(canvas: Canvas, title: str, subtitle: str, notes: EditionNotes, caveat: str = "") -> Box:
    """Write title, subtitle and footer; gives the box that is left for the picture."""
    layout = canvas.layout
    left, right = layout.margin, layout.width - layout.margin
    y = layout.margin * 0.75
    size, lines = _headline(title, layout.title, right - left)
    y = canvas.lines(left, y, lines, size, INK, bold=True) + 10
    y = canvas.lines(left, y, wrapped(subtitle, layout.subtitle, right - left), layout.subtitle, SOFT)
    foot = [
        line
        for text in (caveat, notes.footer())
        for line in wrapped(text, layout.small, right - left)
        if text
    ]
    top = layout.height - layout.margin * 0.6 - len(foot) * layout.small * LINE_HEIGHT
    canvas.line(left, top - 10, right, top - 10, RULE, 1.2)
    canvas.lines(left, top, foot, layout.small, SOFT)
    return Box(left, y + 10, right, top - 20)


def _headline(title: str, size: int, width: float) -> tuple[int, list[str]]:
    """The size, at most a seventh smaller, at which the title needs fewest lines, and these lines."""
    sizes = range(size, round(size * 6 / 7) - 1, -1)
    return min(
        ((tried, wrapped(title, tried, width, bold=True)) for tried in sizes), key=lambda fit: len(fit[1])
    )
