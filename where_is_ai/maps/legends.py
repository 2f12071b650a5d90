"""What the circles mean: sizes with real round values, colours in classes or by kind, outlines."""

from collections.abc import Sequence

from where_is_ai.maps.bubbles import Scales, broken_line
from where_is_ai.maps.canvas import Canvas
from where_is_ai.maps.geometry import Box
from where_is_ai.maps.scales import ColourScale, Kinds
from where_is_ai.maps.style import FAINT, FILL_OPACITY, INK, LAND, MUTED, OUTLINE, SOFT
from where_is_ai.maps.typeface import LINE_HEIGHT, text_width, wrapped

#: A row of the legend: what it shows, "whole", "broken", "muted", "unknown" or a colour, and its lines.
Mark = tuple[str, Sequence[str]]
GREY, HATCHED = "grey", "hatched"
#: What a page calls the three texts of each row of a list: place, name and value.
LISTED = "listed"


def number(value: float) -> str:
    """A round number as people write it: 25,000; 1.5; 0.2."""
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:g}"


def size_legend(canvas: Canvas, x: float, y: float, width: float, look: Scales, title: str) -> float:
    """Circles of round values in each other, each with its number; gives the y below."""
    size = canvas.layout.small
    y = _heading(canvas, x, y, width, title) + 8
    values = look.radius.legend_values()
    widest = look.radius(values[-1])
    row = size * LINE_HEIGHT
    tops = _number_heights([2 * look.radius(value) for value in values], row)
    # Numbers that make way for each other may climb above the largest circle.
    bottom = y + row / 2 + max(2 * widest, -tops[-1])
    centre = x + widest + 1
    for value, top in zip(values, tops, strict=True):
        r = look.radius(value)
        canvas.circle(centre, bottom - r, r, fill="rgba(0,0,0,0)", line=OUTLINE, width=look.stroke)
        canvas.line(centre, bottom - 2 * r, x + 2 * widest + 14, bottom + top, SOFT, 1)
        canvas.text(x + 2 * widest + 20, bottom + top, number(value), size, INK, vertical="middle")
    return bottom + 12


def _number_heights(diameters: list[float], row: float) -> list[float]:
    """How far above (negative) the common foot of the circles each number stands, smallest first."""
    heights: list[float] = []
    for diameter in diameters:
        heights.append(min(-diameter, heights[-1] - row) if heights else -diameter)
    return heights


def colour_legend(canvas: Canvas, x: float, y: float, width: float, look: Scales, title: str) -> float:
    """What colours mean as circles look on land: a bar of classes, or a row for each kind; gives the y below."""
    if isinstance(look.colour, Kinds):
        y = _heading(canvas, x, y, width, title) + 6
        kinds = [(colour, [words]) for colour, words in look.colour.words]
        return mark_legend(canvas, x, y, width, look, kinds)
    return colour_bar(canvas, x, y, width, look.colour, title, FILL_OPACITY)


def colour_bar(
    canvas: Canvas, x: float, y: float, width: float, scale: ColourScale, title: str, opacity: float = 1
) -> float:
    """A bar of classes with the limits between them; gives the y below."""
    size = canvas.layout.small
    y = _heading(canvas, x, y, width, title) + 8
    step, height = width / len(scale.colours), size * 1.1
    for place, colour in enumerate(scale.colours):
        box = Box(x + place * step, y, x + (place + 1) * step, y + height)
        canvas.rectangle(box, fill=LAND)
        canvas.rectangle(box, fill=_translucent(colour, opacity))
    written = x + width + step
    for place, limit in reversed(list(enumerate(scale.limits, start=1))):
        middle, half = x + place * step, text_width(number(limit), size) / 2
        canvas.line(middle, y, middle, y + height + 5, INK, 1.2)
        # Where numbers have no room beside each other, every other one stands for them.
        if middle + half + size / 4 < written:
            canvas.text(middle, y + height + 6, number(limit), size, INK, "centre")
            written = middle - half
    return y + height + 6 + size * LINE_HEIGHT + 8


def mark_legend(
    canvas: Canvas, x: float, y: float, width: float, look: Scales, marks: Sequence[Mark]
) -> float:
    """What outlines, greys and colours of kinds mean; gives the y below."""
    size, r = canvas.layout.small, canvas.layout.small * 0.55
    for kind, lines in marks:
        centre = (x + r + 1, y + size * LINE_HEIGHT / 2)
        if kind == "unknown":
            canvas.diamond(*centre, size * 0.32, FAINT)
        else:
            look_of_kind = {"fill": MUTED if kind == "muted" else LAND}
            if kind.startswith("#"):
                look_of_kind = {"fill": kind, "opacity": FILL_OPACITY}
            dash = broken_line(r) if kind == "broken" else "solid"
            canvas.circle(*centre, r, line=OUTLINE, width=look.stroke, dash=dash, **look_of_kind)
        left = x + 2 * r + 12
        y = canvas.lines(left, y, _within(lines, size, x + width - left), size, SOFT) + 5
    return y


def area_marks(canvas: Canvas, x: float, y: float, width: float, marks: Sequence[tuple[str, str]]) -> float:
    """What areas mean that are in no class, GREY or HATCHED, each with its words; gives the y below."""
    size = canvas.layout.small
    for kind, words in marks:
        box = Box(x, y + size * 0.2, x + size * 1.6, y + size * 1.2)
        canvas.rectangle(box, fill=MUTED if kind == GREY else LAND)
        if kind == HATCHED:
            for place in range(3):
                left = box.x0 + place * size * 0.4
                canvas.line(left, box.y1, left + box.height * 0.8, box.y0 + box.height * 0.2, FAINT, 1.4)
        left = box.x1 + 12
        y = canvas.lines(left, y, wrapped(words, size, x + width - left), size, SOFT) + 5
    return y


def _within(lines: Sequence[str], size: float, width: float) -> list[str]:
    """The lines, or where one of them is wider than ``width``, their words in others that are not."""
    if all(text_width(line, size) <= width for line in lines):
        return list(lines)
    return wrapped(" ".join(lines), size, width)


def _heading(canvas: Canvas, x: float, y: float, width: float, title: str) -> float:
    size = canvas.layout.small
    return canvas.lines(x, y, wrapped(title, size, width, bold=True), size, INK, bold=True)


def row_height(size: float) -> float:
    """Pixels from one row of a ranking to the next."""
    return size * 1.42


def ranking(
    canvas: Canvas, x: float, y: float, width: float, rows: Sequence[tuple[int, str, str]], size: float
) -> float:
    """A short list of place, name and value, the value to the right; gives the y below."""
    for place, name, value in rows:
        canvas.text(x + size * 1.1, y, f"{place}", size, SOFT, align="right", name=LISTED)
        name = fitting(name, size, width - size * 2.2 - text_width(value, size))
        canvas.text(x + size * 1.55, y, name, size, name=LISTED)
        canvas.text(x + width, y, value, size, align="right", name=LISTED)
        y += row_height(size)
    return y


def fitting(text: str, size: float, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than ``width`` pixels."""
    while text_width(text, size) > width and len(text) > 4:
        text = text.rstrip("…")[:-1].rstrip(" -,") + "…"
    return text


def _translucent(colour: str, opacity: float) -> str:
    channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return f"rgba({','.join(map(str, channels))},{opacity})"
