"""Which circles get a label, and where each label goes: automatic and deterministic.

A label never overlaps another label, the centre of another circle, the frame or an obstacle (an inset's border, a
legend); one that finds no such place is left out. Within that, it stays close to its circle and clear of others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from where_is_ai.publication.maps.geometry import Box, Disc, Segment
from where_is_ai.publication.maps.typeface import LINE_HEIGHT, text_width

GAP = 5  # pixels between a circle's edge and its label
CLEARANCE = 3  # pixels that labels keep from each other and from circle centres
REACHES = (0, 14, 30, 50, 75, 105, 140, 180)  # further ways out, with a leader line
LEADER_FROM = 14  # pixels of way out from which a line has to say whose label it is
ROUNDS = 3


@dataclass(frozen=True)
class Label:
    """What to write at the circle ``key``: lines of text, the first one bold if ``strong``."""

    key: str
    lines: tuple[str, ...]
    size: float
    strong: bool = False

    @property
    def width(self) -> float:
        return max(
            text_width(line, self.size, bold=self.strong and number == 0)
            for number, line in enumerate(self.lines)
        )

    @property
    def height(self) -> float:
        return self.size * LINE_HEIGHT * len(self.lines)


@dataclass(frozen=True)
class Placed:
    """A label with its box, the side of the box that faces the circle (-1 left, 0 middle, 1 right), its line."""

    label: Label
    disc: Disc
    box: Box
    side: int
    leader: Segment | None


def choose(discs: Sequence[Disc], leaders: Iterable[str], apart: float, limit: int) -> list[str]:
    """Whom to label: the leaders, then, largest first, whoever is ``apart`` pixels from all who have a label.

    ``discs`` come largest first.
    """
    present = {disc.key: disc for disc in discs}
    chosen = [present[key] for key in dict.fromkeys(leaders) if key in present][:limit]
    for disc in discs:
        if len(chosen) >= limit:
            break
        if all(hypot(disc.x - other.x, disc.y - other.y) >= apart for other in chosen):
            chosen.append(disc)
    return [disc.key for disc in chosen]


def place(
    labels: Sequence[Label], discs: Sequence[Disc], frame: Box, obstacles: Sequence[Box] = ()
) -> list[Placed]:
    """Put each label (most important first) at its best free place; a few rounds let early ones give way."""
    by_key = {disc.key: disc for disc in discs}
    placed: dict[str, Placed] = {}
    for _ in range(ROUNDS):
        for label in labels:
            others = [other for key, other in placed.items() if key != label.key]
            best = _best(label, by_key[label.key], discs, frame, obstacles, others)
            if best:
                placed[label.key] = best
    return [placed[label.key] for label in labels if label.key in placed]


def _best(
    label: Label,
    disc: Disc,
    discs: Sequence[Disc],
    frame: Box,
    obstacles: Sequence[Box],
    others: Sequence[Placed],
) -> Placed | None:
    best, least = None, float("inf")
    for candidate, effort in _candidates(label, disc):
        if effort >= least or not _allowed(candidate, discs, frame, obstacles, others):
            continue
        cost = effort + _crowding(candidate, discs)
        if cost < least:
            best, least = candidate, cost
    return best


def _candidates(label: Label, disc: Disc) -> Iterable[tuple[Placed, float]]:
    """Places around the circle, nearest first, with the effort of reading each."""
    for reach in REACHES:
        for step in range(16):
            angle = step * pi / 8
            east, south = cos(angle), sin(angle)
            away = disc.r + GAP + reach
            x, y = disc.x + east * away, disc.y + south * away
            side = 1 if east > 0.3 else -1 if east < -0.3 else 0
            left = x if side == 1 else x - label.width if side == -1 else x - label.width / 2
            # Seen from the circle, the box hangs on its nearest corner or edge.
            top = y - label.height * (0.5 - 0.5 * _steepness(south))
            box = Box(left, top, left + label.width, top + label.height)
            leader = _leader(disc, box) if reach >= LEADER_FROM else None
            effort = (
                2.2 * reach
                + (12 if leader else 0)
                + 3 * abs(south)
                + (2 if east < 0 else 0)
                + (1 if south > 0 else 0)
            )
            yield Placed(label, disc, box, side, leader), effort


def _steepness(south: float) -> float:
    """-1 straight above, 1 straight below, 0 beside."""
    return max(-1.0, min(1.0, south * 1.15))


def _leader(disc: Disc, box: Box) -> Segment:
    x, y = box.nearest(disc.x, disc.y)
    distance = hypot(x - disc.x, y - disc.y) or 1
    out = disc.r / distance
    stop = max(0.0, 1 - 2 / distance)
    return Segment(
        disc.x + (x - disc.x) * out,
        disc.y + (y - disc.y) * out,
        disc.x + (x - disc.x) * stop,
        disc.y + (y - disc.y) * stop,
    )


def _allowed(
    candidate: Placed, discs: Sequence[Disc], frame: Box, obstacles: Sequence[Box], others: Sequence[Placed]
) -> bool:
    box, room = candidate.box, candidate.box.grown(CLEARANCE)
    if not box.within(frame) or any(room.overlaps(obstacle) for obstacle in obstacles):
        return False
    if any(room.overlaps(other.box) for other in others):
        return False
    if any(other.leader and other.leader.enters(room) for other in others):
        return False
    if any(room.holds(disc.x, disc.y) for disc in discs if disc.key != candidate.disc.key):
        return False
    if room.holds(candidate.disc.x, candidate.disc.y):
        return False
    line = candidate.leader
    if line is None:
        return True
    return not any(
        line.enters(other.box.grown(CLEARANCE)) or (other.leader and line.crosses(other.leader))
        for other in others
    )


def _crowding(candidate: Placed, discs: Sequence[Disc]) -> float:
    """How much the label covers of circles, its own included, and how many its line runs over."""
    cost = 0.0
    for disc in discs:
        covered = disc.r - candidate.box.distance(disc.x, disc.y)
        if covered > 0:
            cost += 4 + 2.5 * covered
        if candidate.leader and disc.key != candidate.disc.key:
            cost += max(0.0, disc.r - candidate.leader.distance(disc.x, disc.y)) * 1.2
    return cost
