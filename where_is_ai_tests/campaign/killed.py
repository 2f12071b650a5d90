"""Killing a process at a named place: before or after a certain call of a certain function."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from unittest import mock

from where_is_ai_tests.campaign.forked import forked

STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_HALF_MADE = (".part-*", ".replacing-*", ".fetching/*")
# A moment that the run no longer reaches is tried again so much earlier.
_EARLIER = 0.7


@dataclass(frozen=True)
class Point:
    """Where a run is killed: at the call of ``name`` (a module's name for a function) with this number.

    ``after`` is once that call is over; ``renames`` is on a system that can't exchange two folders in one step.
    """

    kind: str
    name: str
    call: int = 1
    after: bool = False
    renames: bool = False

    @property
    def words(self) -> str:
        how = f"{'after' if self.after else 'before'} call {self.call}{' with renames' * self.renames}"
        return f"{how} of {self.name}"


def around(kind: str, name: str, *calls: int) -> Iterator[Point]:
    """The points before and after each of ``calls`` of ``name``."""
    for call in calls:
        yield Point(kind, name, call)
        yield Point(kind, name, call, after=True)


def kill(when: Point | float, work: Callable[[], int], again: Callable[[], None]) -> tuple[str, str]:
    """Do ``work`` in a process of its own that is killed ``when`` says: at a point, or after so many seconds.

    A run that is over before it can be killed is no try: ``again`` undoes what it did, and it is killed earlier. Gives
    the kind of the kill and where it fell. Raises AssertionError for a point that the run never comes to.
    """
    if isinstance(when, Point):
        assert forked(lambda: _killed_at(when, work)) == -signal.SIGKILL, f"no run comes to {when.words}"
        return when.kind, when.words
    while forked(work, kill_after_s=when) != -signal.SIGKILL:
        when *= _EARLIER
        again()
    return "any moment", f"after {when:.2f} s"


def half_made(folder: Path) -> list[str]:
    """What is left of something that was being made or fetched."""
    return sorted(path.name for pattern in _HALF_MADE for path in folder.rglob(pattern))


def _killed_at(point: Point, work: Callable[[], int]) -> int:
    """Do ``work``, but kill this process at ``point``."""
    room, _, name = point.name.rpartition(".")
    real = getattr(resolve_name(room), name)
    calls = 0

    def killing(*given, **named):
        nonlocal calls
        calls += 1
        call = calls
        if call == point.call and not point.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*given, **named)
        if call == point.call:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with ExitStack() as patched:
        if point.renames:
            patched.enter_context(mock.patch("where_is_ai.folders._exchanged", return_value=False))
        patched.enter_context(mock.patch(point.name, killing))
        return work()
