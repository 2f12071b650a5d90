"""What a step reads besides the tables handed to it, noted while it runs: so a later run can tell what has changed.

Whoever reads something that may be otherwise next time says so by ``note``, which does nothing where nobody is
``gathering``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path

from where_is_ai.quarters import Quarter

ARCHIVE = "archive"
PUBLISHED = "published"
# What can't be seen to have changed, such as a bucket: whatever reads it is made again each time.
UNSEEN = "unseen"
_gathered: ContextVar[dict[str, set[str]] | None] = ContextVar("gathered", default=None)
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


@contextmanager
def gathering() -> Iterator[dict[str, set[str]]]:
    """Collect what is read within the block, by the step or asset that read it."""
    by_step: dict[str, set[str]] = {}
    _gathered.set(by_step)
    try:
        yield by_step
    finally:
        _gathered.set(None)


@contextmanager
def noting(name: Callable[[], str]) -> Iterator[None]:
    """Take what is read within the block for the step or asset of the name; nothing where nobody is ``gathering``."""
    gathered, around = _gathered.get(), _noted.get()
    if gathered is not None:
        _noted.set(gathered.setdefault(name(), set()))
    try:
        yield
    finally:
        _noted.set(around)


def note(name: str) -> None:
    """Say that ``name`` is read: one of those above, or as ``result``, ``edition``, ``file`` and ``day`` name it."""
    names = _noted.get()
    if names is not None:
        names.add(name)


def result(asset: str, quarter: Quarter | str) -> str:
    """The name of what an asset gave for a quarter."""
    return f"result {asset} {quarter}"


def edition(quarter: Quarter | str) -> str:
    """The name of what is published of a quarter, but for the site's pages: these change with other quarters too."""
    return f"edition {quarter}"


def file(path: Path) -> str:
    """The name of a file, which need not be there."""
    return f"file {path}"


def day(today: date) -> str:
    """The name of the day, for what is otherwise tomorrow."""
    return f"day {today}"
