"""A trend as a small drawing in the page: readable without a script, cut where releases can't be compared."""

from itertools import pairwise

from markupsafe import Markup, escape

from where_is_ai.layers.layer import Point

NO_RANGE = "A dot without a line through it has no error that is known of, which does not make it exact."
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 420, 170, 44, 44, 30, 30


def trend(points: list[Point], what: str) -> Markup | str:
    """An SVG of the points, with a line only between comparable ones; nothing for fewer than two known values."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return ""
    most = max([*known, *(point.high for point in points if point.high is not None)]) or 1
    places = _places(points)

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / most, 1)

    parts = [f'<line class="axis" x1="8" x2="{WIDTH - 8}" y1="{height(0)}" y2="{height(0)}"/>']
    for number, (x, point) in enumerate(zip(places, points, strict=True)):
        parts.append(_text(x, HEIGHT - 8, point.label))
        if number and not point.linked:
            middle = round((x + places[number - 1]) / 2, 1)
            parts.append(
                f'<line class="break" x1="{middle}" x2="{middle}" y1="{TOP - 12}" y2="{height(0)}"/>'
            )
        if point.value is None:
            parts.append(_text(x, height(0) - 8, "unknown"))
            continue
        before = points[number - 1] if number else None
        if point.linked and before and before.value is not None:
            parts.append(
                f'<line class="link" x1="{places[number - 1]:.1f}" x2="{x:.1f}" y1="{height(before.value)}" '
                f'y2="{height(point.value)}"/>'
            )
        if point.low is not None and point.high is not None and point.low < point.high:
            parts.append(
                f'<line class="range" x1="{x:.1f}" x2="{x:.1f}" y1="{height(point.low)}" y2="{height(point.high)}"/>'
            )
    for x, point in zip(places, points, strict=True):
        if point.value is not None:
            kind = "dot bound" if point.bound else "dot"
            parts.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{height(point.value)}" r="5"/>')
            text = f"{'≥ ' if point.bound else ''}{point.value:,.0f}"
            parts.append(_text(x, height(point.value) - 11, text, "value"))
    told = "; ".join(_told(point) for point in points)
    note = f'<p class="note">{NO_RANGE}</p>' if _some_without_range(points) else ""
    return Markup(
        f'<svg class="trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(what)}: {escape(told)}">'
        f"{''.join(parts)}</svg>{note}"
    )


def _some_without_range(points: list[Point]) -> bool:
    """Whether some of the known points have a range and others none, which a reader could take for exact."""
    known = [point for point in points if point.value is not None and not point.bound]
    ranged = [point.low is not None and point.high is not None and point.low < point.high for point in known]
    return any(ranged) and not all(ranged)


def _places(points: list[Point]) -> list[float]:
    """Where the points stand from left to right: by their times, or evenly where these are not all known and rising."""
    known = [point.at for point in points if point.at is not None]
    rising = len(known) == len(points) and all(first < last for first, last in pairwise(known))
    times = known if rising else [float(number) for number in range(len(points))]
    return [LEFT + (WIDTH - LEFT - RIGHT) * (time - times[0]) / (times[-1] - times[0]) for time in times]


def _told(point: Point) -> str:
    value = "unknown" if point.value is None else f"{'at least ' if point.bound else ''}{point.value:,.0f}"
    return f"{point.label} {value}"


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    given = f' class="{kind}"' if kind else ""
    return f'<text{given} x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(text)}</text>'
