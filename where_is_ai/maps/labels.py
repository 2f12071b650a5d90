"""Which circles get a label: the leaders, then a fair spread over the map. Where they go is in placement.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

from where_is_ai.maps.geometry import Disc
from where_is_ai.maps.typeface import BOX_HEIGHT, LINE_HEIGHT, text_width


@dataclass(frozen=True)
class Label:
    """What to write at the circle ``key``: lines of text, the first one bold if ``strong``.

    A ``needed`` label is looked for, so that a place that costs much is better than none.
    """

    key: str
    lines: tuple[str, ...]
    size: float
    strong: bool = False
    needed: bool = False

    @property
    def width(self) -> float:
        return max(
            text_width(line, self.size, bold=self.strong and number == 0)
            for number, line in enumerate(self.lines)
        )

    @property
    def height(self) -> float:
        return self.size * (BOX_HEIGHT + LINE_HEIGHT * (len(self.lines) - 1))


def choose(discs: Sequence[Disc], first: Iterable[str], apart: float, limit: int) -> list[str]:
    """Whom to label, most important first: the named ones, then, largest first, whoever is ``apart`` pixels
    from all who have a label already. ``discs`` come largest first.
    """
    present = {disc.key: disc for disc in discs}
    chosen = [present[key] for key in dict.fromkeys(first) if key in present][:limit]
    for disc in discs:
        if len(chosen) >= limit:
            break
        if disc not in chosen and all(hypot(disc.x - other.x, disc.y - other.y) >= apart for other in chosen):
            chosen.append(disc)
    return [disc.key for disc in chosen]
