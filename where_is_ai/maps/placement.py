"""Where labels go: automatic and deterministic.

Hard rules: a label overlaps no other label, no line of another, no circle's centre, not the frame and no obstacle
(an inset, a legend). Among the places that are left, each has a cost: the way from the circle, what it covers, whom
it could be mistaken for. Labels are placed most important first; then pairs trade places while that makes the whole
cheaper. A label whose cheapest place is worse than no label is left out. Where one that is needed finds none, all are
arranged once more with such first, and the cheaper arrangement is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, inf, pi, sin

import numpy as np

from where_is_ai.maps.geometry import Box, Disc, Segment
from where_is_ai.maps.labels import Label

GAP = 6  # pixels between a circle's edge and its label
CLEARANCE = 3  # pixels that labels keep above and below from each other, from lines and from circle centres
BESIDE = 18  # the same to their left and right, where two would read as one
NEAR = 12  # pixels within which a label seems to belong to a circle
SMALL = 6  # radius in pixels below which a circle hides little and is mistaken for nobody
REACHES = (0, 14, 28, 45, 65, 85, 110, 140, 175, 215)  # ways out, in pixels
LEADER_FROM = 14  # pixels of way out from which a line has to say whose label it is
ANGLES = 36
WORTH = 48.0  # cost up to which a plain label is worth its place
WORTH_NEEDED = (
    1000.0  # the same for the last of the labels that are strong or needed; more for each before it
)
ROUNDS = 4
PUSHED, PUSHED_BY_NEEDED = (
    1,
    3,
)  # labels that one pushes elsewhere: any, and one that is needed and has no place yet


@dataclass(frozen=True)
class Placed:
    """A label with its box, the side of the circle it is on (-1 left, 0 middle, 1 right), its line, its cost."""

    label: Label
    disc: Disc
    box: Box
    side: int
    leader: Segment | None
    cost: float

    @cached_property
    def room(self) -> Box:
        """The box and the space to keep around it."""
        return _room(self.box)

    @cached_property
    def reach(self) -> Box:
        """What holds both the room and the line: what lies clear of it is clear of the label."""
        if self.leader is None:
            return self.room
        line = self.leader
        return Box(
            min(self.room.x0, line.x0, line.x1),
            min(self.room.y0, line.y0, line.y1),
            max(self.room.x1, line.x0, line.x1),
            max(self.room.y1, line.y0, line.y1),
        )


def _room(box: Box) -> Box:
    return Box(box.x0 - BESIDE, box.y0 - CLEARANCE, box.x1 + BESIDE, box.y1 + CLEARANCE)


def place(
    labels: Sequence[Label], discs: Sequence[Disc], frame: Box, obstacles: Sequence[Box] = ()
) -> list[Placed]:
    """The labels (most important first) that find a place, each in its place."""
    by_key = {disc.key: disc for disc in discs}
    crowd = np.array([(disc.x, disc.y, disc.r) for disc in discs]).reshape(-1, 3)
    worth = {
        label.key: WORTH_NEEDED * (1 + (len(labels) - place) / 10) if label.strong or label.needed else WORTH
        for place, label in enumerate(labels)
    }
    options = {
        label.key: _options(label, by_key[label.key], discs, crowd, frame, obstacles, worth[label.key])
        for label in labels
    }
    best = _arranged(list(worth), options, worth)
    missed = [key for key in worth if worth[key] > WORTH and key not in best]
    if missed:
        order = [*missed, *(key for key in worth if key not in missed)]
        best = min(best, _arranged(order, options, worth), key=lambda placed: _total(placed, worth))
    return [best[label.key] for label in labels if label.key in best]


def _arranged(
    order: Sequence[str], options: dict[str, list[Placed]], worth: dict[str, float]
) -> dict[str, Placed]:
    """Labels placed in that order, then moved while that makes the whole cheaper."""
    placed: dict[str, Placed] = {}
    for key in order:
        found = _cheapest(options[key], placed.values())
        if found:
            placed[key] = found
    for _ in range(ROUNDS):
        improved = [_improve(key, options, worth, placed) for key in order]
        if not any(improved):
            break
    return placed


def _total(placed: dict[str, Placed], worth: dict[str, float]) -> float:
    """What an arrangement costs: each label its place, or where it has none what it was worth."""
    return sum(placed[key].cost if key in placed else lost for key, lost in worth.items())


def _improve(
    key: str, options: dict[str, list[Placed]], worth: dict[str, float], placed: dict[str, Placed]
) -> bool:
    """Move a label to a cheaper place, if need be by pushing others elsewhere; tells whether it did."""
    now = placed[key].cost if key in placed else worth[key]
    others = {other: label for other, label in placed.items() if other != key}
    most_pushed = PUSHED if key in placed or worth[key] == WORTH else PUSHED_BY_NEEDED
    for option in options[key]:
        if option.cost >= now:
            return False
        pushed = [other for other, label in others.items() if not _compatible(option, label)]
        if len(pushed) > most_pushed:
            continue
        rest = {other: label for other, label in others.items() if other not in pushed}
        affordable = now + sum(others[other].cost for other in pushed) - option.cost - 1e-9
        found = _instead(pushed, options, worth, {**rest, key: option}, affordable)
        if found is not None:
            placed.clear()
            placed.update(found)
            return True
    return False


def _instead(
    pushed: Sequence[str],
    options: dict[str, list[Placed]],
    worth: dict[str, float],
    placed: dict[str, Placed],
    affordable: float,
) -> dict[str, Placed] | None:
    """``placed`` with the ``pushed`` labels elsewhere or left out, at less than is ``affordable``; None above that."""
    found = dict(placed)
    for other in pushed:
        place = _cheapest(options[other], found.values(), affordable)
        affordable -= place.cost if place else worth[other]
        if affordable <= 0:
            return None
        if place:
            found[other] = place
    return found


def _cheapest(options: Sequence[Placed], others: Iterable[Placed], affordable: float = inf) -> Placed | None:
    """The first option, of those that cost less than ``affordable``, that goes together with all others."""
    others = list(others)
    for option in options:
        if option.cost >= affordable:
            return None
        if all(_compatible(option, other) for other in others):
            return option
    return None


def _compatible(one: Placed, other: Placed) -> bool:
    if not one.reach.overlaps(other.reach):
        return True
    if one.room.overlaps(other.box):
        return False
    if one.leader and one.leader.enters(other.room):
        return False
    if other.leader and other.leader.enters(one.room):
        return False
    return not (one.leader and other.leader and one.leader.crosses(other.leader))


def _options(
    label: Label,
    disc: Disc,
    discs: Sequence[Disc],
    crowd: np.ndarray,
    frame: Box,
    obstacles: Sequence[Box],
    worth: float,
) -> list[Placed]:
    """Every place that keeps the hard rules but those among labels, cheapest first.

    All places are weighed at once: rows are places, columns the circles of ``crowd`` (x, y, radius).
    """
    boxes, sides, reach, effort = _candidates(label, disc, frame)
    free = np.ones(len(boxes), dtype=bool)
    for obstacle in obstacles:
        free &= ~_overlap(boxes, obstacle)
    boxes, sides, reach, effort = boxes[free], sides[free], reach[free], effort[free]
    x, y, r = crowd.T
    x0, y0, x1, y1 = (edge[:, None] for edge in boxes.T)
    away = np.hypot(x - x.clip(x0, x1), y - y.clip(y0, y1))
    clear = (away > CLEARANCE).all(axis=1)
    own = np.array([other.key == disc.key for other in discs])
    covered = r - away
    mistakable = ((covered > -NEAR) & ~own & (r > SMALL)).any(axis=1)
    lines = _lines(disc, boxes)
    lined = (reach >= LEADER_FROM) | mistakable
    cost = effort + _crowding(covered, r, own) + np.where(lined, _line_cost(lines, x, y, r, own), 0)
    kept = []
    for place in np.flatnonzero(clear & (cost < worth)):
        leader = Segment(*map(float, lines[place])) if lined[place] else None
        if leader is None or not any(leader.enters(obstacle) for obstacle in obstacles):
            box = Box(*map(float, boxes[place]))
            kept.append(Placed(label, disc, box, int(sides[place]), leader, float(cost[place])))
    return sorted(kept, key=lambda option: option.cost)


def _candidates(label: Label, disc: Disc, frame: Box) -> tuple[np.ndarray, ...]:
    """Boxes (n, 4) around the circle and within the frame, their sides, ways out and the effort of reading there."""
    width, height = label.width, label.height
    found = []
    for reach in REACHES:
        for step in range(ANGLES):
            angle = 2 * pi * step / ANGLES
            east, south = cos(angle), sin(angle)
            away = disc.r + GAP + reach
            x, y = disc.x + east * away, disc.y + south * away
            # Straight above, the box stands on the point; straight below it hangs from it; beside, it is centred.
            top = y - height * (0.5 - 0.5 * max(-1.0, min(1.0, south * 1.15)))
            turned = 3 * abs(south) + (2 if east < 0 else 0) + (1 if south > 0 else 0)
            for side, shift, lean in _sides(east):
                left = x - width * shift
                box = (left, top, left + width, top + height)
                found.append((*box, side, reach, 0.45 * reach + turned + lean))
    table = np.array(found)
    x0, y0, x1, y1 = table.T[:4]
    table = table[(x0 >= frame.x0) & (y0 >= frame.y0) & (x1 <= frame.x1) & (y1 <= frame.y1)]
    return table[:, :4], table[:, 4], table[:, 5], table[:, 6]


def _sides(east: float) -> tuple[tuple[int, float, int], ...]:
    """The side of the circle a box is on, what part of it lies left of its point, and what leaning costs.

    Above and below, a box may be centred or lean to either side.
    """
    if east > 0.3:
        return ((1, 0.0, 0),)
    if east < -0.3:
        return ((-1, 1.0, 0),)
    return ((0, 0.5, 0), (1, 0.1, 4), (-1, 0.9, 4))


def _overlap(boxes: np.ndarray, other: Box) -> np.ndarray:
    x0, y0, x1, y1 = boxes.T
    room = other.grown(CLEARANCE)
    return (x0 < room.x1) & (room.x0 < x1) & (y0 < room.y1) & (room.y0 < y1)


def _lines(disc: Disc, boxes: np.ndarray) -> np.ndarray:
    """Lines (n, 4) to just before each box: from the middle of a large circle, from the edge of a small one."""
    dx = np.clip(disc.x, boxes[:, 0], boxes[:, 2]) - disc.x
    dy = np.clip(disc.y, boxes[:, 1], boxes[:, 3]) - disc.y
    distance = np.maximum(np.hypot(dx, dy), 1)
    start = 0.0 if disc.r > SMALL else disc.r / distance
    stop = np.maximum(0, 1 - 2 / distance)
    return np.column_stack([disc.x + dx * start, disc.y + dy * start, disc.x + dx * stop, disc.y + dy * stop])


def _crowding(covered: np.ndarray, r: np.ndarray, own: np.ndarray) -> np.ndarray:
    """What each place covers of circles (by how many pixels it reaches into each), and whom it is close to."""
    hidden = np.where(covered > 0, np.where(own, 4, 8) + 1.6 * np.minimum(covered, 2 * r), 0)
    near = np.where(~own & (covered <= 0) & (covered > -NEAR), 0.8 * np.minimum(r, 12), 0)
    return (hidden + near).sum(axis=1)


def _line_cost(lines: np.ndarray, x: np.ndarray, y: np.ndarray, r: np.ndarray, own: np.ndarray) -> np.ndarray:
    """A line is a detour, the more so across other circles and close to their centres."""
    x0, y0, x1, y1 = (end[:, None] for end in lines.T)
    dx, dy = x1 - x0, y1 - y0
    along = (((x - x0) * dx + (y - y0) * dy) / np.maximum(dx * dx + dy * dy, 1e-9)).clip(0, 1)
    away = np.hypot(x0 + along * dx - x, y0 + along * dy - y)
    crossed = 0.35 * (r - away).clip(0) + np.where(away < SMALL, 2 * np.minimum(r, 12), 0)
    return 10 + crossed[:, ~own].sum(axis=1)
