"""Boxes, discs and segments on the canvas: pixels, x to the right, y downwards."""

from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Box:
    """A rectangle with its left, top, right and bottom edge."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def grown(self, by: float) -> "Box":
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def overlaps(self, other: "Box") -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def within(self, other: "Box") -> bool:
        return self.x0 >= other.x0 and self.y0 >= other.y0 and self.x1 <= other.x1 and self.y1 <= other.y1

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of the box that is nearest to a point."""
        return min(max(x, self.x0), self.x1), min(max(y, self.y0), self.y1)

    def distance(self, x: float, y: float) -> float:
        near = self.nearest(x, y)
        return hypot(near[0] - x, near[1] - y)


@dataclass(frozen=True)
class Disc:
    """A circle of the map: whose it is, its centre and radius."""

    key: str
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Segment:
    """A straight line between two points."""

    x0: float
    y0: float
    x1: float
    y1: float

    def crosses(self, other: "Segment") -> bool:
        def side(px: float, py: float, line: "Segment") -> float:
            return (line.x1 - line.x0) * (py - line.y0) - (line.y1 - line.y0) * (px - line.x0)

        return (
            side(other.x0, other.y0, self) * side(other.x1, other.y1, self) < 0
            and side(self.x0, self.y0, other) * side(self.x1, self.y1, other) < 0
        )

    def enters(self, box: Box) -> bool:
        """Whether any part of the line lies in the box (Liang-Barsky clipping)."""
        dx, dy = self.x1 - self.x0, self.y1 - self.y0
        start, end = 0.0, 1.0
        for step, room in (
            (-dx, self.x0 - box.x0),
            (dx, box.x1 - self.x0),
            (-dy, self.y0 - box.y0),
            (dy, box.y1 - self.y0),
        ):
            if step == 0:
                if room < 0:
                    return False
            elif step < 0:
                start = max(start, room / step)
            else:
                end = min(end, room / step)
        return start <= end

    def distance(self, x: float, y: float) -> float:
        dx, dy = self.x1 - self.x0, self.y1 - self.y0
        length = dx * dx + dy * dy
        along = 0.0 if length == 0 else min(1, max(0, ((x - self.x0) * dx + (y - self.y0) * dy) / length))
        return hypot(self.x0 + along * dx - x, self.y0 + along * dy - y)
